"""Equations of one report as breaches and findings: which speaks for a cause, and where it points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_govreport.checks.arithmetic.evaluate import Outcome, Reports, terms
from mkdocs_govreport.checks.arithmetic.formulas import binding_title, formula, side_sum
from mkdocs_govreport.editions import Catalogue, Edition, Operand, Scope
from mkdocs_govreport.model import (
    Breach,
    Explanation,
    Finding,
    Origin,
    Report,
    Severity,
    Status,
    Text,
)

_OFFER = Text(
    "；按其他关系推算，{changes}，请核对后填写", "; by the other relations {changes}; check before filling in"
)


@dataclass(frozen=True)
class Teller:
    """Tells of the outcomes of one report's equations."""

    reports: Reports
    outcomes: Sequence[Outcome]
    catalogue: Catalogue
    severities: Mapping[str, Severity]

    @property
    def report(self) -> Report:
        """The report that the findings are about."""
        return self.reports[Scope.REPORT]

    def severity(self, rule: str) -> Severity:
        """Return the severity in force for a rule."""
        return self.severities.get(rule, self.catalogue.rule(rule).severity)

    def ranked(self, group: Sequence[Outcome]) -> list[Outcome]:
        """Order broken equations: the gravest first, then the shortest, which speaks for the others."""
        order = list(self.catalogue.rules)
        return sorted(
            group,
            key=lambda o: (
                self.severity(o.equation.rule).rank,
                len(o.equation.left) + len(o.equation.right),
                order.index(o.equation.rule),
            ),
        )

    def breach(self, outcome: Outcome, *, with_control: bool = True) -> Breach:
        """Make the breach of a broken equation; it says so where the equation that readers check first does hold."""
        equation = outcome.equation
        found = terms(equation, self.reports, self.catalogue)
        message = formula(equation, found, self.edition(equation.left[0].path), self.report.year)
        control = self.control(equation.rule) if with_control else None
        if control is not None:
            message = Text(f"{message.zh}（{control.zh}一栏却是平衡的）", f"{message.en} ({control.en} does balance)")
        return Breach(equation.rule, self.catalogue.rule(equation.rule).code, message, outcome.imbalance or 0, found)

    def control(self, rule: str) -> Text | None:
        """Name what readers check first of a rule, if it holds."""
        for outcome in self.outcomes:
            equation = outcome.equation
            if equation.rule == rule and equation.is_control and outcome.imbalance == 0:
                return binding_title(equation, self.edition(equation.left[0].path))
        return None

    def finding(
        self,
        breaches: Sequence[Breach],
        message: Text,
        explanations: tuple[Explanation, ...] = (),
        *,
        complete: bool = False,
        suspect: str | None = None,
    ) -> Finding:
        """Make the finding of one cause: the first breach speaks, the others are listed."""
        main = breaches[0]
        return Finding(
            rule=main.rule,
            code=main.code,
            severity=self.severity(main.rule),
            message=message,
            file=self.report.file,
            origin=self._place(main, suspect),
            paths=tuple(dict.fromkeys(term.path for breach in breaches for term in breach.terms)),
            expected=side_sum(main.terms, "left"),
            actual=side_sum(main.terms, "right"),
            imbalance=main.imbalance,
            terms=main.terms,
            also_breaks=tuple(breaches[1:]),
            explanations=explanations,
            complete=complete,
        )

    def not_assessable(self, outcome: Outcome, explanation: Explanation | None) -> Finding:
        """Say that an equation could not be judged, and for want of which figures; offer them where they follow."""
        rule = self.catalogue.rule(outcome.equation.rule)
        edition = self.edition(outcome.equation.left[0].path)
        subject = binding_title(outcome.equation, edition)
        missing = Text.join([self._missing_title(operand, edition) for operand in outcome.missing])
        offer = _OFFER.format(changes=explanation.message) if explanation else Text("", "")
        message = Text(
            f"{subject.zh}：“{rule.title.zh}”无法核对，缺 {missing.zh}{offer.zh}",
            f'{subject.en}: "{rule.title.en}" cannot be assessed for want of {missing.en}{offer.en}',
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
            explanations=(explanation,) if explanation else (),
            complete=explanation is not None,
        )

    def edition(self, path: str) -> Edition:
        """Return the edition of a table."""
        return self.catalogue.edition_of(self.report, path)

    def _missing_title(self, operand: Operand, edition: Edition) -> Text:
        title = edition.figure_title(operand.path)
        if operand.scope is Scope.REPORT:
            return title
        year = self.reports[operand.scope].year
        return Text(f"{year}年{title.zh}", f"{title.en} of {year}")

    def _place(self, breach: Breach, suspect: str | None) -> Origin | None:
        own = [term for term in breach.terms if term.origin and term.origin.file == self.report.file]
        if suspect is not None and suspect in self.report.figures:
            return self.report.figures[suspect].origin
        return own[-1].origin if own else None
