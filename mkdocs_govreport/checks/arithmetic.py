"""The arithmetic of a report: its own equations and those with its predecessor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from mkdocs_govreport.checks.evaluate import Outcome, Reports, evaluate, terms
from mkdocs_govreport.checks.formulas import binding_title, formula, side_sum
from mkdocs_govreport.checks.localise import causes, single_changes
from mkdocs_govreport.editions import Catalogue, Edition, Equation, Operand, Scope
from mkdocs_govreport.model import Breach, Finding, Origin, Report, Severity, Status, Text


def check_arithmetic(
    report: Report, previous: Report | None, catalogue: Catalogue, severities: Mapping[str, Severity]
) -> list[Finding]:
    """Check a report by the equations of its editions, and against its predecessor where there is one."""
    reports: dict[Scope, Report] = {Scope.REPORT: report}
    if previous is not None:
        reports[Scope.PREVIOUS] = previous
    off = frozenset(name for name, severity in severities.items() if severity is Severity.OFF)
    outcomes = evaluate(_equations(catalogue, tuple(report.edition_of.items()), off), reports)
    check = _Check(report, reports, catalogue, severities, outcomes)
    findings = [check.inconsistency(group) for group in causes(outcomes)]
    return findings + [check.not_assessable(outcome) for outcome in outcomes if outcome.imbalance is None]


@lru_cache(maxsize=64)
def _equations(
    catalogue: Catalogue, edition_of: tuple[tuple[str, str], ...], off: frozenset[str]
) -> tuple[Equation, ...]:
    """Return the equations of each table by the edition that it follows, without the rules that are off."""
    return tuple(
        equation
        for part, edition in sorted(edition_of)
        for equation in catalogue.editions[edition].equations
        if equation.part == part and equation.rule not in off
    )


class _Check:
    """Turns the outcomes of one report into findings."""

    def __init__(
        self,
        report: Report,
        reports: Reports,
        catalogue: Catalogue,
        severities: Mapping[str, Severity],
        outcomes: list[Outcome],
    ) -> None:
        self.report = report
        self.reports = reports
        self.catalogue = catalogue
        self.severities = severities
        self.outcomes = outcomes
        self.controls = {
            outcome.equation.rule: binding_title(outcome.equation, self._edition(outcome.equation.left[0].path))
            for outcome in outcomes
            if outcome.equation.is_control and outcome.imbalance == 0
        }

    def inconsistency(self, group: list[Outcome]) -> Finding:
        """Make the finding of one cause: the shortest equation speaks, the others are listed."""
        order = list(self.catalogue.rules)
        ranked = sorted(
            group,
            key=lambda o: (
                self._severity(o).rank,
                len(o.equation.left) + len(o.equation.right),
                order.index(o.equation.rule),
            ),
        )
        breaches = [self._breach(outcome) for outcome in ranked]
        main = breaches[0]
        explanations = single_changes(group, self.outcomes, self.report)
        message = main.message
        if len(explanations) == 1:
            change = explanations[0].changes[0]
            title = self._edition(change.path).figure_title(change.path)
            message = Text(
                f"{message.zh}。如仅一处有误，则为“{title.zh}”，{change.before:,} 应为 {change.after:,}",
                f"{message.en}. If one figure is wrong, it is {title.en}: {change.before:,} should be {change.after:,}",
            )
        return Finding(
            rule=main.rule,
            code=main.code,
            severity=self._severity(ranked[0]),
            message=message,
            file=self.report.file,
            origin=self._place(main, explanations[0].changes[0].path if len(explanations) == 1 else None),
            paths=tuple(dict.fromkeys(term.path for breach in breaches for term in breach.terms)),
            expected=side_sum(main.terms, "left"),
            actual=side_sum(main.terms, "right"),
            imbalance=main.imbalance,
            terms=main.terms,
            also_breaks=tuple(breaches[1:]),
            explanations=explanations,
            complete=bool(explanations),
        )

    def not_assessable(self, outcome: Outcome) -> Finding:
        """Say that an equation could not be judged, and for want of which figures."""
        rule = self.catalogue.rule(outcome.equation.rule)
        edition = self._edition(outcome.equation.left[0].path)
        subject = binding_title(outcome.equation, edition)
        missing = Text.join([self._missing_title(operand, edition) for operand in outcome.missing])
        message = Text(
            f"{subject.zh}：“{rule.title.zh}”无法核对，缺 {missing.zh}",
            f'{subject.en}: "{rule.title.en}" cannot be assessed for want of {missing.en}',
        )
        found = terms(outcome.equation, self.reports, self.catalogue)
        lacking = [term.origin for term in found if term.origin and term.value is None]
        own = [
            origin
            for origin in [*lacking, *(term.origin for term in found)]
            if origin and origin.file == self.report.file
        ]
        return Finding(
            rule.name,
            rule.code,
            Severity.INFO,
            message,
            self.report.file,
            own[0] if own else Origin(self.report.file),
            status=Status.NOT_ASSESSABLE,
            paths=tuple(operand.path for operand in outcome.missing),
            terms=found,
        )

    def _missing_title(self, operand: Operand, edition: Edition) -> Text:
        title = edition.figure_title(operand.path)
        if operand.scope is Scope.REPORT:
            return title
        year = self.reports[operand.scope].year
        return Text(f"{year}年{title.zh}", f"{title.en} of {year}")

    def _severity(self, outcome: Outcome) -> Severity:
        return self.severities.get(outcome.equation.rule, self.catalogue.rule(outcome.equation.rule).severity)

    def _edition(self, path: str) -> Edition:
        return self.catalogue.edition_of(self.report, path)

    def _breach(self, outcome: Outcome) -> Breach:
        equation = outcome.equation
        found = terms(equation, self.reports, self.catalogue)
        message = formula(equation, found, self._edition(equation.left[0].path), self.report.year)
        control = self.controls.get(equation.rule)
        if control is not None:
            message = Text(f"{message.zh}（{control.zh}一栏却是平衡的）", f"{message.en} ({control.en} does balance)")
        return Breach(equation.rule, self.catalogue.rule(equation.rule).code, message, outcome.imbalance or 0, found)

    def _place(self, breach: Breach, suspect: str | None) -> Origin | None:
        own = [term for term in breach.terms if term.origin and term.origin.file == self.report.file]
        if suspect is not None:
            return self.report.figures[suspect].origin
        return own[-1].origin if own else None


def with_identity(finding: Finding, report: Report) -> Finding:
    """Say whose report a finding is about."""
    return replace(finding, agency=report.agency, agency_id=report.agency_id, year=report.year)
