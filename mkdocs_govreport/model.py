"""The nouns of the project: what flows from the sources to the site.

Everything here is a frozen value; the two of which a report has hundreds are named tuples, which are
made and sent to another process in a third of the time. The words mean the same everywhere: a *report* has *figures*,
a figure has an *origin*, a check yields *findings*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Number = int | Decimal
"""A count is an `int`, an amount of money with decimals a `Decimal`; never a binary fraction."""


class Severity(StrEnum):
    """How much a finding weighs; an `error` fails a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """The place among the severities, the gravest first."""
        return list(Severity).index(self)


class Status(StrEnum):
    """What became of a finding; *not assessable* is a result of its own, neither pass nor failure."""

    OPEN = "open"
    WAIVED = "waived"
    BASELINED = "baselined"
    NOT_ASSESSABLE = "not_assessable"


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


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and in English."""

    zh: str
    en: str

    def into(self, language: str) -> str:
        """Return the text in `language` (`zh` or `en`)."""
        return self.en if language == "en" else self.zh

    def format(self, **values: object) -> Text:
        """Fill in the names in braces; a `Text` among the values goes into both languages."""
        return Text(
            self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )

    @classmethod
    def join(cls, texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
        """Join `texts` with the separators of the two languages."""
        return cls(zh.join(text.zh for text in texts), en.join(text.en for text in texts))


def _in(value: object, language: str) -> object:
    return value.into(language) if isinstance(value, Text) else value


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


class Verdict(StrEnum):
    """What the figures say to a claim; *unjudged* where cells are blank or absent."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNJUDGED = "unjudged"


class Mention(NamedTuple):
    """Another number of a passage: an item of a list, or what a share is of; from `low` to `high` as in a claim.

    `raw` is how it is written, empty where it is that of the figures at `paths`, which the words name.
    """

    raw: str
    low: Number | None
    high: Number | None
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a passage of the prose says of figures: the sum of one of the `readings` is from `low` to `high`.

    `readings` are the sums of figure paths that the words may mean, the likeliest first; 收到 may be what is new, or
    what is new and what was carried over. A number as it stands has `low` equal to `high`; a hedged one is a range,
    open where a bound is None. `start` and `end` are the place of the passage in the Markdown of `part`, and `raw`
    is the number as it is written, empty where none is (未收到).

    A list has no readings but `items`, whose sum is judged; where the list may be a part (`partial`) it may be less, and
    `bound` is what it must not exceed. A share, in per cent, has two items, the part and the whole.
    """

    rule: str
    part: str
    start: int
    end: int
    raw: str
    low: Number | None
    high: Number | None
    readings: tuple[tuple[str, ...], ...]
    verdict: Verdict
    items: tuple[Mention, ...] = ()
    partial: bool = False
    bound: Number | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of an equation, with its side, value and place; `title` and `year` are its report's."""

    path: str
    title: Text
    side: str
    value: Number | None
    year: int | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One equation that does not hold: `imbalance` is the left side less the right side."""

    rule: str
    code: str
    message: Text
    imbalance: Number
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would mend a finding: `path` holds `before` and should hold `after`."""

    path: str
    before: Number | None
    after: Number


CELLS = "cells"
"""The kind of an explanation whose changes have nothing in common; those of other kinds come from one slip."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A set of changes after which every equation holds again, and in words what would have happened."""

    kind: str
    confidence: str
    changes: tuple[Change, ...]
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding stands as it was published; `figures` are those that it is bound to, with their values.

    Dates are ISO 8601 texts; `evidence` is an address.
    """

    reason: str
    author: str
    date: str
    expires: str | None = None
    evidence: str | None = None
    figures: tuple[tuple[str, Number | str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that could not be judged, with its place and the remedy.

    `paths` are the figures involved. A finding about figures that do not agree has `terms`, both
    sides in `expected` and `actual`, their difference in `imbalance`, and under `also_breaks` the
    other equations that the same cause breaks.
    """

    rule: str
    code: str
    severity: Severity
    message: Text
    file: str
    origin: Origin | None = None
    agency: str | None = None
    agency_id: str | None = None
    year: int | None = None
    status: Status = Status.OPEN
    paths: tuple[str, ...] = ()
    expected: Number | str | None = None
    actual: Number | str | None = None
    imbalance: Number | None = None
    terms: tuple[Term, ...] = ()
    also_breaks: tuple[Breach, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    complete: bool = False
    waiver: Waiver | None = None

    @property
    def fails(self) -> bool:
        """Whether the finding fails a build."""
        return self.severity is Severity.ERROR and self.status is Status.OPEN
