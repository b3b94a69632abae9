"""A text in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and in English."""

    zh: str
    en: str

    def into(self, language: str) -> str:
        """Return the text in `language` (`zh` or `en`)."""
        return self.en if language == "en" else self.zh

    def format(self, **values: object) -> Text:
        """Fill in the names in braces; a `Text` among the values goes into both languages."""
        return Text(
            self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )

    @classmethod
    def join(cls, texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
        """Join `texts` with the separators of the two languages."""
        return cls(zh.join(text.zh for text in texts), en.join(text.en for text in texts))


def _in(value: object, language: str) -> object:
    return value.into(language) if isinstance(value, Text) else value
