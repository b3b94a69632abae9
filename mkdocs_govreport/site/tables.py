"""The statutory tables as HTML in the official layout, each figure with its headers and its findings.

A table's template is rendered once for an edition and a language, with marks where figures go; for
a report only the marks are filled in. Rendering 200 cells by template takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from jinja2 import Environment

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.editions import Catalogue, Edition, LayoutCell
from mkdocs_govreport.figures import notes_of, numbers_of
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Figure, Finding, Number, Report, Status, column_letters
from mkdocs_govreport.site.kept import Kept

_MARK = re.compile("\ue000([^\ue001]*)\ue001")
_PREFIX = "\ue002"
_LABEL = "\ue000\ue001"
_JOINT = "\ue003"
_ZERO = ""  # stands for a zero among the figures of a table, which has more of them than of all others

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


class _Skeleton(NamedTuple):
    """A rendered template: texts at even places, and at odd ones the path of the figure that goes there.

    Where the path is empty, at `labels`, the name of the table goes. `prefixed` has a mark before every id, `texts` has not.
    """

    prefixed: tuple[str, ...]
    texts: tuple[str, ...]
    paths: tuple[str, ...]
    labels: tuple[int, ...]


class FilledTable(NamedTuple):
    """A table of a report as what is its own: the figures, as HTML, that go between the texts of its skeleton.

    `prefix` keeps ids apart where a page holds several reports.
    """

    edition: str
    part: str
    label: str
    prefix: str
    figures: str


class Tables:
    """Renders the tables of reports."""

    def __init__(self, environment: Environment, messages: Messages, catalogue: Catalogue, kept: Kept) -> None:
        """Take the theme's environment, so that a site can override the template."""
        self._environment = environment
        self._messages = messages
        self._catalogue = catalogue
        self._kept = kept
        self._skeletons: dict[tuple[str, str], _Skeleton] = {}
        self._plain: dict[Number, str] = {0: _ZERO}
        self._zero = _zero(number(0))

    def fill(
        self,
        report: Report,
        part: str,
        findings: Mapping[str, tuple[int, Finding]],
        prefix: str = "",
        base: str = "",
    ) -> FilledTable:
        """Return the table `part` of a report.

        `findings` maps figure paths to the number and the finding that marks them; `base` is the address of
        the report's page where that is not the page that the table stands on.
        """
        edition = self._catalogue.edition_of(report, part)
        title = edition.parts[part].title.into(self._messages.language)
        label = f"{report.agency} {self._messages.year(report.year)} {title}"
        numbers, notes = numbers_of(report), notes_of(report)
        pieces = []
        for path in filter(None, self._skeleton(part, edition).paths):
            value = numbers.get(path)
            if value is None or path in findings or path in notes:
                pieces.append(self._figure(report.figures.get(path), findings.get(path), base))
            else:
                known = self._plain.get(value)
                pieces.append(self._plain_figure(value) if known is None else known)
        return FilledTable(edition.id, part, label, prefix, _JOINT.join(pieces))

    def pieces(self, table: FilledTable) -> list[str]:
        """Return the pieces of a table in the official layout, for a page to be put together at once."""
        skeleton = self._skeleton(table.part, self._catalogue.editions[table.edition])
        zero = self._zero
        count = len(skeleton.paths) - len(skeleton.labels)
        between = [figure or zero for figure in table.figures.split(_JOINT)[:count]]
        label = escape(table.label)
        for place in skeleton.labels:
            between.insert(place, label)
        pieces = list(skeleton.texts)
        if table.prefix:
            prefix = escape(table.prefix)
            pieces = [text.replace(_PREFIX, prefix) for text in skeleton.prefixed]
        pieces[1::2] = between
        return pieces

    def _skeleton(self, part: str, edition: Edition) -> _Skeleton:
        """Return a table without figures; the template is rendered once for an edition and a language."""
        key = (edition.id, part)
        if key not in self._skeletons:
            name = skeleton_name(edition.id, part)
            kept = self._kept.get(name)
            if kept is None:
                kept = self._render_skeleton(part, edition)
                self._kept.add(name, kept)
            self._skeletons[key] = _skeleton_of(kept)
        return self._skeletons[key]

    def _render_skeleton(self, part: str, edition: Edition) -> tuple[str, ...]:
        layout = edition.layouts[part]
        # Short, since a page has a thousand references to header cells.
        table = f"{_PREFIX}t{list(edition.parts).index(part) + 1}"
        labels = (cell for row in layout.rows for cell in row if cell.label)
        ids = {cell: f"{table}{column_letters(number).lower()}" for number, cell in enumerate(labels, 1)}
        rows = [[self._cell(cell, part, edition, ids) for cell in row] for row in layout.rows]
        leading = next((n for n, row in enumerate(layout.rows) if any(cell.figure for cell in row)), len(rows))
        if any(row not in layout.rows[:leading] for row in layout.header_rows):
            leading = 0  # captions stand between the rows; no header serves the whole table
        html = self._environment.get_template("govreport/table.html").render(
            head=rows[:leading], body=rows[leading:], caption=_LABEL, label=_LABEL, part=part
        )
        return tuple(_MARK.split(html))

    def _cell(self, cell: LayoutCell, part: str, edition: Edition, ids: Mapping[LayoutCell, str]) -> CellView:
        if cell.label:
            text = edition.labels[part][cell.label].text.into(self._messages.language)
            return CellView("th", ids[cell], "", cell.rows, cell.columns, text)
        path = f"{part}.{cell.figure}"
        headers = " ".join(ids[header] for header in edition.layouts[part].headers[cell.figure or ""])
        return CellView("td", f"{_PREFIX}{path}", headers, cell.rows, cell.columns, f"\ue000{path}\ue001")

    def _plain_figure(self, value: Number) -> str:
        """Return a figure that nothing is to be said about; most are one of a few numbers."""
        html = self._plain[value] = number(value)
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
            html = _zero(html) if kind == "zero" else f'<span class="gr-{kind}">{html}</span>'
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
            kind = finding.severity if finding.status is Status.OPEN else finding.status
            anchor = f"{base}#{ANCHOR.format(number=index)}"
            html = f'<a class="gr-flag gr-{kind}" href="{escape(anchor)}" title="{title}">{html}<sup aria-hidden="true">{index}</sup></a>'
        if figure is not None and figure.note:
            html += f'<span class="gr-note">（{escape(figure.note)}）</span>'
        return html


