"""Values parted by commas, semicolons or TABs: a sheet that somebody saved, or a report that was converted.

A sheet becomes grids and paragraphs; its empty rows part tables. A converted report has a row for each of
its values, see `writers/separated.py`, and becomes a tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Document, Grid, Paragraph, Tree
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.guard import unguard
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.listed import HEADER, entry_of, tree_of
from mkdocs_govreport.sources.plain_text import escape_markdown

_SEPARATORS = ",;\t"
_SAMPLE = 20_000  # characters that tell the separator
_LONGEST_LABEL = 60
_SPACE = re.compile(r"\s+")

Row = list[Cell]


def read_separated(data: bytes, file: str, limits: Limits) -> Document | Tree:
    """Read values parted by a character: a converted report as a tree, any other sheet as a document.

    Raises:
        SourceError: `too-large`, `empty-file`, `undecodable`, or `faulty-row` of a converted report.
    """
    text = decode(data, limits).removeprefix("\ufeff")
    separator = "\t" if PurePosixPath(file).suffix.lower() == ".tsv" else _separator(text)
    rows = list(_rows(text, separator, file, limits))
    if tuple(cell.text for cell in rows[0][: len(HEADER)]) == HEADER:
        entries = (entry_of([cell.origin for cell in row]) for row in rows[1:] if any(cell.text for cell in row))
        return tree_of(entries, file)
    return Document(file, tuple(_blocks(rows)))


def _separator(text: str) -> str:
    """Tell the separator: the one that parts most rows into the same number of cells."""

    def evenness(separator: str) -> int:
        counts: Counter[int] = Counter()
        filled = 0
        for end, _, _ in _fields(text[:_SAMPLE], separator):
            filled += 1
            if end:
                counts[filled] += 1
                filled = 0
        return max(((cells - 1) * rows for cells, rows in counts.items()), default=0)

    return max(_SEPARATORS, key=evenness)


def _fields(text: str, separator: str) -> Iterator[tuple[bool, str, int]]:
    """Part a text into fields: whether the row ends with it, its text, and where that begins."""
    field = re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*+)"(?P<rest>[^{separator}\r\n]*+)|(?P<bare>[^{separator}\r\n]*+))'
        rf"(?P<end>{separator}|\r\n|[\r\n]|\Z)"
    )
    position = 0
    while position < len(text) or (position and text[position - 1] == separator):
        match = field.match(text, position)
        if match is None:
            raise ValueError("a field of a text always ends")
        quoted = match["quoted"]
        if quoted is None:
            yield match["end"] != separator, match["bare"], position
        else:
            # What follows the closing mark belongs to the cell; two numbers that meet there are no one number.
            meet = quoted[-1:].isdigit() and match["rest"][:1].isdigit()
            yield match["end"] != separator, quoted.replace('""', '"') + " " * meet + match["rest"], position + 1
        position = match.end()
        if not match["end"]:
            return


def _rows(text: str, separator: str, file: str, limits: Limits) -> Iterator[Row]:
    row: Row = []
    line, line_start, seen = 1, 0, 0
    for cells, (ends_row, value, start) in enumerate(_fields(text, separator), 1):
        breaks = text.count("\n", seen, start) or text.count("\r", seen, start)
        if breaks:
            line += breaks
            line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        seen = start
        limits.check("cells", cells)
        row.append(Cell(_clean(value), Origin(file, value, line, start - line_start + 1)))
        if ends_row:
            yield row
            row = []
    if row:
        yield row


def _clean(value: str) -> str:
    return _SPACE.sub(" ", unguard(value)).strip()


# --- sheets --------------------------------------------------------------------------------------------


def _blocks(rows: list[Row]) -> Iterator[Paragraph | Grid]:
    run: list[Row] = []
    for row in rows:
        if any(cell.text for cell in row):
            run.append(row)
        else:
            yield from _blocks_of_run(run)
            run = []
    yield from _blocks_of_run(run)


def _blocks_of_run(run: list[Row]) -> Iterator[Paragraph | Grid]:
    """Part rows without an empty one between them: texts before a table and sentences are paragraphs."""
    table: list[Row] = []
    for row in run:
        if _filled(row) > 1:
            table.append(row)
            continue
        cell = next(cell for cell in row if cell.text)
        if table and not _is_sentence(cell):
            table.append(row)  # a caption, or a row whose figures are blank
            continue
        yield from _grid(table)
        table = []
        yield Paragraph(cell.text, escape_markdown(cell.text), cell.origin)
    yield from _grid(table)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.text)


def _is_sentence(cell: Cell) -> bool:
    return "。" in cell.text or len(cell.text) > _LONGEST_LABEL


def _grid(rows: list[Row]) -> Iterator[Grid]:
    if rows:
        # Programs pad every row to the width of the widest; no table is wider than what is written in it.
        width = max(number for row in rows for number, cell in enumerate(row, 1) if cell.text)
        yield Grid(tuple(tuple(row[:width]) for row in rows))
