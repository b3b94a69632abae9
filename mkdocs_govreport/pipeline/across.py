"""The checks that need more than one report, or the registry: across years, across agencies, dates due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from mkdocs_govreport.checks import Findings, with_identity
from mkdocs_govreport.checks.coverage import HandedIn, check_gap, check_missing, expected_years, missing_reports
from mkdocs_govreport.checks.dates import check_deadline
from mkdocs_govreport.checks.likeness import check_likeness
from mkdocs_govreport.checks.plausibility import check_history, check_level
from mkdocs_govreport.model import Finding, Origin, Report, Severity, Status
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.file_names import path_reader
from mkdocs_govreport.pipeline.keys import digest
from mkdocs_govreport.pipeline.outcomes import kept_outcomes
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.registry import Agency


def check_across(
    reports: Sequence[Report],
    results: Sequence[Result],
    known: Iterable[Finding],
    settings: Settings,
) -> list[Finding]:
    """Check reports against one another and against the registry; `known` are what their figures gave already."""
    there = handed_in(results, settings)
    faulty = _faulty_paths(known)
    findings = _missing(there, settings) if settings.is_whole else []
    for agency_id, own in _by_agency(reports).items():
        agency = settings.registry.by_id(agency_id)
        for number, report in enumerate(own):
            found = Findings(settings.catalogue, settings.severities)
            with found.guarded("across", Origin(report.file)):
                _check_beside(report, own[:number], agency, there, faulty, settings, found)
            findings += [with_identity(finding, report) for finding in found.items]
    return findings


def _check_beside(
    report: Report,
    earlier: Sequence[Report],
    agency: Agency | None,
    there: HandedIn,
    faulty: Mapping[str, set[str]],
    settings: Settings,
    found: Findings,
) -> None:
    """Check a report against its agency and the latest of its earlier reports."""
    check_level(report, agency, settings.catalogue, found)
    check_deadline(report, agency, settings.deadlines, settings.catalogue.measures, found)
    previous = earlier[-1] if earlier else None
    if previous is not None:
        if settings.is_whole:
            check_gap(report, previous, agency, there, found)
        if previous.year == (report.year or 0) - 1:
            check_history(report, previous, settings.catalogue, found, known=faulty.get(report.file, set()))


def check_prose(
    reports: Sequence[Report], results: Sequence[Result], settings: Settings, cache: Cache | None
) -> list[Finding]:
    """Compare the prose of reports, unless that has been done for the same reports."""
    keys = [result.key for result in results]
    key = digest("likeness", *keys) if all(keys) else b""

    def compare(_: int) -> list[Finding]:
        found = Findings(settings.catalogue, settings.severities)
        with found.guarded("likeness", Origin(reports[0].file if reports else "")):
            found.items += check_likeness(
                _by_agency(reports), settings.catalogue, settings.severities, settings.registry
            )
        return found.items

    return kept_outcomes(cache, [key], compare)[0]


def _by_agency(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Return the reports of each agency in the order of their years."""
    by_agency: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.agency_id and report.year:
            by_agency[report.agency_id].append(report)
    for own in by_agency.values():
        own.sort(key=lambda report: report.year or 0)
    return by_agency


def handed_in(results: Iterable[Result], settings: Settings) -> HandedIn:
    """Return the years for which there are files of each agency; of one that could not be read the path tells."""
    there: dict[str, set[int]] = defaultdict(set)
    read_path = partial(path_reader(settings.catalogue).read, folders=settings.folders)
    for result in results:
        if result.report is not None:
            if result.report.agency_id and result.report.year:
                there[result.report.agency_id].add(result.report.year)
            continue
        hints = read_path(result.file)
        claim, year = hints.agency or hints.hint, hints.year or hints.hinted_year
        if claim is not None and year is not None:
            agency = settings.registry.find(claim.name)
            there[agency.id if agency else claim.name].add(year)
    return there


def _missing(there: HandedIn, settings: Settings) -> list[Finding]:
    registry = settings.registry
    years = settings.years or expected_years(registry, there, settings.catalogue.measures.expected)
    findings = []
    for agency, missing in missing_reports(registry, years, there, stated=bool(settings.years)):
        found = Findings(settings.catalogue, settings.severities)
        check_missing(agency, missing, registry.origins.get(agency.id, Origin("")), found)
        findings += [replace(finding, agency=agency.name, agency_id=agency.id) for finding in found.items]
    return findings


def _faulty_paths(known: Iterable[Finding]) -> dict[str, set[str]]:
    """Return the figures, by file, of which an error says already that they do not agree with others."""
    faulty: dict[str, set[str]] = defaultdict(set)
    for finding in known:
        if finding.severity is Severity.ERROR and finding.status is Status.OPEN:
            faulty[finding.file].update(finding.paths)
    return faulty
