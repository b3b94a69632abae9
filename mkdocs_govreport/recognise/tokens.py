"""Cells as recognition sees them: each a label of the form, a number, a blank, or other text."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.labels import Match
from mkdocs_govreport.recognise.values import Value


class Kind(Enum):
    """What a cell is: a label of the form, a number, a blank, or other text."""

    LABEL = auto()
    NUMBER = auto()
    BLANK = auto()
    TEXT = auto()


class Token(NamedTuple):
    """A cell with what it may be; `starts_row` where the source says that a row begins."""

    kind: Kind
    text: str
    origin: Origin
    match: Match | None = None
    value: Value | None = None
    starts_row: bool = False
