"""Spreadsheets of LibreOffice (.ods): what their sheets show, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import Document, SourceError
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.number_format import number_text
from mkdocs_govreport.sources.package import Package, xml_events
from mkdocs_govreport.sources.sheet_blocks import document_of
from mkdocs_govreport.sources.sheet_cells import LAST_COLUMN, LAST_ROW, UNCALCULATED, whole_number
from mkdocs_govreport.sources.sheets import CellCounter, Range, Sheet, SheetCell

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _STYLE = f"{_OASIS}office:1.0}}", f"{_OASIS}table:1.0}}", f"{_OASIS}style:1.0}}"
_BORDERS = [
    f"{_OASIS}xsl-fo-compatible:1.0}}{name}"
    for name in ("border", "border-top", "border-bottom", "border-left", "border-right")
]
_CELLS = {"table-cell", "covered-table-cell"}
_NO_SHEETS = Text("不是 OpenDocument 表格", "it is no OpenDocument spreadsheet")


def read_ods(data: bytes, file: str, limits: Limits) -> Document:
    """Read the sheets of an OpenDocument spreadsheet that are not hidden.

    Raises:
        SourceError: `damaged`, `too-large`, or `empty-file` when no sheet shows anything.
    """
    package = Package(data, limits)
    if "content.xml" not in package.names:
        raise SourceError("damaged", problem=_NO_SHEETS)
    return document_of(_Content(limits).sheets(package.read("content.xml")), file, limits)


class _Content:
    """Follows the events of the content: styles first, then sheets with rows with cells."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = CellCounter(limits)
        self._ruled: set[str] = set()
        self._hidden: set[str] = set()
        self._style = ""
        self._sheet = Sheet("")
        self._row = self._rows = self._column = self._cell_column = 0
        self._cell: Mapping[str, str] = {}
        self._text: list[str] = []
        self._notes = self._depth = 0

    def sheets(self, data: bytes) -> Iterator[Sheet]:
        """Read the sheets in the order of their tabs."""
        for event, tag, attributes in xml_events(data):
            if event == "text":
                if self._depth and not self._notes:
                    self._text.append(tag)
            elif tag == "annotation":
                self._notes += 1 if event == "start" else -1
            elif event == "start":
                self._start(tag, attributes)
            elif tag == "p" and not self._notes:
                self._depth -= 1
            elif tag in _CELLS:
                self._end_of_cell()
            elif tag == "table":
                self._limits.check("cells", len(self._sheet.merged))
                yield self._sheet

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == "table-cell-properties":
            if any(attributes.get(name, "none") != "none" for name in _BORDERS):
                self._ruled.add(self._style)
        elif tag == "table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                self._hidden.add(self._style)
        elif tag == "table":
            name, style = attributes.get(f"{_TABLE}name", ""), attributes.get(f"{_TABLE}style-name")
            self._sheet = Sheet(name, style in self._hidden)
            self._row, self._rows, self._column = 1, 0, 1
        elif tag == "table-column":
            last = self._column + _repeated(attributes, "columns", LAST_COLUMN)
            if _is_hidden(attributes):
                self._sheet.hidden_columns.append((self._column, last - 1))
            self._column = last
        elif tag == "table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "rows", LAST_ROW)
            self._cell_column = 1
            if _is_hidden(attributes):
                self._sheet.hidden_rows.append((self._row, self._row + self._rows - 1))
        elif tag in _CELLS:
            self._cell, self._text = attributes, []
        elif tag == "p" and not self._notes:
            if self._text:
                self._text.append("\n")
            self._depth += 1
        elif self._depth and not self._notes and tag in {"s", "tab", "line-break"}:
            self._text.append("\n" if tag == "line-break" else " ")

    def _end_of_cell(self) -> None:
        columns = _repeated(self._cell, "columns", LAST_COLUMN)
        cell = self._shown()
        ruled = self._cell.get(f"{_TABLE}style-name") in self._ruled
        width = whole_number(self._cell.get(f"{_TABLE}number-columns-spanned"), 1)
        height = whole_number(self._cell.get(f"{_TABLE}number-rows-spanned"), 1)
        if width > 1 or height > 1:
            right, bottom = self._cell_column + min(width, LAST_COLUMN) - 1, self._row + min(height, LAST_ROW) - 1
            self._sheet.merged.append(Range(self._row, self._cell_column, bottom, right))
        if cell is not None:
            # A value is repeated where the same stands in several cells; that of a million is no report.
            self._limits.check("cells", columns * self._rows)
            for row in range(self._row, self._row + self._rows):
                for column in range(self._cell_column, self._cell_column + columns):
                    self._cells.add(self._sheet, row, column, cell, ruled=ruled)
        elif ruled and columns * self._rows <= self._limits.cells:
            for row in range(self._row, self._row + self._rows):
                for column in range(self._cell_column, self._cell_column + columns):
                    self._cells.add(self._sheet, row, column, None, ruled=True)
        self._cell_column += columns

    def _shown(self) -> SheetCell | None:
        kind = self._cell.get(f"{_OFFICE}value-type")
        text = "".join(self._text)
        if kind in {"float", "currency"}:
            return SheetCell(number_text(self._cell.get(f"{_OFFICE}value", text)))
        formula = self._cell.get(f"{_TABLE}formula")
        if formula is not None and kind is None and not text:
            return SheetCell(UNCALCULATED, f"={formula.partition('=')[2]}")
        return SheetCell(text) if text.strip() else None


def _repeated(attributes: Mapping[str, str], what: str, most: int) -> int:
    return max(1, min(whole_number(attributes.get(f"{_TABLE}number-{what}-repeated"), 1), most))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get(f"{_TABLE}visibility") in {"collapse", "filter"}
