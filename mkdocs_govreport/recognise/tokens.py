"""Cells as recognition sees them: each a label of the form, a number, a blank, glued figures, or other text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.labels import Match
from mkdocs_govreport.recognise.values import Value, ValueReader


class Kind(Enum):
    """What a cell is: a label of the form, a number, a blank, figures written together, or other text."""

    LABEL = auto()
    NUMBER = auto()
    BLANK = auto()
    GLUED = auto()
    TEXT = auto()


class Token(NamedTuple):
    """A cell with what it may be; `starts_row` where the source says that a row begins."""

    kind: Kind
    text: str
    origin: Origin
    match: Match | None = None
    value: Value | None = None
    starts_row: bool = False


def listing(tokens: Iterable[Token]) -> str:
    """Write the cells of a row as messages show them."""
    return "｜".join(token.text or "空" for token in tokens)


def figures_in(text: str, values: ValueReader) -> tuple[Kind, Value | None] | tuple[None, None]:
    """Return what a text is that is a number, a blank, or several written together; None when it is neither."""
    value = values.read(text)
    if value is not None:
        return (Kind.BLANK if value.number is None else Kind.NUMBER), value
    return (Kind.GLUED, None) if values.is_glued(text) else (None, None)
