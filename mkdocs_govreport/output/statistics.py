"""How many findings there are of each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Severity
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.standing import weight
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.pipeline import Portal


def write_statistics(portal: Portal, context: Context) -> str:
    """Count findings by rule and weight, with the number of reports, those that count most first."""
    messages = Messages(context.language)
    rows = rows_by_rule(portal.findings, messages)
    lines = aligned(rows) if portal.findings else [messages("statistics-none")]
    return "\n".join([*lines, "", summary(portal, messages)]) + "\n"


def rows_by_rule(findings: Iterable[Finding], messages: Messages) -> list[tuple[str, ...]]:
    """Return a header, and a row for each rule and weight: findings, reports, weight, code, name."""
    groups: dict[tuple[bool, Severity, str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        word = weight(finding, messages)
        groups[finding.status.value != "open", finding.severity, word, finding.code, finding.rule].append(finding)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1].rank, -len(item[1]), item[0][3]))
    rows = [
        (str(len(found)), str(len({finding.file for finding in found})), word, code, rule)
        for (_, _, word, code, rule), found in ordered
    ]
    head = tuple(messages(f"column-{name}") for name in ("count", "reports", "severity"))
    return [(*head, messages("column-rule"), ""), *rows]


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lay rows out in columns; the first two are numbers."""
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [
            _pad(cell, width, right=number < 2) for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    return lines


def _pad(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks
