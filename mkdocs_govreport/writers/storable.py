"""Texts that any format can hold: characters that XML, or UTF-8 itself, does not allow are replaced."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.model import Report

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"  # which checks tell of, as of any character that was lost


def storable(report: Report) -> Report:
    """Return a report whose texts can be written in every format; nearly always the same one."""
    if not any(_UNSTORABLE.search(text) for text in _texts(report)):
        return report
    identity: dict[str, Any] = {
        name: _text(value) for name in IDENTITY if isinstance(value := getattr(report, name), str)
    }
    return replace(
        report,
        narrative={part: _text(markdown) for part, markdown in report.narrative.items()},
        figures={
            path: figure._replace(note=_text(figure.note)) if figure.note else figure
            for path, figure in report.figures.items()
        },
        extra_rows=tuple(
            replace(
                row,
                label=_text(row.label),
                values=tuple(_text(value) if isinstance(value, str) else value for value in row.values),
            )
            for row in report.extra_rows
        ),
        **identity,
    )


def _text(text: str) -> str:
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def _texts(report: Report) -> list[str]:
    return [
        *report.narrative.values(),
        *(figure.note for figure in report.figures.values() if figure.note),
        *(row.label for row in report.extra_rows),
        *(value for row in report.extra_rows for value in row.values if isinstance(value, str)),
        *(value for name in IDENTITY if isinstance(value := getattr(report, name), str)),
    ]
