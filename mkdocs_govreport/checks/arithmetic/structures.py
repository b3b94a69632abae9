"""Causes that change many cells at once: a row that slipped, cells or rows exchanged, a sum that counts amiss.

If only the cells of one row, or of one column, are wrong, the equations across it say what each of them should be.
What then tells a cause from chance is that the figures printed and the figures wanted are the same ones in other
places, or differ by another row or column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.search import Changes
from mkdocs_govreport.checks.arithmetic.system import Line, System, Values
from mkdocs_govreport.model import Number

_LEAST_SLIP = 3  # cells; two are an exchange, or two wrong cells


class Structure(NamedTuple):
    """A cause with the changes that undo it.

    `lines` are the rows or columns that it is about; `forward` says of a slip that the figures moved with the
    reading direction, and `adjacent` of an exchange that neighbours changed places. `orientation` is 0 for rows.
    """

    kind: str
    changes: Changes
    lines: tuple[Line, ...]
    orientation: int
    forward: bool = False
    adjacent: bool = False


def structures(
    system: System, values: Values, residuals: list[Number | None], broken: frozenset[int]
) -> list[Structure]:
    """Find every structural cause that mends the `broken` equations and breaks none."""
    found: dict[tuple[str, Changes], Structure] = {}
    for orientation, lines in enumerate(system.orientations):
        for line in lines:
            if not broken <= line.across | line.along:
                continue
            after = _solved(system, line, values, residuals)
            if after is not None:
                for structure in _recognised(system, line, lines, values, after, orientation):
                    _keep(structure, found)
        for structure in _exchanged(system, lines, values, residuals, broken, orientation):
            _keep(structure, found)
    return list(found.values())


def _keep(structure: Structure, found: dict[tuple[str, Changes], Structure]) -> None:
    """Join causes that ask for the same changes: two rows of the same figures may each have been left out."""
    key = (structure.kind, structure.changes)
    older = found.get(key)
    found[key] = structure if older is None else older._replace(lines=(*older.lines, *structure.lines[1:]))


def _solved(system: System, line: Line, values: Values, residuals: list[Number | None]) -> list[Number] | None:
    """Return the values that the equations across a line demand of its cells, if they agree and the others hold."""
    after: list[Number] = []
    along: dict[int, Number] = dict.fromkeys(line.along, 0)
    for cell in line.cells:
        value, wanted = values[cell], None
        for equation, coefficient in system.of[cell]:
            residual = residuals[equation]
            if equation in along or residual is None:
                continue
            delta = -residual * coefficient
            if coefficient not in {1, -1} or (wanted is not None and wanted != delta):
                return None
            wanted = delta
        if value is None or wanted is None or value + wanted < 0:
            return None
        after.append(value + wanted)
        for equation, coefficient in system.of[cell]:
            if equation in along:
                along[equation] += coefficient * wanted
    unmet = any(
        residuals[equation] is not None and residuals[equation] != -change for equation, change in along.items()
    )
    return None if unmet else after


def _recognised(
    system: System, line: Line, lines: tuple[Line, ...], values: Values, after: list[Number], orientation: int
) -> Iterator[Structure]:
    """Yield the causes that would have made of the figures wanted those that are printed."""
    before = [values[cell] or 0 for cell in line.cells]
    places = [number for number, value in enumerate(before) if value != after[number]]
    if len(places) < 2:
        return
    changes = tuple(sorted((line.cells[place], after[place] - before[place]) for place in places))
    first, last = places[0], places[-1]
    if len(places) == 2 and (after[first], after[last]) == (before[last], before[first]):
        yield Structure("exchange", changes, (line,), orientation, adjacent=last == first + 1)
    elif last - first + 1 >= _LEAST_SLIP and after[first:last] == before[first + 1 : last + 1]:
        yield Structure("slip", changes, (line,), orientation, forward=True)
    elif last - first + 1 >= _LEAST_SLIP and after[first + 1 : last + 1] == before[first:last]:
        yield Structure("slip", changes, (line,), orientation)
    if not any(before):
        yield Structure("row", changes, (line,), orientation)
    if all(cell in system.sums for cell in line.cells):
        for other in lines:
            if other is line or len(other.cells) != len(line.cells) or not _adds_up(system, line, other):
                continue
            addends = [values[cell] for cell in other.cells]
            if all(y is not None and b - a == y for a, b, y in zip(after, before, addends, strict=True)):
                yield Structure("double_count", changes, (line, other), orientation)
            elif all(y is not None and a - b == y for a, b, y in zip(after, before, addends, strict=True)):
                yield Structure("left_out", changes, (line, other), orientation)


def _adds_up(system: System, line: Line, other: Line) -> bool:
    """Whether the cells of `line` are sums to which those of `other` are added."""
    total, addend = line.cells[0], other.cells[0]
    for equation, coefficient in system.of[total]:
        cells = dict(system.equations[equation])
        alone = sum(1 for sign in cells.values() if sign == coefficient) == 1
        if alone and cells.get(addend) == -coefficient:
            return True
    return False


def _exchanged(
    system: System,
    lines: tuple[Line, ...],
    values: Values,
    residuals: list[Number | None],
    broken: frozenset[int],
    orientation: int,
) -> Iterator[Structure]:
    """Yield pairs of lines that make the equations hold when their figures change places."""
    probe = min(broken)
    wanted = residuals[probe]
    coefficients = dict(system.equations[probe])
    hits = [[coefficients.get(cell, 0) for cell in line.cells] for line in lines]
    for number, line in enumerate(lines):
        for distance, other in enumerate(lines[number + 1 :], 1):
            if other.part != line.part or len(other.cells) != len(line.cells):
                continue
            if not broken <= line.across | line.along | other.across | other.along:
                continue
            change: Number = 0
            for one, two, a, b in zip(line.cells, other.cells, hits[number], hits[number + distance], strict=True):
                if a != b:
                    change += (a - b) * ((values[two] or 0) - (values[one] or 0))
            if wanted is None or change != -wanted:
                continue
            delta: dict[int, Number] = {}
            for one, two in zip(line.cells, other.cells, strict=True):
                difference = (values[two] or 0) - (values[one] or 0)
                if difference:
                    delta[one], delta[two] = difference, -difference
            cells = (*line.cells, *other.cells)
            if any(values[cell] is None for cell in cells) or any(system.after(residuals, delta).values()):
                continue
            yield Structure(
                "exchange", tuple(sorted(delta.items())), (line, other), orientation, adjacent=distance == 1
            )
