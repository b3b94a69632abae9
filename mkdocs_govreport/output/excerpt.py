"""The line of a source that a finding is about, cut to fit, with carets under what is wrong."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len

from mkdocs_govreport.model import Origin
from mkdocs_govreport.output.context import LineOf
from mkdocs_govreport.output.visible import visible

_WIDTH = 68
_MOST_LINES = 30  # that Word breaks the markup of a cell into
_TAG = re.compile(r"<[^<>]*>|^[^<>]*>|<[^<>]*$")
_CELL_END = re.compile(r"</t[dhr]\b", re.IGNORECASE)


class Excerpt(NamedTuple):
    """A part of a line, with its number, and carets that stand under what the finding is about."""

    number: int
    text: str
    carets: str


def excerpt(origin: Origin | None, line_of: LineOf) -> Excerpt | None:
    """Return the line that an origin is in; None where it has none, or none that shows what was read there."""
    if origin is None or origin.line is None:
        return None
    number, line, start = origin.line, line_of(origin.file, origin.line), (origin.column or 1) - 1
    if line is None or not line.strip():
        return None
    if origin.column is None:
        place = _place_in_markup(origin, line_of)
        if place is not None:
            number, line, start = place
        elif _TAG.search(line):
            return None  # markup around something else
        else:
            start = max(line.find(origin.raw), 0)
    line, raw = visible(line.replace("\t", " ")), visible(origin.raw)
    length = max(len(raw) if line[start : start + len(raw)] == raw else 1, 1)
    begin = _cut_before(line, start)
    end = begin
    while end < len(line) and cell_len(line[begin : end + 1]) <= _WIDTH:
        end += 1
    before = "…" if begin else ""
    after = "…" if end < len(line) else ""
    marked = line[start : start + min(length, max(end - start, 1))]
    carets = " " * cell_len(before + line[begin:start]) + "^" * max(cell_len(marked), 1)
    return Excerpt(number, f"{before}{line[begin:end]}{after}", carets)


def _place_in_markup(origin: Origin, line_of: LineOf) -> tuple[int, str, int] | None:
    """Find what was read between the tags from the beginning of a cell to its end: line, and place in it.

    Digits in the tags themselves are no figures.
    """
    first = origin.line or 1
    lines: list[str] = []
    while len(lines) < _MOST_LINES and (line := line_of(origin.file, first + len(lines))) is not None:
        lines.append(line)
        if _CELL_END.search(line):
            break
    markup = "\n".join(lines)
    if not (_TAG.search(markup) and origin.raw):
        return None
    text = _TAG.sub(lambda tag: re.sub(r"[^\n]", "\0", tag[0]), markup)
    found = list(re.finditer(rf"(?<![\d.,]){re.escape(origin.raw)}(?!\d|[,.]\d)", text))
    if len(found) != 1:
        return None  # of several, as on a page that is all one line, nobody can tell which it is
    before = markup[: found[0].start()]
    number = before.count("\n")
    return first + number, lines[number], len(before) - (before.rfind("\n") + 1)


def _cut_before(line: str, start: int) -> int:
    begin = start
    while begin > 0 and cell_len(line[begin - 1 : start]) <= _WIDTH // 2:
        begin -= 1
    return begin
