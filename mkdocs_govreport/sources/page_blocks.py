"""From the tree of a web page to paragraphs and grids, and to which of them one element holds.

A table is read by runs of its rows. Rows that only lay out the page, as those that hold another table
or paragraphs of prose, are walked through; the others are cells of a grid. So it does not matter how
many tables of the site stand around a table of the report, nor how a page nests them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml import etree

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Grid, Paragraph
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.markup import CELLS, HEADINGS, line_of, text_of
from mkdocs_govreport.sources.plain_text import escape_markdown
from mkdocs_govreport.sources.white_space import collapsed

_LONGEST_LABEL = 300  # characters above which a cell of several blocks is prose
_WIDEST_SPAN = 40
_SHORT = 100
_new = tuple.__new__
_WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef"
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*\n\s*(?=[{_WIDE}])")


def clean(text: str) -> str:
    """Collapse white space; between Chinese characters the end of a line is none."""
    return _cleaned_before(text) if len(text) < _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    text = text.strip()
    if not text.isalnum():
        if "\n" in text:
            text = _BROKEN_LINE.sub("", text)
        text = collapsed(text)
    return text


_cleaned_before = lru_cache(maxsize=20_000)(_cleaned)  # labels and figures are the same in all reports


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a page; `containers` are the stretches (from, to) of blocks that one element holds."""

    blocks: tuple[Paragraph | Grid, ...]
    containers: tuple[tuple[int, int], ...]


def read_blocks(body: etree._Element, file: str, limits: Limits, *, has_lines: bool = True) -> PageBlocks:
    """Walk the tree once, without recursion: pages of generators are nested hundreds of levels deep.

    Raises:
        SourceError: `too-large` where it is nested deeper than the limit.
    """
    walk = _Walk(file, limits, has_lines=has_lines)
    events = etree.iterwalk(body, events=("start", "end"))
    for event, element in events:
        if event == "end":
            walk.end(element)
        elif walk.start(element):
            events.skip_subtree()
    return PageBlocks(tuple(walk.blocks), tuple(walk.containers))


@dataclass(slots=True)
class _Table:
    """A table that is being walked: whether it has one column or holds tables, its number, its rows so far."""

    is_column: bool
    is_nested: bool
    number: int = 0
    rows: int = 0


