"""Which reports are not there: years between an agency's reports, and agencies that have not handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.model import Origin, Report, Text
from mkdocs_govreport.registry import Agency, Registry

HandedIn = Mapping[str, Set[int]]
"""The years for which there is a file of an agency, by its id; also of files that could not be read."""


def check_gap(report: Report, previous: Report, agency: Agency | None, handed_in: HandedIn, findings: Findings) -> None:
    """Report the years between a report and the agency's last one before it, at the later report."""
    if report.year is None or previous.year is None:
        return
    between = range(previous.year + 1, report.year)
    there = handed_in.get(report.agency_id or "", frozenset())
    missing = [year for year in between if year not in there and _reports_in(agency, year)]
    if missing:
        findings.add(
            "year-gap",
            Origin(report.file),
            agency=report.agency,
            first=previous.year,
            last=report.year,
            years=_years(missing),
        )


def expected_years(registry: Registry, handed_in: HandedIn, share: float) -> tuple[int, ...]:
    """Return the years for which reports are expected: those of which more than `share` of the agencies have handed in.

    Reports of a year come in one after another, and older years are often not kept; then nobody is missing yet.
    """
    years = sorted({year for agency in registry.agencies for year in handed_in.get(agency.id, ())})
    expected = []
    for year in years:
        reporting = [agency for agency in registry.agencies if _reports_in(agency, year)]
        there = sum(1 for agency in reporting if year in handed_in.get(agency.id, ()))
        if there > share * len(reporting):
            expected.append(year)
    return tuple(expected)


def missing_reports(
    registry: Registry, years: Sequence[int], handed_in: HandedIn, *, stated: bool
) -> Iterator[tuple[Agency, tuple[int, ...]]]:
    """Yield the agencies that have not handed in a report of some of `years`, with these.

    Years between an agency's first and last report are gaps. Where `years` are not `stated` but told from the
    reports of others, an agency without `since` is not expected to have reported before its first report.
    """
    for agency in registry.agencies:
        there = handed_in.get(agency.id, frozenset())
        missing = []
        for year in years:
            is_gap = bool(there) and min(there) < year < max(there)
            may_be_older = not stated and agency.since is None and bool(there) and year < min(there)
            if year not in there and _reports_in(agency, year) and not is_gap and not may_be_older:
                missing.append(year)
        if missing:
            yield agency, tuple(missing)


def check_missing(agency: Agency, years: Sequence[int], place: Origin, findings: Findings) -> None:
    """Report an agency that has not handed in, once for all years, at its place in the registry."""
    findings.add("missing-report", place, agency=agency.name, years=_years(years))


def _reports_in(agency: Agency | None, year: int) -> bool:
    if agency is None:
        return True
    return (agency.since is None or agency.since <= year) and (agency.until is None or year <= agency.until)


def _years(years: Iterable[int]) -> Text:
    return Text.join([Text(f"{year}年", str(year)) for year in years])
