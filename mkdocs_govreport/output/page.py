"""Findings as a web page: complete in one file that loads nothing, to keep as an artefact, to read and to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Status
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.grid import Grid, grid_of
from mkdocs_govreport.output.standing import by_gravity, is_set_aside, weight
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal


@dataclass(frozen=True, slots=True)
class _Section:
    """What the page shows of one file."""

    file: str
    who: str
    findings: list[Finding]
    unjudged: int


def write_page(portal: Portal, context: Context) -> str:
    """Write the findings by report, the gravest first, with the sums that do not agree."""
    messages = Messages(context.language)
    reports = {report.file: report for report in portal.reports}

    def grid(finding: Finding) -> Grid | None:
        report = reports.get(finding.file)
        if report is None or not finding.terms:
            return None
        return grid_of(finding, portal.catalogue.edition_of(report, finding.terms[0].path), messages)

    text = _template().render(
        sections=list(_sections(portal, messages)),
        summary=summary(portal, messages),
        language=context.language,
        messages=messages,
        place=lambda finding: place_text(finding.origin).into(context.language),
        weight=lambda finding: weight(finding, messages),
        is_set_aside=is_set_aside,
        grid=grid,
    )
    return visible(text)


def _sections(portal: Portal, messages: Messages) -> Iterator[_Section]:
    for file, group in groupby(portal.findings, key=lambda finding: finding.file):
        findings = list(group)
        named = next((finding for finding in findings if finding.agency), None)
        shown = [finding for finding in findings if finding.status is not Status.NOT_ASSESSABLE]
        who = f"{named.agency} {messages.year(named.year)}" if named else ""
        yield _Section(file, who, by_gravity(shown), len(findings) - len(shown))


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mkdocs_govreport.output"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("findings.html")
