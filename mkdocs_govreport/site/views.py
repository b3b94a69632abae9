"""What the templates show: values and words, worked out beforehand so that templates only lay them out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Number, Report, Severity, Status
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.registry import Agency
from mkdocs_govreport.site.subjects import RULES, Link, report_page
from mkdocs_govreport.site.tables import ANCHOR

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)

_BADGES = {Status.WAIVED: "waived-badge", Status.BASELINED: "baselined-badge"}


@dataclass(frozen=True, slots=True)
class StateView:
    """The state of a report's checks: `kind` is failed, warned or passed, `text` says it in words."""

    kind: str
    symbol: str
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class ValueView:
    """A figure with its number for sorting and its text; blank where it cannot be told."""

    value: Number | None
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One report in an index: of an agency in the index of a year, of a year on the page of an agency."""

    name: str
    address: str
    region: str
    values: tuple[ValueView, ...]
    state: StateView


@dataclass(frozen=True, slots=True)
class IndexView:
    """A table of reports with its columns, rows and totals."""

    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    totals: tuple[ValueView, ...]
    regions: tuple[str, ...]
    has_regions: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of an equation: what it is, its value, where it stands, and the cell to jump to."""

    title: str
    value: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class WaiverView:
    """Why a finding stands: what the editor says, and the figures that it rests on."""

    reason: str
    by: str
    expires: str
    evidence: str
    figures: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as a sentence with its terms; `anchor` is its id on the page, `about` the address of its rule."""

    anchor: str
    number: int
    severity: str
    severity_text: str
    code: str
    rule: str
    about: str
    title: str
    message: str
    place: str
    file: str
    left: tuple[TermView, ...]
    right: tuple[TermView, ...]
    also: tuple[str, ...]
    cells: tuple[TermView, ...]
    status: str = "open"
    waiver: WaiverView | None = None


def state_of(portal: Portal, report: Report, messages: Messages) -> StateView:
    """Sum up the findings about a report."""
    findings = portal.findings_of(report.file)
    errors = sum(1 for finding in findings if finding.fails)
    warnings = sum(1 for finding in findings if finding.severity is Severity.WARNING and finding.status is Status.OPEN)
    unjudged = sum(1 for finding in findings if finding.status is Status.NOT_ASSESSABLE)
    if errors:
        return StateView("failed", "✗", messages("state-failed", count=errors), 2000 + errors)
    if warnings:
        text = messages("state-warned", count=warnings)
        if unjudged:
            text += messages("state-unjudged", count=unjudged)
        return StateView("warned", "!", text, 1000 + warnings)
    for status, key in ((Status.BASELINED, "state-baselined"), (Status.WAIVED, "state-waived")):
        count = sum(1 for finding in findings if finding.status is status)
        if count:
            return StateView("warned", "!", messages(key, count=count), count)
    return StateView("passed", "✓", messages("state-passed"), 0)


def index_of_year(portal: Portal, year: int, messages: Messages, link: Link, *, region: str | None = None) -> IndexView:
    """Make the cross-agency index of a year: one row an agency, in the order of the registry."""
    agencies = {agency.id: agency for agency in portal.agencies}
    reports = [
        (report, agencies.get(report.agency_id or ""))
        for report in portal.of_year(year)
        if region is None or _region(agencies.get(report.agency_id or "")) == region
    ]
    return _index(
        portal, [(report, report.agency or "", _region(agency)) for report, agency in reports], messages, link
    )


def index_of_agency(portal: Portal, agency_id: str, messages: Messages, link: Link) -> IndexView:
    """Make the table of an agency's years, the latest first."""
    return _index(
        portal, [(report, messages.year(report.year), "") for report in portal.of_agency(agency_id)], messages, link
    )


def _region(agency: Agency | None) -> str:
    return (agency.region if agency else None) or ""


def _index(portal: Portal, entries: list[tuple[Report, str, str]], messages: Messages, link: Link) -> IndexView:
    latest = list(portal.catalogue.editions.values())[-1]
    columns = tuple(indicator.title.into(messages.language) for indicator in latest.indicators)
    rows = []
    for report, name, region in entries:
        own = {indicator.id: indicator.figures for indicator in portal.catalogue.editions[report.edition].indicators}
        values = tuple(_value(report, own.get(indicator.id)) for indicator in latest.indicators)
        rows.append(RowView(name, link(report_page(report)), region, values, state_of(portal, report, messages)))
    totals = tuple(_total([row.values[column] for row in rows]) for column in range(len(columns)))
    regions = tuple(dict.fromkeys(row.region for row in rows if row.region))
    return IndexView(columns, tuple(rows), totals, regions, bool(regions))


