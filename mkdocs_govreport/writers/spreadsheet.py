"""A report as a workbook: a sheet for each statutory table in the official layout, one for the prose, one for the fields.

No text is a formula, and none becomes one where the workbook is saved as comma-separated values.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Number, Report
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.sources.guard import guard
from mkdocs_govreport.sources.own_sheets import BEFORE_HEADINGS, FIELDS, PROSE
from mkdocs_govreport.writers.archive import repacked
from mkdocs_govreport.writers.content import unstated_in
from mkdocs_govreport.writers.printed import PrintedCell, PrintedTable, absent_figures, column_shares, printed_table

_MOST_DIGITS = 15  # that a spreadsheet keeps of a number
_LONGEST_CELL = 10_000  # characters; a cell of a spreadsheet takes 32,767, a reader of ours fewer
_WIDTH = 110  # characters across a landscape page
_LINE = 14  # points
_NOTHING = "'"  # a cell with an empty text
_HIGHEST = 400
_MOST_LANDSCAPE_ROWS = 20

_FONT = "宋体"
_THIN = Side(style="thin")
_RULED = Border(_THIN, _THIN, _THIN, _THIN)
_SHADED = PatternFill("solid", fgColor="F2F2F2")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def write_xlsx(report: Report, catalogue: Catalogue) -> bytes:
    """Write a report as a workbook that reads back as the same report."""
    written = _written(report, catalogue, {})
    unstated = unstated_in(written, "report.xlsx", report, catalogue)
    return _written(report, catalogue, unstated) if unstated else written


def _written(report: Report, catalogue: Catalogue, unstated: Mapping[str, str]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    _list(book.create_sheet("说明"), FIELDS, _fields(report, catalogue, unstated), (28, 24, 78))
    if report.narrative:
        _list(book.create_sheet("正文"), PROSE, _prose(report, catalogue), (28, 8, 94))
    for part in catalogue.editions[report.edition].parts.values():
        if any(path.startswith(f"{part.id}.") for path in report.figures):
            sheet = book.create_sheet(_NOT_IN_NAMES.sub("-", part.short.zh)[:31])
            heading = part.heading.zh if part.id in report.narrative else ""
            _table(sheet, heading, printed_table(report, part.id, catalogue))
    book.properties.title = (report.title or "")[:255]
    packed = io.BytesIO()
    book.save(packed)
    return repacked(packed.getvalue(), {"docProps/core.xml": lambda data: _DATES.sub(b"", data)})


# --- lists ----------------------------------------------------------------------------------------------


def _fields(
    report: Report, catalogue: Catalogue, unstated: Mapping[str, str]
) -> Iterator[tuple[str, str, Number | str]]:
    messages = Messages("zh")
    for name in IDENTITY:
        value: Number | str | None = getattr(report, name)
        if value is not None:
            yield name, messages(f"field-{name}"), value
    for name, amount in report.processing_fee.items():
        if amount is not None:
            yield f"processing_fee.{name}", messages.get(f"field-processing_fee.{name}") or "", amount
    if absent := absent_figures(report, catalogue):
        yield "absent", messages("field-absent"), " ".join(absent)
    for name, text in unstated.items():
        yield f"unstated.{name}", messages("field-unstated"), text


def _prose(report: Report, catalogue: Catalogue) -> Iterator[tuple[str, int, str]]:
    headings = {INTRODUCTION: BEFORE_HEADINGS}
    headings |= {part.id: part.heading.zh for part in catalogue.editions[report.edition].parts.values()}
    for part, heading in headings.items():
        if part not in report.narrative:
            continue
        for number, block in enumerate(report.narrative[part].split("\n\n"), 1):
            for start in range(0, len(block) or 1, _LONGEST_CELL):
                yield heading, number, block[start : start + _LONGEST_CELL]


def _list(
    sheet: Worksheet, header: tuple[str, ...], rows: Iterator[tuple[Number | str, ...]], widths: tuple[int, ...]
) -> None:
    for column, (name, width) in enumerate(zip(header, widths, strict=True), 1):
        cell = _put(sheet, 1, column, name)
        cell.font, cell.fill, cell.alignment = Font(name=_FONT, bold=True), _SHADED, _CENTRED
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, number, column, (guard(value) or _NOTHING) if isinstance(value, str) else value)
            cell.alignment = _TOP
        lines = max(_lines(str(value), width) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(_LINE * lines + 4, _HIGHEST)
    sheet.freeze_panes = "A2"
    _page(sheet, repeat=1, portrait=False)


# --- tables ---------------------------------------------------------------------------------------------


def _table(sheet: Worksheet, heading: str, table: PrintedTable) -> None:
    widths = [share * _WIDTH for share in column_shares(table)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(width, 7)
    first = 1
    if heading:
        title = _put(sheet, 1, 1, heading)
        title.font, title.alignment = Font(name="黑体", size=14), _CENTRED
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=table.width)
        sheet.row_dimensions[1].height = 2 * _LINE
        first = 2
    for number, row in enumerate(table.rows, first):
        has_figures = not all(cell.is_label for cell in row)
        for printed in row:
            _cell(sheet, number, printed, beside_figures=has_figures)
        lines = max((_lines(cell.text, sum(widths[_columns(cell)])) for cell in row if cell.rows == 1), default=1)
        sheet.row_dimensions[number].height = _LINE * lines + 4
    _page(sheet, repeat=table.head + first - 1, portrait=len(table.rows) > _MOST_LANDSCAPE_ROWS)


def _cell(sheet: Worksheet, number: int, printed: PrintedCell, *, beside_figures: bool) -> None:
    last_row, last_column = number + printed.rows - 1, printed.column + printed.columns
    for row in range(number, last_row + 1):
        for column in range(printed.column + 1, last_column + 1):
            sheet.cell(row, column).border = _RULED
    value = guard(printed.text) if printed.value is None or not _is_kept(printed.value) else printed.value
    cell = _put(sheet, number, printed.column + 1, value)
    cell.font = Font(name=_FONT, size=10)
    cell.alignment = _LEFT if printed.is_label and beside_figures and printed.rows == 1 else _CENTRED
    if printed.is_label and not beside_figures:
        cell.fill = _SHADED
    if not isinstance(value, str):
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00######"
    if printed.rows > 1 or printed.columns > 1:
        sheet.merge_cells(start_row=number, end_row=last_row, start_column=printed.column + 1, end_column=last_column)


def _is_kept(value: Number) -> bool:
    """Whether a spreadsheet keeps all digits of a number."""
    return len(str(value).strip("-").replace(".", "").strip("0")) <= _MOST_DIGITS


def _columns(cell: PrintedCell) -> slice:
    return slice(cell.column, cell.column + cell.columns)


def _lines(text: str, width: float) -> int:
    """Estimate the lines that a text takes; a Chinese character is as wide as two digits."""
    return sum(
        math.ceil(sum(1 if character.isascii() else 2 for character in line) / max(width - 1, 2)) or 1
        for line in text.split("\n")
    )


# --- sheets ---------------------------------------------------------------------------------------------


def _put(sheet: Worksheet, row: int, column: int, value: Number | str) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("a merged cell holds nothing")
    if value != "":
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl takes what begins with an equals sign for a formula
    return cell


def _page(sheet: Worksheet, repeat: int, *, portrait: bool) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT if portrait else sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("— &P —"))
    if repeat:
        sheet.print_title_rows = f"1:{repeat}"