def _zero(html: str) -> str:
    """Set a zero apart, with the shortest mark that HTML has: it is most of what a page marks."""
    return f"<i>{html}</i>"


def _skeleton_of(rendered: tuple[str, ...]) -> _Skeleton:
    paths = rendered[1::2]
    texts = tuple(text.replace(_PREFIX, "") for text in rendered)
    return _Skeleton(rendered, texts, paths, tuple(n for n, path in enumerate(paths) if not path))


def skeleton_name(edition: str, part: str) -> str:
    """Name a table without figures, of which many pages make theirs."""
    return f"table {edition} {part}"


def marked_figures(report: Report, findings: tuple[Finding, ...]) -> dict[str, tuple[int, Finding]]:
    """Tell which figures a finding marks, with the number of the finding; the gravest comes first.

    Where a wrong figure could be told it alone is marked, else the figures that the equation is
    about; of a finding about a cell, that cell.
    """
    marks: dict[str, tuple[int, Finding]] = {}
    for index, finding in sorted(
        enumerate(findings, 1), key=lambda item: (item[1].status is not Status.OPEN, item[1].severity.rank)
    ):
        for path in _paths(report, finding) if finding.status is not Status.NOT_ASSESSABLE else ():
            marks.setdefault(path, (index, finding))
    return marks


def _paths(report: Report, finding: Finding) -> list[str]:
    told = [e for e in finding.explanations if e.confidence != "possible"] or finding.explanations
    suspects = [change.path for explanation in told for change in explanation.changes]
    if suspects:
        return suspects
    if finding.terms:
        own = [term for term in finding.terms if term.year == report.year]
        return [term.path for term in own if term.value] or [term.path for term in own]
    return [path for path in finding.paths if path in report.figures and _is_about(report.figures[path], finding)]


def _is_about(figure: Figure, finding: Finding) -> bool:
    return finding.origin is not None and (figure.origin == finding.origin or figure.value is None)
