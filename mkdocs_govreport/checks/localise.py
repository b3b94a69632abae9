"""One cause, one finding: which broken equations belong together, and which cell would mend them."""

from __future__ import annotations

from collections import defaultdict

from mkdocs_govreport.checks.evaluate import Outcome
from mkdocs_govreport.editions import Operand, Scope
from mkdocs_govreport.model import Change, Explanation, Number, Report


def causes(outcomes: list[Outcome]) -> list[list[Outcome]]:
    """Group broken equations that share a cell, directly or through others."""
    broken = [outcome for outcome in outcomes if outcome.imbalance]
    parent = list(range(len(broken)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first: dict[Operand, int] = {}
    for number, outcome in enumerate(broken):
        for operand in outcome.equation.left + outcome.equation.right:
            parent[root(number)] = root(first.setdefault(operand, number))
    groups: dict[int, list[Outcome]] = defaultdict(list)
    for number, outcome in enumerate(broken):
        groups[root(number)].append(outcome)
    return list(groups.values())


def single_changes(group: list[Outcome], outcomes: list[Outcome], report: Report) -> tuple[Explanation, ...]:
    """Find every figure whose change alone makes the equations of a cause hold and breaks no other.

    The one such figure is *certain*, unless an equation that could not be assessed might speak
    against it; of several, each is *possible*.
    """
    candidates: list[tuple[Change, bool]] = []
    shared = set.intersection(*(_own_operands(outcome) for outcome in group))
    for operand in sorted(shared, key=lambda operand: operand.path):
        delta = _delta(operand, group)
        figure = report.figures[operand.path]
        touched = [outcome for outcome in outcomes if operand in _own_operands(outcome)]
        assessed = [outcome for outcome in touched if outcome.imbalance is not None]
        if delta is None or figure.value is None or figure.value + delta < 0 or len(assessed) != len(group):
            continue
        candidates.append((Change(operand.path, figure.value, figure.value + delta), len(assessed) == len(touched)))
    unique = len(candidates) == 1
    return tuple(
        Explanation("cells", ("certain" if sure else "likely") if unique else "possible", (change,))
        for change, sure in candidates
    )


def _own_operands(outcome: Outcome) -> set[Operand]:
    return {operand for operand in outcome.equation.left + outcome.equation.right if operand.scope is Scope.REPORT}


def _delta(operand: Operand, group: list[Outcome]) -> Number | None:
    """Return the change that every equation of the group asks of the operand; None when they differ."""
    wanted: set[Number] = set()
    for outcome in group:
        if outcome.imbalance is not None:
            wanted.add(-outcome.imbalance if operand in outcome.equation.left else outcome.imbalance)
    return wanted.pop() if len(wanted) == 1 else None
