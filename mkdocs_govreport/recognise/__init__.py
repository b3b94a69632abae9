"""From a document to a report: its tables, its prose, and what it says about itself.

Recognition goes by labels and their order, not by position, so that one recogniser serves every
format and layout. It never drops a cell: what does not become a figure is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from mkdocs_govreport.editions import Catalogue, Edition, Unit
from mkdocs_govreport.figures import Figures
from mkdocs_govreport.model import Basis, ExtraRow, Figure, Origin, Report
from mkdocs_govreport.recognise.cells import CellSorter, Sorted
from mkdocs_govreport.recognise.fee import FeeReader
from mkdocs_govreport.recognise.frame import FrameReader
from mkdocs_govreport.recognise.identity import Identity, IdentityReader
from mkdocs_govreport.recognise.labels import label_index
from mkdocs_govreport.recognise.narrative import INTRODUCTION, heading_reader, read_narrative
from mkdocs_govreport.recognise.spelling import normal, plain
from mkdocs_govreport.recognise.tables import ROWS_NOT_READ, Reading, read_table
from mkdocs_govreport.recognise.values import ValueReader
from mkdocs_govreport.sources import Document, Paragraph, Remark, SourceError

__all__ = ["INTRODUCTION", "Identity", "Recognised", "Recogniser", "recogniser"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A report as far as its text tells, with what has to be said about the reading.

    `headings` are those of the parts that are not as the form has them.
    """

    report: Report
    identity: Identity
    remarks: tuple[Remark, ...]
    headings: tuple[tuple[str, Origin], ...] = ()


