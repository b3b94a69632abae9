"""Rendering the portal: the contents of generated pages, and what fills the slots in any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from jinja2 import Environment

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report, Severity
from mkdocs_govreport.output.rules import rule_groups
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.prose import Prose
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.registry import Agency
from mkdocs_govreport.site.claims import ClaimView, claim_views, with_marks, with_places, without_marks
from mkdocs_govreport.site.content import Content, searched_text
from mkdocs_govreport.site.directives import Directives
from mkdocs_govreport.site.fragments import Fragments
from mkdocs_govreport.site.identity import fee_text, inferred_text
from mkdocs_govreport.site.records import correction_views
from mkdocs_govreport.site.rules import marked, rule_headings, scope_anchor, searched_rules
from mkdocs_govreport.site.slots import SlotError, part_at_slots
from mkdocs_govreport.site.subjects import Link, report_title
from mkdocs_govreport.site.tables import FilledTable, Tables
from mkdocs_govreport.site.views import state_of, web_address


class Renderer:
    """Renders one portal through the templates of the theme."""

    def __init__(self, portal: Portal, messages: Messages, environment: Environment, tables: Tables) -> None:
        """Bind the portal, its strings, the templates, which a site may override, and its tables."""
        self.portal = portal
        self.messages = messages
        self._fragments = Fragments(environment, portal, messages)
        self._directives = Directives(portal, messages, self._fragments, tables)
        self._prose = Prose()
        self._agencies = {agency.id: agency for agency in portal.agencies}

    # --- pages ------------------------------------------------------------------------------------

    def fill(self, html: str, link: Link, subject: str, complain: Callable[[str], None]) -> Iterator[str | FilledTable]:
        """Yield the pieces of a page with its directives filled; `complain` is told of each that is wrong."""

        def fill(kind: str, arguments: Mapping[str, str]) -> str | FilledTable:
            try:
                return self._directives.fill(kind, arguments, link, subject)
            except SlotError as error:
                complain(str(error))
                return f'<p class="gr-slot-error">{escape(str(error))}</p>'

        def malformed(text: str) -> str:
            complain(self.messages("slot-malformed", text=text))
            return ""

        return part_at_slots(html, fill, malformed)

    def report(self, report: Report, link: Link) -> Content:
        """Render the page of a report; tables and findings are slots, filled when the page is written."""
        language = self.messages.language
        edition = self.portal.catalogue.editions[report.edition]
        parts = []
        headings = [("findings", self.messages("findings"), 2)]
        corrections = correction_views(self.portal, report, self.messages)
        if corrections:
            headings.append(("corrections", self.messages("corrections"), 2))
        title = report_title(report, self.messages)
        claims = claim_views(self.portal.claims_of(report.file), report, self.portal.catalogue, self.messages)
        introduction, searched = self._prose_of(report, INTRODUCTION, claims)
        texts = [searched]
        for part in edition.parts.values():
            heading = part.heading.into(language)
            anchor = f"part-{part.id}"
            table = part.id if part.id in report.edition_of else None
            prose, searched = self._prose_of(report, part.id, claims)
            parts.append({"anchor": anchor, "heading": heading, "html": prose, "table": table})
            headings.append((anchor, heading, 2))
            # No heading: each would be an entry of its own, under the same seven titles for every report.
            texts.append(f"{escape(heading)} {searched}")
        if claims:
            headings.append(("claims", self.messages("claims"), 2))
        html = self._fragments.render(
            "report",
            link,
            report=report,
            agency=self._agencies.get(report.agency_id or ""),
            title=title,
            state=state_of(self.portal, report, self.messages),
            edition=edition.title.into(language),
            notice=edition.notice,
            mixed=self._mixed(report),
            source_url=web_address(report.source_url),
            fee=fee_text(report, self.messages),
            inferred=inferred_text(report, self.messages),
            introduction=introduction,
            parts=parts,
            corrections=corrections,
            claims=claims,
        )
        text = "\n".join(texts)  # in one paragraph, since search indexes parse every tag
        return Content(html, f"<h1>{escape(title)}</h1>\n<p>{text}</p>", tuple(headings))

    def agency(self, agency: Agency, link: Link) -> Content:
        """Render the page of an agency: its years."""
        html = self._fragments.render(
            "agency",
            link,
            agency=agency,
            parent=self._agencies.get(agency.parent or ""),
            kind=self._kind(agency),
            reports=self.portal.of_agency(agency.id),
        )
        return Content(html, f"<h1>{escape(agency.name)}</h1>\n<p>{escape(' '.join(agency.aliases))}</p>")

    def index(self, year: int | None, link: Link) -> Content:
        """Render the cross-agency index of a year; without a year, that there are no reports."""
        html = self._fragments.render("index", link, year=year)
        title = self.messages("index-year-title", year=year) if year else self.messages("index-title")
        return Content(html, f"<h1>{escape(title)}</h1>")

    def front(self, link: Link) -> Content:
        """Render the front page of a portal whose site has none of its own."""
        regions: dict[str, list[Agency]] = {}
        for agency in self.portal.agencies:
            regions.setdefault(agency.region or "", []).append(agency)
        html = self._fragments.render("front", link, regions=regions, files=self.portal.files)
        headings = (("agencies", self.messages("agencies"), 2),) if regions else ()
        return Content(html, f"<h1>{escape(self.messages('front-title'))}</h1>", headings)

    def rules(self, link: Link) -> Content:
        """Render the page of the rules that reports are checked by."""
        groups = tuple(rule_groups(self.portal.catalogue, self.portal.severities, self.messages))
        count = sum(rule.severity is not Severity.OFF for group in groups for rule in group.rules)
        html = self._fragments.render("rules", link, groups=groups, count=count, marked=marked, anchor=scope_anchor)
        return Content(html, searched_rules(groups, self.messages("rules-title")), tuple(rule_headings(groups)))

    def _prose_of(self, report: Report, part: str, claims: Sequence[ClaimView]) -> tuple[str, str]:
        """Return a part of the prose with its claims marked, and what of it is searched."""
        text = report.narrative.get(part)
        if not text:
            return "", ""
        html = self._prose.render(with_places(text, part, self.portal.claims_of(report.file)))
        return with_marks(html, claims), searched_text(without_marks(html))

    def _mixed(self, report: Report) -> str:
        """Say which edition each table follows, where they differ."""
        if len(set(report.edition_of.values())) < 2:
            return ""
        language = self.messages.language
        editions = self.portal.catalogue.editions
        named = [
            f"{editions[name].parts[part].short.into(language)}：{editions[name].title.into(language)}"
            for part, name in report.edition_of.items()
        ]
        return "；".join(named) if language == "zh" else "; ".join(named).replace("：", ": ")

    def _kind(self, agency: Agency) -> str:
        key = f"kind-{agency.kind}"
        return self.messages.get(key) or agency.kind or ""
