"""What the text of a report says about its title, agency, year, statistics period and publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.model import Basis
from mkdocs_govreport.recognise.dates import find_date, iso_date, with_arabic_dates
from mkdocs_govreport.recognise.names import AgencyNames
from mkdocs_govreport.recognise.page_lines import PageLineReader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import Document, Paragraph

_HEAD = 12  # paragraphs in which a title and the lines of a web page stand
_TAIL = 6  # paragraphs in which a signature stands
_LONGEST_TITLE = 80
_MOST_LINES = 3  # that a title is set on
_ALL = 3  # what a title can tell: itself, an agency and a year
_ENDS = ("。", "；", ";")  # of sentences
_QUOTES = '《》〈〉" '
_BETWEEN = re.compile(r"\s*[-_|–—]\s*")


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found; `agencies` and `years` in the order of their authority, each with what told it.

    `publication` maps `published_on`, `publisher` and `source_url` to what told them and what it told.
    """

    title: str | None = None
    agencies: tuple[tuple[Basis, str], ...] = ()
    years: tuple[tuple[Basis, int], ...] = ()
    period_start: str | None = None
    period_end: str | None = None
    publication: dict[str, tuple[Basis, str]] = field(default_factory=dict)

    @property
    def agency(self) -> str | None:
        """The name that ranks highest."""
        return self.agencies[0][1] if self.agencies else None

    @property
    def year(self) -> int | None:
        """The year that ranks highest."""
        return self.years[0][1] if self.years else None


@dataclass(frozen=True, slots=True)
class Told:
    """An identity, the prose without its title, and what was taken out: titles again, and lines of the web page."""

    identity: Identity
    prose: list[Paragraph]
    repeated: list[Paragraph]
    page_lines: list[Paragraph]


