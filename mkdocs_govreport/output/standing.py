"""What a finding counts for, and the order in which findings are shown."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Severity, Status


def is_set_aside(finding: Finding) -> bool:
    """Whether somebody decided that a finding need not be mended: it is shown as such and fails nothing."""
    return finding.status not in (Status.OPEN, Status.NOT_ASSESSABLE)


def fails(finding: Finding, *, strict: bool) -> bool:
    """Whether a finding fails a check; warnings do where the check is strict."""
    gravest = Severity.WARNING if strict else Severity.ERROR
    return finding.status is Status.OPEN and finding.severity.rank <= gravest.rank


def by_gravity(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings: what is open first, the gravest of it before all; files keep their order."""
    return sorted(findings, key=lambda finding: (finding.status is not Status.OPEN, finding.severity.rank))


def weight(finding: Finding, messages: Messages) -> str:
    """Say how much a finding weighs: its severity, or what became of it."""
    if finding.status is Status.OPEN:
        return messages(finding.severity.value)
    return messages.get(f"status-{finding.status.value}") or finding.status.value
