"""Values that follow for blank cells from the equations; they are offered, never filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_govreport.checks.arithmetic.ranking import Confidence
from mkdocs_govreport.checks.arithmetic.system import System, Values
from mkdocs_govreport.model import Number


def determined(system: System, values: Values) -> Mapping[int, tuple[Number, Confidence]]:
    """Return the blank cells whose value follows, one after another, with how sure it is.

    Blanks that share equations stand and fall together: if one of these does not hold then, or a value would be
    negative, none is offered. They are certain where each follows from an equation in which it alone is blank, and
    there is an equation more than that to confirm them.
    """
    filled = _filled(system, values)
    residuals = system.residuals(filled)
    found = {}
    for group in _groups(system, values):
        equations = {equation for cell in group for equation, _ in system.of[cell]}
        if any(residuals[equation] for equation in equations):
            continue
        direct = {cell for cells in map(system.equations.__getitem__, equations) for cell in _only_blank(cells, values)}
        sure = len(equations) > len(group) and direct == group and all(residuals[e] is not None for e in equations)
        for cell in group:
            value = filled[cell]
            if value is not None:
                found[cell] = (value, Confidence.CERTAIN if sure else Confidence.LIKELY)
    return found


def _filled(system: System, values: Values) -> Values:
    filled = list(values)
    waiting = {equation for cell, value in enumerate(values) if value is None for equation, _ in system.of[cell]}
    while waiting:
        cells = system.equations[waiting.pop()]
        for cell in _only_blank(cells, filled):
            coefficient = dict(cells)[cell]
            rest: Number = 0
            for other, sign in cells:
                rest += sign * (filled[other] or 0)
            if coefficient in {1, -1} and -rest * coefficient >= 0:
                filled[cell] = -rest * coefficient
                waiting.update(other for other, _ in system.of[cell])
    return filled


def _only_blank(cells: tuple[tuple[int, int], ...], values: Values) -> list[int]:
    """Return the one blank cell of an equation; nothing where there is none, or several."""
    blank = [cell for cell, _ in cells if values[cell] is None]
    return blank if len(blank) == 1 else []


def _groups(system: System, values: Values) -> Iterator[set[int]]:
    """Yield the blank cells that share equations, directly or through others."""
    left = {cell for cell, value in enumerate(values) if value is None}
    while left:
        group: set[int] = set()
        waiting = {min(left)}
        while waiting:
            cell = waiting.pop()
            group.add(cell)
            near = {other for equation, _ in system.of[cell] for other, _ in system.equations[equation]}
            waiting |= (near & left) - group
        left -= group
        yield group