class IdentityReader:
    """Finds what tells the identity by the patterns of the wording."""

    def __init__(self, wording: Wording) -> None:
        """Keep the patterns."""
        self._wording = wording.identity
        self._characters = wording.characters
        self._names = AgencyNames(wording)
        self._page_lines = PageLineReader(wording)

    def title(self, text: str) -> Identity | None:
        """Read a title, which may leave out the agency or the year; None when `text` is none."""
        if len(text) > _LONGEST_TITLE or text.endswith(_ENDS):
            return None
        written = plain(text)
        if not self._wording.file_names.report.search(self._characters.simplified(written)):
            return None  # most paragraphs; the patterns take longer to say so
        written = with_arabic_dates(written).strip(_QUOTES)
        simplified = self._characters.simplified(written)
        for pattern in self._wording.titles:
            match = pattern.match(simplified)
            if match is None:
                continue
            groups = match.groupdict()
            agency = written[slice(*match.span("agency"))] if groups.get("agency") else None
            if agency and not self._names.is_named(agency):
                agency = None
            if groups.get("year") is None and not (agency and self._names.is_agency(agency)):
                continue
            agencies = ((Basis.TITLE, agency),) if agency else ()
            return Identity(text, agencies, ((Basis.TITLE, int(groups["year"])),) if groups.get("year") else ())
        return None

    def read(self, paragraphs: list[Paragraph], document: Document) -> Told:
        """Read the identity of a report from its prose, and part the prose from what is none."""
        stated = document.stated.get("title")
        outside = (*((str(stated.value),) if stated else ()), *document.titles)
        identity, title_at = self._find_title(paragraphs, {plain(text) for text in outside})
        begin = min(title_at, default=0) if document.framed else 0
        rest = [paragraph for number, paragraph in enumerate(paragraphs) if number >= begin and number not in title_at]
        repeated = []
        if title_at:
            repeated = [p for p in rest[:_HEAD] if plain(p.text) == plain(identity.title or "")]
            rest = [p for p in rest if not any(p is again for again in repeated)]
        identity = self._completed(identity, outside)
        identity, lines = self._publication(identity, rest, under_title=bool(title_at))
        rest = [paragraph for paragraph in rest if not any(paragraph is line for line in lines)]
        identity, signature = self._signature(identity, rest)
        prose = [paragraph for paragraph in rest if paragraph is not signature]
        return Told(self._from_text(identity, prose), rest, repeated, lines)

    # --- the title --------------------------------------------------------------------------------

    def _find_title(self, paragraphs: list[Paragraph], known: set[str]) -> tuple[Identity, set[int]]:
        """Find the paragraphs that are the title: those that tell most, then the fewest, then the first."""
        head = paragraphs[:_HEAD]
        best: tuple[int, Identity, set[int]] = (-1, Identity(), set())
        for lines in range(1, _MOST_LINES + 1):
            for start in range(len(head) - lines + 1):
                window = [paragraph.text for paragraph in head[start : start + lines]]
                found = self.title("".join(window)) if lines == 1 or self._belong_together(window) else None
                if found is None and lines == 1 and plain(window[0]) in known:
                    found = Identity(window[0])
                if found is not None and _told(found) > best[0]:
                    best = (_told(found), found, set(range(start, start + lines)))
                    if best[0] == _ALL:
                        return best[1], best[2]
        return best[1], best[2]

    def _belong_together(self, lines: list[str]) -> bool:
        """Whether lines may be one title: none is a sentence, and the first is an agency or tells more than that."""
        if any(len(line) > _LONGEST_TITLE or line.endswith(_ENDS) for line in lines):
            return False
        first = with_arabic_dates(plain(lines[0]))
        return (
            bool(self._wording.file_names.year.search(first))
            or self._names.is_agency(first)
            or self.title(lines[0]) is not None
        )

    def _completed(self, identity: Identity, outside: tuple[str, ...]) -> Identity:
        """Take the title that a page states of itself, where it tells more than the text."""
        for text in outside if _told(identity) < _ALL else ():
            for piece in dict.fromkeys((text, *_BETWEEN.split(text))):  # site names follow a dash or a bar
                found = self.title(piece)
                if found is not None and _told(found) > _told(identity):
                    return found
        return identity

    # --- around the text --------------------------------------------------------------------------

    def _publication(
        self, identity: Identity, paragraphs: list[Paragraph], *, under_title: bool
    ) -> tuple[Identity, list[Paragraph]]:
        """Read the lines that a web page prints above and below a report; those above it are no prose."""
        lines = []
        found: dict[str, tuple[int, str]] = {}
        sentence = (number for number, paragraph in enumerate(paragraphs) if "。" in paragraph.text)
        head = min(_HEAD, next(sentence, _HEAD))
        for number, paragraph in enumerate(paragraphs):
            if head <= number < len(paragraphs) - _TAIL:
                continue
            said = self._page_lines.read(paragraph.text)
            if said is None:
                continue
            if number < head:
                lines.append(paragraph)
            found = {**said, **{name: told for name, told in found.items() if told[0] <= said.get(name, told)[0]}}
        if under_title and "published_on" not in found and paragraphs:
            date = _lone_date(paragraphs[0].text)
            if date:
                found["published_on"] = (0, date)
        publication = {name: (Basis.LINE, value) for name, (_, value) in found.items()}
        return replace(identity, publication=publication), lines

    def _signature(self, identity: Identity, paragraphs: list[Paragraph]) -> tuple[Identity, Paragraph | None]:
        """Read the date at the end of a report, and whose name stands above it or before it."""
        for number in range(len(paragraphs) - 1, max(len(paragraphs) - 1 - _TAIL, 0), -1):
            text = with_arabic_dates(plain(paragraphs[number].text)).strip("()")
            date = find_date(text)
            if date is None or date.end() < len(text):
                continue
            signed_by = text[: date.start()] or paragraphs[number - 1].text.strip()
            if not self._names.is_agency(signed_by):
                if date.start():
                    continue
                signed_by = ""
            publication = {**identity.publication}
            signed_on = iso_date(date[0])
            if signed_on:
                publication.setdefault("published_on", (Basis.SIGNATURE, signed_on))
            agencies = (*identity.agencies, *(((Basis.SIGNATURE, signed_by),) if signed_by else ()))
            return replace(identity, agencies=agencies, publication=publication), paragraphs[number]
        return identity, None

    # --- sentences --------------------------------------------------------------------------------

    def _from_text(self, identity: Identity, paragraphs: list[Paragraph]) -> Identity:
        written = with_arabic_dates("\n".join(plain(paragraph.text) for paragraph in paragraphs))
        text = self._characters.simplified(written)
        for pattern in self._wording.periods:
            match = pattern.search(text)
            if match:
                identity = _with_period(identity, match)
                break
        years = set() if identity.years else set(self._years(text))
        if len(years) == 1:
            identity = replace(identity, years=((Basis.TEXT, years.pop()),))
        titled = [claim for claim in identity.agencies if claim[0] is Basis.TITLE]
        for pattern in () if titled else self._wording.agencies:
            names = {written[slice(*match.span("agency"))] for match in pattern.finditer(text)}
            named = [name for name in names if self._names.is_named(name)]
            if len(named) == 1:
                return replace(identity, agencies=((Basis.TEXT, named[0]), *identity.agencies))
        return identity

    def _years(self, text: str) -> Iterator[int]:
        for sentence in re.split(r"[。;\n]", text):
            years = [int(match["year"]) for match in self._wording.year.finditer(sentence)]
            if years and not self._wording.plans.search(sentence):
                yield from years


def _told(identity: Identity) -> int:
    return len(identity.agencies) + len(identity.years) + (identity.title is not None)


def _lone_date(text: str) -> str | None:
    """Return the date that a line consists of."""
    line = with_arabic_dates(plain(text)).strip("()")
    date = find_date(line)
    return iso_date(date[0]) if date and date[0] == line else None


def _with_period(identity: Identity, match: re.Match[str]) -> Identity:
    """Take a period; the year follows from one that lies within a year, or ends with one."""
    start = iso_date(match["start"])
    end = iso_date(match["end"], match["start"][:4])
    identity = replace(identity, period_start=start, period_end=end)
    if start and end and start <= end and (start[:4] == end[:4] or end.endswith("-12-31")):
        return replace(identity, years=(*identity.years, (Basis.PERIOD, int(end[:4]))))
    return identity
