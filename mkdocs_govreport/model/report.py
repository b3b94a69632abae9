"""A report with its figures, and where each was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from mkdocs_govreport.model.text import Text

Number = int | Decimal
"""A count is an `int`, an amount of money with decimals a `Decimal`; never a binary fraction."""


class Basis(StrEnum):
    """From what something about a report was told that its metadata does not state."""

    PATH = "path"
    PAGE = "page"
    TITLE = "title"
    PERIOD = "period"
    LINE = "line"
    TEXT = "text"
    SIGNATURE = "signature"
    FILE_NAME = "file_name"
    MENTION = "mention"

    @property
    def words(self) -> Text:
        """What it is called in messages and on pages."""
        return _BASES[self]


_BASES = {
    Basis.PATH: Text("文件路径", "the path of the file"),
    Basis.PAGE: Text("网页自带的信息", "what the web page says of itself"),
    Basis.TITLE: Text("标题", "the title"),
    Basis.PERIOD: Text("统计期限", "the statistics period"),
    Basis.LINE: Text("标题下的一行", "the line under the title"),
    Basis.TEXT: Text("正文", "the text"),
    Basis.SIGNATURE: Text("落款", "the signature"),
    Basis.FILE_NAME: Text("文件名", "the name of the file or folder"),
    Basis.MENTION: Text("正文中的机关名称", "names in the text"),
}


class Origin(NamedTuple):
    """Where something was read: by line and column, or by table, row and cell; all count from 1.

    `page` is that of a PDF, `sheet` the name of a spreadsheet's. `raw` is the text as it stands there. `derived_from` is the older origin that a canonical
    document carries of a figure, so that converting a report does not lose its first source.
    """

    file: str
    raw: str = ""
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    derived_from: Origin | None = None
    page: int | None = None
    sheet: str | None = None


def column_letters(number: int) -> str:
    """Name a column of a spreadsheet as spreadsheets do: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Figure(NamedTuple):
    """A value cell of a statutory table; `value` is None where the cell is blank."""

    value: Number | None
    origin: Origin
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row that the form does not have, kept as it was read."""

    part: str
    label: str
    values: tuple[Number | str | None, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report for one year.

    `figures` maps paths such as `applications.new_received.total` to figures; `edition_of` gives
    the edition of each table that was found. `narrative` maps parts to Markdown. `year` and
    `agency` are None while they cannot be told. Dates are ISO 8601 texts. `inferred` says of what its
    metadata does not state from where it was told, by the name of the field.
    """

    file: str
    edition: str
    edition_of: Mapping[str, str]
    figures: Mapping[str, Figure]
    narrative: Mapping[str, str]
    extra_rows: tuple[ExtraRow, ...] = ()
    processing_fee: Mapping[str, Number | None] = field(default_factory=dict)
    agency: str | None = None
    agency_id: str | None = None
    year: int | None = None
    title: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    source_url: str | None = None
    inferred: Mapping[str, Basis] = field(default_factory=dict)
