"""What the pages of a portal are called, and how one finds another."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report

FRONT = "front"
INDEX = "index"
RULES = "rules"

Link = Callable[[str], str]
"""Returns the address of a page of the portal, seen from the page that is being rendered."""


def report_page(report: Report) -> str:
    """Name the page of a report."""
    return f"{report.agency_id}/{report.year}"


def report_title(report: Report, messages: Messages) -> str:
    """Name a report: the title that it bears, else agency and year."""
    return report.title or messages("report-title", agency=report.agency, year=report.year)
