"""Findings about prose that is nearly that of another report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mkdocs_govreport.checks.findings import Findings, with_identity
from mkdocs_govreport.checks.similarity import Likeness, Prose, alike, longest_passage, prose_of, share
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Finding, Origin, Report, Severity, Text
from mkdocs_govreport.registry import Registry

_REPEATED = "repeated-prose"
_SHARED = "shared-prose"


def check_likeness(
    reports: Mapping[str, Sequence[Report]],
    catalogue: Catalogue,
    severities: Mapping[str, Severity],
    registry: Registry,
) -> list[Finding]:
    """Report prose that is nearly that of the year before, or that of another agency.

    `reports` are those of each agency by its id, in the order of their years.
    """
    check = _Likenesses(catalogue, severities, registry)
    return check.repeated(reports) + check.shared(reports)


class _Likenesses:
    def __init__(self, catalogue: Catalogue, severities: Mapping[str, Severity], registry: Registry) -> None:
        self._catalogue = catalogue
        self._severities = severities
        self._registry = registry
        self._measures = catalogue.measures
        self._proses: dict[tuple[str, str], Prose | None] = {}
        self._names: dict[tuple[str | None, str], tuple[str, ...]] = {}

    def repeated(self, reports: Mapping[str, Sequence[Report]]) -> list[Finding]:
        """Compare the reports of each agency with its own of the year before."""
        if self._is_off(_REPEATED):
            return []
        findings = []
        for own in reports.values():
            for earlier, later in pairwise(own):
                if earlier.year == (later.year or 0) - 1:
                    findings += self._findings(_REPEATED, later, earlier, self._common(later, earlier))
        return findings

    def _common(self, report: Report, other: Report) -> list[Likeness]:
        common = []
        for part in self._compared(report):
            one, another = self._prose(report, part), self._prose(other, part)
            if one is not None and another is not None:
                found = share(one, another, self._measures.repeated)
                if found:
                    common.append(Likeness(part, found, self._quoted(one, another)))
        return common

    def shared(self, reports: Mapping[str, Sequence[Report]]) -> list[Finding]:
        """Compare the reports of each year with those of other agencies."""
        if self._is_off(_SHARED):
            return []
        texts: defaultdict[tuple[int | None, str], list[tuple[Report, Prose]]] = defaultdict(list)
        for own in reports.values():
            for report in own:
                for part in self._compared(report):
                    prose = self._prose(report, part)
                    if prose is not None:
                        texts[report.year, part].append((report, prose))
        common: defaultdict[tuple[str, str], list[Likeness]] = defaultdict(list)
        by_file: dict[str, Report] = {}
        for (_, part), entries in texts.items():
            proses = [prose for _, prose in entries]
            for number, other, found in alike(proses, self._measures.shared):
                pair = (entries[number][0].file, entries[other][0].file)
                by_file |= {pair[0]: entries[number][0], pair[1]: entries[other][0]}
                common[pair].append(Likeness(part, found, self._quoted(proses[number], proses[other])))
        return [
            finding
            for (file, other), likenesses in common.items()
            for finding in self._findings(_SHARED, by_file[file], by_file[other], likenesses)
        ]

    def _findings(self, rule: str, report: Report, other: Report, common: Sequence[Likeness]) -> list[Finding]:
        if not common:
            return []
        found = Findings(self._catalogue, self._severities)
        parts = self._catalogue.editions[report.edition].parts
        shares = []
        for likeness in common:
            title, percent = parts[likeness.part].title, int(100 * likeness.share)
            shares.append(Text(f"“{title.zh}”的 {percent}%", f'{percent} % of "{title.en}"'))
        longest = max(common, key=lambda likeness: len(likeness.passage)).passage
        found.add(
            rule,
            Origin(report.file),
            parts=Text.join(shares),
            agency=other.agency,
            year=other.year,
            file=other.file,
            passage=longest,
        )
        return [with_identity(finding, report) for finding in found.items]

    def _quoted(self, one: Prose, other: Prose) -> str:
        return longest_passage(one, other, self._measures.quoted)

    def _compared(self, report: Report) -> tuple[str, ...]:
        return self._catalogue.editions[report.edition].checked.compared

    def _prose(self, report: Report, part: str) -> Prose | None:
        key = (report.file, part)
        if key not in self._proses:
            self._proses[key] = prose_of(report, part, self._names_of(report), self._measures.shortest_prose)
        return self._proses[key]

    def _names_of(self, report: Report) -> tuple[str, ...]:
        key = (report.agency_id, report.agency or "")
        if key not in self._names:
            self._names[key] = self._registry.names_in_prose(*key)
        return self._names[key]

    def _is_off(self, rule: str) -> bool:
        return self._severities.get(rule, self._catalogue.rule(rule).severity) is Severity.OFF
