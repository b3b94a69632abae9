"""What fills the directives in a page: tables, indexes and findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mkdocs_govreport.editions import RuleScope
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.registry import Registry
from mkdocs_govreport.site.fragments import Fragments
from mkdocs_govreport.site.records import waived_views
from mkdocs_govreport.site.slots import SlotError
from mkdocs_govreport.site.subjects import RULES, Link, report_page
from mkdocs_govreport.site.tables import FilledTable, Tables, marked_figures
from mkdocs_govreport.site.views import (
    finding_views,
    index_of_agency,
    index_of_year,
    unjudged_views,
)

_Fill = Callable[[Mapping[str, str], Link, str], str | FilledTable]


class Directives:
    """Fills the directives of one portal."""

    def __init__(self, portal: Portal, messages: Messages, fragments: Fragments, tables: Tables) -> None:
        """Bind the portal, its strings, its templates and its tables."""
        self._portal = portal
        self._messages = messages
        self._fragments = fragments
        self._tables = tables
        self._names = Registry(portal.agencies, portal.catalogue.wording)
        self._without_findings: dict[str, str] = {}
        self._reports = {(report.agency_id, report.year): report for report in portal.reports}
        self._slots: Mapping[str, tuple[_Fill, frozenset[str]]] = {
            "index": (self._index, frozenset({"year", "region"})),
            "table": (self._table, frozenset({"agency", "year", "part"})),
            "findings": (self._findings, frozenset({"agency", "year"})),
            "agency": (self._agency, frozenset({"agency"})),
            "problems": (self._problems, frozenset()),
            "waived": (self._waived, frozenset({"year"})),
        }

    def fill(self, kind: str, arguments: Mapping[str, str], link: Link, page: str) -> str | FilledTable:
        """Return what stands in place of a directive on a page.

        Raises:
            SlotError: when it asks for what there is not.
        """
        if kind not in self._slots:
            raise SlotError(self._messages("slot-unknown", kind=kind, known=", ".join(self._slots)))
        fill, known = self._slots[kind]
        unknown = sorted(arguments.keys() - known)
        if unknown:
            raise SlotError(self._messages("slot-argument", unknown=", ".join(unknown), known=", ".join(sorted(known))))
        return fill(arguments, link, page)

    def _index(self, arguments: Mapping[str, str], link: Link, page: str) -> str:
        years = self._portal.years
        year = self._year(arguments.get("year")) if "year" in arguments else (years[0] if years else None)
        if year is None:
            return ""
        region = arguments.get("region")
        view = index_of_year(self._portal, year, self._messages, link, region=region)
        if not view.rows:
            raise SlotError(
                self._messages("slot-no-region", year=year, region=region)
                if region
                else self._messages("slot-no-year", year=year)
            )
        caption = self._messages("index-caption", year=year)
        return self._fragments.render(
            "index_table", link, view=view, caption=caption, first=self._messages("agency"), sortable=True
        )

    def _agency(self, arguments: Mapping[str, str], link: Link, page: str) -> str:
        agency = self._names.find(arguments.get("agency"))
        if agency is None:
            raise SlotError(self._messages("slot-no-agency", agency=arguments.get("agency", "")))
        view = index_of_agency(self._portal, agency.id, self._messages, link)
        caption = self._messages("agency-caption", agency=agency.name)
        return self._fragments.render(
            "index_table", link, view=view, caption=caption, first=self._messages("year-name"), sortable=False
        )

    def _table(self, arguments: Mapping[str, str], link: Link, page: str) -> FilledTable:
        report = self._report(arguments)
        part = arguments.get("part", "")
        if part not in report.edition_of:
            raise SlotError(self._messages("slot-no-table", part=part, known=", ".join(report.edition_of)))
        findings = marked_figures(report, self._portal.findings_of(report.file))
        home = report_page(report)
        if page == home:
            return self._tables.fill(report, part, findings)
        prefix = f"{report.agency_id}-{report.year}-"
        return self._tables.fill(report, part, findings, prefix, link(home))

    def _findings(self, arguments: Mapping[str, str], link: Link, page: str) -> str:
        report = self._report(arguments)
        findings = self._portal.findings_of(report.file)
        if findings:
            return self._fragments.render(
                "findings",
                link,
                findings=finding_views(self._portal, findings, self._messages, report, link),
                unjudged=unjudged_views(findings, self._messages),
                show_file=False,
            )
        rules = link(RULES)  # all that differs between reports without a finding, which most are
        if rules not in self._without_findings:
            self._without_findings[rules] = self._fragments.render(
                "findings", link, findings=(), unjudged=(), show_file=False
            )
        return self._without_findings[rules]

    def _problems(self, arguments: Mapping[str, str], link: Link, page: str) -> str:
        """Findings about files that have no page: those that could not be read or told apart."""
        shown = {report.file for report in self._portal.reports if report.agency_id and report.year}
        rules = self._portal.catalogue.rules
        findings = tuple(
            finding
            for finding in self._portal.findings
            if finding.file not in shown and rules[finding.rule].scope is not RuleScope.RECORDS  # which are for editors
        )
        if not findings:
            return ""
        views = finding_views(self._portal, findings, self._messages, None, link)
        return self._fragments.render("problems", link, findings=views)

    def _waived(self, arguments: Mapping[str, str], link: Link, page: str) -> str:
        """Findings that stand with a reason, of a year or of all."""
        year = self._year(arguments["year"]) if "year" in arguments else None
        waived = list(waived_views(self._portal, year, self._messages, link))
        return self._fragments.render("waived", link, waived=waived) if waived else ""

    def _report(self, arguments: Mapping[str, str]) -> Report:
        name = arguments.get("agency", "")
        agency = self._names.find(name)
        year = self._year(arguments.get("year", ""))
        report = self._reports.get((agency.id if agency else None, year))
        if report is None:
            raise SlotError(self._messages("slot-no-report", agency=name, year=arguments.get("year", "")))
        return report

    def _year(self, text: str | None) -> int:
        if not text or not text.isdecimal():
            raise SlotError(self._messages("slot-no-year", year=text or ""))
        return int(text)
