"""A body's report beside those of its members: are its figures the sums of theirs, and if not, why.

Whether a report is meant as such a summary cannot be known. So a difference is a warning where all members have a
report, or where what they have is already more; while some are missing that it is less says nothing. The members
of a body are the agencies directly below it in the registry: its own office counts if it is one of them, and a
member that sums up others counts with its sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.rounding import half_unit, is_money
from mkdocs_govreport.editions import Catalogue, Equation, Operand, Scope
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Number, Report

_FEWEST = 2  # members; a body with a single one is hardly its sum


@dataclass(frozen=True)
class Members:
    """The agencies directly below a body that report for a year: the reports there are, the names of the others."""

    reports: tuple[Report, ...]
    missing: tuple[str, ...] = ()

    @property
    def expected(self) -> int:
        """How many there are."""
        return len(self.reports) + len(self.missing)


class Sum(NamedTuple):
    """One relation with the members: what each of them and the body itself add to it, and how exact that is."""

    equation: Equation
    shares: tuple[Number, ...]
    own: Number
    tolerance: Number

    @property
    def imbalance(self) -> Number:
        """The members less the body."""
        return sum(self.shares, self.own)

    def is_broken(self, by: Number = 0) -> bool:
        """Whether the relation does not hold, were it changed by an amount."""
        difference = self.imbalance + by
        return difference > self.tolerance or -difference > self.tolerance


class RollUp:
    """The relations between the report of a body and those of its members in one year."""

    def __init__(self, report: Report, members: Members, catalogue: Catalogue, equations: Sequence[Equation]) -> None:
        """Evaluate the relations; those for which a figure is missing are only counted."""
        self.report = report
        self.members = members
        self.catalogue = catalogue
        self._numbers = numbers_of(report)
        self._of_members = [numbers_of(member) for member in members.reports]
        self.sums: list[Sum] = []
        self.open = 0
        if members.expected >= _FEWEST and members.reports:
            for equation in equations:
                self._evaluate(equation)

    @property
    def is_complete(self) -> bool:
        """Whether every member has a report."""
        return not self.members.missing

    @cached_property
    def broken(self) -> list[Sum]:
        """The relations that are held to be broken; with members missing, only those that they exceed."""
        return [one for one in self.sums if one.is_broken() and (self.is_complete or one.imbalance > 0)]

    @property
    def is_undecided(self) -> bool:
        """Whether there is a difference that reports still missing may make up for."""
        return not self.is_complete and not self.broken and any(one.is_broken() for one in self.sums)

    def is_mended_by(self, delta: Mapping[str, Number]) -> bool:
        """Whether changes of the body's own figures would make every relation hold."""
        return bool(self.broken) and not any(one.is_broken(_change(one.equation, delta)) for one in self.broken)

    def _evaluate(self, equation: Equation) -> None:
        signed = [(operand, 1) for operand in equation.left] + [(operand, -1) for operand in equation.right]
        own: Number = 0
        tolerance: Number = 0
        shares: list[Number] = [0] * len(self._of_members)
        for operand, sign in signed:
            if operand.scope is Scope.MEMBERS:
                values = [numbers.get(operand.path) for numbers in self._of_members]
            else:
                values = [self._numbers.get(operand.path)]
            if None in values:
                self.open += 1
                return
            rounded = is_money(operand.path, self.report, self.catalogue)
            for place, value in enumerate(values):
                known = value or 0
                tolerance += half_unit(known) if rounded else 0
                if operand.scope is Scope.MEMBERS:
                    shares[place] += sign * known
                else:
                    own += sign * known
        self.sums.append(Sum(equation, tuple(shares), own, tolerance))


def own_operands(equation: Equation) -> list[Operand]:
    """Return the figures of the body itself."""
    return [operand for operand in equation.left + equation.right if operand.scope is Scope.REPORT]


def _change(equation: Equation, delta: Mapping[str, Number]) -> Number:
    total: Number = 0
    for operand in own_operands(equation):
        total += delta.get(operand.path, 0) * (1 if operand in equation.left else -1)
    return total
