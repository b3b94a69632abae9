"""Cells as recognition sees them: each a label of the form, a number, a blank, glued figures, or other text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, auto
from typing import NamedTuple

from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.labels import Match
from mkdocs_govreport.recognise.values import Value, ValueReader
from mkdocs_govreport.sources import Doubt


class Kind(IntEnum):
    """What a cell is: a label of the form, a number, a blank, figures written together, other text, or a value that cannot be read.

    Numbers, since others are looked up through code of their own, and every cell of every report is.
    """

    LABEL = auto()
    NUMBER = auto()
    BLANK = auto()
    GLUED = auto()
    TEXT = auto()
    UNREAD = auto()


class Token(NamedTuple):
    """A cell with what it may be; `starts_row` where the source says that a row begins, `doubt` of one that is UNREAD."""

    kind: Kind
    text: str
    origin: Origin
    match: Match | None = None
    value: Value | None = None
    starts_row: bool = False
    doubt: Doubt | None = None


def listing(tokens: Iterable[Token]) -> str:
    """Write the cells of a row as messages show them."""
    return "｜".join(token.text or "空" for token in tokens)


def figures_in(text: str, values: ValueReader) -> tuple[Kind, Value | None] | tuple[None, None]:
    """Return what a text is that is a number, a blank, or several written together; None when it is neither."""
    value = values.read(text)
    if value is not None:
        return (Kind.BLANK if value.number is None else Kind.NUMBER), value
    return (Kind.GLUED, None) if values.is_glued(text) else (None, None)


def without_surplus(values: list[Token], width: int, *, leading: bool) -> list[Token] | None:
    """Drop surplus blanks from the ends of a row; None when the rest is not `width` cells.

    Blanks before the first value may be padding or empty cells; `leading` says which this table has.
    """
    surplus = len(values) - width
    if surplus < 0:
        return None
    blank = [token.kind is Kind.BLANK and not (token.value and token.value.note) for token in values]
    lead = next((n for n, is_blank in enumerate(blank) if not is_blank), len(values))
    trail = next((n for n, is_blank in enumerate(reversed(blank)) if not is_blank), len(values))
    before = min(lead, surplus) if leading else max(0, surplus - trail)
    if before > lead or surplus - before > trail:
        return None
    return values[before : before + width]
