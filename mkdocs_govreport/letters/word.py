"""A letter as a Word file, set as offices set their letters."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import docx
from lxml import etree

from mkdocs_govreport.letters.blocks import Kind, Letter, Line, Table
from mkdocs_govreport.writers.archive import repacked
from mkdocs_govreport.writers.word import describe
from mkdocs_govreport.writers.word_styles import CELL, GAP, HEADING, LABEL, TEXT, TEXT_WIDTH, TITLE, empty_document
from mkdocs_govreport.writers.word_xml import cell, element, paragraph, row, run, table

_CELL_SIZE = 24  # half points: 小四, which is read on paper without effort
_NOTE_SIZE = 21

_STYLES = {Kind.TITLE: TITLE, Kind.HEADING: HEADING, Kind.APPENDIX: HEADING}


def letter_as_word(letter: Letter) -> bytes:
    """Write a letter as a Word file."""
    document = docx.Document(io.BytesIO(empty_document()))
    describe(document, next(block.text for block in letter if isinstance(block, Line)))
    end = document.element.body[-1]  # the properties of the last section close a document
    for block in letter:
        for made in _table(block) if isinstance(block, Table) else _line(block):
            end.addprevious(made)
    packed = io.BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


def _line(line: Line) -> Iterator[etree._Element]:
    text = run(line.text)
    if line.kind is Kind.NOTE:
        yield paragraph(GAP)
        text = _sized(line.text, _NOTE_SIZE)
    made = paragraph(_STYLES.get(line.kind, TEXT), [text])
    if line.kind is Kind.APPENDIX:
        made[0].append(element("pageBreakBefore"))
    if line.kind is Kind.RECIPIENT:
        made[0].append(element("ind", firstLineChars=0, firstLine=0))
    if line.kind is Kind.CLOSING:
        made[0].append(element("ind", firstLineChars=0, firstLine=0))
        made[0].append(element("jc", val="right"))
    yield made


def _table(block: Table) -> Iterator[etree._Element]:
    """Make a table between small gaps, without which Word sets text close to its rules."""
    widths = [round(share * TEXT_WIDTH) for share in block.shares]
    rows = [_row(block.header, widths, is_header=True), *(_row(cells, widths) for cells in block.rows)]
    yield paragraph(GAP)
    yield table(widths, rows)
    yield paragraph(GAP)


def _row(cells: Sequence[str], widths: Sequence[int], *, is_header: bool = False) -> etree._Element:
    made = [
        cell(width, [paragraph(CELL if is_header else LABEL, [_sized(text, _CELL_SIZE)])])
        for text, width in zip(cells, widths, strict=True)
    ]
    return row(made, is_header=is_header)


def _sized(text: str, size: int) -> etree._Element:
    made = run(text)
    made.insert(0, element("rPr", element("sz", val=size), element("szCs", val=size)))
    return made
