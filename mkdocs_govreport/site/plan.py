"""Which pages a portal has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.registry import Agency
from mkdocs_govreport.site.content import Content
from mkdocs_govreport.site.subjects import FRONT, INDEX, RULES, Link, report_page, report_title

if TYPE_CHECKING:
    from mkdocs_govreport.site.renderer import Renderer

# What files of some system or addresses cannot hold; names of agencies come from folders and documents.
_OUTSIDE_PATHS = re.compile(r"[<>:\"|?*%#`\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of the portal; `subject` names it: front, index, rules, a year, an agency, or agency/year.

    `reports` are those that it is about, where it is not about all of them.
    """

    subject: str
    title: str
    description: str
    in_nav: bool
    build: Callable[[Renderer, Link], Content]
    reports: tuple[Report, ...] = ()


def plan_pages(portal: Portal, messages: Messages) -> Iterator[PlannedPage]:
    """Yield every page of a portal; only the front page and the index are for the nav."""
    years = portal.years
    latest = years[0] if years else None
    yield PlannedPage(
        FRONT, messages("front-title"), messages("front-description"), True, lambda renderer, link: renderer.front(link)
    )
    yield PlannedPage(INDEX, messages("index-title"), messages("front-description"), True, partial(_index, latest))
    yield PlannedPage(
        RULES,
        messages("rules-title"),
        messages("rules-description"),
        False,
        lambda renderer, link: renderer.rules(link),
    )
    for year in years:
        title = messages("index-year-title", year=year)
        yield PlannedPage(str(year), title, title, False, partial(_index, year))
    for agency in portal.agencies:
        description = messages("agency-caption", agency=agency.name)
        yield PlannedPage(
            agency.id, agency.name, description, False, partial(_agency, agency), portal.of_agency(agency.id)
        )
    for report in portal.reports:
        if report.agency_id and report.year:
            title = report_title(report, messages)
            yield PlannedPage(report_page(report), title, title, False, partial(_report, report), (report,))


def page_path(subject: str) -> str:
    """Return where the page of a subject stands below the portal; never above or outside it."""
    return "/".join(
        _OUTSIDE_PATHS.sub("-", segment).strip(". ") or "-" for segment in subject.replace("\\", "/").split("/")
    )


def _index(year: int | None, renderer: Renderer, link: Link) -> Content:
    return renderer.index(year, link)


def _agency(agency: Agency, renderer: Renderer, link: Link) -> Content:
    return renderer.agency(agency, link)


def _report(report: Report, renderer: Renderer, link: Link) -> Content:
    return renderer.report(report, link)
