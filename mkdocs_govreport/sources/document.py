"""What a reader makes of a file: paragraphs and grids, each cell with its place; or a canonical tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_govreport.model import Origin


class SourceError(Exception):
    """A file that cannot be read; becomes a finding of `rule` with `values` in its message."""

    def __init__(self, rule: str, line: int | None = None, column: int | None = None, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.line = line
        self.column = column
        self.values = values


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to report about a source: the rule, the place, the figures and what its message needs."""

    rule: str
    origin: Origin
    paths: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


class Cell(NamedTuple):
    """A cell: its text without surrounding white space, and its origin, which keeps the raw text."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of prose. `markdown` is what a page shows; `level` is that of a heading, else 0.

    `is_name` marks what names the text that follows without being part of it, such as the name of a sheet.
    """

    text: str
    markdown: str
    origin: Origin
    level: int = 0
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by rows, each row its own cells only: what a span covers is not repeated.

    Where a layout does not tell where rows end, all cells stand in one row. `markdown` is the table as
    the source has it, where the source is Markdown.
    """

    rows: tuple[tuple[Cell, ...], ...]
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the metadata with its place."""

    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks in reading order; `titles` are texts outside them that may be the title.

    `framed` says that the text is that of a web page, where the site's own lines precede the title.
    `remarks` are what the reader has to say, of rows that were hidden for example. `stated` is what a page
    says of itself beside its text, under the names that a report has for it; `containers` are the
    stretches (from, to) of blocks that one element of the page holds.
    """

    file: str
    blocks: tuple[Paragraph | Grid, ...]
    metadata: Mapping[str, Field] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    framed: bool = False
    remarks: tuple[Remark, ...] = ()
    stated: Mapping[str, Field] = field(default_factory=dict)
    containers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A canonical document as mappings, lists and scalars; `origins` maps dotted paths to places."""

    file: str
    data: Mapping[str, Any]
    origins: Mapping[str, Origin]
