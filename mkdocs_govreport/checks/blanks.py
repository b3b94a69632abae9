"""Values that follow for blank cells from the equations; they are offered, never filled in."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_govreport.checks.ranking import Confidence
from mkdocs_govreport.checks.system import System, Values
from mkdocs_govreport.model import Number

_WITNESSES = 2  # equations that must agree on a value for it to be certain


def determined(system: System, values: Values) -> Mapping[int, tuple[Number, Confidence]]:
    """Return the blank cells whose value follows, one after another, with how sure it is.

    A cell on which equations disagree, that would be negative, or about which an equation does not hold then, is
    not among them.
    """
    filled = list(values)
    blank = {cell for cell, value in enumerate(values) if value is None}
    waiting = {equation for cell in blank for equation, _ in system.of[cell]}
    while waiting:
        equation = waiting.pop()
        unknown = [(cell, c) for cell, c in system.equations[equation] if filled[cell] is None]
        if len(unknown) != 1:
            continue
        ((cell, coefficient),) = unknown
        rest: Number = 0
        for other, sign in system.equations[equation]:
            rest += sign * (filled[other] or 0)
        if coefficient not in {1, -1} or -rest * coefficient < 0:
            continue
        filled[cell] = -rest * coefficient
        waiting.update(other for other, _ in system.of[cell])
    residuals = system.residuals(filled)
    found = {}
    for cell in blank:
        value = filled[cell]
        witnesses = [residuals[equation] for equation, _ in system.of[cell] if residuals[equation] is not None]
        if value is not None and not any(witnesses):
            sure = len(witnesses) >= _WITNESSES and len(witnesses) == len(system.of[cell])
            found[cell] = (value, Confidence.CERTAIN if sure else Confidence.LIKELY)
    return found
