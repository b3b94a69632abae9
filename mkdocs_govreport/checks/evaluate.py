"""Evaluating linear equations, whatever reports their terms are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_govreport.editions import Catalogue, Equation, Operand, Scope
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Number, Report, Term

Reports = Mapping[Scope, Report]
"""The reports that operands are looked up in; a scope without a report is not in it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An equation with its imbalance (left less right), or without one because `missing` cells are blank."""

    equation: Equation
    imbalance: Number | None
    missing: tuple[Operand, ...] = ()


def evaluate(equations: Iterable[Equation], reports: Reports) -> list[Outcome]:
    """Evaluate the equations that apply.

    An equation does not apply where a report that it needs does not exist or has not got the row at
    all; it is not assessable where a cell is blank, or missing from a row that is there.
    """
    numbers = {scope: numbers_of(report) for scope, report in reports.items()}
    outcomes = []
    for equation in equations:
        try:
            left = sum([numbers[operand.scope][operand.path] for operand in equation.left])  # type: ignore[misc]
            right = sum([numbers[operand.scope][operand.path] for operand in equation.right])  # type: ignore[misc]
        except (KeyError, TypeError):  # a report or a row that there is not, or a blank cell
            outcome = _incomplete(equation, numbers)
            if outcome is not None:
                outcomes.append(outcome)
        else:
            outcomes.append(Outcome(equation, left - right))
    return outcomes


def _incomplete(equation: Equation, numbers: Mapping[Scope, Mapping[str, Number | None]]) -> Outcome | None:
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