def _value(report: Report, paths: tuple[str, ...] | None) -> ValueView:
    total: Number = 0
    for path in paths or ("",):  # an indicator that the edition does not have is no figure
        value = numbers_of(report).get(path)
        if value is None:
            return ValueView(None, "—")
        total += value
    return ValueView(total, number(total))


def _total(values: list[ValueView]) -> ValueView:
    """Add up a column; what cannot be told is left out, as its dash shows."""
    total: Number = 0
    for value in values:
        total += value.value or 0
    return ValueView(total, number(total))


def finding_views(
    portal: Portal, findings: tuple[Finding, ...], messages: Messages, report: Report | None, link: Link
) -> list[FindingView]:
    """Make the findings about a report; those that could not be assessed are left to `unjudged_views`."""
    return [
        _finding_view(portal, finding, number_, messages, report, link)
        for number_, finding in enumerate(findings, 1)
        if finding.status is not Status.NOT_ASSESSABLE
    ]


def unjudged_views(findings: tuple[Finding, ...], messages: Messages) -> list[str]:
    """Return the sentences about checks that could not be made."""
    return [finding.message.into(messages.language) for finding in findings if finding.status is Status.NOT_ASSESSABLE]


def _finding_view(
    portal: Portal, finding: Finding, index: int, messages: Messages, report: Report | None, link: Link
) -> FindingView:
    language = messages.language
    terms = {side: _term_views(portal, finding, side, messages, report, link) for side in ("left", "right")}
    cells = () if finding.terms or report is None else _cell_views(portal, finding, report, language)
    return FindingView(
        anchor=ANCHOR.format(number=index),
        number=index,
        severity=finding.severity.value,
        severity_text=messages(_BADGES.get(finding.status, finding.severity.value)),
        code=finding.code,
        rule=finding.rule,
        about=rule_address(finding.rule, link),
        title=portal.catalogue.rule(finding.rule).title.into(language),
        message=finding.message.into(language),
        place=place_text(finding.origin).into(language),
        file=finding.file,
        left=terms["left"],
        right=terms["right"],
        also=tuple(f"{breach.code}　{breach.message.into(language)}" for breach in finding.also_breaks),
        cells=cells,
        status=finding.status.value,
        waiver=_waiver_view(portal, finding, messages, report),
    )


def _waiver_view(portal: Portal, finding: Finding, messages: Messages, report: Report | None) -> WaiverView | None:
    waiver = finding.waiver
    if waiver is None:
        return None
    semicolon = "；" if messages.language == "zh" else "; "
    figures = semicolon.join(
        f"{portal.catalogue.edition_of(report, path).figure_title(path).into(messages.language)} {_stated(value, messages)}"
        for path, value in waiver.figures
        if report is not None
    )
    return WaiverView(
        waiver.reason,
        messages("waived-by", author=waiver.author, date=waiver.date),
        messages("waived-expires", date=waiver.expires) if waiver.expires else "",
        web_address(waiver.evidence),
        figures,
    )


def _stated(value: Number | str | None, messages: Messages) -> str:
    return messages("blank") if value is None else value if isinstance(value, str) else number(value)


def _term_views(
    portal: Portal, finding: Finding, side: str, messages: Messages, report: Report | None, link: Link
) -> tuple[TermView, ...]:
    terms = [term for term in finding.terms if term.side == side]
    views = []
    for term in [term for term in terms if term.value] or terms[:1]:
        own = report is not None and term.year == report.year
        other = next((r for r in portal.of_agency(finding.agency_id or "") if r.year == term.year), None)
        address = f"#{term.path}" if own else f"{link(report_page(other))}#{term.path}" if other else ""
        title = term.title.into(messages.language)
        if not own:
            title = f"{messages.year(term.year)} {title}"
        views.append(TermView(title, number(term.value), place_text(term.origin).into(messages.language), address))
    return tuple(views)


def _cell_views(portal: Portal, finding: Finding, report: Report, language: str) -> tuple[TermView, ...]:
    shown = [path for path in finding.paths if path in report.figures]
    titles = [portal.catalogue.edition_of(report, path).figure_title(path).into(language) for path in shown]
    return tuple(TermView(title, "", "", f"#{path}") for title, path in zip(titles, shown, strict=True))


def web_address(text: str | None) -> str:
    """Return an address that a page may link to; empty for any other than one of the web."""
    return text if text and _WEB_ADDRESS.fullmatch(text) else ""


def rule_address(rule: str, link: Link) -> str:
    """Return where the portal says all about a rule."""
    return f"{link(RULES)}#{rule}"
