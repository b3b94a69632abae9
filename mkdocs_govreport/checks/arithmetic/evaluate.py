"""Evaluating linear equations, whatever reports their terms are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from mkdocs_govreport.editions import Catalogue, Equation, Operand, Scope
from mkdocs_govreport.model import Number, Report, Term

Reports = Mapping[Scope, Report]
"""The reports that operands are looked up in; a scope without a report is not in it."""

Numbers = Mapping[Scope, Mapping[str, Number | None]]
"""The values of their figures by path."""


class Side(NamedTuple):
    """One side of an equation as look-ups: for each report that it draws on, what picks its figures."""

    scope: Scope
    pick: itemgetter[Any]
    single: bool


class Compiled(NamedTuple):
    """An equation made ready to be evaluated many times."""

    equation: Equation
    left: tuple[Side, ...]
    right: tuple[Side, ...]


class Outcome(NamedTuple):
    """An equation with its imbalance (left less right), or without one because `missing` cells are blank."""

    equation: Equation
    imbalance: Number | None
    missing: tuple[Operand, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether the equation was assessed and does not hold."""
        return self.imbalance is not None and not self.equation.allows(self.imbalance)


def compile_equations(equations: Iterable[Equation]) -> tuple[Compiled, ...]:
    """Prepare equations; what is looked up together is picked by one call."""
    return tuple(Compiled(e, _sides(e.left), _sides(e.right)) for e in equations)


def _sides(operands: Sequence[Operand]) -> tuple[Side, ...]:
    paths: dict[Scope, list[str]] = {}
    for operand in operands:
        paths.setdefault(operand.scope, []).append(operand.path)
    return tuple(Side(scope, itemgetter(*found), len(found) == 1) for scope, found in paths.items())


def evaluate(equations: Iterable[Compiled], numbers: Numbers) -> list[Outcome]:
    """Evaluate the equations that apply.

    An equation does not apply where a report that it needs does not exist or has not got the row at
    all; it is not assessable where a cell is blank, or missing from a row that is there.
    """
    outcomes = []
    for equation, left, right in equations:
        try:
            imbalance = _sum(left, numbers) - _sum(right, numbers)
        except (KeyError, TypeError):  # a report or a row that there is not, or a blank cell
            outcome = _incomplete(equation, numbers)
            if outcome is not None:
                outcomes.append(outcome)
        else:
            outcomes.append(Outcome(equation, imbalance))
    return outcomes


def _sum(sides: tuple[Side, ...], numbers: Numbers) -> Number:
    total: Number = 0
    for scope, pick, single in sides:
        picked = pick(numbers[scope])
        total += picked if single else sum(picked)
    return total


def _incomplete(equation: Equation, numbers: Numbers) -> Outcome | None:
    """Return the outcome of an equation that wants for figures; None where it does not apply."""
    missing = []
    for operand in equation.left + equation.right:
        found = numbers.get(operand.scope)
        if found is None:
            return None
        if operand.path not in found:
            if operand.scope is not Scope.REPORT or not _has_table(operand.path, found):
                return None
            missing.append(operand)
        elif found[operand.path] is None:
            missing.append(operand)
    return Outcome(equation, None, tuple(missing))


def _has_table(path: str, numbers: Mapping[str, Number | None]) -> bool:
    part = path.split(".", 1)[0]
    return any(other.startswith(f"{part}.") for other in numbers)


def terms(equation: Equation, reports: Reports, catalogue: Catalogue) -> tuple[Term, ...]:
    """Return the terms of an equation with their titles, values and places."""
    found = []
    for operands, side in ((equation.left, "left"), (equation.right, "right")):
        for operand in operands:
            report = reports[operand.scope]
            figure = report.figures.get(operand.path)
            title = catalogue.edition_of(report, operand.path).figure_title(operand.path)
            value, origin = (figure.value, figure.origin) if figure else (None, None)
            found.append(Term(operand.path, title, side, value, report.year, origin))
    return tuple(found)
