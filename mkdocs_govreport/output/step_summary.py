"""Findings as the Markdown summary of a job on GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Status
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.standing import by_gravity, weight
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal

_MOST_BYTES = 900_000
"""GitHub refuses a summary of more than a mebibyte."""

_MARKED = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:@$])")


def step_summary(portal: Portal, context: Context) -> str:
    """Write a table of findings for each report; what could not be judged is only counted."""
    messages = Messages(context.language)
    text = f"## govreport\n\n{_marked(summary(portal, messages))}\n"
    left_out = 0
    for section, findings in _sections(portal, context, messages):
        if len((text + section).encode()) > _MOST_BYTES:
            left_out += findings
        else:
            text += section
    if left_out:
        text += f"\n{_marked(messages('left-out', count=left_out))}\n"
    return text


def _sections(portal: Portal, context: Context, messages: Messages) -> Iterator[tuple[str, int]]:
    shown = [finding for finding in portal.findings if finding.status is not Status.NOT_ASSESSABLE]
    for file, group in groupby(shown, key=lambda finding: finding.file):
        findings = by_gravity(group)
        named = next((finding for finding in findings if finding.agency), None)
        who = f" {named.agency} {messages.year(named.year)}" if named else ""
        rows = "".join(_row(finding, context, messages) for finding in findings)
        head = f"| {messages('column-severity')} | {messages('column-rule')} | {messages('column-place')} | {messages('column-finding')} |"
        yield f"\n### {_marked(context.path(file) + who)}\n\n{head}\n| --- | --- | --- | --- |\n{rows}", len(findings)


def _row(finding: Finding, context: Context, messages: Messages) -> str:
    cells = (
        weight(finding, messages),
        f"{finding.code} {finding.rule}",
        place_text(finding.origin).into(context.language),
        finding.message.into(context.language),
    )
    return f"| {' | '.join(_marked(cell) for cell in cells)} |\n"


def _marked(text: str) -> str:
    """Escape what Markdown or HTML would read as markup."""
    return _MARKED.sub(r"\\\1", escape(visible(" ".join(text.split())), quote=False))
