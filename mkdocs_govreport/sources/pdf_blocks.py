"""From the pages of a PDF to paragraphs and grids that go on over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Grid, Paragraph
from mkdocs_govreport.sources.pdf_tables import Row, TableCell, continued
from mkdocs_govreport.sources.plain_text import escape_markdown

__all__ = ["Line", "Page", "TableCell", "blocks_of"]

_MARGIN = 0.12  # share of the height of a page in which running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"^[-—–－·.\s第共页/]*\d{1,4}[-—–－·.\s第共页/\d]*$")
_DIGITS = re.compile(r"\d+")
_INDENT = 1.2  # signs from which on a line is indented
_ROOM = 1.6  # signs that a line leaves free which is the last of its paragraph
_LEADING = 1.35  # times the usual distance of lines from which on two lines are apart
_LOOSE = 3.0  # times the size of signs from which on lines are apart, however few there are


@dataclass(frozen=True)
class Line:
    """A line of text outside tables, in points from the top left; `gaps` part it like cells."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    gaps: int


@dataclass(frozen=True)
class Page:
    """The lines and tables of a page, from top to bottom."""

    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[tuple[tuple[TableCell, ...], ...], ...]


@dataclass(frozen=True)
class _Text:
    page: int
    line: Line


@dataclass(frozen=True)
class _Table:
    page: int
    rows: tuple[Row, ...]


def blocks_of(pages: Sequence[Page], file: str) -> Iterator[Paragraph | Grid]:
    """Put the pages together: paragraphs over line ends, tables over page breaks; running heads are left out."""
    pieces = list(_pieces(pages, file))
    column = _Column([piece.line for piece in pieces if isinstance(piece, _Text)])
    waiting: list[_Text] = []
    table: _Table | None = None
    for piece in pieces:
        if isinstance(piece, _Text):
            if table:
                yield _grid(table)
                table = None
            if waiting and not column.goes_on(waiting[-1], piece):
                yield _paragraph(waiting, file)
                waiting = []
            waiting.append(piece)
            continue
        if waiting:
            yield _paragraph(waiting, file)
            waiting = []
        rows = continued(table.rows, piece.rows) if table and piece.page == table.page + 1 else None
        if table and rows is None:
            yield _grid(table)
        table = _Table(piece.page, rows or piece.rows)
    if table:
        yield _grid(table)
    if waiting:
        yield _paragraph(waiting, file)


def _pieces(pages: Sequence[Page], file: str) -> Iterator[_Text | _Table]:
    running = _running_heads(pages)
    for number, page in enumerate(pages, 1):
        ordered: list[tuple[float, _Text | _Table]] = [
            (line.top, _Text(number, line)) for line in page.lines if not _is_running(line, page, running)
        ]
        for place, table in enumerate(page.tables, 1):
            rows = tuple(
                tuple(
                    (cell, Origin(file, cell.text, None, None, place, row, at, page=number))
                    for at, cell in enumerate(cells, 1)
                )
                for row, cells in enumerate(table, 1)
            )
            ordered.append((min(cell.top for cells in table for cell in cells), _Table(number, rows)))
        yield from (piece for _, piece in sorted(ordered, key=lambda item: item[0]))


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Return what stands in the margins of more than half of the pages, but for its digits."""
    seen = Counter(
        text for page in pages for text in {_bare(line.text) for line in page.lines if _in_margin(line, page)}
    )
    return frozenset(text for text, times in seen.items() if times > 1 and 2 * times > len(pages))


def _is_running(line: Line, page: Page, running: frozenset[str]) -> bool:
    return _in_margin(line, page) and (bool(_PAGE_NUMBER.match(line.text)) or _bare(line.text) in running)


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _bare(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


class _Column:
    """The column in which the text is set: its margins, and how far lines are apart."""

    def __init__(self, lines: list[Line]) -> None:
        self._left = min((line.left for line in lines), default=0.0)
        self._right = max((line.right for line in lines), default=0.0)
        apart = [
            below.top - line.top
            for line, below in pairwise(lines)
            if below.top > line.top and below.left < self._left + line.size and self._is_full(line)
        ]
        self._apart = median(apart) if apart else None

    def goes_on(self, before: _Text, piece: _Text) -> bool:
        """Whether a line belongs to the paragraph of the line before it."""
        above, line = before.line, piece.line
        if above.gaps or line.gaps or abs(above.size - line.size) > 0.5 or not self._is_full(above):
            return False
        if line.left > self._left + _INDENT * line.size:
            return False
        distance = line.top - above.top
        return before.page != piece.page or distance < min(
            _LEADING * (self._apart or line.size * _LOOSE), _LOOSE * line.size
        )

    def _is_full(self, line: Line) -> bool:
        return line.right > self._right - _ROOM * line.size


def _paragraph(pieces: list[_Text], file: str) -> Paragraph:
    text = ""
    for piece in pieces:
        words = text[-1:].isascii() and text[-1:].isalpha() and piece.line.text[:1].isascii()
        text += " " * bool(words) + piece.line.text
    return Paragraph(text, escape_markdown(text), Origin(file, text, page=pieces[0].page))


def _grid(table: _Table) -> Grid:
    return Grid(tuple(tuple(Cell(cell.text, origin) for cell, origin in row) for row in table.rows))