class Recogniser:
    """Recognises reports of the editions of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Build the indexes once; recognising a report changes nothing but their memory."""
        self._catalogue = catalogue
        self._values = ValueReader(catalogue.wording)
        self._headings = heading_reader(catalogue)
        self._sorter = CellSorter(catalogue, label_index(catalogue), self._values, self._headings)
        self._frame = FrameReader(catalogue.wording, label_index(catalogue), self._values, self._headings)
        self._identities = IdentityReader(catalogue.wording)
        self._fees = FeeReader(catalogue.wording)
        self._alike: dict[tuple[str, str, str], bool] = {}
        self._residue = [re.compile(pattern) for pattern in catalogue.wording.residue]

    def recognise(self, document: Document) -> Recognised:
        """Recognise a report.

        Raises:
            SourceError: `not-a-report` when it has neither a table nor the heading of a part.
        """
        document = self._without_frame(document)
        found = self._sorter.sort(document)
        told = self._identities.read(found.prose, document)
        identity = told.identity
        narrative = read_narrative(told.prose, self._headings)
        edition_ids = list(self._catalogue.editions)
        readings = {
            part: read_table(part, tokens, self._preferred(identity.year), self._unit_named)
            for part, tokens in found.tables.items()
        }
        fruitless = {part: reading for part, reading in readings.items() if not reading.figures}
        readings = {part: reading for part, reading in readings.items() if reading.figures}
        if not readings and not narrative.parts.keys() - {INTRODUCTION}:
            raise SourceError("not-a-report")
        edition = self._lead_edition(readings, identity.year)
        for part, reading in readings.items():
            # A table that is the same in several editions follows the report.
            if reading.edition.id != edition.id and self._are_alike(part, reading.edition, edition):
                readings[part] = read_table(part, found.tables[part], [edition], self._unit_named)
        remarks = list(document.remarks)
        remarks += [Remark("residue", paragraph.origin, (), {"raw": paragraph.text}) for paragraph in told.repeated]
        remarks += [
            Remark("label", origin, (), {"raw": raw, "label": official}) for raw, official, origin in narrative.varied
        ]
        remarks += [remark for reading in (*readings.values(), *fruitless.values()) for remark in reading.remarks]
        remarks += _without_figures(fruitless, found)
        remarks += self._residues([p for p in found.prose if not any(p is line for line in told.page_lines)])
        figures: dict[str, Figure] = {}
        extra: list[ExtraRow] = []
        ordered = sorted(
            readings.items(),
            key=lambda item: (
                edition.tables.index(item[0]) if item[0] in edition.tables else edition_ids.index(item[1].edition.id)
            ),
        )
        for _, reading in ordered:
            figures.update(reading.figures)
            extra += reading.extra_rows
        report = Report(
            file=document.file,
            edition=edition.id,
            edition_of={part: reading.edition.id for part, reading in ordered},
            figures=Figures(figures),
            narrative=narrative.parts,
            extra_rows=tuple(extra),
            agency=identity.agency,
            year=identity.year,
            title=identity.title,
            period_start=identity.period_start,
            period_end=identity.period_end,
        )
        headings = tuple((raw, origin) for raw, _, origin in narrative.varied)
        return Recognised(self.with_fee(report), identity, tuple(remarks), headings)

    def with_fee(self, report: Report) -> Report:
        """Return a report with the processing fee that its prose states plainly."""
        fee = self._fees.read(report.narrative, report.year)
        inferred = {**report.inferred, "processing_fee": Basis.TEXT}
        return replace(report, processing_fee=fee, inferred=inferred) if fee else report

    def identity_of_title(self, title: str | None) -> Identity:
        """Return what a title tells of the report that bears it."""
        return (self._identities.title(title) if title else None) or Identity()

    def _without_frame(self, document: Document) -> Document:
        if not document.framed:
            return document
        known = {plain(title) for title in document.titles}
        content = self._frame.content(
            document, lambda text: self._identities.title(text) is not None or plain(text) in known
        )
        return replace(document, blocks=content)

    def _unit_named(self, name: str) -> Unit | None:
        return self._catalogue.wording.units.get(name) or self._values.unit(name)

    def _preferred(self, year: int | None) -> list[Edition]:
        """Order the editions, the usual one for the year first: between equals it wins."""
        usual = self._catalogue.usual_edition(year)
        return [usual] + [edition for edition in self._catalogue.editions.values() if edition is not usual]

    def _lead_edition(self, readings: dict[str, Reading], year: int | None) -> Edition:
        for edition in self._preferred(year):
            reading = readings.get(edition.lead_table)
            if reading:
                return reading.edition
        return next((reading.edition for reading in readings.values()), self._catalogue.usual_edition(year))

    def _are_alike(self, part: str, one: Edition, other: Edition) -> bool:
        """Whether a table is the same in two editions, or only in one of them; comparing all its cells takes long."""
        key = part, one.id, other.id
        if key not in self._alike:
            self._alike[key] = one.layouts[part].rows == other.layouts.get(part, one.layouts[part]).rows
        return self._alike[key]

    def _residues(self, paragraphs: list[Paragraph]) -> Iterator[Remark]:
        for paragraph in paragraphs:
            text = normal(paragraph.text)
            for pattern in self._residue:
                match = pattern.search(text)
                if match:
                    yield Remark("residue", _at(paragraph.origin, match.start()), (), {"raw": match[0].strip()})


def _without_figures(readings: dict[str, Reading], found: Sorted) -> Iterator[Remark]:
    """Report the tables of which only labels are left, so that nobody takes their figures for 0."""
    for part, reading in readings.items():
        tokens = found.tables[part]
        if not reading.extra_rows and not any(remark.rule in ROWS_NOT_READ for remark in reading.remarks):
            labels = sum(1 for token in tokens if token.match)
            details = {"part": reading.edition.parts[part].title, "labels": labels}
            yield Remark("lost-figures", tokens[0].origin, (part,), details)


def _at(origin: Origin, offset: int) -> Origin:
    column = origin.column + offset if origin.column else None
    return origin._replace(column=column)


@lru_cache(maxsize=8)
def recogniser(catalogue: Catalogue) -> Recogniser:
    """Return the recogniser of a catalogue."""
    return Recogniser(catalogue)
