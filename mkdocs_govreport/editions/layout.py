"""The official layout of a table: its cells with their places and spans, and what follows from them.

A layout answers three questions: what the cells of the printed form are (for pages), which figures
stand in a row and in which order (for recognition), and which header cells belong to a figure
(for accessible tables).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any


class LayoutError(ValueError):
    """A layout that does not make a table."""


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """One cell of the form: a label or a figure, at `row` and `column` (from 0), with its spans."""

    row: int
    column: int
    rows: int
    columns: int
    label: str | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form that holds figures.

    `label` names it, or is None where the form prints no label beside the figures; `groups` are
    the labels before it in the same row.
    """

    label: str | None
    groups: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The layout of one table: `rows` of cells in print order; figures are paths within the part."""

    part: str
    rows: tuple[tuple[LayoutCell, ...], ...]
    units: dict[str, str]

    @cached_property
    def width(self) -> int:
        """The number of columns of the grid."""
        return max(cell.column + cell.columns for row in self.rows for cell in row)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows that hold figures."""
        lines = []
        for row in self.rows:
            figures = tuple(cell.figure for cell in row if cell.figure)
            if figures:
                labels = [cell.label for cell in row if cell.label]
                lines.append(Line(labels[-1] if labels else None, tuple(labels[:-1]), figures))
        return tuple(lines)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The paths of all figures, in print order."""
        return tuple(figure for line in self.lines for figure in line.figures)

    @cached_property
    def most_figures(self) -> int:
        """The number of figures in the rows that have most."""
        return max(len(line.figures) for line in self.lines)

    @cached_property
    def column_keys(self) -> frozenset[str]:
        """The last parts of the figures' paths, which are the labels of their columns."""
        return frozenset(figure.rsplit(".", 1)[-1] for figure in self.figures)

    @cached_property
    def header_rows(self) -> tuple[tuple[LayoutCell, ...], ...]:
        """The rows without figures: captions and column headers."""
        return tuple(row for row in self.rows if not any(cell.figure for cell in row))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels that the form prints, in print order, each once."""
        return tuple(dict.fromkeys(cell.label for row in self.rows for cell in row if cell.label))

    @cached_property
    def row_labels(self) -> frozenset[str]:
        """The labels that name a row of figures or a group of such rows."""
        return frozenset(cell.label for row in self.rows for cell in row if cell.label and self._has_figures(row))

    def unit(self, figure: str) -> str:
        """Return the unit of a figure: that of its column, or a plain count."""
        return self.units.get(figure.rsplit(".", 1)[-1], "item")

    @cached_property
    def headers(self) -> dict[str, tuple[LayoutCell, ...]]:
        """The header cells of each figure: those above it, then those to its left, outermost first.

        Above are the nearest rows of headers, so that in a table of several captioned blocks a
        figure belongs to its own block.
        """
        result = {}
        for number, row in enumerate(self.rows):
            above = [cell for header in self._headers_above(number) for cell in header]
            beside = [
                cell
                for line in self.rows[: number + 1]
                for cell in line
                if cell.label and self._has_figures(line) and cell.row + cell.rows > number
            ]
            for cell in row:
                if cell.figure:
                    over = [
                        h for h in above if h.column < cell.column + cell.columns and h.column + h.columns > cell.column
                    ]
                    result[cell.figure] = tuple(over + beside)
        return result

    @cached_property
    def column_labels(self) -> dict[str, str]:
        """The label of the innermost column header above each figure."""
        return {
            figure: next(
                (cell.label or "" for cell in reversed(cells) if not self._has_figures(self.rows[cell.row])), ""
            )
            for figure, cells in self.headers.items()
        }

    def _headers_above(self, number: int) -> list[tuple[LayoutCell, ...]]:
        above: list[tuple[LayoutCell, ...]] = []
        for row in reversed(self.rows[:number]):
            if not self._has_figures(row):
                above.insert(0, row)
            elif above:
                break
        return above

    @staticmethod
    def _has_figures(row: tuple[LayoutCell, ...]) -> bool:
        return any(cell.figure for cell in row)


def compile_layout(part: str, data: dict[str, Any]) -> Layout:
    """Place the cells of a layout file on the grid.

    Raises:
        LayoutError: when a row is wider or narrower than the table.
    """
    columns: list[str] = data.get("columns") or []
    covered: set[tuple[int, int]] = set()
    rows = []
    for number, row in enumerate(data["rows"]):
        cells = []
        column = 0
        for label, figure, height, width in _expand(row, columns):
            while (number, column) in covered:
                column += 1
            cells.append(LayoutCell(number, column, height, width, label, figure))
            covered.update((r, c) for r in range(number, number + height) for c in range(column, column + width))
            column += width
        rows.append(tuple(cells))
    layout = Layout(part, tuple(rows), {name: unit for name, unit in (data.get("units") or {}).items() if unit})
    full = {(r, c) for r in range(len(rows)) for c in range(layout.width)}
    if full != covered:
        row_number = min(full ^ covered)[0] + 1
        raise LayoutError(f"layout of {part}: row {row_number} does not fill the width of {layout.width} columns")
    return layout


def _expand(row: list[Any], columns: list[str]) -> list[tuple[str | None, str | None, int, int]]:
    cells: list[tuple[str | None, str | None, int, int]] = []
    for cell in row:
        if isinstance(cell, str):
            cells.append((cell, None, 1, 1))
        elif "figures" in cell:
            cells += [(None, f"{cell['figures']}.{column}", 1, 1) for column in columns]
        else:
            cells.append((cell.get("label"), cell.get("figure"), cell.get("rows", 1), cell.get("cols", 1)))
    return cells
