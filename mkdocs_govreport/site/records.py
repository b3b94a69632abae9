"""What pages show of records: waived findings with their reasons, and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Number, Report, Status
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.site.subjects import Link, report_page
from mkdocs_govreport.site.views import FindingView, finding_views, web_address


@dataclass(frozen=True, slots=True)
class WaivedView:
    """A waived finding in a list of those of many reports, with the address of its own place."""

    agency: str
    year: str
    address: str
    finding: FindingView


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """A figure that was corrected: its name, the values before and after, and the address of its cell."""

    title: str
    before: str
    after: str
    address: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction with its reason."""

    date: str
    reason: str
    author: str
    evidence: str
    figures: tuple[CorrectedView, ...]


def waived_views(portal: Portal, year: int | None, messages: Messages, link: Link) -> Iterator[WaivedView]:
    """Yield the waived findings about reports, of a year or of all."""
    for report in portal.reports if year is None else portal.of_year(year):
        findings = portal.findings_of(report.file)
        if report.agency_id is None or report.year is None or not any(f.status is Status.WAIVED for f in findings):
            continue
        for view in finding_views(portal, findings, messages, report, link):
            if view.waiver is not None:
                address = f"{link(report_page(report))}#{view.anchor}"
                yield WaivedView(report.agency or "", messages.year(report.year), address, view)


def correction_views(portal: Portal, report: Report, messages: Messages) -> list[CorrectionView]:
    """Return the corrections of a report, the first one first."""
    return [
        CorrectionView(
            correction.date,
            correction.reason,
            correction.author,
            web_address(correction.evidence),
            tuple(_corrected(portal, report, messages, *change) for change in correction.changes),
        )
        for correction in portal.corrections_of(report)
    ]


def _corrected(
    portal: Portal, report: Report, messages: Messages, path: str, before: Number | None, after: Number | None
) -> CorrectedView:
    known = path in report.figures
    title = portal.catalogue.edition_of(report, path).figure_title(path).into(messages.language) if known else path
    return CorrectedView(title, number(before), number(after), f"#{path}" if known else "")
