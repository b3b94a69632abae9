"""From the cells of a sheet to paragraphs and grids.

A sheet has neither: a heading, a paragraph and a row of a table are all cells. Empty rows part tables;
a row with a single text is a row of a table only where the table goes on beside that text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Document, Field, Grid, Paragraph, Remark, SourceError
from mkdocs_govreport.sources.flow import clean
from mkdocs_govreport.sources.guard import unguard
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.own_sheets import FIELDS, PROSE, fields_of_sheet, is_of, prose_of_sheet
from mkdocs_govreport.sources.plain_text import escape_markdown
from mkdocs_govreport.sources.sheets import Sheet, SheetCell, Spans, VisibleSheet, hidden_sheet, show

_NOTHING = Spans(())


def document_of(sheets: Iterator[Sheet], file: str, limits: Limits) -> Document:
    """Make a document of sheets; what they hide is remarked and not read.

    Raises:
        SourceError: `too-large`, or `empty-file` when no sheet shows anything.
    """
    blocks: list[Paragraph | Grid] = []
    metadata: dict[str, Field] = {}
    remarks: list[Remark] = []
    maker = _SheetBlocks(file, limits)
    for sheet in sheets:
        if not sheet.holds_something:
            continue
        if sheet.is_hidden:
            remarks.append(hidden_sheet(sheet, file))
            continue
        shown, said = show(sheet, file, limits)
        remarks += said
        rows = _as_they_stand(shown, file)
        if rows and is_of(FIELDS, rows[0]):
            metadata |= fields_of_sheet(rows[1:])
            maker.only_tables = True
        elif rows and is_of(PROSE, rows[0]):
            blocks += prose_of_sheet(rows[1:])
        elif shown.rows:
            blocks += maker.read(shown)
    if not blocks:
        raise SourceError("empty-file")
    return Document(file, tuple(blocks), metadata, remarks=tuple(remarks))


def _as_they_stand(sheet: VisibleSheet, file: str) -> list[list[Origin]]:
    """Return the filled cells of each row with their texts unchanged."""
    return [
        [Origin(file, cell.text, row=number, cell=column, sheet=sheet.name) for column, cell in row.cells.items()]
        for number, row in sheet.rows.items()
        if row.cells
    ]


class _SheetBlocks:
    """Makes blocks of the sheets of a file; grids are numbered through the file.

    `only_tables` is set for a converted report, whose prose is on a sheet of its own.
    """

    def __init__(self, file: str, limits: Limits) -> None:
        """Count the cells of all grids together."""
        self._file = file
        self._limits = limits
        self.only_tables = False
        self._tables = 0
        self._cells = 0

    def read(self, sheet: VisibleSheet) -> Iterator[Paragraph | Grid]:
        """Return the blocks of a sheet, its name first.

        Raises:
            SourceError: `too-large` when its tables, with their blanks, are above the limit of cells.
        """
        origin = Origin(self._file, sheet.name, sheet=sheet.name)
        yield Paragraph(sheet.name, escape_markdown(sheet.name), origin, level=1, is_name=True)
        for run in _runs(sheet):
            is_table = [True] * len(run) if self.only_tables else _table_rows(sheet, run)
            table: list[int] = []
            for number, in_table in zip(run, is_table, strict=True):
                if in_table:
                    table.append(number)
                    continue
                yield from self._grid(sheet, table)
                table = []
                yield from self._paragraphs(sheet, number)
            yield from self._grid(sheet, table)

    def _paragraphs(self, sheet: VisibleSheet, row: int) -> Iterator[Paragraph]:
        for column, cell in sheet.rows[row].cells.items():
            for line in unguard(cell.text).splitlines():
                text = clean(line)
                if text:
                    origin = Origin(self._file, text, row=row, cell=column, sheet=sheet.name)
                    yield Paragraph(text, escape_markdown(text), origin)

    def _grid(self, sheet: VisibleSheet, rows: list[int]) -> Iterator[Grid]:
        while rows and not sheet.rows[rows[0]].cells:
            rows = rows[1:]
        while len(rows) > 1 and not sheet.rows[rows[-1]].cells and not sheet.rows[rows[-2]].cells:
            rows = rows[:-1]  # ruled for more than was needed
        if not rows:
            return
        self._tables += 1
        # A column in which nothing is written is none of the table, wherever its rules end.
        columns = sorted({column for row in rows for column in sheet.rows[row].cells})
        self._cells += len(rows) * len(columns)
        self._limits.check("cells", self._cells)
        yield Grid(tuple(tuple(self._row(sheet, row, columns)) for row in rows))

    def _row(self, sheet: VisibleSheet, row: int, columns: list[int]) -> Iterator[Cell]:
        covered = sheet.covered.get(row, _NOTHING)
        cells = sheet.rows[row].cells
        for column in columns:
            if column in cells or column not in covered:
                cell = cells.get(column, SheetCell(""))
                text = clean(unguard(cell.text))
                yield Cell(
                    text,
                    Origin(self._file, cell.formula or text, None, None, self._tables, row, column, sheet=sheet.name),
                )


def _runs(sheet: VisibleSheet) -> Iterator[list[int]]:
    """Part the rows at those that are empty; hidden ones part nothing."""
    run: list[int] = []
    for number in sheet.rows:
        before = number - 1
        while run and before > run[-1] and before in sheet.hidden_rows:
            before -= 1
        if run and before != run[-1]:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _table_rows(sheet: VisibleSheet, run: list[int]) -> list[bool]:
    """Tell for each row of a run whether it is one of a table."""
    rows = [sheet.rows[number] for number in run]
    several = [len(row.cells) > 1 for row in rows]
    if not any(several):
        return [False] * len(run)
    if any(row.ruled for row in rows):
        return [many or bool(row.ruled) for many, row in zip(several, rows, strict=True)]
    last = max(column for row in rows for column in row.cells)
    return [
        # Where nothing is ruled: a row amid rows of the table that has room beside its text. A merged cell
        # as wide as the table is a caption or a note.
        many or (_is_amid(several, place) and last not in sheet.covered.get(run[place], _NOTHING))
        for place, many in enumerate(several)
    ]


def _is_amid(several: list[bool], place: int) -> bool:
    return 0 < place < len(several) - 1 and several[place - 1] and several[place + 1]
