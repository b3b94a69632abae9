"""From broken equations of a report to what would mend them: all smallest explanations, and how sure the first is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.long_slips import long_slips, turned
from mkdocs_govreport.checks.arithmetic.ranking import Candidate, Confidence, Evidence, is_ahead, ranked
from mkdocs_govreport.checks.arithmetic.search import Changes, smallest_sets
from mkdocs_govreport.checks.arithmetic.structures import structures
from mkdocs_govreport.checks.arithmetic.system import System, Values
from mkdocs_govreport.model import Number

_FEWEST_WITNESSES = 2  # broken equations that agree on one cell


class Diagnosis(NamedTuple):
    """What would mend the `broken` equations, the likeliest first.

    `confidence` is that of the first; None where nothing was found. `finished` says that every smallest set of
    cells was looked at.
    """

    broken: frozenset[int]
    candidates: tuple[Candidate, ...]
    confidence: Confidence | None
    finished: bool

    @property
    def accepted(self) -> Changes:
        """The changes of the first explanation, where it is more than one of several."""
        return self.candidates[0].changes if self.confidence in {Confidence.CERTAIN, Confidence.LIKELY} else ()


def parted(system: System, diagnosis: Diagnosis) -> list[Diagnosis]:
    """Part a diagnosis into one for each cause: wrong cells that have no equation in common are two causes.

    Only where the set of cells is the only one; of several sets each may part in another way.
    """
    if len(diagnosis.candidates) != 1 or diagnosis.candidates[0].structure or len(diagnosis.accepted) < 2:
        return [diagnosis]
    groups: list[tuple[Changes, frozenset[int]]] = []
    for cell, delta in diagnosis.accepted:
        changes: Changes = ((cell, delta),)
        touched = frozenset(equation for equation, _ in system.of[cell])
        apart = []
        for others, equations in groups:
            if equations & touched:
                changes, touched = (*others, *changes), equations | touched
            else:
                apart.append((others, equations))
        groups = [*apart, (changes, touched)]
    (whole,) = diagnosis.candidates
    return [
        diagnosis._replace(broken=diagnosis.broken & touched, candidates=(whole._replace(changes=changes),))
        for changes, touched in sorted(groups)
    ]


def diagnoses(
    system: System, values: Values, residuals: list[Number | None], evidence: Evidence
) -> Iterator[Diagnosis]:
    """Explain what is broken, each group of equations that hang together by itself."""
    groups: dict[int, set[int]] = {}
    for equation, residual in enumerate(residuals):
        if residual:
            groups.setdefault(system.component[equation], set()).add(equation)
    if len(groups) > 1:
        yield from _across_groups(system, values, residuals, evidence, groups)
    for group in groups.values():
        yield from parted(system, diagnose(system, values, residuals, frozenset(group), evidence))


def _across_groups(
    system: System,
    values: Values,
    residuals: list[Number | None],
    evidence: Evidence,
    groups: dict[int, set[int]],
) -> Iterator[Diagnosis]:
    """Explain groups that one slip breaks together, and take them out of `groups`.

    It is likely if it is the only one and mends more sums than what it lost could have been chosen to make hold.
    """
    found = long_slips(system, values, residuals)
    lines = {structure.lines[0].cells: structure.lines[0] for structure in found}
    for cells, line in lines.items():
        mended = frozenset(e for e in line.across | line.along if residuals[e])
        candidates = ranked((), [s for s in found if s.lines[0].cells == cells], values, evidence)
        sure = len(candidates) == 1 and len(mended) > _FEWEST_WITNESSES
        confidence = Confidence.LIKELY if sure else Confidence.POSSIBLE
        for equation in mended:
            groups.pop(system.component[equation], None)
        yield Diagnosis(mended, tuple(candidates), confidence, finished=False)


def diagnose(
    system: System, values: Values, residuals: list[Number | None], broken: frozenset[int], evidence: Evidence
) -> Diagnosis:
    """Explain one group of broken equations."""
    answer = smallest_sets(system, values, residuals, broken, most_cells=1)
    found = []
    if len(broken) == 1:
        found = turned(system, values, residuals, min(broken))
    if not answer.sets:
        found += structures(system, values, residuals, broken)
        answer = smallest_sets(system, values, residuals, broken)
    candidates = ranked(answer.sets, found, values, evidence)
    return Diagnosis(broken, tuple(candidates), _confidence(system, residuals, broken, candidates), answer.finished)


def _confidence(
    system: System, residuals: list[Number | None], broken: frozenset[int], candidates: list[Candidate]
) -> Confidence | None:
    if not candidates:
        return None
    first = candidates[0]
    if len(candidates) == 1 and len(first.changes) == 1 and len(broken) >= _FEWEST_WITNESSES:
        ((cell, _),) = first.changes
        assessed = all(residuals[equation] is not None for equation, _ in system.of[cell])
        return Confidence.CERTAIN if assessed and first.evidence <= 0 else Confidence.LIKELY
    return Confidence.LIKELY if is_ahead(candidates) else Confidence.POSSIBLE
