"""A statutory table as it is printed: the cells of the official layout with the figures of a report in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mkdocs_govreport.editions import Catalogue, LayoutCell
from mkdocs_govreport.model import ExtraRow, Figure, Number, Report

_LABELS_SHARE = 0.5  # of the width of a table
_SHORT = 4
_BLANK = "—"  # where an empty cell could not be told from none


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell with its place and spans, from 0; `value` is set where the cell is a number and nothing else."""

    text: str
    column: int
    rows: int = 1
    columns: int = 1
    is_label: bool = False
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The rows of a table, each its own cells only; `head` of them are headers that a new page repeats."""

    rows: tuple[tuple[PrintedCell, ...], ...]
    width: int
    head: int


def printed_table(report: Report, part: str, catalogue: Catalogue) -> PrintedTable:
    """Fill the layout of a table; a row of which the report has no figure is left out, rows of its own follow."""
    edition = catalogue.edition_of(report, part)
    layout = edition.layouts[part]
    kept = [number for number, row in enumerate(layout.rows) if _is_printed(row, part, report)]
    place = {number: position for position, number in enumerate(kept)}
    rows: list[list[PrintedCell]] = [[] for _ in kept]
    for cell in (cell for row in layout.rows for cell in row):
        covered = [place[number] for number in range(cell.row, cell.row + cell.rows) if number in place]
        if covered:
            text = edition.labels[part][cell.label].text.zh if cell.label else ""
            figure = report.figures.get(f"{part}.{cell.figure}") if cell.figure else None
            printed = PrintedCell(
                text or figure_text(figure),
                cell.column,
                len(covered),
                cell.columns,
                is_label=bool(cell.label),
                value=figure.value if figure and not figure.note else None,
            )
            rows[covered[0]].append(printed)
    for row in rows:
        row.sort(key=lambda cell: cell.column)
    rows += [_extra_row(extra, layout.width) for extra in report.extra_rows if extra.part == part]
    head = next((position for position, number in enumerate(kept) if _has_figures(layout.rows[number])), len(kept))
    if any(not _has_figures(layout.rows[number]) for number in kept[head:]):
        head = 0  # captions stand between the rows: no header serves the whole table
    width = max(cell.column + cell.columns for row in rows for cell in row)
    return PrintedTable(tuple(map(tuple, rows)), width, head)


def absent_figures(report: Report, catalogue: Catalogue) -> list[str]:
    """Return the figures that the report does not have, not even as blanks, though their cells are printed."""
    return [
        path
        for part in report.edition_of
        for row in catalogue.edition_of(report, part).layouts[part].rows
        if _has_figures(row) and _is_printed(row, part, report)
        for cell in row
        if (path := f"{part}.{cell.figure}") not in report.figures and cell.figure
    ]


def _is_printed(row: tuple[LayoutCell, ...], part: str, report: Report) -> bool:
    return not _has_figures(row) or any(f"{part}.{cell.figure}" in report.figures for cell in row if cell.figure)


def _has_figures(row: tuple[LayoutCell, ...]) -> bool:
    return any(cell.figure for cell in row)


def _extra_row(extra: ExtraRow, width: int) -> list[PrintedCell]:
    """Lay out a row that the form does not have: its label takes what its values leave."""
    cells = []
    column = 0
    if extra.label:
        column = max(width - len(extra.values), 1)
        cells.append(PrintedCell(extra.label, 0, 1, column, is_label=True))
    for value in extra.values:
        number = None if isinstance(value, str) else value
        text = value if isinstance(value, str) else number_text(value) or _BLANK
        cells.append(PrintedCell(text, column, value=number))
        column += 1
    return cells


def figure_text(figure: Figure | None) -> str:
    """Write a figure as a cell holds it, with its remark; a remark needs something to stand beside."""
    if figure is None:
        return ""
    if not figure.note:
        return number_text(figure.value)
    return f"{number_text(figure.value) or _BLANK}（{figure.note}）"


def number_text(value: Number | None) -> str:
    """Write a number in digits alone; a blank is empty."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def column_shares(table: PrintedTable) -> tuple[float, ...]:
    """Return the share of the width that each column needs: labels by their length, figures alike."""
    single = [cell for row in table.rows for cell in row if cell.columns == 1]
    figures = {cell.column for cell in single if not cell.is_label}
    longest = {
        column: max((len(cell.text) for cell in single if cell.column == column), default=_SHORT)
        for column in range(table.width)
        if column not in figures
    }
    for_labels = _LABELS_SHARE if longest and figures else float(bool(longest))
    weight = sum(length**0.5 for length in longest.values())
    return tuple(
        for_labels * longest[column] ** 0.5 / weight if column in longest else (1 - for_labels) / len(figures)
        for column in range(table.width)
    )
