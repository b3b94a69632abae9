"""The part of a table in which sums do not agree, drawn for a terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Line

from mkdocs_govreport.editions import Edition
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding
from mkdocs_govreport.output.grid import Cell, Grid, Kind, Row, grid_of

_STYLES = {Kind.SUSPECT: "bold red", Kind.SUM: "bold", Kind.DIFFERENCE: "bold red"}
_SIZES = (
    (7, 16, 26, True),
    (7, 10, 26, True),
    (5, 10, 26, True),
    (4, 10, 18, True),
    (3, 8, 14, True),
    (3, 8, 14, False),
    (3, 6, 10, False),
)
"""How many columns, how long the names of columns and rows may be, and whether rows have their place: the first that
fits is taken."""

_GAP = "  "


def draw_grid(finding: Finding, edition: Edition, messages: Messages, width: int) -> tuple[Grid, list[Line]] | None:
    """Return the grid of a finding and its lines; None where it has none, or one that does not fit into `width`."""
    for most, longest_head, longest_title, has_places in _SIZES:
        grid = grid_of(finding, edition, messages, most)
        if grid is None:
            return None
        lines = _draw(grid, longest_head, longest_title, has_places=has_places)
        if max(line.cell_len for line in lines) <= width:
            return grid, lines
    return None


def _draw(grid: Grid, longest_head: int, longest_title: int, *, has_places: bool) -> list[Line]:
    """Draw a grid with numbers below one another, whatever the widths of the characters."""
    heads = [*(_cut(title, longest_head) for title in grid.columns), *grid.sums]
    head = Row("", tuple(map(Cell, heads)))
    rows = [head, *grid.rows]
    titles = [_cut(row.title, longest_title) for row in rows]
    title_width = max(map(cell_len, titles))
    widths = [max(cell_len(row.cells[number].text) for row in rows) for number in range(len(heads))]
    lines = []
    for title, row in zip(titles, rows, strict=True):
        line = Line(title + " " * (title_width - cell_len(title)))
        for cell, width in zip(row.cells, widths, strict=True):
            line.append(_GAP + " " * (width - cell_len(cell.text)))
            line.append(cell.text, style=_STYLES.get(cell.kind, ""))
        if row.place and has_places:
            line.append(_GAP + row.place)
        line.rstrip()
        lines.append(line)
    return lines


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
