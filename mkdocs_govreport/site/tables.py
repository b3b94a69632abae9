"""The statutory tables as HTML in the official layout, each figure with its headers and its findings.

A table's template is rendered once for an edition and a language, with marks where figures go; for
a report only the marks are filled in. Rendering 200 cells by template takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from jinja2 import Environment

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.checks.formulas import number
from mkdocs_govreport.editions import Edition, LayoutCell
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Figure, Finding, Number, Report, Status

_MARK = re.compile("\ue000([^\ue001]*)\ue001")
_PREFIX = "\ue002"
_CAPTION = "\ue003"
_LABEL = "\ue004"

ANCHOR = "finding-{number}"
"""The anchor of a finding on the page of its report."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as the template sees it; the content of a figure is a mark."""

    tag: str
    id: str
    headers: str
    rows: int
    columns: int
    content: str


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """A rendered template: texts, and between each two of them the figure that goes there."""

    texts: tuple[str, ...]
    figures: tuple[str, ...]


class Tables:
    """Renders the tables of reports."""

    def __init__(self, environment: Environment, messages: Messages) -> None:
        """Take the theme's environment, so that a site can override the template."""
        self._template = environment.get_template("govreport/table.html")
        self._messages = messages
        self._skeletons: dict[tuple[str, str], _Skeleton] = {}
        self._plain: dict[Number, str] = {}

    def render(
        self,
        report: Report,
        part: str,
        edition: Edition,
        findings: Mapping[str, tuple[int, Finding]],
        prefix: str = "",
        base: str = "",
    ) -> str:
        """Return the table `part` of a report.

        `findings` maps figure paths to the number and the finding that marks them; `prefix` keeps
        ids apart where a page holds several reports; `base` is the address of the report's page
        where that is not the page that the table stands on.
        """
        skeleton = self._skeleton(part, edition)
        language = self._messages.language
        title = edition.parts[part].title.into(language)
        label = f"{report.agency} {self._messages.year(report.year)} {title}"
        pieces = [skeleton.texts[0]]
        figures = report.figures
        for path, text in zip(skeleton.figures, skeleton.texts[1:], strict=True):
            figure = figures.get(path)
            if figure is None or figure.value is None or figure.note or path in findings:
                pieces.append(self._figure(figure, findings.get(path), base))
            else:
                pieces.append(self._plain.get(figure.value) or self._plain_figure(figure.value))
            pieces.append(text)
        html = "".join(pieces).replace(_PREFIX, prefix)
        return html.replace(_CAPTION, escape(label)).replace(_LABEL, escape(label))

    def _skeleton(self, part: str, edition: Edition) -> _Skeleton:
        key = (edition.id, part)
        if key not in self._skeletons:
            layout = edition.layouts[part]
            rows = [[self._cell(cell, part, edition) for cell in row] for row in layout.rows]
            leading = next((n for n, row in enumerate(layout.rows) if any(cell.figure for cell in row)), len(rows))
            if any(row not in layout.rows[:leading] for row in layout.header_rows):
                leading = 0  # captions stand between the rows; no header serves the whole table
            html = self._template.render(
                head=rows[:leading], body=rows[leading:], caption=_CAPTION, label=_LABEL, part=part
            )
            texts = _MARK.split(html)
            self._skeletons[key] = _Skeleton(tuple(texts[::2]), tuple(texts[1::2]))
        return self._skeletons[key]

    def _cell(self, cell: LayoutCell, part: str, edition: Edition) -> CellView:
        # Short, since a page has a thousand references to header cells.
        table = f"{_PREFIX}t{list(edition.parts).index(part) + 1}"
        if cell.label:
            text = edition.labels[part][cell.label].text.into(self._messages.language)
            return CellView("th", f"{table}{cell.id}", "", cell.rows, cell.columns, text)
        path = f"{part}.{cell.figure}"
        headers = " ".join(f"{table}{header.id}" for header in edition.layouts[part].headers[cell.figure or ""])
        return CellView("td", f"{_PREFIX}{path}", headers, cell.rows, cell.columns, f"\ue000{path}\ue001")

    def _plain_figure(self, value: Number) -> str:
        """Return a figure that nothing is to be said about; most are one of a few numbers."""
        html = number(value) if value else f'<span class="gr-zero">{number(value)}</span>'
        self._plain[value] = html
        return html

    def _figure(self, figure: Figure | None, marked: tuple[int, Finding] | None, base: str) -> str:
        if figure is None:
            text, kind = self._messages("absent"), "absent"
        elif figure.value is None:
            text, kind = figure.origin.raw or self._messages("blank"), "blank"
        else:
            text, kind = number(figure.value), "zero" if figure.value == 0 else ""
        html = escape(text)
        if kind and not marked:
            html = f'<span class="gr-{kind}">{html}</span>'
        if marked:
            index, finding = marked
            place = place_text(figure.origin if figure else None).into(self._messages.language)
            title = escape(
                " ".join(
                    filter(
                        None,
                        (self._messages(finding.severity.value), finding.message.into(self._messages.language), place),
                    )
                )
            )
            anchor = f"{base}#{ANCHOR.format(number=index)}"
            html = f'<a class="gr-flag gr-{finding.severity}" href="{escape(anchor)}" title="{title}">{html}<sup aria-hidden="true">{index}</sup></a>'
        if figure is not None and figure.note:
            html += f'<span class="gr-note">（{escape(figure.note)}）</span>'
        return html


def marked_figures(report: Report, findings: tuple[Finding, ...]) -> dict[str, tuple[int, Finding]]:
    """Tell which figures a finding marks, with the number of the finding; the gravest comes first.

    Where a wrong figure could be told it alone is marked, else the figures that the equation is
    about; of a finding about a cell, that cell.
    """
    marks: dict[str, tuple[int, Finding]] = {}
    for index, finding in sorted(enumerate(findings, 1), key=lambda item: item[1].severity.rank):
        for path in _paths(report, finding) if finding.status is Status.OPEN else ():
            marks.setdefault(path, (index, finding))
    return marks


def _paths(report: Report, finding: Finding) -> list[str]:
    if finding.explanations:
        return [change.path for explanation in finding.explanations for change in explanation.changes]
    if finding.terms:
        own = [term for term in finding.terms if term.year == report.year]
        return [term.path for term in own if term.value] or [term.path for term in own]
    return [path for path in finding.paths if path in report.figures and _is_about(report.figures[path], finding)]


def _is_about(figure: Figure, finding: Finding) -> bool:
    return finding.origin is not None and (figure.origin == finding.origin or figure.value is None)
