"""Tables that a page break cuts: between two rows, through a row, and through labels that span rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_govreport.model import Origin

_SAME = 4.0  # points by which the rules of a table may differ on the next page
_ALIKE = 0.6  # share of the rules between columns that two parts of a table have in common
_NUMERALS = "一二三四五六七八九十"
_BEGINNING = re.compile(rf"^(?:\d{{1,2}}[.、．]|\([{_NUMERALS}\d]{{1,3}}\)|[{_NUMERALS}]{{1,3}}、|第)")
_FIGURE = re.compile(r"^[-\d][\d,.]*$")


class TableCell(NamedTuple):
    """A cell with its rules, in points from the top left of its page.

    `first` and `last` are the top and the bottom of its text; `is_full` says that its last line has no room for more.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first: float | None = None
    last: float | None = None
    is_full: bool = False


Row = tuple[tuple[TableCell, Origin], ...]


def continued(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Put the part of a table on the next page under the one above; None when it is another table."""
    if not _same_columns(above, below):
        return None
    below = _without_header(above, below)
    if not below:
        return above
    pairs = dict(_pairs(above, below[0]))
    if _is_cut(above, below[0], pairs):
        return _joined(above, below, pairs)
    spanning = {place: over for place, over in pairs.items() if _spans(above, over, below, place)}
    if any(_FIGURE.match(below[0][place][0].text) for place in spanning):
        return (*above, *below)  # these are columns under their headers
    spanning = {place: over for place, over in spanning.items() if _goes_on(above, over, below, place)}
    return _joined(above, below, spanning)


def _edges(rows: tuple[Row, ...]) -> list[float]:
    edges: list[float] = []
    for edge in sorted(edge for row in rows for cell, _ in row for edge in (cell.left, cell.right)):
        if not edges or edge - edges[-1] > _SAME:
            edges.append(edge)
    return edges


def _same_columns(above: tuple[Row, ...], below: tuple[Row, ...]) -> bool:
    one, other = _edges(above), _edges(below)
    common = sum(1 for edge in other if any(abs(edge - known) <= _SAME for known in one))
    return common > 1 and common >= _ALIKE * min(len(one), len(other))


def _without_header(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[Row, ...]:
    """Drop the rows that the next page repeats from the head of the table."""
    repeated = 0
    while repeated < min(len(above), len(below)) and _texts(above[repeated]) == _texts(below[repeated]):
        repeated += 1
    is_header = any(text for row in below[:repeated] for text in _texts(row))
    return below[repeated:] if is_header else below


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) for cell, _ in row]


def _pairs(above: tuple[Row, ...], row: Row) -> Iterator[tuple[int, tuple[int, int]]]:
    """Pair the cells of the first row below with those above that reach down to the page break."""
    foot = max(cell.bottom for cells in above[-1:] for cell, _ in cells)
    page = above[-1][0][1].page
    for place, (cell, _) in enumerate(row):
        for number in range(len(above) - 1, -1, -1):
            if above[number][0][1].page != page:
                break
            at = next((n for n, (over, _) in enumerate(above[number]) if _is_over(over, cell, foot)), None)
            if at is not None:
                yield place, (number, at)
                break


def _is_over(over: TableCell, cell: TableCell, foot: float) -> bool:
    return (
        abs(over.bottom - foot) <= _SAME
        and abs(over.left - cell.left) <= _SAME
        and abs(over.right - cell.right) <= _SAME
    )


def _is_cut(above: tuple[Row, ...], row: Row, pairs: dict[int, tuple[int, int]]) -> bool:
    """Whether the first row below is the rest of the last row above."""
    if len(pairs) < len(row):
        return False
    last = len(above) - 1
    own = [(above[number][at][0], row[place][0]) for place, (number, at) in pairs.items() if number == last]
    if not own or not any(cell.text for _, cell in own):
        return False
    both = [(over, cell) for over, cell in own if over.text and cell.text]
    if any(_FIGURE.match(over.text) or _FIGURE.match(cell.text) or begins(cell.text) for over, cell in both):
        return False
    if not both:
        return any(over.text for over, _ in own)
    return all(over.is_full and _runs_down(over) for over, _ in both)


def begins(text: str) -> bool:
    """Whether a text begins with a number as rows and headings do: then it is not the rest of another."""
    return bool(_BEGINNING.match(unicodedata.normalize("NFKC", "".join(text.split()))))


def _runs_down(cell: TableCell) -> bool:
    """Whether the text of a cell runs down to the page break."""
    return cell.last is not None and cell.first is not None and cell.bottom - cell.last < cell.last - cell.first


def _spans(above: tuple[Row, ...], over: tuple[int, int], below: tuple[Row, ...], place: int) -> bool:
    """Whether a cell spans rows, above the page break or below it."""
    lowest = min(cell.bottom for cell, _ in below[0])
    return over[0] < len(above) - 1 or below[0][place][0].bottom > lowest + _SAME


def _goes_on(above: tuple[Row, ...], over: tuple[int, int], below: tuple[Row, ...], place: int) -> bool:
    """Whether a cell below is the rest of the one above: another label would begin with its number."""
    return not (above[over[0]][over[1]][0].text and begins(below[0][place][0].text))


def _joined(above: tuple[Row, ...], below: tuple[Row, ...], pairs: dict[int, tuple[int, int]]) -> tuple[Row, ...]:
    rows = [list(row) for row in above]
    for place, (number, at) in pairs.items():
        (upper, origin), (lower, place_below) = rows[number][at], below[0][place]
        if lower.text:
            text = upper.text + lower.text
            origin = (origin if upper.text else place_below)._replace(raw=text)
        else:
            text = upper.text
        rows[number][at] = (upper._replace(text=text), origin)
    rest = tuple(item for place, item in enumerate(below[0]) if place not in pairs)
    return (*map(tuple, rows), *((rest,) if rest else ()), *below[1:])
