"""All reports of a site together: loaded, told apart, and checked against one another."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_govreport.checks import Findings, with_identity
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import notes_of, numbers_of
from mkdocs_govreport.model import Claim, Finding, Number, Origin, Report, Severity, Status, Text
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.keys import digest, settings_digest
from mkdocs_govreport.pipeline.outcomes import kept_outcomes
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import find_sources
from mkdocs_govreport.pipeline.workers import load_sources
from mkdocs_govreport.records import Recorded, RecordFiles, apply_records
from mkdocs_govreport.registry import Agency, Registry

if TYPE_CHECKING:
    from mkdocs_govreport.records import Correction

_SIDECAR_NAME = Text("报告的完整文件名.meta.yml", "<full name of the report>.meta.yml")


class Row(NamedTuple):
    """A figure of a report, with the identifiers of its row and column and the label that the form has there.

    `value` is an `int` (a count), a `Decimal` (money, in the unit of the form) or None for a blank cell; `note` is the
    remark that stands beside the figure.
    """

    agency_id: str | None
    agency: str | None
    year: int | None
    edition: str
    part: str
    row: str
    column: str
    label: str
    value: Number | None
    note: str | None
    file: str


@dataclass(frozen=True)
class Portal:
    """The reports of a site, ordered by agency and year, with all findings.

    `keys` tell, for each file, its report and findings from any others; it is empty where there is no cache.
    `severities` are those that the site sets by rule name.
    `claims` are those of the prose of each file.
    """

    catalogue: Catalogue
    registry: Registry
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    files: int
    keys: Mapping[str, bytes] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that fail a build."""
        return tuple(finding for finding in self.findings if finding.fails)

    def count(self, severity: Severity) -> int:
        """Count the open findings of a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity and finding.status is Status.OPEN)

    @cached_property
    def not_assessable(self) -> int:
        """The number of checks that could not be made."""
        return self.tally(Status.NOT_ASSESSABLE)

    def tally(self, status: Status) -> int:
        """Count the findings of a status."""
        return sum(1 for finding in self.findings if finding.status is status)

    def corrections_of(self, report: Report) -> tuple[Correction, ...]:
        """Return the corrections of a report, the first one first."""
        return tuple(c for c in self.corrections if (c.agency_id, c.year) == (report.agency_id, report.year))

    def findings_of(self, file: str) -> tuple[Finding, ...]:
        """Return the findings about a file."""
        return self._by_file.get(file, ())

    def claims_of(self, file: str) -> tuple[Claim, ...]:
        """Return the claims of the prose of a file."""
        return self.claims.get(file, ())

    @cached_property
    def _by_file(self) -> dict[str, tuple[Finding, ...]]:
        grouped: dict[str, list[Finding]] = {}
        for finding in self.findings:
            grouped.setdefault(finding.file, []).append(finding)
        return {file: tuple(found) for file, found in grouped.items()}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that have reports, the latest first."""
        return tuple(sorted({report.year for report in self.reports if report.year is not None}, reverse=True))

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that have reports: those of the registry in its order, then the others."""
        present = {report.agency_id: report for report in self.reports}
        known = [agency for agency in self.registry.agencies if agency.id in present]
        names = {agency.id for agency in known}
        return (
            *known,
            *(Agency(id_, report.agency or id_) for id_, report in present.items() if id_ and id_ not in names),
        )

    def of_year(self, year: int) -> tuple[Report, ...]:
        """Return the reports of a year."""
        return tuple(report for report in self.reports if report.year == year)

    def of_agency(self, agency_id: str) -> tuple[Report, ...]:
        """Return the reports of an agency, the latest first."""
        return self._by_agency.get(agency_id, ())

    @cached_property
    def _by_agency(self) -> dict[str, tuple[Report, ...]]:
        grouped: dict[str, list[Report]] = {}
        for report in self.reports:
            grouped.setdefault(report.agency_id or "", []).append(report)
        return {
            agency: tuple(sorted(found, key=lambda report: report.year or 0, reverse=True))
            for agency, found in grouped.items()
        }

    def rows(self) -> Iterator[Row]:
        """Yield every figure of every report, in the order of agencies, years and the form; a blank has no value."""
        for report in self.reports:
            numbers, notes = numbers_of(report), notes_of(report)
            for path, value in numbers.items():
                part, row, column = path.split(".")
                title = self.catalogue.edition_of(report, path).figure_title(path).zh
                yield Row(
                    report.agency_id, report.agency, report.year, report.edition_of.get(part, report.edition),
                    part, row, column, title, value, notes.get(path), report.file,
                )  # fmt: skip

    @cached_property
    def key(self) -> bytes:
        """What tells all reports and findings together from any others."""
        general = [repr(finding) for finding in self.findings if finding.file not in self.keys]
        return digest(*(part for item in self.keys.items() for part in item), *general)


def load_portal(
    paths: Sequence[str | Path],
    base: Path,
    settings: Settings,
    registry: Path | None = None,
    *,
    needs_reports: bool = True,
    processes: int | None = 1,
    cache: Cache | None = None,
    records: RecordFiles | None = None,
) -> Portal:
    """Load and check every report under `paths`.

    `registry` is read if given; what is wrong with it is a finding, and the reports are still read.
    `needs_reports` says whether paths without a file are findings, `processes` how many may be used
    to load many reports (None for as many as there are processors). `cache` keeps what was made of
    files from build to build. `records` are what the site keeps about published reports.
    """
    general = Findings(settings.catalogue, settings.severities)
    agencies = settings.registry
    if registry is not None:
        from mkdocs_govreport.agencies import RegistryError, load_registry  # late: many sites have none

        try:
            agencies = load_registry(registry, settings.catalogue)
        except RegistryError as error:
            general.add("registry", Origin(registry.name, line=error.line), problem=error.problem)
    settings = replace(settings, registry=agencies)
    found = find_sources(paths, base)
    sources = found.files
    if needs_reports:
        for path in found.empty:
            general.add("missing-sources", Origin(path), path=path)
    for name, target in found.strays:
        general.add("stray-link", Origin(name), target=target)
    for name, expected in found.orphans:
        wanted = Text(expected, expected) if expected else _SIDECAR_NAME
        general.add("orphan-sidecar", Origin(name), name=wanted)
    with _collector_paused():
        results = load_sources(sources, settings, processes=processes, cache=cache)
    reports, duplicates = _distinct(results, settings)
    claims = {result.file: result.claims for result in results if result.claims}
    across = duplicates + _between(reports, results, duplicates, claims, settings, cache)
    findings = [finding for result in results for finding in result.findings] + across
    recorded = apply_records(
        [*general.items, *findings],
        reports,
        records or RecordFiles(base),
        agencies,
        settings.catalogue,
        settings.severities,
    )
    first = recorded.findings[: len(general.items)] + recorded.told
    findings = [*recorded.findings[len(general.items) :], *recorded.changes]
    order = {source.name: number for number, source in enumerate(sources)}
    findings.sort(key=lambda f: (order.get(f.file, -1), f.severity.rank, f.status is Status.NOT_ASSESSABLE))
    return Portal(
        settings.catalogue,
        agencies,
        tuple(reports),
        (*first, *findings),
        len(sources),
        _keys(results, across, recorded, reports),
        severities=settings.severities,
        claims=claims,
        corrections=recorded.corrections,
    )


def _keys(
    results: Iterable[Result], across: Iterable[Finding], recorded: Recorded, reports: Iterable[Report]
) -> dict[str, bytes]:
    """Return a key for each file that changes whenever its report, a finding about it or what is recorded of it does."""
    added: dict[str, list[str]] = {}
    marked = (f for f in recorded.findings if f.status in (Status.WAIVED, Status.BASELINED))
    for finding in (*across, *marked, *recorded.changes):
        added.setdefault(finding.file, []).append(repr(finding))
    files = {(report.agency_id, report.year): report.file for report in reports}
    for correction in recorded.corrections:
        added.setdefault(files.get((correction.agency_id, correction.year), ""), []).append(repr(correction))
    return {result.file: digest(result.key, *added.get(result.file, ())) for result in results if result.key}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the collector from searching reports, which are many small values without cycles, again and again.

    Searching them while they are made, and while pages are rendered from them, took a fifth of a build.
    """
    enabled = gc.isenabled()
    gc.unfreeze()  # what an earlier build of `serve` left
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def _distinct(results: Iterable[Result], settings: Settings) -> tuple[list[Report], list[Finding]]:
    """Keep the first report of an agency and year; every later one is a finding, at both."""
    kept: dict[tuple[str | None, int | None], Report] = {}
    findings: list[Finding] = []
    unidentified = []
    for result in results:
        report = result.report
        if report is None:
            continue
        key = (report.agency_id, report.year)
        if None in key:
            unidentified.append(report)
        elif key not in kept:
            kept[key] = report
        else:
            for one, other in ((report, kept[key]), (kept[key], report)):
                found = Findings(settings.catalogue, settings.severities)
                found.add("duplicate-report", Origin(one.file), agency=one.agency, year=one.year, other=other.file)
                findings += [with_identity(finding, one) for finding in found.items]
    position = {agency.id: number for number, agency in enumerate(settings.registry.agencies)}
    ordered = sorted(
        kept.values(), key=lambda r: (position.get(r.agency_id or "", len(position)), r.agency_id or "", r.year or 0)
    )
    return [*ordered, *unidentified], findings


def _between(
    reports: Sequence[Report],
    results: Sequence[Result],
    duplicates: Sequence[Finding],
    claims: Mapping[str, tuple[Claim, ...]],
    settings: Settings,
    cache: Cache | None,
) -> list[Finding]:
    """Check reports against one another, unless that has been done for the same results and settings.

    The keys of the results have in them all settings but those that change nothing of a single file.
    """
    keys = [result.key for result in results]
    wider = (settings.years, sorted(settings.deadlines.items()), settings.is_whole, settings.registry.origins)
    key = digest("between", settings_digest(settings), repr(wider), *keys) if all(keys) else b""

    def check(_: int) -> list[Finding]:
        # Late, as all that checks is, since a build without changes does without it.
        from mkdocs_govreport.pipeline.between import check_between

        return check_between(reports, results, duplicates, claims, settings, cache)

    (found,) = kept_outcomes(cache, [key], check)
    return found
