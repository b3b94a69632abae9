"""What a reader makes of a file: paragraphs and grids, each cell with its place; or a canonical tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from mkdocs_govreport.model import Origin, Text


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


class Doubt(StrEnum):
    """Why the text of a cell that is not empty cannot be taken for what a reader of the page sees there."""

    PICTURE = "picture"
    OBJECT = "object"
    FIELD = "field"
    STRUCK = "struck"
    HIDDEN = "hidden"
    OVERPRINTED = "overprinted"
    FORMAT = "format"

    @property
    def words(self) -> Text:
        """What stands in such a cell, as messages say it."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.PICTURE: Text("一张图片", "a picture"),
    Doubt.OBJECT: Text("一个嵌入的对象", "an embedded object"),
    Doubt.FIELD: Text("一个没有确定值的域或表单控件", "a field or form control without a certain value"),
    Doubt.STRUCK: Text("划掉的内容", "text that is struck through"),
    Doubt.HIDDEN: Text("看不见的内容", "text that is not visible"),
    Doubt.OVERPRINTED: Text("叠印在一起的字符", "characters printed over one another"),
    Doubt.FORMAT: Text("显示结果不能确定的数字格式", "a number format whose display cannot be told"),
}


class Cell(NamedTuple):
    """A cell: its text without surrounding white space, and its origin, which keeps the raw text.

    Where a reader sets `doubt`, the cell is not empty, and no figure is made of it; `text` is what could be read of it,
    or nothing.
    """

    text: str
    origin: Origin
    doubt: Doubt | None = None


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
    says of itself beside its text: `title`, `published_on`, `publisher`, `source_url`; `containers` are the
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
