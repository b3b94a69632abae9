"""A body's report beside those of its members: are its figures the sums of theirs, and if not, why.

Whether a report is meant as such a summary cannot be known. So a difference is a warning where all members have a
report, or where what they have is already more; while some are missing that it is less says nothing. The members
of a body are the agencies directly below it in the registry: its own office counts if it is one of them, and a
member that sums up others counts with its sums.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mkdocs_govreport.checks.formulas import number
from mkdocs_govreport.checks.member_causes import explained, name_of, own_operands
from mkdocs_govreport.checks.rounding import half_unit, is_money
from mkdocs_govreport.editions import Catalogue, Equation, Scope
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import (
    Breach,
    Explanation,
    Finding,
    Number,
    Report,
    Severity,
    Status,
    Term,
    Text,
)

_NAMED = 5  # members without a report
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

    # --- what is told -----------------------------------------------------------------------------

    def breaches(self) -> list[Breach]:
        """Tell of the broken relations that readers check first, or of all where none of those is broken."""
        chosen = [one for one in self.broken if one.equation.is_control] or self.broken
        return [self._breach(one) for one in chosen]

    def breaches_about(self, paths: Collection[str]) -> list[Breach]:
        """Tell of the broken relations that some of the body's own figures are in."""
        return [self._breach(one) for one in self.broken if any(o.path in paths for o in own_operands(one.equation))]

    def finding(self, severities: Mapping[str, Severity]) -> Finding:
        """Make the one finding about all differences."""
        main, *others = self.breaches()
        rule = self.catalogue.rule(main.rule)
        named = explained(self)
        count = len(self.broken)
        message = Text(
            f"{main.message.zh}{self._coverage.zh}。共 {count} 个数不一致{_because(named).zh}",
            f"{main.message.en}{self._coverage.en}. Figures that differ: {count}{_because(named).en}",
        )
        own = [operand.path for one in self.broken for operand in own_operands(one.equation)]
        return Finding(
            rule.name,
            rule.code,
            severities.get(rule.name, rule.severity),
            message,
            self.report.file,
            next((term.origin for term in main.terms if term.side == "right"), None),
            paths=tuple(dict.fromkeys(own)),
            expected=_side(main.terms, "left"),
            actual=_side(main.terms, "right"),
            imbalance=main.imbalance,
            terms=main.terms,
            also_breaks=tuple(others),
            explanations=named,
            complete=bool(named),
        )

    def undecided(self) -> Finding:
        """Say that members are missing, and what they would have to add."""
        open_ = [one for one in self.sums if one.is_broken()]
        first = next((one for one in open_ if one.equation.is_control), open_[0])
        breach = self._breach(first)
        rule = self.catalogue.rule(first.equation.rule)
        names = self.members.missing[:_NAMED]
        more = ("等", " and others") if len(self.members.missing) > _NAMED else ("", "")
        missing = Text("、".join(names) + more[0], ", ".join(names) + more[1])
        message = Text(
            f"“{rule.title.zh}”无法核对：{breach.message.zh}{self._coverage.zh}，缺 {missing.zh}",
            f'"{rule.title.en}" cannot be assessed: {breach.message.en}{self._coverage.en}, for want of {missing.en}',
        )
        return Finding(
            rule.name,
            rule.code,
            Severity.INFO,
            message,
            self.report.file,
            next((term.origin for term in breach.terms if term.side == "right"), None),
            status=Status.NOT_ASSESSABLE,
            paths=tuple(operand.path for operand in own_operands(first.equation)),
            terms=breach.terms,
        )

    @property
    def _coverage(self) -> Text:
        known, expected = len(self.members.reports), self.members.expected
        return Text(
            f"（{expected} 个下级单位中有报告的 {known} 个）", f" ({known} of {expected} members have a report)"
        )

    def _breach(self, one: Sum) -> Breach:
        equation = one.equation
        terms = tuple(self._terms(equation))
        path = own_operands(equation)[0].path
        title = self.catalogue.edition_of(self.report, path).figure_title(path)
        both = [number(_side(terms, side)) for side in ("left", "right")]
        difference = number(one.imbalance)
        message = Text(
            f"{title.zh}：下级单位合计 {both[0]}，本报告 {both[1]}，相差 {difference}",
            f"{title.en}: the members add up to {both[0]}, this report has {both[1]}; the difference is {difference}",
        )
        return Breach(equation.rule, self.catalogue.rule(equation.rule).code, message, one.imbalance, terms)

    def _terms(self, equation: Equation) -> list[Term]:
        terms = []
        for side, operands in (("left", equation.left), ("right", equation.right)):
            for operand in operands:
                reports = self.members.reports if operand.scope is Scope.MEMBERS else (self.report,)
                for report in reports:
                    figure = report.figures[operand.path]
                    title = self.catalogue.edition_of(report, operand.path).figure_title(operand.path)
                    if operand.scope is Scope.MEMBERS:
                        title = name_of(report)
                    terms.append(Term(operand.path, title, side, figure.value, report.year, figure.origin))
        return terms


def _change(equation: Equation, delta: Mapping[str, Number]) -> Number:
    total: Number = 0
    for operand in own_operands(equation):
        total += delta.get(operand.path, 0) * (1 if operand in equation.left else -1)
    return total


def _side(terms: Sequence[Term], side: str) -> Number:
    total: Number = 0
    for term in terms:
        if term.side == side:
            total += term.value or 0
    return total


def _because(named: Sequence[Explanation]) -> Text:
    messages = [explanation.message for explanation in named if explanation.message]
    if not messages:
        return Text("", "")
    joined = Text.join(messages[:3], zh="；或", en="; or ")
    return Text(f"：{joined.zh}", f": {joined.en}")
