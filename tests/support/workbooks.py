"""Reports as offices keep them in workbooks: the form drawn on a sheet, on three, or a sheet for each part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from mkdocs_govreport.model import Report
from tests.support.layouts import Cell, Table, source_of

WIDTH = 10  # columns over which titles and prose are merged
_RULED = Border(*(Side(style="thin") for _ in range(4)))


def workbook(report: Report, *, merged: bool = True, ruled: bool = True, empty_rows: bool = True) -> Workbook:
    """Draw a report on one sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sheet1"
    source = source_of(report)
    drawing = Drawing(sheet, merged=merged, ruled=ruled)
    for text in (source.title, *source.introduction):
        drawing.text(text)
    for heading, prose, table in source.parts:
        for text in (heading, *prose):
            drawing.text(text)
        if table:
            drawing.row += empty_rows
            drawing.table(table)
            drawing.row += empty_rows
    return book


def workbook_of_parts(report: Report) -> Workbook:
    """Draw a report on a sheet for each part, which only the name of the sheet tells."""
    book = Workbook()
    source = source_of(report)
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "封面"
    cover = Drawing(first)
    for text in (source.title, *source.introduction):
        cover.text(text)
    for heading, prose, table in source.parts:
        drawing = Drawing(book.create_sheet(heading[:31]))
        for text in prose:
            drawing.text(text)
        if table:
            drawing.row += 1
            drawing.table(table)
    return book


class Drawing:
    """Draws texts and tables on a sheet, one below the other; `row` is the next free one."""

    def __init__(self, sheet: Worksheet, *, merged: bool = True, ruled: bool = True) -> None:
        self.sheet = sheet
        self.row = 1
        self._merged = merged
        self._ruled = ruled

    def text(self, text: str) -> None:
        """Write a paragraph into a row, merged over the width of the sheet."""
        self.sheet.cell(self.row, 1, text)
        if self._merged:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=WIDTH)
        self.row += 1

    def table(self, table: Table) -> None:
        """Draw a table with its figures as numbers."""
        for row, column, cell in placed(table):
            bottom, right = row + cell.rows - 1, column + cell.columns - 1
            written = self.sheet.cell(self.row + row, column + 1)
            written.value = _number(cell.text) if cell.path else cell.text or None
            if self._ruled:
                for across in range(column, right + 1):
                    for down in range(row, bottom + 1):
                        self.sheet.cell(self.row + down, across + 1).border = _RULED
            if self._merged and (cell.rows > 1 or cell.columns > 1):
                self.sheet.merge_cells(None, self.row + row, column + 1, self.row + bottom, right + 1)
        self.row += len(table.rows)


def placed(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Return the cells of a table with the row and the column, from 0, of their first place on the grid."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + across) for down in range(cell.rows) for across in range(cell.columns)}
            yield row, column, cell
            column += cell.columns


def _number(text: str) -> int | Decimal | str | None:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text or None
    return int(number) if number == number.to_integral_value() else number


def saved(book: Workbook) -> bytes:
    """Save a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(data: bytes) -> Workbook:
    """Open a workbook."""
    return load_workbook(io.BytesIO(data))
