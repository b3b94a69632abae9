"""Spreadsheets of Excel and WPS: what their sheets show, with the place of every cell.

The parts are read as they are stored. A library that models workbooks would have to read each sheet
twice to tell a formula without a result from a blank, and unpacks pictures, themes and charts unasked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import Document, SourceError
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.number_format import shape_of
from mkdocs_govreport.sources.package import Package, xml_events
from mkdocs_govreport.sources.sheet_blocks import document_of
from mkdocs_govreport.sources.sheet_cells import CellText, SheetReader, Styles, is_true, whole_number
from mkdocs_govreport.sources.sheets import CellCounter, Sheet

_NO_WORKBOOK = Text("不是 Excel 工作簿，或者缺少工作簿的内容", "it is no Excel workbook, or its workbook is missing")


def read_xlsx(data: bytes, file: str, limits: Limits) -> Document:
    """Read the sheets of an Excel workbook (.xlsx, .xlsm) that are not hidden.

    Raises:
        SourceError: `damaged`, `too-large`, or `empty-file` when no sheet shows anything.
    """
    package = Package(data, limits)
    return document_of(_Workbook(package, limits).sheets(), file, limits)


class _Workbook:
    """Reads the parts of a workbook: its list of sheets, texts and styles, then each sheet."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._cells = CellCounter(limits)
        self._limits = limits
        self._part = self._workbook_part()
        self._related = self._relations(self._part)
        self._from_1904 = False
        self._texts: list[str] = []
        self._styles = Styles()

    def sheets(self) -> Iterator[Sheet]:
        """Read the sheets in the order of their tabs; charts and dialogs are none."""
        listed: list[tuple[str, str, bool]] = []
        for event, tag, attributes in xml_events(self._package.read(self._part)):
            if event == "start" and tag == "workbookPr":
                self._from_1904 = is_true(attributes.get("date1904"))
            elif event == "start" and tag == "sheet":
                identifier = next((value for name, value in attributes.items() if name.endswith("}id")), "")
                listed.append((attributes.get("name", ""), identifier, attributes.get("state", "visible") != "visible"))
        self._texts = list(self._shared_texts())
        self._styles = self._read_styles()
        for name, identifier, is_hidden in listed:
            kind, part = self._related.get(identifier, ("", ""))
            if kind == "worksheet":
                yield self._sheet(Sheet(name, is_hidden), part)

    # --- finding parts ------------------------------------------------------------------------------

    def _workbook_part(self) -> str:
        parts = self._relations("")
        found = next((part for kind, part in parts.values() if kind == "officeDocument"), "xl/workbook.xml")
        if found not in self._package.names:
            raise SourceError("damaged", problem=_NO_WORKBOOK)
        return found

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of each part that another one refers to."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self._package.names:
            return {}
        return {
            attributes.get("Id", ""): (
                attributes.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/"),
            )
            for event, tag, attributes in xml_events(self._package.read(listing))
            if event == "start" and tag == "Relationship"
        }

    def _part_of_kind(self, wanted: str) -> bytes | None:
        part = next((part for kind, part in self._related.values() if kind == wanted), None)
        return self._package.read(part) if part in self._package.names and part else None

    # --- texts and styles ---------------------------------------------------------------------------

    def _shared_texts(self) -> Iterator[str]:
        text: list[str] = []
        inside = CellText()
        for event, tag, _ in xml_events(self._part_of_kind("sharedStrings") or b"<sst/>"):
            if inside.takes(event, tag):
                text.append(tag)
            elif event == "end" and tag == "si":
                yield "".join(text)
                text = []

    def _read_styles(self) -> Styles:
        codes: dict[int, str] = {}
        borders: list[bool] = []
        styles = Styles()
        section = ""
        for event, tag, attributes in xml_events(self._part_of_kind("styles") or b"<styleSheet/>"):
            if event != "start":
                continue
            if tag in {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
                section = tag
            elif section == "numFmts" and tag == "numFmt":
                codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif section == "borders" and tag == "border":
                borders.append(False)
            elif section == "borders" and borders and attributes.get("style", "none") != "none":
                borders[-1] = True
            elif section == "cellXfs" and tag == "xf":
                identifier, border = whole_number(attributes.get("numFmtId")), whole_number(attributes.get("borderId"))
                styles.shapes.append(shape_of(identifier, codes.get(identifier)))
                styles.ruled.append(border < len(borders) and borders[border])
        return styles

    # --- a sheet --------------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet, part: str) -> Sheet:
        reader = SheetReader(sheet, self._cells, self._texts, self._styles, from_1904=self._from_1904)
        for event, tag, attributes in xml_events(self._package.read(part)):
            reader.take(event, tag, attributes)
        self._limits.check("cells", len(sheet.merged))
        return sheet
