"""Which of several explanations is the likeliest, and how sure that is.

An explanation costs what separates the figures printed from those wanted: slips of fingers and eyes, the fewest first.
Links with other years and passages of the prose that an explanation mends speak for it, those that it breaks against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.search import Changes
from mkdocs_govreport.checks.arithmetic.structures import Structure
from mkdocs_govreport.checks.arithmetic.system import Values
from mkdocs_govreport.model import Claim, Number, Verdict

_LONGEST = 20  # digits
_MISCOUNT = 3  # figures that differ by no more are a slip of counting, as likely as one of typing
_FROM_ZERO, _TO_ZERO = 0.25, 0.5  # most cells are 0, and most of these are right
MENDS, BREAKS = -1.5, 2.0
_AHEAD = 1.0  # of the next, to be likely: a typing error less
_STRUCTURES = {"slip": 1.0, "exchange": 1.5, "double_count": 1.0, "left_out": 1.0, "row": 3.0}
_ADJACENT = -0.5


class Confidence(StrEnum):
    """How sure an explanation is.

    *Certain*: the only figure whose change alone makes every relation hold; at least two relations say so, and
    none about it had to be left open. *Likely*: the only smallest explanation, but of several figures, or with fewer
    relations to confirm it; or ahead of the next by a whole typing error. *Possible*: one of several.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Candidate(NamedTuple):
    """An explanation before it is worded; `structure` where it is one cause and no mere set of cells.

    `evidence` is what other years and the prose say to it, a part of the `cost`.
    """

    cost: float
    changes: Changes
    structure: Structure | None
    evidence: float


Evidence = Callable[[Changes], float]
"""What other years and the prose say to changes: less than 0 for them, more against."""


def ranked(sets: Sequence[Changes], found: Sequence[Structure], values: Values, evidence: Evidence) -> list[Candidate]:
    """Order explanations, the likeliest first."""
    of_structures = {structure.changes for structure in found}
    candidates = []
    for structure in found:
        said = evidence(structure.changes)
        cost = _STRUCTURES[structure.kind] + (_ADJACENT if structure.adjacent else 0)
        candidates.append(Candidate(cost + said, structure.changes, structure, said))
    for changes in sets:
        if changes not in of_structures:
            said = evidence(changes)
            cost = sum((_cost(values[cell] or 0, delta) for cell, delta in changes), 0.0)
            candidates.append(Candidate(cost + said, changes, None, said))
    return sorted(candidates, key=lambda c: (c.cost, _digits(c.changes, values), c.changes))


def is_ahead(candidates: Sequence[Candidate]) -> bool:
    """Whether the first of several is likelier than the others by a whole typing error."""
    return len(candidates) < 2 or candidates[0].cost + _AHEAD <= candidates[1].cost


def _cost(before: Number, delta: Number) -> float:
    """Count what went wrong where one number stands for another; to count amiss or to leave a 0 is one thing."""
    after = before + delta
    if not before:
        return 1 + _FROM_ZERO
    slips = 1 if -_MISCOUNT <= delta <= _MISCOUNT else typing_errors(str(before), str(after))
    return slips + (0 if after else _TO_ZERO)


def _digits(changes: Changes, values: Values) -> int:
    return sum(typing_errors(str(values[cell] or 0), str((values[cell] or 0) + delta)) for cell, delta in changes)


@lru_cache(maxsize=4096)
def typing_errors(one: str, other: str) -> int:
    """Count the digits put in, left out, replaced or exchanged with their neighbour between two numbers.

    This is the optimal string alignment distance; numbers too long for a report are not aligned.
    """
    if max(len(one), len(other)) > _LONGEST:
        return max(len(one), len(other))
    earlier: list[int] = []
    row = list(range(len(other) + 1))
    for i, digit in enumerate(one, 1):
        older, earlier, row = earlier, row, [i]
        for j, wanted in enumerate(other, 1):
            best = min(earlier[j] + 1, row[j - 1] + 1, earlier[j - 1] + (digit != wanted))
            if i > 1 and j > 1 and digit == other[j - 2] and one[i - 2] == wanted:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def claims_say(claims: Sequence[Claim], numbers: Mapping[str, Number | None], delta: Mapping[str, Number]) -> float:
    """Return what passages of the prose say to changes of figures."""
    said = 0.0
    for claim in claims:
        if claim.verdict is Verdict.UNJUDGED or not any(path in delta for r in claim.readings for path in r):
            continue
        agrees = any(_is_within(claim, reading, numbers, delta) for reading in claim.readings)
        if agrees and claim.verdict is Verdict.DISAGREES:
            said += MENDS
        elif not agrees and claim.verdict is Verdict.AGREES:
            said += BREAKS
    return said


def _is_within(
    claim: Claim, reading: Sequence[str], numbers: Mapping[str, Number | None], delta: Mapping[str, Number]
) -> bool:
    total: Number = 0
    for path in reading:
        value = numbers.get(path)
        if value is None:
            return False
        total += value + delta.get(path, 0)
    return (claim.low is None or total >= claim.low) and (claim.high is None or total <= claim.high)
