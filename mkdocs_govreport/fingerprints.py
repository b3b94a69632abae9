"""Fingerprints: what tells a finding from all others for as long as it is about the same figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from mkdocs_govreport.model import Finding, Status


def fingerprint(finding: Finding) -> str:
    """Identify a finding by what it is about, so that moving lines or changing other figures keeps it.

    Whether it is waived or in a baseline makes no other finding of it.
    """
    subject = "|".join(finding.paths) or finding.message.zh
    who = finding.agency_id or finding.agency or finding.file
    kind = Status.NOT_ASSESSABLE if finding.status is Status.NOT_ASSESSABLE else Status.OPEN
    text = "\n".join([finding.rule, kind, who, str(finding.year), finding.file if not finding.paths else "", subject])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return a fingerprint for each finding, numbered where a report has the same slip again."""
    seen: Counter[str] = Counter()
    identifiers = []
    for finding in findings:
        identifier = fingerprint(finding)
        seen[identifier] += 1
        identifiers.append(identifier if seen[identifier] == 1 else f"{identifier}-{seen[identifier]}")
    return identifiers
