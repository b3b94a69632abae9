"""Relations between a report and the one of the year before: evidence for what is wrong, and findings of their own.

They are practice. Where both reports agree with themselves and not with one another, one fact is stated in two ways,
and the figures cannot tell which of them is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.breaches import Teller
from mkdocs_govreport.checks.arithmetic.evaluate import Outcome, Reports
from mkdocs_govreport.checks.arithmetic.formulas import change_words
from mkdocs_govreport.checks.arithmetic.ranking import BREAKS, MENDS, Confidence
from mkdocs_govreport.editions import Catalogue, Scope
from mkdocs_govreport.model import CELLS, Breach, Change, Explanation, Finding, Number, Report, Severity, Text


class Link(NamedTuple):
    """An assessed relation between two reports; `reports` are those that it draws on, seen from the later one."""

    reports: Reports
    outcomes: Sequence[Outcome]
    outcome: Outcome
    imbalance: Number


class Suspect(NamedTuple):
    """A figure in which several broken relations meet, and the change with which all of them hold."""

    report: Report
    path: str
    delta: Number
    links: tuple[int, ...]


class Links:
    """All assessed relations between the reports of a chain, and what accepted explanations make of them."""

    def __init__(self, years: Sequence[tuple[Reports, Sequence[Outcome]]]) -> None:
        self._links: list[Link] = []
        self._touching: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for reports, outcomes in years:
            for outcome in outcomes:
                if outcome.imbalance is not None and Scope.PREVIOUS in outcome.equation.scopes:
                    self._add(Link(reports, outcomes, outcome, outcome.imbalance))
        self._after = {number: link.imbalance for number, link in enumerate(self._links)}

    def _add(self, link: Link) -> None:
        equation = link.outcome.equation
        for operands, sign in ((equation.left, 1), (equation.right, -1)):
            for operand in operands:
                key = (link.reports[operand.scope].file, operand.path)
                self._touching.setdefault(key, []).append((len(self._links), sign))
        self._links.append(link)

    def say(self, report: Report, delta: Mapping[str, Number]) -> float:
        """Return what the relations say to changes of a report's figures: less than 0 for them, more against."""
        said = 0.0
        for number, after in self._with(report, delta).items():
            link = self._links[number]
            held, holds = (link.outcome.equation.allows(imbalance) for imbalance in (link.imbalance, after))
            said += MENDS * (holds and not held) + BREAKS * (held and not holds)
        return said

    def accept(self, report: Report, delta: Mapping[str, Number]) -> None:
        """Go on with the relations as they would be after accepted changes of a report."""
        self._after |= self._with(report, delta)

    def _with(self, report: Report, delta: Mapping[str, Number]) -> dict[int, Number]:
        after: dict[int, Number] = {}
        for path, change in delta.items():
            for number, sign in self._touching.get((report.file, path), ()):
                after[number] = after.get(number, self._after[number]) + sign * change
        return after

    def suspects(self, proven: Callable[[Report, str], bool]) -> list[Suspect]:
        """Return the figures that alone explain several broken relations, and accept their changes.

        A figure whose own report proves it right is none, nor is one that shares a relation with another suspect.
        """
        found = []
        for (file, path), touching in self._touching.items():
            wanted = {-sign * self._after[number] for number, sign in touching}
            numbers = tuple(number for number, _ in touching)
            if len(touching) < 2 or len(wanted) > 1 or not all(self._is_open(number) for number in numbers):
                continue
            reports = self._links[numbers[0]].reports.values()
            report = next(report for report in reports if report.file == file)
            value, (delta,) = report.figures[path].value, wanted
            if value is not None and value + delta >= 0 and not proven(report, path):
                found.append(Suspect(report, path, delta, numbers))
        counts = Counter(number for suspect in found for number in suspect.links)
        alone = [suspect for suspect in found if all(counts[number] == 1 for number in suspect.links)]
        for suspect in alone:
            self.accept(suspect.report, {suspect.path: suspect.delta})
        return alone

    def _is_open(self, number: int) -> bool:
        equation = self._links[number].outcome.equation
        return equation.is_sum and self._links[number].outcome.is_broken and not equation.allows(self._after[number])

    def is_mended(self, outcome: Outcome) -> bool:
        """Whether a broken relation holds after the accepted changes."""
        return any(
            link.outcome is outcome and link.outcome.equation.allows(self._after[number])
            for number, link in enumerate(self._links)
        )

    def mended_by(
        self, report: Report, changed: set[str], catalogue: Catalogue, severities: Mapping[str, Severity]
    ) -> list[Breach]:
        """Return the broken relations that the accepted changes of a report's figures mend."""
        numbers = dict.fromkeys(
            number for path in sorted(changed) for number, _ in self._touching.get((report.file, path), ())
        )
        mended = [number for number in numbers if self._is_broken_no_more(number)]
        return self.breaches(mended, catalogue, severities)

    def _is_broken_no_more(self, number: int) -> bool:
        outcome = self._links[number].outcome
        return outcome.is_broken and outcome.equation.allows(self._after[number])

    def breaches(
        self, numbers: Sequence[int], catalogue: Catalogue, severities: Mapping[str, Severity]
    ) -> list[Breach]:
        """Make breaches of relations, each as the later of its reports tells it."""
        breaches = []
        for number in numbers:
            reports, outcomes, outcome, _ = self._links[number]
            breaches.append(Teller(reports, outcomes, catalogue, severities).breach(outcome, with_control=False))
        return breaches


