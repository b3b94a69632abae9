"""Drafts of waivers: everything but the reason, which is for people to give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Finding, Report, Severity, Status
from mkdocs_govreport.records.binding import figures_to_name


def draft_waivers(
    findings: Iterable[Finding], reports: Iterable[Report], catalogue: Catalogue, today: str
) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """Yield for each open error or warning about a report the entry that would waive it, with an empty reason."""
    by_file = {report.file: report for report in reports}
    for finding in findings:
        recorded = catalogue.rule(finding.rule).scope == "records"
        if finding.status is Status.OPEN and finding.severity in (Severity.ERROR, Severity.WARNING) and not recorded:
            yield finding, _draft(finding, by_file.get(finding.file), catalogue, today)


def _draft(finding: Finding, report: Report | None, catalogue: Catalogue, today: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"rule": finding.rule}
    if finding.agency_id and finding.year:
        entry |= {"agency": finding.agency_id, "year": finding.year}
    else:
        entry["file"] = finding.file
    figures = figures_to_name(finding, report, catalogue)
    if figures and report is not None:
        entry["figures"] = {path: _stated(path, report) for path in figures}
        if finding.imbalance is not None:
            entry["difference"] = plain_number(finding.imbalance)
    else:
        entry["about"] = finding.message.zh
    return entry | {"reason": "", "author": "", "date": today}


def _stated(path: str, report: Report) -> int | float | str | None:
    """Return the value of a figure as a waiver states it; what could not be read as it stands there."""
    value = numbers_of(report)[path]
    if value is None:
        return report.figures[path].origin.raw.strip() or None
    return plain_number(value)
