"""A report as a list of its values, which every spreadsheet and every statistics program opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.editions import Catalogue, Edition
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.sources.guard import guard
from mkdocs_govreport.sources.listed import HEADER, written

_LEFT_OUT = {"$schema", "notes"}  # the edition tells the one, the other stands beside the figures


def write_csv(report: Report, catalogue: Catalogue) -> bytes:
    """Write a report as comma-separated values, a row for each value: its path, its name, the value, the remark."""
    document = to_document(report, catalogue, origins=False)
    names = _Names(report, catalogue)
    notes = document.get("notes", {})
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for path, value in _values(document, ""):
        writer.writerow((path, guard(names.name(path)), written(value), guard(notes.get(path, ""))))
    return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes it for GBK


def _values(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if path or key not in _LEFT_OUT:
                yield from _values(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list) and data:
        for number, value in enumerate(data):
            yield from _values(value, f"{path}.{number}")
    else:
        yield path, data


class _Names:
    """What the values are called: the figures by the words of the form."""

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self._report = report
        self._catalogue = catalogue
        self._edition = catalogue.editions[report.edition]
        self._messages = Messages("zh")

    def name(self, path: str) -> str:
        """Return the name of the value at a path."""
        if path in self._report.figures:
            return figure_name(self._catalogue.edition_of(self._report, path), path)
        group, _, rest = path.partition(".")
        if group in {"narrative", "edition_of"} and rest != INTRODUCTION:
            return self._edition.parts[rest].heading.zh if rest in self._edition.parts else ""
        if group == "extra_rows":
            return self._report.extra_rows[int(rest.partition(".")[0])].label
        if group == "inferred":
            return self._messages("field-inferred", field=self.name(rest))
        return self._messages.get(f"field-{path}") or ""


def figure_name(edition: Edition, path: str) -> str:
    """Name a figure by all the words that the form prints beside it and over it."""
    part, figure = path.split(".", 1)
    layout = edition.layouts[part]
    over: list[str] = []
    beside: list[str] = []
    for cell in layout.headers[figure]:
        text = edition.labels[part][cell.label].text.zh if cell.label else ""
        (over if layout.rows[cell.row] in layout.header_rows else beside).append(text)
    column = over.pop() if over else ""
    return " · ".join(filter(None, (" - ".join(beside or over), column)))
