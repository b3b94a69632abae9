"""What the text of a report says about its title, agency, year and statistics period."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.model import Text
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import Document, Paragraph

FROM_TITLE = Text("标题", "the title")
FROM_PERIOD = Text("统计期限", "the statistics period")
FROM_TEXT = Text("正文", "the text")

_HEAD = 12  # paragraphs in which a title and the date of publication stand
_LONGEST_TITLE = 80
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found, and for agency and year how it was found."""

    title: str | None = None
    agency: str | None = None
    agency_from: Text | None = None
    year: int | None = None
    year_from: Text | None = None
    period_start: str | None = None
    period_end: str | None = None
    published_on: str | None = None


class IdentityReader:
    """Finds titles and periods by the patterns of the wording."""

    def __init__(self, wording: Wording) -> None:
        """Compile the patterns."""
        self._titles = [re.compile(pattern) for pattern in wording.titles]
        self._agencies = [re.compile(pattern) for pattern in wording.agencies]
        self._periods = [re.compile(pattern) for pattern in wording.periods]
        self._publications = [re.compile(pattern) for pattern in wording.publications]
        self._year = re.compile(wording.year)

    def title(self, text: str) -> Identity | None:
        """Read a title; None when `text` is none."""
        if len(text) > _LONGEST_TITLE:
            return None
        normal = plain(text)
        for pattern in self._titles:
            match = pattern.match(normal)
            if match:
                return Identity(text, match["agency"], FROM_TITLE, int(match["year"]), FROM_TITLE)
        return None

    def read(
        self, paragraphs: list[Paragraph], document: Document
    ) -> tuple[Identity, list[Paragraph], list[Paragraph]]:
        """Return the identity, the paragraphs without the title, and titles that are printed again."""
        known = {plain(text): text for text in document.titles}
        identity, title_at = self._find_title(paragraphs, known)
        begin = min(title_at, default=0) if document.framed else 0
        rest = [paragraph for number, paragraph in enumerate(paragraphs) if number >= begin and number not in title_at]
        repeated = []
        if identity.title is None:
            # Site names follow the title of a web page after a dash or a bar.
            outside = (self.title(re.split(r"\s*[-_|–—]\s*", text)[0]) for text in document.titles)
            identity = next((found for found in outside if found), identity)
        else:
            repeated = [p for p in rest[:_HEAD] if plain(p.text) == plain(identity.title)]
            rest = [p for p in rest if not any(p is again for again in repeated)]
        identity, rest = self._publication(identity, rest)
        return self._from_text(identity, rest), rest, repeated

    def _publication(self, identity: Identity, paragraphs: list[Paragraph]) -> tuple[Identity, list[Paragraph]]:
        """Take the line that a web page prints under the title, with the date of publication."""
        for number, paragraph in enumerate(paragraphs[:_HEAD]):
            for pattern in self._publications:
                match = pattern.match(plain(paragraph.text))
                if match:
                    date = f"{int(match['year']):04}-{int(match['month']):02}-{int(match['day']):02}"
                    return replace(identity, published_on=date), paragraphs[:number] + paragraphs[number + 1 :]
        return identity, paragraphs

    def _find_title(self, paragraphs: list[Paragraph], known: dict[str, str]) -> tuple[Identity, set[int]]:
        head = paragraphs[:_HEAD]
        for number, paragraph in enumerate(head):
            found = self.title(paragraph.text) or (Identity(paragraph.text) if plain(paragraph.text) in known else None)
            if found:
                return found, {number}
        for number, (upper, lower) in enumerate(pairwise(head)):
            found = self.title(upper.text + lower.text)  # a title set on two lines
            if found:
                return found, {number, number + 1}
        return Identity(), set()

    def _from_text(self, identity: Identity, paragraphs: list[Paragraph]) -> Identity:
        text = "\n".join(plain(paragraph.text) for paragraph in paragraphs)
        for pattern in self._periods:
            match = pattern.search(text)
            if match:
                start, end = _iso(match["start"]), _iso(match["end"])
                identity = replace(identity, period_start=start, period_end=end)
                if identity.year is None and end:
                    identity = replace(identity, year=int(end[:4]), year_from=FROM_PERIOD)
                break
        if identity.year is None:
            years = Counter(int(year) for year in self._year.findall(text))
            if len(years) == 1:
                identity = replace(identity, year=next(iter(years)), year_from=FROM_TEXT)
        if identity.agency is None:
            for pattern in self._agencies:
                match = pattern.search(text)
                if match:
                    return replace(identity, agency=match["agency"], agency_from=FROM_TEXT)
        return identity


def _iso(date: str) -> str | None:
    match = _DATE.match(date)
    return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}" if match else None
