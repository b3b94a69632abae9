"""Findings for GitLab: the list that its widget for code quality reads from an artefact."""

from __future__ import annotations

import json
from typing import Any

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.fingerprints import fingerprints
from mkdocs_govreport.model import Finding, Severity, Status
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.pipeline import Portal

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def write_gitlab(portal: Portal, context: Context) -> str:
    """Write the open findings; GitLab compares them with those of the target branch by their fingerprints.

    What was waived or could not be judged is left out: the format knows nothing that does not count.
    """
    issues = [
        _issue(finding, fingerprint, context)
        for finding, fingerprint in zip(portal.findings, fingerprints(portal.findings), strict=True)
        if finding.status is Status.OPEN
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str, context: Context) -> dict[str, Any]:
    origin = finding.origin
    place = place_text(origin).into(context.language)
    has_line = origin is not None and origin.line is not None
    message = finding.message.into(context.language)
    return {
        "description": f"{finding.code} {message}" if has_line or not place else f"{finding.code} {place}: {message}",
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # A line is demanded even where the source has none.
        "location": {
            "path": context.path(finding.file),
            "lines": {"begin": origin.line if origin and origin.line else 1},
        },
    }
