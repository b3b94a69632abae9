"""The cells of spreadsheets: what a sheet holds and what it shows of it, whichever program saved it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from mkdocs_govreport.model import Origin, Text, column_letters
from mkdocs_govreport.sources.document import Remark
from mkdocs_govreport.sources.limits import Limits

_MOST_NAMED = 5  # rows, columns or cells that a remark names one by one


class Range(NamedTuple):
    """A rectangle of cells, from `top` and `left` to `bottom` and `right`, all included."""

    top: int
    left: int
    bottom: int
    right: int


class SheetCell(NamedTuple):
    """What a cell shows; `formula` where it was not calculated."""

    text: str
    formula: str | None = None


class SheetRow(NamedTuple):
    """The cells of a row that hold something, by column, and the columns in which an empty cell is ruled."""

    cells: dict[int, SheetCell]
    ruled: set[int]


@dataclass
class Sheet:
    """A sheet as it is stored; rows and columns count from 1."""

    name: str
    is_hidden: bool = False
    rows: dict[int, SheetRow] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    @property
    def holds_something(self) -> bool:
        """Whether any cell is filled."""
        return any(row.cells for row in self.rows.values())


class CellCounter:
    """Puts cells into the sheets of a file, under its limits."""

    def __init__(self, limits: Limits) -> None:
        """Count the cells of all sheets together."""
        self._limits = limits
        self._filled = 0
        self._ruled = 0

    def add(self, sheet: Sheet, row: int, column: int, cell: SheetCell | None, *, ruled: bool) -> None:
        """Keep a cell that holds something or is ruled.

        Raises:
            SourceError: `too-large` above the limit of cells.
        """
        if cell is not None and cell.text.strip():
            self._filled += 1
            self._limits.check("cells", self._filled)
            sheet.rows.setdefault(row, SheetRow({}, set())).cells[column] = cell
        elif ruled and self._ruled < self._limits.cells:
            # Rules only help to tell tables from text; some sheets have them in every cell of whole columns.
            self._ruled += 1
            sheet.rows.setdefault(row, SheetRow({}, set())).ruled.add(column)


class Spans:
    """Ranges of numbers that may overlap; tells whether a number is in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take the first and the last number of each."""
        ordered = sorted(spans)
        self._firsts = [first for first, _ in ordered]
        self._furthest = list(accumulate((last for _, last in ordered), max))

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self._firsts, number)
        return place > 0 and self._furthest[place - 1] >= number


@dataclass(frozen=True)
class VisibleSheet:
    """What a sheet shows: its rows by number, and for each the columns that a merged range covers.

    A merged range covers its cells but the first.
    """

    name: str
    rows: dict[int, SheetRow]
    covered: dict[int, Spans]
    hidden_rows: Spans


def show(sheet: Sheet, file: str, limits: Limits) -> tuple[VisibleSheet, list[Remark]]:
    """Leave out what a sheet hides; what held something is remarked.

    Raises:
        SourceError: `too-large` when merged ranges lie on more rows than the limit of cells.
    """
    hidden_rows, hidden_columns = Spans(sheet.hidden_rows), Spans(sheet.hidden_columns)
    numbers = [number for number in sorted(sheet.rows) if number not in hidden_rows]
    covered = _covered(sheet.merged, numbers, limits)
    shown: dict[int, SheetRow] = {}
    columns: set[int] = set()
    buried: list[tuple[int, int]] = []
    for number in numbers:
        row = sheet.rows[number]
        spans = covered.get(number, Spans(()))
        columns.update(column for column in row.cells if column in hidden_columns)
        buried += [(number, column) for column in row.cells if column in spans and column not in hidden_columns]
        cells = {c: cell for c, cell in sorted(row.cells.items()) if c not in hidden_columns and c not in spans}
        ruled = {column for column in row.ruled if column not in hidden_columns and column not in spans}
        if cells or ruled:
            shown[number] = SheetRow(cells, ruled)
    rows = [number for number in sorted(sheet.rows) if number in hidden_rows and sheet.rows[number].cells]
    remarks = [*_hidden(sheet, file, rows, sorted(columns), buried), *_uncalculated(sheet, file, shown)]
    return VisibleSheet(sheet.name, shown, covered, hidden_rows), remarks


def hidden_sheet(sheet: Sheet, file: str) -> Remark:
    """Remark that a sheet is hidden and was not read."""
    what = Text("整张工作表", "the whole sheet")
    return Remark("hidden-cells", Origin(file, sheet=sheet.name), (), {"sheet": sheet.name, "what": what})


def _covered(merged: Iterable[Range], rows: list[int], limits: Limits) -> dict[int, Spans]:
    found: dict[int, list[tuple[int, int]]] = {}
    shares = 0
    for top, left, bottom, right in merged:
        within = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        shares += len(within)
        limits.check("cells", shares)
        for row in within:
            found.setdefault(row, []).append((left + (row == top), right))
    return {row: Spans(spans) for row, spans in found.items()}


def _hidden(
    sheet: Sheet, file: str, rows: list[int], columns: list[int], buried: list[tuple[int, int]]
) -> Iterator[Remark]:
    parts = []
    if rows:
        named = _named(str(row) for row in rows)
        parts.append(Text(f"第 {named.zh} 行", f"row {named.en}"))
    if columns:
        named = _named(column_letters(column) for column in columns)
        parts.append(Text(f"第 {named.zh} 列", f"column {named.en}"))
    if buried:
        named = _named(f"{column_letters(column)}{row}" for row, column in buried)
        parts.append(Text(f"被合并单元格盖住的 {named.zh}", f"{named.en} under a merged cell"))
    if parts:
        values = {"sheet": sheet.name, "what": Text.join(parts)}
        yield Remark("hidden-cells", Origin(file, sheet=sheet.name), (), values)


def _uncalculated(sheet: Sheet, file: str, rows: dict[int, SheetRow]) -> Iterator[Remark]:
    places = [(n, column) for n, row in rows.items() for column, cell in row.cells.items() if cell.formula]
    if places:
        row, column = places[0]
        origin = Origin(file, rows[row].cells[column].formula or "", row=row, cell=column, sheet=sheet.name)
        cells = _named(f"{column_letters(column)}{row}" for row, column in places)
        yield Remark("uncalculated", origin, (), {"sheet": sheet.name, "cells": cells})


def _named(names: Iterable[str]) -> Text:
    listed = list(names)
    more = len(listed) - _MOST_NAMED
    zh, en = "、".join(listed[:_MOST_NAMED]), ", ".join(listed[:_MOST_NAMED])
    return Text(f"{zh} 等 {len(listed)} 处", f"{en} and {more} more") if more > 0 else Text(zh, en)
