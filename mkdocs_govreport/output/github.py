"""Findings for GitHub Actions: commands in the log that annotate the lines of a change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Severity, Status
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.standing import by_gravity
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.INFO: 9}
"""GitHub shows ten annotations of a type from a step; the tenth notice is for what was left over."""


def write_github(portal: Portal, context: Context) -> str:
    """Write the open findings, the gravest first; those that GitHub would not show are in a group of the log."""
    messages = Messages(context.language)
    annotated: list[Finding] = []
    others: list[Finding] = []
    shown = dict.fromkeys(_MOST, 0)
    for finding in by_gravity(portal.findings):
        if finding.status is not Status.OPEN:
            continue
        shown[finding.severity] += 1
        (annotated if shown[finding.severity] <= _MOST[finding.severity] else others).append(finding)
    lines = [_annotation(finding, context) for finding in annotated]
    if others:
        title = messages("github-more", count=len(others))
        lines += _group(title, [_plain(finding, context, messages) for finding in others])
        lines.append(f"::notice::{_data(title)}")
    lines.append(_one_line(summary(portal, messages)))
    return "\n".join(lines) + "\n"


def _annotation(finding: Finding, context: Context) -> str:
    origin = finding.origin
    properties = {"file": context.path(finding.file)}
    if origin is not None and origin.line is not None:
        properties["line"] = str(origin.line)
        if origin.column is not None:
            properties["col"] = str(origin.column)
            properties["endColumn"] = str(origin.column + max(len(origin.raw), 1))
    properties["title"] = f"{finding.code} {finding.rule}"
    text = finding.message.into(context.language)
    place = place_text(origin).into(context.language)
    if place and "line" not in properties:
        text = f"{place}: {text}"
    joined = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {joined}::{_data(text)}"


def _group(title: str, lines: list[str]) -> Iterator[str]:
    """Fold lines in the log; commands are off meanwhile, since the lines quote what reports say."""
    token = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    yield f"::group::{_data(title)}"
    yield f"::stop-commands::{token}"
    yield from lines
    yield f"::{token}::"
    yield "::endgroup::"


def _plain(finding: Finding, context: Context, messages: Messages) -> str:
    place = place_text(finding.origin).into(context.language)
    where = f"{context.path(finding.file)} {place}".rstrip()
    text = finding.message.into(context.language)
    return _one_line(f"{messages(finding.severity.value)} {finding.code} {finding.rule} {where}: {text}")


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))


def _data(text: str) -> str:
    """Escape what would end a command's message."""
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
