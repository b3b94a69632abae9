"""Evaluating linear equations, whatever reports their terms are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_govreport.editions import Catalogue, Equation, Operand, Scope
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
    outcomes = []
    figures = {scope: report.figures for scope, report in reports.items()}
    tables = {scope: {path.rsplit(".", 1)[0] for path in found} for scope, found in figures.items()}
    for equation in equations:
        total: Number = 0
        missing: list[Operand] = []
        applies = True
        for operands, sign in ((equation.left, 1), (equation.right, -1)):
            for operand in operands:
                found = figures.get(operand.scope)
                figure = found.get(operand.path) if found is not None else None
                if figure is not None and figure.value is not None:
                    total += sign * figure.value
                elif figure is not None:
                    missing.append(operand)
                elif (
                    found is None
                    or operand.scope is not Scope.REPORT
                    or not _has_table(operand.path, tables[operand.scope])
                ):
                    applies = False
                else:
                    missing.append(operand)
        if applies:
            outcomes.append(Outcome(equation, None if missing else total, tuple(missing)))
    return outcomes


def _has_table(path: str, rows: set[str]) -> bool:
    part = path.split(".", 1)[0]
    return any(row.startswith(f"{part}.") for row in rows)


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
