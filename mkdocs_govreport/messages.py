"""The strings of pages and terminals, in Chinese and in English."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from mkdocs_govreport.parsed import parse_yaml


@lru_cache(maxsize=4)
def load_messages(language: str) -> dict[str, str]:
    """Return all strings of a language."""
    text = files("mkdocs_govreport").joinpath("locale", f"{language}.yml").read_bytes()
    strings: dict[str, str] = parse_yaml(text)
    return strings


class Messages:
    """The strings of one language, by key."""

    def __init__(self, language: str) -> None:
        """Load the strings of `language` (`zh` or `en`)."""
        self.language = language
        self._strings = load_messages(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return a string with its names in braces filled in."""
        text = self._strings[key]
        return text.format(**values) if values else text

    def get(self, key: str) -> str | None:
        """Return a string if there is one of that key."""
        return self._strings.get(key)

    def year(self, year: int | None) -> str:
        """Write a year."""
        return "" if year is None else self("year", year=year)
