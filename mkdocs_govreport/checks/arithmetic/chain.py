"""The arithmetic of an agency's reports: their own equations, and those from year to year and with its members.

The equations of a report itself prove: what mends them is searched among its figures alone. Relations with other
reports are practice, and may break for good reasons: they speak for or against what was found, and where they are
broken between reports that agree with themselves, both are shown and neither is blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mkdocs_govreport.checks.arithmetic.blanks import determined
from mkdocs_govreport.checks.arithmetic.breaches import Teller
from mkdocs_govreport.checks.arithmetic.causes import MOST_LISTED, blank_offer, conclusion, explanations
from mkdocs_govreport.checks.arithmetic.evaluate import Compiled, Outcome, compile_equations, evaluate
from mkdocs_govreport.checks.arithmetic.links import Links, broken_links, suspected
from mkdocs_govreport.checks.arithmetic.localise import Diagnosis, diagnoses
from mkdocs_govreport.checks.arithmetic.members import breaches_about, difference, undecided
from mkdocs_govreport.checks.arithmetic.ranking import claims_say
from mkdocs_govreport.checks.arithmetic.roll_up import Members, RollUp
from mkdocs_govreport.checks.arithmetic.search import Changes
from mkdocs_govreport.checks.arithmetic.system import System, system_of
from mkdocs_govreport.checks.findings import with_identity
from mkdocs_govreport.editions import Catalogue, Equation, Scope
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Claim, Finding, Number, Report, Severity, Text

Claims = Mapping[str, Sequence[Claim]]
"""What the prose of each file says of figures."""


def check_arithmetic(
    reports: Sequence[Report],
    catalogue: Catalogue,
    severities: Mapping[str, Severity],
    *,
    members: Mapping[int, Members] | None = None,
    claims: Claims | None = None,
) -> list[Finding]:
    """Check the reports of one agency by the equations of their editions, and each against the year before.

    `members` are the agencies below it that report for each year, `claims` what the prose of each file says. The
    result depends on the arguments alone. Findings come report by report, with its identity.
    """
    off = frozenset(name for name, severity in severities.items() if severity is Severity.OFF)
    ordered = sorted(reports, key=lambda report: report.year or 0)
    by_year = {report.year: report for report in ordered if report.year is not None}
    chain = []
    for report in ordered:
        own = {Scope.REPORT: report}
        previous = by_year.get(report.year - 1) if report.year is not None else None
        below = (members or {}).get(report.year) if report.year is not None else None
        chain.append(_Year({**own, Scope.PREVIOUS: previous} if previous else own, below, catalogue, off))
    found: list[Finding] = []
    if all(year.is_clean for year in chain):
        return found
    links = Links([(year.reports, year.outcomes) for year in chain])
    for year in chain:
        year.explain(links, (claims or {}).get(year.report.file, ()))
        links.accept(year.report, year.accepted)
    proven = {year.report.file: frozenset(year.plan.system.paths) for year in chain}
    suspects = links.suspects(lambda report, path: path in proven[report.file])
    unsound = frozenset(year.report.file for year in chain if not year.is_sound)
    for year in chain:
        teller = Teller(year.reports, year.outcomes, catalogue, severities)
        told = list(year.findings(links, teller, unsound))
        told += [suspected(one, teller, links) for one in suspects if one.report is year.report]
        found += [with_identity(finding, year.report) for finding in told]
    return found


@dataclass(frozen=True, eq=False)
class _Plan:
    """The equations that reports of the same editions are checked by, made ready."""

    catalogue: Catalogue
    edition_of: tuple[tuple[str, str], ...]
    equations: tuple[Equation, ...]
    of_members: tuple[Equation, ...]

    @cached_property
    def compiled(self) -> tuple[Compiled, ...]:
        return compile_equations(self.equations)

    @cached_property
    def system(self) -> System:
        return system_of(self.catalogue, self.edition_of, self.equations)


@lru_cache(maxsize=64)
def _plan(catalogue: Catalogue, edition_of: tuple[tuple[str, str], ...], off: frozenset[str]) -> _Plan:
    """Take the equations of each table by the edition that it follows, without the rules that are off."""
    equations = tuple(
        equation
        for part, edition in sorted(edition_of)
        for equation in catalogue.editions[edition].equations
        if equation.part == part and equation.rule not in off
    )
    below = tuple(equation for equation in equations if Scope.MEMBERS in equation.scopes)
    others = tuple(equation for equation in equations if Scope.MEMBERS not in equation.scopes)
    return _Plan(catalogue, edition_of, others, below)


class _Year:
    """One report of a chain, with the outcomes of its equations and what they come to."""

    def __init__(
        self, reports: Mapping[Scope, Report], members: Members | None, catalogue: Catalogue, off: frozenset[str]
    ) -> None:
        self.reports = reports
        self.catalogue = catalogue
        self.report = reports[Scope.REPORT]
        self.plan = _plan(catalogue, tuple(self.report.edition_of.items()), off)
        self.numbers = {scope: numbers_of(report) for scope, report in reports.items()}
        self.outcomes = evaluate(self.plan.compiled, self.numbers)
        below = self.plan.of_members if members else ()
        self.roll_up = RollUp(self.report, members or Members(()), catalogue, below)
        self.diagnoses: list[Diagnosis] = []

    @property
    def is_clean(self) -> bool:
        """Whether every equation was assessed and holds."""
        if self.roll_up.broken or self.roll_up.is_undecided:
            return False
        return not any(o.imbalance != 0 and (o.imbalance is None or o.is_broken) for o in self.outcomes)

    @property
    def is_sound(self) -> bool:
        """Whether the report agrees with itself as far as it can be assessed."""
        return not any(outcome.is_broken and _is_own(outcome) for outcome in self.outcomes)

    @property
    def accepted(self) -> dict[str, Number]:
        """What the accepted explanations add to figures."""
        paths = self.plan.system.paths
        return {paths[cell]: delta for diagnosis in self.diagnoses for cell, delta in diagnosis.accepted}

    def explain(self, links: Links, claims: Sequence[Claim]) -> None:
        """Search for what would mend the equations of the report itself, where some are broken."""
        if self.is_sound:
            return
        system = self.plan.system
        values = system.values(self.numbers[Scope.REPORT])

        def evidence(changes: Changes) -> float:
            delta = {system.paths[cell]: change for cell, change in changes}
            return links.say(self.report, delta) + claims_say(claims, self.numbers[Scope.REPORT], delta)

        self.diagnoses = list(diagnoses(system, values, system.residuals(values), evidence))

    def findings(self, links: Links, teller: Teller, unsound: frozenset[str]) -> Iterator[Finding]:
        """Tell of each cause, of relations with last year that it does not explain, and of what is left open."""
        for diagnosis in self.diagnoses:
            yield self._cause(diagnosis, teller, links)
        for outcome in self.outcomes:
            if outcome.is_broken and not outcome.equation.is_sum and _is_own(outcome):
                breach = teller.breach(outcome)
                yield teller.finding([breach], breach.message)
        yield from broken_links(teller, links, unsound)
        if self.roll_up.broken and not self.roll_up.is_mended_by(self.accepted):
            yield difference(self.roll_up, teller.severities)
        elif self.roll_up.is_undecided:
            yield undecided(self.roll_up)
        yield from self._left_open(teller)

    def _cause(self, diagnosis: Diagnosis, teller: Teller, links: Links) -> Finding:
        system = self.plan.system
        by_equation = {id(outcome.equation): outcome for outcome in self.outcomes}
        group = [by_equation[id(system.sources[number])] for number in sorted(diagnosis.broken)]
        breaches = [teller.breach(outcome) for outcome in teller.ranked(group)]
        changed = {system.paths[cell] for cell, _ in diagnosis.accepted}
        breaches += links.mended_by(self.report, changed, self.catalogue, teller.severities)
        if self.roll_up.is_mended_by(self.accepted):
            breaches += breaches_about(self.roll_up, changed)
        values = system.values(self.numbers[Scope.REPORT])
        named = explanations(diagnosis, system, values, self.report, self.catalogue)
        said = conclusion(diagnosis, named, self.report, self.catalogue)
        return teller.finding(
            breaches,
            Text(breaches[0].message.zh + said.zh, breaches[0].message.en + said.en),
            named,
            complete=bool(named) and diagnosis.finished and len(diagnosis.candidates) <= MOST_LISTED,
            suspect=named[0].changes[0].path if diagnosis.accepted else None,
        )

    def _left_open(self, teller: Teller) -> Iterator[Finding]:
        unassessed = [outcome for outcome in self.outcomes if outcome.imbalance is None]
        if not unassessed:
            return
        system = self.plan.system
        offered = determined(system, system.values(self.numbers[Scope.REPORT]))
        by_path = {system.paths[cell]: found for cell, found in offered.items()}
        for outcome in unassessed:
            yield teller.not_assessable(outcome, blank_offer(outcome, by_path, self.report, self.catalogue))


def _is_own(outcome: Outcome) -> bool:
    return outcome.equation.scopes == {Scope.REPORT}
