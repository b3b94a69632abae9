"""Breaking mixed text into lines for a terminal: Chinese anywhere, words of other scripts not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

# A Chinese character, or a run of others up to a space; marks that open and close stay with what they enclose.
_OPENING, _CLOSING, _CHINESE = "“（《〔", "，。；：！？、”）》〕…", "⺀-鿿"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[{_CHINESE}]|[^\s{_CHINESE}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*\s*|[{_OPENING}{_CLOSING}]+\s*|\s+"
)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph, none wider than `width` unless a word is."""
    line = ""
    for unit in _UNIT.findall(text):
        if line and cell_len(line + unit.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += unit
    if line.strip():
        yield line.rstrip()
