"""One sheet of an Excel workbook, cell by cell, as its XML is walked through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import SourceError
from mkdocs_govreport.sources.number_format import Shape, number_text
from mkdocs_govreport.sources.sheets import CellCounter, Range, Sheet, SheetCell

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
UNCALCULATED = "=…"
"""What stands for a formula without a result; short, so that it is not taken for a label."""


@dataclass
class Styles:
    """What the styles of cells, by number, make of numbers, and which of them are ruled."""

    shapes: list[Shape] = field(default_factory=list)
    ruled: list[bool] = field(default_factory=list)


class CellText:
    """Tells the text of a cell from that of its phonetic guide."""

    def __init__(self) -> None:
        self._in_text = self._in_guide = False

    def takes(self, event: str, tag: str) -> bool:
        """Follow the events; true for text that belongs to a cell."""
        if event == "text":
            return self._in_text and not self._in_guide
        if tag == "t":
            self._in_text = event == "start"
        elif tag == "rPh":
            self._in_guide = event == "start"
        return False


class SheetReader:
    """Follows the events of one sheet."""

    def __init__(self, sheet: Sheet, cells: CellCounter, texts: list[str], styles: Styles, *, from_1904: bool) -> None:
        self._sheet = sheet
        self._cells = cells
        self._texts = texts
        self._styles = styles
        self._from_1904 = from_1904
        self._row = self._column = self._style = 0
        self._kind = ""
        self._inside = ""
        self._content: dict[str, str] = {}
        self._inline = CellText()

    def take(self, event: str, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the next event of the sheet."""
        is_text_of_cell = self._inline.takes(event, tag)
        if event == "text":
            if self._inside or is_text_of_cell:
                self._content[self._inside] = self._content.get(self._inside, "") + tag
        elif event == "start":
            self._start(tag, attributes)
        elif tag == "c":
            self._end_of_cell()
        elif tag == self._inside:
            self._inside = ""

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in {"v", "f"}:
            self._inside = tag
            self._content.setdefault(tag, "")
        elif tag == "row":
            self._row = whole_number(attributes.get("r"), self._row + 1)
            self._column = 0
            if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
                self._sheet.hidden_rows.append((self._row, self._row))
        elif tag == "col" and (is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            self._sheet.hidden_columns.append(
                (whole_number(attributes.get("min")), whole_number(attributes.get("max")))
            )
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            self._sheet.merged.append(Range(top, left, bottom, right))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        self._style = whole_number(attributes.get("s"))
        self._kind = attributes.get("t", "n")
        self._content = {}

    def _end_of_cell(self) -> None:
        ruled = self._style < len(self._styles.ruled) and self._styles.ruled[self._style]
        self._cells.add(self._sheet, self._row, self._column, self._cell(), ruled=ruled)

    def _cell(self) -> SheetCell | None:
        stored = self._content.get("v", "")
        if self._kind == "inlineStr":
            return SheetCell(self._content.get("", ""))
        if not stored and self._kind != "str":
            formula = self._content.get("f")
            return None if formula is None else SheetCell(UNCALCULATED, f"={formula}")
        if self._kind == "s":
            place = whole_number(stored, -1)
            return SheetCell(self._texts[place]) if 0 <= place < len(self._texts) else SheetCell(stored)
        if self._kind == "b":
            return SheetCell("FALSE" if stored == "0" else "TRUE")
        if self._kind == "n":
            shape = self._styles.shapes[self._style] if self._style < len(self._styles.shapes) else Shape.NUMBER
            return SheetCell(number_text(stored, shape, from_1904=self._from_1904))
        return SheetCell(stored)  # a text that a formula gives, an error, or a date in words


def _place(reference: str) -> tuple[int, int]:
    """Return the row and the column of a reference such as C12.

    Raises:
        SourceError: `damaged` when it is none.
    """
    match = _REFERENCE.match(reference)
    if match:
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        if column <= LAST_COLUMN and 1 <= int(match[2]) <= LAST_ROW:
            return int(match[2]), column
    raise SourceError("damaged", problem=Text(f"单元格“{reference}”不存在", f'there is no cell "{reference}"'))


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """Read the number of an attribute; `otherwise` where there is none, or one that no sheet can have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_true(text: str | None) -> bool:
    """Read a yes or no of an attribute."""
    return text in {"1", "true", "on"}
