"""What a letter is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line of a letter is."""

    TITLE = "title"
    RECIPIENT = "recipient"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    APPENDIX = "appendix"
    CLOSING = "closing"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a letter."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a letter; `shares` are the widths of its columns as parts of the whole."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


Letter = tuple[Line | Table, ...]
