"""The words with which sentences tell numbers, whatever of: hedges, years, negations, lists and shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Numerals:
    """The digits and the powers of ten of Chinese numerals, what makes a percentage of one, and what parts decimals."""

    digits: Mapping[str, int]
    powers: Mapping[str, int]
    percent: str
    point: str


@dataclass(frozen=True)
class Hedges:
    """The words that make a range of a number, by what they do: before it, right after it, and after its unit."""

    before: Mapping[str, str]
    more: str
    after: Mapping[str, str]


@dataclass(frozen=True)
class ListWording:
    """The words of 共 N 条，其中 a、b、c."""

    some: str
    whole: str
    another: Pattern
    longest_item: int
    several: Pattern


@dataclass(frozen=True)
class ShareWording:
    """The words of 占 x %; `whole` matches what it may be of."""

    of: Pattern
    whole: Pattern


@dataclass(frozen=True)
class TokenWording:
    """Patterns that one search looks for in every sentence; see `schemas/wording.yml`."""

    anybody: str
    each: str
    elsewhere: str
    other_times: str
    this_time: str
    wider: str
    own: str
    compared: str
    none: str
    none_words: str
    nothing_words: str


@dataclass(frozen=True)
class PlaceWording:
    """Patterns for what stands before, between and after the tokens of a sentence; see `schemas/wording.yml`."""

    no_number_before: Pattern
    no_number_after: Pattern
    filler: Pattern
    joins: Pattern
    lead: Pattern
    restricts: Pattern
    own_cause: Pattern
    goes_on: Pattern
    holds: Pattern
    narrows: Pattern
    plans: Pattern
    topic: Pattern
    none_filler: Pattern
    none_end: Pattern
    no_none_before: Pattern
    nothing: Pattern
    labelled_nothing: Pattern
    numbered_heading: Pattern


@dataclass(frozen=True)
class ClaimWording:
    """How sentences tell figures, in general."""

    units: tuple[str, ...]
    money: Mapping[str, int]
    numerals: Numerals
    hedges: Hedges
    tokens: TokenWording
    places: PlaceWording
    lists: ListWording
    shares: ShareWording


_REPEATED = ("filler", "lead", "none_filler")


def claim_wording(data: Mapping[str, Any]) -> ClaimWording:
    """Compile the words of claims."""
    lists, shares = data["lists"], data["shares"]
    filler = repeated(data["filler"])
    places = {field.name: re.compile(data[field.name]) for field in fields(PlaceWording)}
    places |= {name: re.compile(repeated(data[name])) for name in _REPEATED}
    places["joins"] = re.compile(f"{filler}(?:{data['joins']}){filler}")
    return ClaimWording(
        units=tuple(sorted(data["units"], key=len, reverse=True)),
        money=data["money"],
        numerals=Numerals(**data["numerals"]),
        hedges=Hedges(**data["hedges"]),
        tokens=TokenWording(**{field.name: data[field.name] for field in fields(TokenWording)}),
        places=PlaceWording(**places),
        lists=ListWording(
            some=lists["some"],
            whole=lists["whole"],
            another=re.compile(lists["another"]),
            longest_item=lists["longest_item"],
            several=re.compile(lists["several"]),
        ),
        shares=ShareWording(re.compile(shares["of"]), re.compile(repeated(shares["whole"]))),
    )


def repeated(pattern: str) -> str:
    """Return a pattern for any number of the alternatives of another, the longest first and without a second thought.

    Words of which some begin others could else be parted in more ways than there is time to try.
    """
    longest_first = sorted(alternatives(pattern), key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})*+"


def alternatives(pattern: str) -> list[str]:
    """Part a pattern at the bars that are in no bracket."""
    parts, depth, start, place, in_set = [], 0, 0, 0, False
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 1
        elif in_set:
            in_set = character != "]"
        elif character == "[":
            in_set = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and not depth:
            parts.append(pattern[start:place])
            start = place + 1
        place += 1
    return [*parts, pattern[start:]]
