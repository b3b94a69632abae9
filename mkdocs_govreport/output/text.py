"""Findings for people at a terminal: grouped by report, with the line of the source and the sums."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Origin, Severity, Status
from mkdocs_govreport.output.context import Context, LineOf
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.pipeline import Portal

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_EXCERPT_WIDTH = 68
_MOST_OF_A_RULE = {Severity.ERROR: 20, Severity.WARNING: 3, Severity.INFO: 3}


def write_text(portal: Portal, context: Context) -> str:
    """Write all findings of a portal for people."""
    return render_findings(portal, context.language, context.line_of, colour=context.colour, width=context.width)


def render_findings(portal: Portal, language: str, line_of: LineOf, *, colour: bool = False, width: int = 100) -> str:
    """Write all findings of a portal, by report, with a summary at the end."""
    texts = [text for _, text in render_reports(portal, language, line_of, colour=colour, width=width)]
    return "\n".join([*texts, summary(portal, Messages(language)) + "\n"])


def render_reports(
    portal: Portal, language: str, line_of: LineOf, *, colour: bool = False, width: int = 100
) -> Iterator[tuple[Severity, str]]:
    """Write the findings about each file, with the gravest severity among them.

    Of a rule that a report breaks many times the first few are shown and the rest counted.
    """
    messages = Messages(language)
    for _, group in groupby(portal.findings, key=lambda finding: finding.file):
        findings = list(group)
        output = io.StringIO()
        colours: Literal["standard"] | None = "standard" if colour else None
        console = Console(
            file=output, force_terminal=colour, color_system=colours, width=width, highlight=False, markup=False
        )
        _report(findings, console, messages, line_of)
        text = "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())
        yield min((finding.severity for finding in findings), key=lambda severity: severity.rank), text


def _report(findings: list[Finding], console: Console, messages: Messages, line_of: LineOf) -> None:
    first = next((finding for finding in findings if finding.agency), findings[0])
    who = f"  {first.agency} {messages.year(first.year)}" if first.agency else ""
    console.print(Line(f"{findings[0].file}{who}", style="bold"), soft_wrap=True)
    shown: Counter[tuple[str, Status]] = Counter()
    for finding in findings:
        if finding.status is Status.NOT_ASSESSABLE:
            continue
        key = (finding.rule, finding.status)
        shown[key] += 1
        if shown[key] <= _MOST_OF_A_RULE[finding.severity]:
            _finding(finding, console, messages, line_of)
    for (rule, _), count in shown.items():
        hidden = count - _MOST_OF_A_RULE[next(f.severity for f in findings if f.rule == rule)]
        if hidden > 0:
            console.print(f"  {messages('more', rule=rule, count=hidden)}")
    unjudged = sum(1 for finding in findings if finding.status is Status.NOT_ASSESSABLE)
    if unjudged:
        console.print(f"  {messages('not-assessable', count=unjudged)}")


def _finding(finding: Finding, console: Console, messages: Messages, line_of: LineOf) -> None:
    place = place_text(finding.origin).into(messages.language)
    head = Line("  ")
    head.append(messages(finding.severity.value), style=_STYLES[finding.severity])
    head.append(f" {finding.code} {finding.rule}", style="dim" if console.is_terminal else "")
    if place:
        head.append(f"  {place}")
    console.print(head, soft_wrap=True)
    _sentence(finding.message.into(messages.language), console)
    _excerpt(finding.origin, console, line_of)
    if finding.terms:
        console.print(Padding(_sums(finding, messages), (0, 0, 0, 4), expand=False))
    for breach in finding.also_breaks:
        text = messages("also-breaks", code=breach.code, message=breach.message.into(messages.language))
        _sentence(text, console)


def _sentence(text: str, console: Console) -> None:
    """Write a sentence on one line: terminals wrap it, and a search through a log finds it whole."""
    console.print(Line(f"    {text}"), soft_wrap=True)


def _excerpt(origin: Origin | None, console: Console, line_of: LineOf) -> None:
    """Show the line that an origin is in, with carets under the raw text."""
    if origin is None or origin.line is None:
        return
    line = line_of(origin.file, origin.line)
    if line is None or not line.strip():
        return
    line = line.replace("\t", " ")
    start = (origin.column or 1) - 1
    if origin.column is None:
        start = max(line.find(origin.raw), 0) if origin.raw else 0
    length = max(len(origin.raw) if origin.raw and line[start : start + len(origin.raw)] == origin.raw else 1, 1)
    begin = _cut_before(line, start)
    end = begin
    while end < len(line) and cell_len(line[begin : end + 1]) <= _EXCERPT_WIDTH:
        end += 1
    before = "…" if begin else ""
    after = "…" if end < len(line) else ""
    number = str(origin.line).rjust(5)
    marked = min(length, max(end - start, 1))
    carets = " " * cell_len(before + line[begin:start]) + "^" * max(cell_len(line[start : start + marked]), 1)
    console.print(
        Line(f"    {number} │ {before}{line[begin:end]}{after}", style="dim" if console.is_terminal else ""),
        soft_wrap=True,
    )
    console.print(Line(f"    {' ' * 5} │ {carets}", style=_STYLES[Severity.ERROR]), soft_wrap=True)


def _cut_before(line: str, start: int) -> int:
    begin = start
    while begin > 0 and cell_len(line[begin - 1 : start]) <= _EXCERPT_WIDTH // 2:
        begin -= 1
    return begin


def _sums(finding: Finding, messages: Messages) -> Table:
    """Lay the terms of an equation out as a small table with both sums and the difference."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    for side, total in (("left", finding.expected), ("right", finding.actual)):
        terms = [term for term in finding.terms if term.side == side]
        shown = [term for term in terms if term.value] or terms[:1]
        for term in shown:
            title = term.title.into(messages.language)
            if term.year != finding.year:
                title = f"{messages.year(term.year)} {title}"
            same_file = term.origin is None or term.origin.file == finding.file
            place = place_text(term.origin).into(messages.language) + (
                "" if same_file or term.origin is None else f"  {term.origin.file}"
            )
            table.add_row(title, f"{term.value:,}" if term.value is not None else "", place)
        if len(terms) > 1:
            zeros = len(terms) - len(shown)
            table.add_row(
                messages(f"sum-{side}"),
                f"{total:,}" if total is not None else "",
                messages("zeros", count=zeros) if zeros else "",
                style="bold",
            )
    imbalance = finding.imbalance
    table.add_row(messages("difference"), f"{imbalance:+,}" if imbalance is not None else "", "", style="bold red")
    return table
