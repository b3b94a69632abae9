"""What became of a file."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_govreport.model import Finding, Report


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: a report, or none, and the findings about it.

    Where that was asked for, `content` is a digest of the file and `key` tells the result from that of other
    bytes or settings.
    """

    file: str
    report: Report | None
    findings: tuple[Finding, ...]
    key: bytes = b""
    content: bytes = b""
