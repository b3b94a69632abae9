"""Which numbers of a source have disappeared: they stand neither in the report nor in a finding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from typing import Any

from mkdocs_govreport.model import Finding, Origin, Report
from mkdocs_govreport.pipeline import Result
from mkdocs_govreport.recognise.labels import label_index
from mkdocs_govreport.recognise.narrative import heading_reader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import Document, Grid, Tree
from tests.support.loading import CATALOGUE

_DIGITS = re.compile(r"\d+")
_LABELS = label_index(CATALOGUE)
_HEADINGS = heading_reader(CATALOGUE)
_WORDINGS = re.compile(
    "|".join(r"\s*".join(map(re.escape, text)) for text in sorted(_LABELS.spellings(), key=len, reverse=True))
)
"""The labels of the form, which begin with numbers; figures may be written right beside them."""


def numbers_in(text: str) -> list[str]:
    """Return the runs of digits of a text, whatever their width."""
    return _DIGITS.findall(unicodedata.normalize("NFKC", text))


def lost_numbers(source: Document | Tree, result: Result) -> list[tuple[str, Origin]]:
    """Return the numbers that a reader found and that nothing in the result has, each with its place.

    The numbers of labels and of headings that are recognised are those of the form. Of a web page only tables
    with a label count: what else stands around its report is the site's.
    """
    if result.report is None:
        return []
    if isinstance(source, Tree):
        return _lost_of_tree(source, result)
    known = set(_known(result.report, result.findings))
    return [
        (number, origin)
        for text, origin in _texts(source)
        if any(number not in known for number in numbers_in(text)) and not _is_of_form(text)
        for number in numbers_in(_WORDINGS.sub(" ", " ".join(map(plain, text.split()))))
        if number not in known
    ]


def _texts(document: Document) -> Iterator[tuple[str, Origin]]:
    for block in document.blocks:
        if isinstance(block, Grid):
            if document.framed and not any(_LABELS.match(cell.text) for row in block.rows for cell in row):
                continue
            yield from ((cell.text, cell.origin) for row in block.rows for cell in row)
        elif not (block.is_name or document.framed):
            yield from ((word, block.origin) for word in block.text.split())


def _is_of_form(text: str) -> bool:
    return bool(_LABELS.match(text) or _LABELS.split(text) or _LABELS.match_beginning(text) or _HEADINGS.read(text, 1))


def _known(report: Report, findings: tuple[Finding, ...]) -> Iterator[str]:
    for figure in report.figures.values():
        yield from numbers_in(f"{figure.origin.raw} {figure.value} {figure.note}")
    for row in report.extra_rows:
        yield from numbers_in(" ".join(map(str, (row.label, *row.values))))
    for finding in findings:
        yield from numbers_in(finding.message.zh)
    for text in report.narrative.values():
        yield from numbers_in(text)
    for value in astuple(report)[7:-1]:  # what it says of itself
        yield from numbers_in(str(value))


def _lost_of_tree(tree: Tree, result: Result) -> list[tuple[str, Origin]]:
    assert result.report is not None
    known = set(_known(result.report, result.findings))
    told = " ".join(" ".join((finding.message.en, *finding.paths)) for finding in result.findings)
    return [
        (number, tree.origins.get(path, Origin(tree.file)))
        for path, value in _scalars(tree.data, "")
        if not path.startswith(_NOT_OF_REPORT)
        for number in numbers_in(str(value))
        if number not in known and not any(name in told for name in _names(path))
    ]


_NOT_OF_REPORT = ("edition", "origin.", "$schema", "inferred")
"""What a canonical document says of where it comes from, not of its report."""


def _names(path: str) -> Iterator[str]:
    """Return the path of a value and of the mappings that hold it; a finding may name any of them."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _scalars(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _scalars(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _scalars(item, f"{path}.{number}")
    elif value is not None and not isinstance(value, bool):
        yield path, value
