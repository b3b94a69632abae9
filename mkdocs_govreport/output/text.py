"""Findings for people at a terminal: grouped by report, with the line of the source and the sums."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.checks.arithmetic.formulas import change_words
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Origin, Report, Severity, Status, Text
from mkdocs_govreport.output.context import Context, LineOf
from mkdocs_govreport.output.detail import Detail, Lesser, lesser_findings
from mkdocs_govreport.output.excerpt import excerpt
from mkdocs_govreport.output.grid_text import draw_grid
from mkdocs_govreport.output.standing import by_gravity
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.output.totals import totals
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MOST_OF_A_RULE = {Severity.ERROR: 20, Severity.WARNING: 3, Severity.INFO: 3}

_MOST_PLACES = 12
_COMMA = Text("、", ", ")
_COUNTED = (
    (Status.WAIVED, "waived"),
    (Status.BASELINED, "baselined"),
    (Status.NOT_ASSESSABLE, "not-assessable"),
)


def write_text(portal: Portal, context: Context) -> str:
    """Write the findings of a portal for people."""
    return render_findings(
        portal,
        context.language,
        context.line_of,
        colour=context.colour,
        width=context.width,
        detail=context.detail,
    )


def render_findings(
    portal: Portal,
    language: str,
    line_of: LineOf,
    *,
    colour: bool = False,
    width: int = 100,
    detail: Detail = Detail.AUTO,
) -> str:
    """Write the findings of a portal, by report, with totals at the end."""
    messages = Messages(language)
    texts = [text for _, text in render_reports(portal, language, line_of, colour=colour, width=width, detail=detail)]
    hint = [messages("explain-hint", code=code) for code in _code_to_explain(portal)]
    return "\n".join([*texts, "\n".join([summary(portal, messages), *hint]) + "\n"])


def render_reports(
    portal: Portal,
    language: str,
    line_of: LineOf,
    *,
    colour: bool = False,
    width: int = 100,
    detail: Detail = Detail.AUTO,
) -> Iterator[tuple[Severity, str]]:
    """Write the findings about each file, with the gravest severity among the open ones; the gravest files first.

    Errors are printed in full, other findings as far as `detail` and their number allow. Of a rule that a report breaks
    many times the first few are shown and the rest counted. What comes last are the totals, where there is more than
    one finding; their severity is that of what was not printed before them.
    """
    messages = Messages(language)
    by_file: dict[str, list[Finding]] = {}
    for finding in portal.findings:
        by_file.setdefault(finding.file, []).append(finding)
    files = sorted(by_file.values(), key=lambda found: gravest(found).rank)
    lesser = lesser_findings(detail, sum(1 for found in files if any(map(_is_lesser, found))))
    reports = {report.file: report for report in portal.reports}
    counted = Severity.INFO
    for findings in files:
        severity = gravest(findings)
        if severity is Severity.ERROR or lesser is Lesser.IN_FULL:
            writer = _Writer(
                messages, line_of, portal.catalogue, reports.get(findings[0].file), colour=colour, width=width
            )
            yield severity, writer.file(findings, lesser)
        elif lesser is Lesser.A_LINE and severity is not Severity.INFO:
            yield severity, f"{_subject(findings, messages)}  {_counts(findings, messages)}\n"
        else:
            counted = min(counted, severity, key=lambda one: one.rank)
    closing = totals(portal, messages, lesser)
    if closing:
        yield counted, closing


def gravest(findings: list[Finding]) -> Severity:
    """Return the gravest severity among the open findings."""
    severities = [finding.severity for finding in findings if finding.status is Status.OPEN]
    return min(severities, key=lambda severity: severity.rank, default=Severity.INFO)


def _is_lesser(finding: Finding) -> bool:
    return finding.status is Status.OPEN and finding.severity is not Severity.ERROR


def _subject(findings: list[Finding], messages: Messages) -> str:
    """Name a file, and whose report it is; a finding about the registry is about one of many agencies."""
    subjects = {(finding.agency, finding.year): finding for finding in findings if finding.agency}
    first = next(iter(subjects.values())) if len(subjects) == 1 else None
    return visible(f"{findings[0].file}{f'  {first.agency} {messages.year(first.year)}' if first else ''}")


def _counts(findings: list[Finding], messages: Messages) -> str:
    """Count the findings of each rule that are open and no errors."""
    rules = Counter(f"{finding.code} {finding.rule}" for finding in findings if _is_lesser(finding))
    listed = _COMMA.into(messages.language).join(f"{rule} ×{count}" for rule, count in rules.most_common())
    return messages("others-counted", count=rules.total(), rules=listed)


def _code_to_explain(portal: Portal) -> list[str]:
    """Return the code of the gravest finding, as an example of what can be explained."""
    return [finding.code for finding in by_gravity(portal.findings) if finding.status is Status.OPEN][:1]


class _Writer:
    """Writes the findings about one file."""

    def __init__(
        self,
        messages: Messages,
        line_of: LineOf,
        catalogue: Catalogue,
        report: Report | None,
        *,
        colour: bool,
        width: int,
    ) -> None:
        colours: Literal["standard"] | None = "standard" if colour else None
        self._output = io.StringIO()
        self._console = Console(
            file=self._output, force_terminal=colour, color_system=colours, width=width, highlight=False, markup=False
        )
        self._messages, self._line_of = messages, line_of
        self._catalogue, self._report = catalogue, report
        self._dim = "dim" if colour else ""

    def file(self, findings: list[Finding], lesser: Lesser) -> str:
        self._console.print(Line(_subject(findings, self._messages), style="bold"), soft_wrap=True)
        in_full = lesser is Lesser.IN_FULL
        self._open([finding for finding in findings if in_full or not _is_lesser(finding)])
        if not in_full and any(map(_is_lesser, findings)):
            self._console.print(Line(f"  {_counts(findings, self._messages)}"), soft_wrap=True)
        for status, text in _COUNTED:
            count = sum(1 for finding in findings if finding.status is status)
            if count:
                self._console.print(f"  {self._messages(text, count=count)}")
        if in_full:
            self._offers([finding for finding in findings if finding.status is Status.NOT_ASSESSABLE])
        return "".join(f"{line.rstrip()}\n" for line in self._output.getvalue().splitlines())

    def _open(self, findings: list[Finding]) -> None:
        """Write the open findings, of each rule the first few."""
        shown: Counter[tuple[str, str | None]] = Counter()
        for finding in by_gravity(findings):
            if finding.status is Status.OPEN:
                key = (finding.rule, finding.agency_id)
                shown[key] += 1
                if shown[key] <= _MOST_OF_A_RULE[finding.severity]:
                    self._finding(finding)
        for (rule, _), count in shown.items():
            hidden = count - _MOST_OF_A_RULE[next(f.severity for f in findings if f.rule == rule)]
            if hidden > 0:
                self._console.print(f"  {self._messages('more', rule=rule, count=hidden)}")

    def _offers(self, findings: list[Finding]) -> None:
        """Say which values follow for blanks: they are offered once, whatever number of relations they are missing from."""
        changes = {change.path: change for f in findings for e in f.explanations for change in e.changes}
        if changes and self._report is not None:
            words = change_words(list(changes.values()), self._report, self._catalogue)
            _sentence(self._messages("offered", changes=words.into(self._messages.language)), self._console)

    def _finding(self, finding: Finding) -> None:
        language = self._messages.language
        place = place_text(finding.origin).into(language)
        head = Line("  ")
        head.append(self._messages(finding.severity.value), style=_STYLES[finding.severity])
        head.append(f" {finding.code} {finding.rule}", style=self._dim)
        if place:
            head.append(visible(f"  {place}"))
        self._console.print(head, soft_wrap=True)
        _sentence(finding.message.into(language), self._console)
        _excerpt(finding.origin, self._console, self._line_of)
        self._relations(finding)
        self._advice(finding)

    def _relations(self, finding: Finding) -> None:
        """Show the sums that do not agree: in a part of the table where they are of its rows and columns."""
        others = finding.also_breaks
        drawn = None
        if self._report is not None and finding.terms:
            edition = self._catalogue.edition_of(self._report, finding.terms[0].path)
            drawn = draw_grid(finding, edition, self._messages, self._console.width - 4)
        if drawn is not None:
            grid, lines = drawn
            others = grid.others
            for line in lines:
                self._console.print(Line("    ").append_text(line), soft_wrap=True)
            if grid.places:
                shown = grid.places[:_MOST_PLACES]
                more = "…" if len(grid.places) > len(shown) else ""
                _sentence(
                    self._messages("grid-places", places=_COMMA.into(self._messages.language).join(shown) + more),
                    self._console,
                )
            if grid.also:
                rules = ", ".join(f"{breach.code} {breach.rule}" for breach in grid.also)
                _sentence(self._messages("also-breaks-short", rules=rules), self._console)
        elif finding.terms:
            self._console.print(Padding(_sums(finding, self._messages), (0, 0, 0, 4), expand=False))
        for breach in others:
            text = self._messages("also-breaks", code=breach.code, message=breach.message.into(self._messages.language))
            _sentence(text, self._console)

    def _advice(self, finding: Finding) -> None:
        """Say what to do about sums of one report; a sole explanation says it itself, as do messages of other rules.

        Between reports nothing is blamed.
        """
        is_own = all(term.origin is None or term.origin.file == finding.file for term in finding.terms)
        if not is_own or self._catalogue.rule(finding.rule).message is not None or len(finding.explanations) == 1:
            return
        is_any = all(len(explanation.changes) == 1 for explanation in finding.explanations)
        key = "do-compare" if not finding.explanations else "do-one-of" if is_any else "do-some"
        _sentence(self._messages(key), self._console)


def _sentence(text: str, console: Console) -> None:
    """Write a sentence on one line: terminals wrap it, and a search through a log finds it whole."""
    console.print(Line(visible(f"    {text}")), soft_wrap=True)


def _excerpt(origin: Origin | None, console: Console, line_of: LineOf) -> None:
    """Show the line that an origin is in, with carets under the raw text."""
    shown = excerpt(origin, line_of)
    if shown is None:
        return
    style = "dim" if console.is_terminal else ""
    console.print(Line(f"    {str(shown.number).rjust(5)} │ {shown.text}", style=style), soft_wrap=True)
    console.print(Line(f"    {' ' * 5} │ {shown.carets}", style=_STYLES[Severity.ERROR]), soft_wrap=True)


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
            table.add_row(visible(title), f"{term.value:,}" if term.value is not None else "", visible(place))
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
