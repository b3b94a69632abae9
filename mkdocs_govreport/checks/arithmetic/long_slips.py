"""Slips where one sum has no other beside it: along a row of several such blocks, or around a single one.

One block alone proves nothing where a figure was lost at its end, for whatever it was makes the sum hold. Several
blocks that hold again do, and so does one that holds with the very figures that are printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_govreport.checks.arithmetic.search import Changes
from mkdocs_govreport.checks.arithmetic.structures import Structure
from mkdocs_govreport.checks.arithmetic.system import Line, System, Values
from mkdocs_govreport.model import Number

_FEWEST_BROKEN = 2


def long_slips(system: System, values: Values, residuals: list[Number | None]) -> list[Structure]:
    """Find the slips that mend every broken sum of a row with several unrelated sums, at least two of them."""
    found: dict[Changes, Structure] = {}
    for orientation, lines in enumerate(system.orientations):
        for line in lines:
            equations = line.across | line.along
            if len({system.component[equation] for equation in equations}) < _FEWEST_BROKEN:
                continue
            if sum(1 for equation in equations if residuals[equation]) < _FEWEST_BROKEN:
                continue
            if any(values[cell] is None for cell in line.cells):
                continue
            for forward in (True, False):
                for changes in _undone(system, line, values, residuals, forward=forward):
                    found.setdefault(changes, Structure("slip", changes, (line,), orientation, forward=forward))
    return list(found.values())


def turned(system: System, values: Values, residuals: list[Number | None], equation: int) -> list[Structure]:
    """Find the slips by one around the cells of one sum, what left at one end standing at the other."""
    members = dict(system.equations[equation])
    found = []
    for orientation, lines in enumerate(system.orientations):
        for line in lines:
            cells = [cell for cell in line.cells if cell in members]
            if len(cells) != len(members):
                continue
            for forward, ring in ((True, cells), (False, cells[::-1])):
                delta = {
                    cell: (values[following] or 0) - (values[cell] or 0)
                    for cell, following in zip(ring, [*ring[1:], ring[0]], strict=True)
                    if values[following] != values[cell]
                }
                if delta and not any(system.after(residuals, delta).values()):
                    block = line._replace(cells=tuple(cells))
                    found.append(
                        Structure("slip", tuple(sorted(delta.items())), (block,), orientation, forward=forward)
                    )
    return found


def _undone(
    system: System, line: Line, values: Values, residuals: list[Number | None], *, forward: bool
) -> Iterator[Changes]:
    """Move the figures back from where something came in, to the end; what was lost there follows from its sum."""
    cells = line.cells if forward else line.cells[::-1]
    broken = {equation for equation in line.across | line.along if residuals[equation]}
    for start in range(len(cells) - 1):
        delta: dict[int, Number] = {}
        for cell, following in zip(cells[start:], cells[start + 1 :], strict=False):
            difference = (values[following] or 0) - (values[cell] or 0)
            if difference:
                delta[cell] = difference
        last = cells[-1]
        after = system.after(residuals, delta)
        for equation, coefficient in system.of[last]:
            lost = -after.get(equation, residuals[equation] or 0) * coefficient
            if lost and coefficient in {1, -1}:
                delta[last] = lost
        after = system.after(residuals, delta)
        is_possible = (values[last] or 0) + delta.get(last, 0) >= 0
        if is_possible and broken <= after.keys() and not any(after.values()) and len(delta) > 1:
            yield tuple(sorted(delta.items()))
