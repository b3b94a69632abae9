"""What the prose of a report says of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mkdocs_govreport.model.report import Number


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
