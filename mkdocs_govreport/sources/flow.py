"""The text of a word processor: paragraphs and tables within tables, laid out as the blocks of a document.

Word and OpenDocument differ in how they write it; what their readers make of it is the same, and so is
what becomes of it here: which tables are tables and which only frame text, what their cells are numbered,
which paragraphs make a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Document, Doubt, Grid, Paragraph, Remark
from mkdocs_govreport.sources.plain_text import escape_markdown
from mkdocs_govreport.sources.white_space import collapsed

_WIDEST_SPAN = 40
_LONGEST_EXAMPLE = 30
_BESIDE_TEXT = frozenset({Doubt.PICTURE, Doubt.OBJECT})


class Stretch(NamedTuple):
    """A stretch of text; `raised` where it stands above the line, as marks of notes do."""

    text: str
    raised: bool = False


class Passage(NamedTuple):
    """A paragraph as it is shown, with a newline where a line is broken; `level` is that of a heading, else 0.

    `revised` is text in it that a tracked change adds or takes away, `hidden` what is not shown, `doubt` why its text
    is not all that is seen there.
    """

    text: str
    level: int = 0
    is_item: bool = False
    revised: str = ""
    hidden: str = ""
    doubt: Doubt | None = None


class FlowCell(NamedTuple):
    """A cell with what stands in it, and the number of columns that it spans."""

    blocks: Sequence[Passage | FlowTable]
    columns: int = 1


class FlowRow(NamedTuple):
    """The cells of a row that are shown; `revised` and `hidden` as in a passage, of cells left out."""

    cells: Sequence[FlowCell]
    revised: str = ""
    hidden: str = ""


class FlowTable(NamedTuple):
    """A table, row by row."""

    rows: Sequence[FlowRow]


def join(stretches: Sequence[Stretch], *, in_cell: bool) -> str:
    """Join stretches; what is raised in a cell goes into brackets, so that no figure gains the mark of a note."""
    if not in_cell or not any(stretch.text.strip() for stretch in stretches if not stretch.raised):
        return "".join(stretch.text for stretch in stretches)
    return "".join(f"（{text.strip()}）" if raised and text.strip() else text for text, raised in stretches)


def doubt_of(text: str, doubts: Iterable[Doubt | None]) -> Doubt | None:
    """Return why no figure is made of a cell; a picture beside a text leaves the text as it is."""
    return next((doubt for doubt in doubts if doubt and not (text and doubt in _BESIDE_TEXT)), None)


def all_of(changes: Sequence[str]) -> str:
    """Join the texts of tracked changes so that what was taken away and what came instead stay apart."""
    return " / ".join(text for text in changes if text.strip())


def lay_out(blocks: Sequence[Passage | FlowTable], file: str) -> Document:
    """Make a document of a text.

    A table that holds tables, or that has one column, only frames its text. Tables are numbered in the
    order in which their cells come; a table whose every cell holds tables has no number.
    """
    layout = _Layout(file)
    layout.add(blocks, Origin(file))
    return Document(file, tuple(layout.blocks), remarks=tuple(layout.remarks()))


class _Layout:
    """Gathers blocks in reading order, and where changes and hidden text were met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Paragraph | Grid] = []
        self._tables = 0
        self._revised: list[Origin] = []
        self._hidden: list[Origin] = []
        self._list_is_open = False

    def add(self, blocks: Sequence[Passage | FlowTable], place: Origin) -> None:
        for block in blocks:
            if isinstance(block, FlowTable):
                self._table(block)
            else:
                self._note(block, place)
                for line in block.text.split("\n"):
                    self._paragraph(collapsed(line), block, place)

    def remarks(self) -> list[Remark]:
        """Say once for the file what was left out or decided, with the first place."""
        return [
            Remark(rule, origins[0], (), {"count": len(origins), "raw": _example(origins[0].raw)})
            for rule, origins in (("tracked-changes", self._revised), ("hidden-text", self._hidden))
            if origins
        ]

    def _note(self, noted: Passage | FlowRow, place: Origin) -> None:
        for text, origins in ((noted.revised, self._revised), (noted.hidden, self._hidden)):
            if text and collapsed(text):
                origins.append(place._replace(raw=collapsed(text)))

    def _paragraph(self, text: str, passage: Passage, place: Origin) -> None:
        if not text:
            return
        markdown = escape_markdown(text)
        continues = passage.is_item and self._list_is_open
        self._list_is_open = passage.is_item
        if passage.is_item:
            markdown = f"- {markdown}"
            before = self.blocks[-1] if self.blocks else None
            if continues and isinstance(before, Paragraph):
                joined = f"{before.markdown}\n{markdown}"
                self.blocks[-1] = replace(before, text=f"{before.text}\n{text}", markdown=joined)
                return
        self.blocks.append(Paragraph(text, markdown, place._replace(raw=text), passage.level))

    def _table(self, table: FlowTable) -> None:
        self._list_is_open = False
        frames = any(_holds_tables(row) for row in table.rows)
        is_column = all(len(row.cells) <= 1 for row in table.rows)
        number: int | None = None
        rows: list[tuple[Cell, ...]] = []
        for at, row in enumerate(table.rows, 1):
            if _holds_tables(row):
                self._grid(rows)
                rows = []
                for cell in row.cells:
                    self.add(cell.blocks, Origin(self.file))
                continue
            if number is None:
                self._tables += 1
                number = self._tables
            place = Origin(self.file, table=number, row=at, cell=1)
            self._note(row, place)
            if len(row.cells) == 1 and (frames or is_column):
                self._grid(rows)
                rows = []
                self.add(row.cells[0].blocks, place)
            elif row.cells:
                rows.append(tuple(self._cells(row, place)))
        self._grid(rows)
        self._list_is_open = False

    def _grid(self, rows: list[tuple[Cell, ...]]) -> None:
        if any(cell.text for row in rows for cell in row):
            self.blocks.append(Grid(tuple(rows)))

    def _cells(self, row: FlowRow, place: Origin) -> list[Cell]:
        cells: list[Cell] = []
        for position, cell in enumerate(row.cells, 1):
            passages = [block for block in cell.blocks if isinstance(block, Passage)]
            text = collapsed(" ".join(passage.text for passage in passages))
            origin = place._replace(raw=text, cell=position)
            for passage in passages:
                self._note(passage, origin)
            doubt = doubt_of(text, (passage.doubt for passage in passages))
            # An empty cell that spans columns stands for as many blanks; a value or a label is itself once.
            cells += [Cell(text, origin, doubt)] * (1 if text or doubt else max(1, min(cell.columns, _WIDEST_SPAN)))
        return cells


def _holds_tables(row: FlowRow) -> bool:
    return any(isinstance(block, FlowTable) for cell in row.cells for block in cell.blocks)


def _example(text: str) -> str:
    return text if len(text) <= _LONGEST_EXAMPLE else text[:_LONGEST_EXAMPLE] + "…"
