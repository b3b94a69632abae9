"""Findings as data: the JSON that `govreport check --format json` prints; see `schemas/findings.schema.json`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.fingerprints import fingerprint, fingerprints
from mkdocs_govreport.model import Breach, Finding, Origin, Severity, Status, Term, Waiver
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.pipeline import Portal


def write_json(portal: Portal, context: Context) -> str:
    """Write the document of all findings."""
    return json.dumps(findings_document(portal, context.language), ensure_ascii=False, indent=2) + "\n"


def findings_document(portal: Portal, language: str) -> dict[str, Any]:
    """Return all findings of a portal with a summary."""
    return {
        "version": 1,
        "summary": {
            "reports": portal.files,
            "errors": portal.count(Severity.ERROR),
            "warnings": portal.count(Severity.WARNING),
            "waived": portal.tally(Status.WAIVED),
            "baselined": portal.tally(Status.BASELINED),
            "not_assessable": portal.not_assessable,
        },
        "findings": [
            finding_document(finding, language) | {"fingerprint": identifier}
            for finding, identifier in zip(portal.findings, fingerprints(portal.findings), strict=True)
        ],
    }


def finding_document(finding: Finding, language: str) -> dict[str, Any]:
    """Return one finding."""
    origin = finding.origin
    return {
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity.value,
        "status": finding.status.value,
        "agency": finding.agency,
        "year": finding.year,
        "file": finding.file,
        "line": origin.line if origin else None,
        "column": origin.column if origin else None,
        "page": origin.page if origin else None,
        "sheet": origin.sheet if origin else None,
        "cell": _cell(origin),
        "paths": list(finding.paths),
        "message": finding.message.into(language),
        "expected": _plain(finding.expected),
        "actual": _plain(finding.actual),
        "imbalance": _plain(finding.imbalance),
        "terms": [_term(term) for term in finding.terms],
        "also_breaks": [_breach(breach, language) for breach in finding.also_breaks],
        "explanations": [
            {
                "kind": explanation.kind,
                "confidence": explanation.confidence,
                "message": explanation.message.into(language) if explanation.message else "",
                "changes": [
                    {"path": change.path, "from": _plain(change.before), "to": _plain(change.after)}
                    for change in explanation.changes
                ],
            }
            for explanation in finding.explanations
        ],
        "complete": finding.complete,
        "waiver": _waiver(finding.waiver),
        "fingerprint": fingerprint(finding),
    }


def _plain(value: Any) -> Any:
    return plain_number(value) if isinstance(value, Decimal) else value


def _waiver(waiver: Waiver | None) -> dict[str, str | None] | None:
    if waiver is None:
        return None
    return {
        "reason": waiver.reason,
        "author": waiver.author,
        "date": waiver.date,
        "expires": waiver.expires,
        "evidence": waiver.evidence,
    }


def _cell(origin: Origin | None) -> dict[str, int | None] | None:
    if origin is None or origin.table is None:
        return None
    return {"table": origin.table, "row": origin.row, "cell": origin.cell}


def _term(term: Term) -> dict[str, Any]:
    origin = term.origin
    return {
        "path": term.path,
        "year": term.year,
        "side": term.side,
        "value": _plain(term.value),
        "file": origin.file if origin else None,
        "line": origin.line if origin else None,
        "column": origin.column if origin else None,
        "page": origin.page if origin else None,
        "sheet": origin.sheet if origin else None,
        "cell": _cell(origin),
        "raw": origin.raw if origin else None,
    }


def _breach(breach: Breach, language: str) -> dict[str, Any]:
    return {
        "rule": breach.rule,
        "code": breach.code,
        "message": breach.message.into(language),
        "imbalance": _plain(breach.imbalance),
        "paths": [term.path for term in breach.terms],
    }