def suspected(suspect: Suspect, teller: Teller, links: Links) -> Finding:
    """Tell of a figure that alone explains that its report joins neither the year before nor the year after."""
    breaches = links.breaches(suspect.links, teller.catalogue, teller.severities)
    before = suspect.report.figures[suspect.path].value
    change = Change(suspect.path, before, (before or 0) + suspect.delta)
    words = change_words([change], suspect.report, teller.catalogue)
    stated = Text.join([breach.message for breach in breaches], zh="；", en="; ")
    message = Text(
        f"{stated.zh}。与前后两年都接不上，如仅一处有误，则为{words.zh}",
        f"{stated.en}. It joins neither the year before nor the year after; if one figure is wrong, it is {words.en}",
    )
    explanation = Explanation(CELLS, Confidence.LIKELY.value, (change,), words)
    return teller.finding(breaches, message, (explanation,), complete=True, suspect=suspect.path)


def broken_links(teller: Teller, links: Links, unsound: frozenset[str]) -> Iterator[Finding]:
    """Tell of the relations with last year that no explanation mends, one finding for each fact.

    `unsound` are the files of reports that do not agree with themselves.
    """
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    has_control = {outcome.equation.rule for outcome in teller.outcomes if outcome.equation.is_control}
    for outcome in teller.outcomes:
        equation = outcome.equation
        if outcome.is_broken and Scope.PREVIOUS in equation.scopes and not links.is_mended(outcome):
            # Columns of one row are one fact; rules without a control state a fact with each binding.
            fact = (equation.rule,) if equation.rule in has_control else (equation.rule, equation.binding)
            groups.setdefault(fact, []).append(outcome)
    for group in groups.values():
        control_first = sorted(group, key=lambda outcome: not outcome.equation.is_control)
        breaches = [teller.breach(outcome, with_control=False) for outcome in control_first]
        message = _message(teller, breaches, unsound)
        yield teller.finding(breaches, message)


def _message(teller: Teller, breaches: Sequence[Breach], unsound: frozenset[str]) -> Text:
    stated = Text.join([breach.message for breach in breaches], zh="；", en="; ")
    years = sorted({term.year for breach in breaches for term in breach.terms if term.year is not None})
    zh, en = "、".join(f"{year}年" for year in years), " and ".join(map(str, years))
    control = teller.control(breaches[0].rule)
    if control is not None:
        stated = Text(
            f"{stated.zh}。{control.zh}一致，只是分栏不同", f"{stated.en}. {control.en} does agree; the columns do not"
        )
    if any(report.file in unsound for report in teller.reports.values()):
        return stated
    return Text(
        f"{stated.zh}。{zh}两份报告各自并无矛盾，但对同一事实说法不一，不能断定哪一份有误",
        f"{stated.en}. The reports of {en} each agree with themselves and state the same fact differently; "
        "which of them is wrong cannot be told",
    )
