"""What the findings of all reports come to: how many there are of each rule, and which files have errors."""

from __future__ import annotations

from collections import Counter

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Severity, Status
from mkdocs_govreport.output.detail import Lesser
from mkdocs_govreport.output.statistics import aligned, rows_by_rule
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal

_MOST_FILES = 20


def totals(portal: Portal, messages: Messages, lesser: Lesser) -> str:
    """Count the open findings by rule, name the files with errors, and say how to list what was not; nothing for one finding."""
    found = [finding for finding in portal.findings if finding.status is Status.OPEN]
    if len(found) < 2:
        return ""
    lines = [messages("totals-by-rule"), *(f"  {line}" for line in aligned(rows_by_rule(found, messages)))]
    errors = Counter(finding.file for finding in found if finding.severity is Severity.ERROR)
    if errors:
        lines.append(messages("totals-files", count=len(errors)))
        lines += [
            f"  {visible(file)}  {messages('errors-of-file', count=count)}"
            for file, count in errors.most_common(_MOST_FILES)
        ]
    if len(errors) > _MOST_FILES:
        lines.append(f"  {messages('totals-more-files', count=len(errors) - _MOST_FILES)}")
    if lesser is not Lesser.IN_FULL:
        lines.append(messages("totals-list", code=next(f.code for f in found)))
    return "".join(f"{line}\n" for line in lines)
