"""The baseline: findings that were there when a portal was taken over, so that only new ones fail.

A finding is told by what it is about and by the figures that it is about: another wrong figure at the same place
is a new finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.checks import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.fingerprints import fingerprints
from mkdocs_govreport.model import Finding, Origin, Report, Severity, Status
from mkdocs_govreport.records.files import RecordFiles
from mkdocs_govreport.records.lines import RecordError, read_json_record

SCHEMA = "urn:mkdocs-govreport:baseline"

Entries = Sequence[Mapping[str, Any]]


def apply_baseline(
    findings: list[Finding], reports: Iterable[Report], files: RecordFiles, catalogue: Catalogue, told: Findings
) -> list[Finding]:
    """Return the findings with those that the baseline has marked; entries that are not found any more are told."""
    path = files.baseline
    if path is None:
        return findings
    name = files.name(path)
    try:
        entries = read_baseline(path, catalogue)
    except RecordError as error:
        told.add("faulty-record", Origin(name, line=error.line), problem=error.problem)
        return findings
    known = {_key(entry) for entry in entries}
    states = list(_states(findings, reports))
    found = set()
    result = []
    for finding, key in zip(findings, states, strict=True):
        if finding.status is Status.OPEN and key in known:
            found.add(key)
            finding = replace(finding, status=Status.BASELINED)
        result.append(finding)
    judged = {finding.file for finding in findings} | {report.file for report in reports}
    for entry in entries:
        if _key(entry) not in found and (files.whole or entry["file"] in judged):
            told.add("stale-baseline", Origin(name), file=entry["file"], rule=entry["rule"], finding=entry["message"])
    return result


def baseline_of(
    findings: Sequence[Finding], reports: Iterable[Report], catalogue: Catalogue
) -> list[Mapping[str, Any]]:
    """Return the entries of a baseline of all errors and warnings but those that are waived or about records."""
    entries = []
    for finding, (identifier, state) in zip(findings, _states(findings, reports), strict=True):
        about_records = catalogue.rule(finding.rule).scope == "records"
        recorded = finding.status in (Status.OPEN, Status.BASELINED) and not about_records
        if recorded and finding.severity in (Severity.ERROR, Severity.WARNING):
            entries.append(
                {
                    "file": finding.file,
                    "agency": finding.agency_id,
                    "year": finding.year,
                    "rule": finding.rule,
                    "fingerprint": identifier,
                    "figures": state,
                    "difference": plain_number(finding.imbalance),
                    "message": finding.message.zh,
                }
            )
    return sorted(entries, key=lambda entry: (entry["file"], entry["rule"], entry["fingerprint"]))


def pruned(entries: Entries, findings: Sequence[Finding], reports: Iterable[Report]) -> list[Mapping[str, Any]]:
    """Return the entries of a baseline that are found still."""
    found = {
        key
        for finding, key in zip(findings, _states(findings, reports), strict=True)
        if finding.status is Status.BASELINED
    }
    return [entry for entry in entries if _key(entry) in found]


def read_baseline(path: Path, catalogue: Catalogue) -> Entries:
    """Read a baseline.

    Raises:
        RecordError: when it cannot be read or is not of its schema.
    """
    document = read_json_record(path, catalogue.schemas[SCHEMA])
    entries: Entries = document["findings"]
    return entries


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return (entry["fingerprint"], entry["figures"])


def _states(findings: Sequence[Finding], reports: Iterable[Report]) -> Iterable[tuple[str, str]]:
    """Yield for each finding its fingerprint and a digest of the figures that it is about."""
    figures = {report.file: report.figures for report in reports}
    for finding, identifier in zip(findings, fingerprints(findings), strict=True):
        own = figures.get(finding.file, {})
        values = [
            (path, str(own[path].value), own[path].origin.raw if own[path].value is None else "")
            for path in finding.paths
            if path in own
        ]
        relations = [finding.terms, *(breach.terms for breach in finding.also_breaks)]
        other = [(term.year, term.path, str(term.value)) for terms in relations for term in terms]
        text = repr((values, other, str(finding.expected), str(finding.actual)))
        yield identifier, hashlib.sha256(text.encode()).hexdigest()[:16]
