"""What became of a file."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_govreport.model import Claim, Finding, Report


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: a report, or none, the findings about it, and the claims of its prose.

    Where that was asked for, `content` is a digest of the file and `key` tells the result from that of other
    bytes or settings.
    """

    file: str
    report: Report | None
    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...] = ()
    key: bytes = b""
    content: bytes = b""
