"""Plain text: what is left of a report when its tables have been flattened.

Cells are parted by pipes or TABs, a table row on a line or a cell on a line; every other line is a
paragraph. Tables whose cells are parted by spaces alone look like prose here: only somebody who
knows the labels can tell, so they are left to recognition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.copied_text import copied_grid
from mkdocs_govreport.sources.document import Cell, Document, Grid, Paragraph
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits

_SEPARATOR_ROW = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_MARKDOWN_INLINE = re.compile(r"([\\`*_\[\]|])")
_WORD = re.compile("[\u4e00-\u9fff]")  # with which most texts begin
_MARKDOWN_START = re.compile(r"^(\s*\d+(?=[.)]\s)|\s*)(#|>|[-+](?=\s)|(?<=\d)[.)]|~~~|```|={3,}|-{3,})")


def read_text(data: bytes, file: str, limits: Limits) -> Document:
    """Read a text file into paragraphs and grids.

    Raises:
        SourceError: `too-large`, `empty-file` or `undecodable`.
    """
    text = decode(data, limits)
    limits.check("characters", len(text))
    return Document(file, tuple(_blocks(text.splitlines(), file)))


def escape_markdown(text: str) -> str:
    """Write plain text so that Markdown shows it as it stands."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = _MARKDOWN_INLINE.sub(r"\\\1", text)
    return text if _WORD.match(text) else _MARKDOWN_START.sub(r"\1\\\2", text)


def _blocks(lines: list[str], file: str) -> Iterator[Paragraph | Grid]:
    number = 0
    while number < len(lines):
        line = lines[number]
        if "|" in line:
            end = _end(lines, number, lambda text: "|" in text)
            yield from _pipe_block(lines, number, end, file)
            number = end
        elif "\t" in line.rstrip() or line.startswith("\t"):
            end = _end_of_tabs(lines, number)
            yield _tab_block(lines, number, end, file)
            number = end
        elif copied := copied_grid(lines, number, file):
            grid, number = copied
            yield grid
        else:
            if line.strip():
                yield _paragraph(line, number, file)
            number += 1


def _end(lines: list[str], start: int, belongs: object) -> int:
    end = start
    while end < len(lines) and callable(belongs) and belongs(lines[end]):
        end += 1
    return end


def _paragraph(line: str, number: int, file: str) -> Paragraph:
    text = line.strip()
    column = line.index(text) + 1
    return Paragraph(text, escape_markdown(text), Origin(file, line.rstrip(), number + 1, column))


def _cell(raw: str, number: int, column: int, file: str) -> Cell:
    text = raw.strip()
    return Cell(text, Origin(file, text, number + 1, column + 1 + (raw.index(text) if text else 0)))


def split_pipes(line: str, number: int, file: str) -> list[Cell]:
    """Split a line at its pipes; an empty field after the last pipe is no cell."""
    cells = []
    column = 0
    fields = line.rstrip().split("|")
    if len(fields) > 1 and not fields[-1].strip():
        fields.pop()
    for raw in fields:
        cells.append(_cell(raw, number, column, file))
        column += len(raw) + 1
    return cells


def _pipe_block(lines: list[str], start: int, end: int, file: str) -> Iterator[Paragraph | Grid]:
    rows = [split_pipes(lines[n], n, file) for n in range(start, end) if not _SEPARATOR_ROW.match(lines[n])]
    filled = [sum(1 for cell in row if cell.text) for row in rows]
    if sum(filled) == 1:
        # A lone line that ends in a pipe is a title or a sentence that was framed by a table.
        cell = next(cell for row in rows for cell in row if cell.text)
        yield Paragraph(cell.text, escape_markdown(cell.text), cell.origin)
    elif max(filled, default=0) <= 1:
        # A cell on a line: a line of k pipes is k empty cells, and nothing tells where rows end.
        yield Grid((tuple(cell for row in rows for cell in row),))
    else:
        if all(not row[0].text for row in rows):
            rows = [row[1:] for row in rows]  # framed by pipes on both sides
        yield Grid(tuple(tuple(row) for row in rows if row))


def _end_of_tabs(lines: list[str], start: int) -> int:
    """Find the end of lines with TABs; blank lines part rows, other lines continue a wrapped cell."""
    end = start
    last = start
    while end < len(lines):
        line = lines[end]
        if "\t" in line and "|" not in line:
            last = end
        elif line.strip():
            follows_cell = last == end - 1
            if not (follows_cell and end + 1 < len(lines) and lines[end + 1].startswith("\t")):
                break
            last = end
        end += 1
    return last + 1


def _tab_block(lines: list[str], start: int, end: int, file: str) -> Grid:
    split = {number: lines[number].split("\t") for number in range(start, end)}
    row_on_a_line = any(sum(1 for field in fields if field.strip()) > 1 for fields in split.values())
    rows: list[list[Cell]] = [[]]
    for number, fields in split.items():
        line = lines[number]
        if row_on_a_line:
            column = 0
            rows.append([])
            for raw in fields:
                rows[-1].append(_cell(raw, number, column, file))
                column += len(raw) + 1
        elif "\t" not in line and not line.strip():
            rows.append([])
        elif line.startswith("\t"):
            rows[-1].append(_cell(line[1:], number, 1, file))
        elif rows[-1]:
            wrapped = rows[-1].pop()
            rest = line.strip()
            # Two numbers one below the other are no one number.
            text = wrapped.text + " " * (wrapped.text[-1:].isdigit() and rest[:1].isdigit()) + rest
            rows[-1].append(Cell(text, Origin(file, text, wrapped.origin.line, wrapped.origin.column)))
        else:
            rows[-1].append(_cell(line, number, 0, file))
    return Grid(tuple(tuple(row) for row in rows if row))
