"""A report as Markdown: front matter, the parts as headings, the tables as pipe tables in the official layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from mkdocs_govreport.canonical import IDENTITY, plain_number
from mkdocs_govreport.editions import Catalogue, Edition, Layout
from mkdocs_govreport.model import Report
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.sources import escape_markdown
from mkdocs_govreport.writers.content import unstated_in
from mkdocs_govreport.writers.printed import absent_figures, figure_text, number_text


def write_markdown(report: Report, catalogue: Catalogue) -> bytes:
    """Write a report as Markdown that reads back as the same report."""
    written = _written(report, catalogue, {})
    unstated = unstated_in(written, "report.md", report, catalogue)
    return _written(report, catalogue, unstated) if unstated else written


def _written(report: Report, catalogue: Catalogue, unstated: Mapping[str, str]) -> bytes:
    edition = catalogue.editions[report.edition]
    return ("\n\n".join(_blocks(report, edition, catalogue, unstated)) + "\n").encode()


def _blocks(report: Report, edition: Edition, catalogue: Catalogue, unstated: Mapping[str, str]) -> Iterator[str]:
    yield _front_matter(report, catalogue, unstated)
    if report.title:
        yield f"# {escape_markdown(report.title)}"
    if report.narrative.get(INTRODUCTION):
        yield report.narrative[INTRODUCTION]
    for part in edition.parts.values():
        if part.id in report.narrative:
            yield f"## {part.heading.zh}"
        if report.narrative.get(part.id):
            yield report.narrative[part.id]
        if part.id in report.edition_of:
            yield _table(report, part.id, catalogue.edition_of(report, part.id))


def _front_matter(report: Report, catalogue: Catalogue, unstated: Mapping[str, str]) -> str:
    fields: dict[str, Any] = {name: getattr(report, name) for name in IDENTITY if getattr(report, name) is not None}
    if report.processing_fee:
        fields["processing_fee"] = {key: plain_number(value) for key, value in report.processing_fee.items()}
    if absent := absent_figures(report, catalogue):
        fields["absent"] = absent
    if unstated:
        fields["unstated"] = dict(unstated)
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1_000_000) if fields else ""
    return f"---\n{text}---"


def _table(report: Report, part: str, edition: Edition) -> str:
    layout = edition.layouts[part]
    rows = list(_rows(report, part, edition, layout))
    rows.insert(1, ["---"] * layout.width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows(report: Report, part: str, edition: Edition, layout: Layout) -> Iterator[list[str]]:
    for row in layout.rows:
        figures = [report.figures.get(f"{part}.{cell.figure}") for cell in row if cell.figure]
        if figures and not any(figures):
            continue
        cells = [""] * layout.width
        for cell in row:
            if cell.label:
                # The label beside the figures goes to the end of its span, so that no blank comes between.
                position = cell.column + cell.columns - 1 if figures else cell.column
                cells[position] = escape_markdown(edition.labels[part][cell.label].text.zh)
            elif cell.figure:
                cells[cell.column] = escape_markdown(figure_text(report.figures.get(f"{part}.{cell.figure}")))
        yield cells
    first_value = layout.width - layout.most_figures
    for extra in report.extra_rows:
        if extra.part == part:
            values = [
                number_text(value) if not isinstance(value, str) else escape_markdown(value) for value in extra.values
            ]
            label = [""] * max(first_value - 1, 0) + [escape_markdown(extra.label)] if extra.label else []
            yield [*label, *values]
