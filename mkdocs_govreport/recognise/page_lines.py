"""The lines that web pages print around a report: when it was published, by whom, and where."""

from __future__ import annotations

import re
import unicodedata

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.recognise.dates import find_date, iso_date, with_arabic_dates

_LONGEST_LINE = 200
_LONGEST_VALUE = 40
_ADDRESS = re.compile(r"https?://[^\s\"'<>()（）\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
_TIME = re.compile(r"\s*(?:T?\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?")
_COLON = re.compile(r"[:：﹕]")
_EDGES = " \t\u3000|｜[]【】()（）,，;；·"


class PageLineReader:
    """Reads lines that consist of labels and what they say, such as 发布时间：2024-01-15 来源：办公室."""

    def __init__(self, wording: Wording) -> None:
        """Index the labels, the surest of each field first."""
        identity = wording.identity
        self._characters = wording.characters
        self._no_publisher = identity.no_publisher
        self._ranks = {
            label: (field, rank) for field, labels in identity.page_lines.items() for rank, label in enumerate(labels)
        }
        longest_first = sorted(self._ranks, key=len, reverse=True)
        self._label = re.compile(rf"(?<![\u4e00-\u9fff])({'|'.join(map(re.escape, longest_first))})\s*[:：]")

    def read(self, text: str) -> dict[str, tuple[int, str]] | None:
        """Return what a line says by field, each with the rank of its label; None for a line that is no such line."""
        if len(text) > _LONGEST_LINE or not _COLON.search(text):
            return None
        line = with_arabic_dates(unicodedata.normalize("NFKC", text)).strip(_EDGES)
        labels = list(self._label.finditer(self._characters.simplified(line)))
        before = line[: labels[0].start()].strip(_EDGES) if labels else line
        found: dict[str, tuple[int, str]] = {}
        if before:
            date = _whole_date(before)
            if date is None:
                return None
            found["published_on"] = (0, date)
        for number, label in enumerate(labels):
            end = labels[number + 1].start() if number + 1 < len(labels) else len(line)
            field, rank = self._ranks[label[1]]
            said = line[label.end() : end].strip(_EDGES)
            if len(said) > _LONGEST_VALUE and field != "source_url":
                return None  # a sentence
            value = self._value(field, said)
            if value is not None and rank < found.get(field, (len(self._ranks), ""))[0]:
                found[field] = (rank, value)
        return found or None

    def _value(self, field: str, text: str) -> str | None:
        if field == "published_on":
            date = find_date(text)
            return iso_date(date[0]) if date and date.start() == 0 else None
        if field == "source_url":
            return web_address(text)
        if field == "publisher":
            name = re.split(r"\s{2,}|[|｜]", text)[0].strip(_EDGES)
            named = bool(re.search(r"[\u4e00-\u9fff]{2}", name)) and name not in self._no_publisher
            return name if named and len(name) <= _LONGEST_VALUE else None
        return None


def _whole_date(text: str) -> str | None:
    """Return the date that `text` is, perhaps with a time of day."""
    date = find_date(text)
    whole = date is not None and date.start() == 0 and _TIME.fullmatch(text, date.end())
    return iso_date(date[0]) if date and whole else None


def web_address(text: str) -> str | None:
    """Return the first web address in `text`; a page links to no other kind."""
    match = _ADDRESS.search(text)
    return match[0] if match else None