class _Walk:
    """Gathers inline text until a block begins or ends, and rows until something else than a row comes."""

    def __init__(self, file: str, limits: Limits, *, has_lines: bool) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.containers: dict[tuple[int, int], None] = {}
        self._file = file
        self._limits = limits
        self._line_of = line_of if has_lines else _no_line
        self._begun: list[int] = []
        self._tables: list[_Table] = []
        self._numbered = 0
        self._rows: list[tuple[Cell, ...]] = []
        self._characters = 0
        self._list = 0
        self._inline: list[str] = []
        self._line: int | None = None

    def start(self, element: etree._Element) -> bool:
        """Enter an element; return whether it is done with already."""
        tag = element.tag
        if self._inline:
            self._flush("")
        self._begun.append(len(self.blocks))
        if tag == "tr":
            if self._row(element):
                return True
            self._finish_grid()
        elif tag == "table":
            self._finish_grid()
            self._tables.append(_Table(_is_column(element), element.find(".//table") is not None))
        elif tag in {"ul", "ol"}:
            self._list = len(self.blocks)
        if len(self._begun) > self._limits.nesting:
            self._limits.check("nesting", len(self._begun))
        self._add(element.text, element)
        return False

    def end(self, element: etree._Element) -> None:
        """Leave an element."""
        if self._inline:
            self._flush(element.tag)
        begun = self._begun.pop()
        if element.tag == "table":
            self._finish_grid()
            self._tables.pop()
        if len(self.blocks) - begun > 1:
            self.containers[begun, len(self.blocks)] = None
        self._add(element.tail, element)

    # --- text -------------------------------------------------------------------------------------

    def _add(self, text: str | None, element: etree._Element) -> None:
        if text and (self._inline or not text.isspace()):
            if not self._inline:
                self._line = self._line_of(element)
            self._inline.append(text)

    def _flush(self, tag: str) -> None:
        raw = "".join(self._inline)
        self._inline.clear()
        for text in filter(None, map(clean, raw.splitlines() if tag == "pre" else (raw,))):
            self._finish_grid()
            self._count(text)
            self._paragraph(text, tag)

    def _count(self, text: str) -> None:
        self._characters += len(text) + 1
        self._limits.check("characters", self._characters)

    def _paragraph(self, text: str, tag: str) -> None:
        markdown = escape_markdown(text)
        if tag == "li":
            markdown = f"- {markdown}"
            before = self.blocks[-1] if len(self.blocks) > self._list else None
            if isinstance(before, Paragraph) and before.markdown.startswith("- "):
                text, markdown = f"{before.text}\n{text}", f"{before.markdown}\n{markdown}"
                self.blocks[-1] = replace(before, text=text, markdown=markdown)
                return
        origin = Origin(self._file, text, self._line)
        self.blocks.append(Paragraph(text, markdown, origin, HEADINGS.get(tag, 0)))

    # --- tables -----------------------------------------------------------------------------------

    def _row(self, row: etree._Element) -> bool:
        """Take a row as cells of a grid; False where it only lays out the page."""
        table = self._tables[-1] if self._tables else _Table(is_column=False, is_nested=True)
        table.rows += 1
        if (
            table.is_column
            or _has_text(row.text)
            or (table.is_nested and not all(map(_is_one_cell, row.iter("table"))))
        ):
            return False
        file, number, at, line_of_cell = self._file, table.number or self._numbered + 1, table.rows, self._line_of
        cells: list[Cell] = []
        for position, element in enumerate(row, 1):
            tail = element.tail
            if element.tag not in CELLS or (tail and not tail.isspace()):
                return False  # something that is in none of the cells
            # As `text_of`, which is not asked where a cell is nothing but its text.
            raw = text_of(element) if len(element) else element.text or ""
            text = _cleaned_before(raw) if len(raw) < _SHORT else _cleaned(raw)
            if len(text) > _LONGEST_LABEL and len(element) > 1:
                return False
            # Cells are most of what there is to make of a page, and are made so in half the time.
            origin = _new(Origin, (file, text, line_of_cell(element), None, number, at, position, None, None, None))
            if text:
                cells.append(_new(Cell, (text, origin, None)))
            else:  # one that spans columns stands for as many blanks; a value or a label is itself once
                cells += [_new(Cell, (text, origin, None))] * _span(element)
        if cells:
            if not table.number:
                self._numbered = table.number = number
            self._rows.append(tuple(cells))
        return True

    def _finish_grid(self) -> None:
        if self._rows:
            self.blocks.append(Grid(tuple(self._rows)))
            self._rows = []


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    waiting = [table]
    while waiting:
        for child in waiting.pop():
            if child.tag == "tr":
                yield child
            elif child.tag not in CELLS and child.tag != "table":
                waiting.append(child)


def _is_column(table: etree._Element) -> bool:
    """Whether no row of a table has two cells: then it only frames what it holds."""
    return all(sum(1 for _ in row.iterchildren(*CELLS)) < 2 for row in _own_rows(table))


def _no_line(_: etree._Element) -> None:
    return None


def _has_text(text: str | None) -> bool:
    return bool(text and not text.isspace())


def _is_one_cell(table: etree._Element) -> bool:
    """Whether a table inside a cell is nothing but a frame around the cell's value."""
    cells = list(islice(table.iter(*CELLS), 2))
    return len(cells) < 2


def _span(element: etree._Element) -> int:
    value = element.get("colspan", "1").strip()
    if not value.isdecimal():
        return 1
    return max(1, min(int(value[:9]), _WIDEST_SPAN))
