"""Tables copied from a page whose cells are paragraphs: a cell on a line, and a line of nothing but a TAB between two."""

from __future__ import annotations

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Grid

_FEWEST_BLANKS = 2  # blank lines that part two rows; between two cells there are fewer


def copied_grid(lines: list[str], start: int, file: str) -> tuple[Grid, int] | None:
    """Read the rows that begin with the cell on line `start`; return them with the line after, None where there are none."""
    rows: list[tuple[Cell, ...]] = []
    end = start
    while row := _row(lines, end, file):
        cells, end = row
        rows.append(cells)
        end = _next(lines, end)
    return (Grid(tuple(rows)), end) if rows else None


def _row(lines: list[str], start: int, file: str) -> tuple[tuple[Cell, ...], int] | None:
    if start >= len(lines) or not lines[start].strip() or "\t" in lines[start] or "|" in lines[start]:
        return None
    cells = [_cell(lines, start, file)]
    end = start + 1
    while (tab := _next(lines, end)) < len(lines) and _is_tab(lines[tab]) and tab - end < _FEWEST_BLANKS:
        following = _next(lines, tab + 1)
        is_filled = following < len(lines) and not _is_tab(lines[following]) and following - tab <= _FEWEST_BLANKS
        cells += [_cell(lines, tab, file)] * (lines[tab].count("\t") - 1)
        cells.append(_cell(lines, following if is_filled else tab, file))
        end = following + 1 if is_filled else tab + 1
    return (tuple(cells), end) if len(cells) > 1 else None


def _cell(lines: list[str], number: int, file: str) -> Cell:
    text = lines[number].strip()
    return Cell(text, Origin(file, text, number + 1, 1 + (lines[number].index(text) if text else 0)))


def _next(lines: list[str], number: int) -> int:
    """Return the next line that holds a text or a TAB."""
    while number < len(lines) and not lines[number].strip() and not _is_tab(lines[number]):
        number += 1
    return number


def _is_tab(line: str) -> bool:
    return "\t" in line and not line.strip()
