"""Findings as SARIF 2.1.0, the format in which tools exchange results of static analysis (OASIS, 2020)."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.checks import place_text
from mkdocs_govreport.editions import Rule
from mkdocs_govreport.fingerprints import fingerprints
from mkdocs_govreport.model import Finding, Origin, Severity, Status, Term, Text
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.standing import is_set_aside
from mkdocs_govreport.pipeline import Portal

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.OFF: "none"}
_ROOT = "%SRCROOT%"


def write_sarif(portal: Portal, context: Context) -> str:
    """Write one run with all rules and all findings; waived ones are suppressed, what cannot be judged is `open`."""
    rules = sorted(portal.catalogue.rules.values(), key=lambda rule: rule.code)
    place = {rule.name: number for number, rule in enumerate(rules)}
    results = [
        _result(finding, fingerprint, place[finding.rule], context)
        for finding, fingerprint in zip(portal.findings, fingerprints(portal.findings), strict=True)
    ]
    run = {
        "tool": {
            "driver": {
                "name": "govreport",
                "version": version("mkdocs-govreport"),
                "rules": [_rule(rule, context.language) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "language": "en-US" if context.language == "en" else "zh-CN",
        "results": results,
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    def said(*texts: Text | None) -> str:
        return "\n\n".join(text.into(language) for text in texts if text is not None)

    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title.into(language)},
        "fullDescription": {"text": rule.explanation.into(language)},
        "help": {"text": said(rule.explanation, rule.why, rule.exceptions, rule.remedy, rule.reference)},
        "defaultConfiguration": {"enabled": rule.severity is not Severity.OFF, "level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.standing]},
    }
    return described


def _result(finding: Finding, fingerprint: str, rule_index: int, context: Context) -> dict[str, Any]:
    is_judged = finding.status is not Status.NOT_ASSESSABLE
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "kind": "fail" if is_judged else "open",
        "level": _LEVELS[finding.severity] if is_judged else "none",
        "message": {"text": finding.message.into(context.language)},
        "locations": [_location(finding.file, finding.origin, context)],
        "partialFingerprints": {"govreport/v1": fingerprint},
    }
    related = [
        _location(term.origin.file, term.origin, context) | {"id": number, "message": {"text": _said(term, context)}}
        for number, term in enumerate(finding.terms, 1)
        if term.origin is not None and (term.value or not is_judged)
    ]
    if related:
        result["relatedLocations"] = related
    if is_set_aside(finding):
        reason = finding.waiver.reason if finding.waiver else finding.status.value
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    result["properties"] = _properties(finding)
    return result


def _location(file: str, origin: Origin | None, context: Context) -> dict[str, Any]:
    # GitHub refuses a result without a line; one about a whole file, or a cell of a Word file, is at the first.
    region: dict[str, Any] = {"startLine": origin.line if origin and origin.line else 1}
    if origin is not None and origin.line is not None and origin.column is not None:
        region["startColumn"] = origin.column
        region["endColumn"] = origin.column + max(len(origin.raw), 1)
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(file, context), "region": region}}
    place = place_text(origin).into(context.language)
    if place:
        location["logicalLocations"] = [{"fullyQualifiedName": place}]
    return location


def _artifact(file: str, context: Context) -> dict[str, str]:
    path = context.path(file)
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _said(term: Term, context: Context) -> str:
    value = "—" if term.value is None else f"{term.value:,}"
    year = "" if term.year is None else f"{term.year} "
    return f"{year}{term.title.into(context.language)} {value}"


def _properties(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "status": finding.status.value,
        "agency": finding.agency,
        "year": finding.year,
        "paths": list(finding.paths),
        "expected": _plain(finding.expected),
        "actual": _plain(finding.actual),
        "imbalance": _plain(finding.imbalance),
        "alsoBreaks": [breach.code for breach in finding.also_breaks],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _plain(value: Any) -> Any:
    return plain_number(value) if isinstance(value, Decimal) else value
