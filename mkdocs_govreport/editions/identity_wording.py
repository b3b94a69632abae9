"""The phrases that tell whose report it is, of which year, and since when it is public."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class NameWording:
    """How names of agencies are written: what may be left out, and what tells that a text is one."""

    spellings: tuple[tuple[re.Pattern[str], str], ...]
    scopes: re.Pattern[str]
    bodies: re.Pattern[str]
    places: re.Pattern[str]
    generic: re.Pattern[str]
    regions: re.Pattern[str]
    region_ending: re.Pattern[str]
    endings: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class FileNameWording:
    """What stands in names of files and folders beside the agency and the year."""

    dates: Patterns
    year_of_report: Patterns
    year: re.Pattern[str]
    report: re.Pattern[str]
    additions: re.Pattern[str]
    around_title: re.Pattern[str]


@dataclass(frozen=True)
class IdentityWording:
    """The phrases about a report as a whole; see `identity` in `schemas/wording.yml`.

    `page_lines` maps a field to the labels that web pages print before it, the surest first.
    """

    titles: Patterns
    agencies: Patterns
    unnamed: re.Pattern[str]
    periods: Patterns
    year: re.Pattern[str]
    plans: re.Pattern[str]
    page_lines: Mapping[str, tuple[str, ...]]
    no_publisher: frozenset[str]
    names: NameWording
    file_names: FileNameWording


@dataclass(frozen=True)
class FeeWording:
    """The phrases about the information processing fee, and the part that they stand in."""

    part: str
    elsewhere: re.Pattern[str]
    cases: Patterns
    amounts: Patterns
    no_cases: re.Pattern[str]
    no_amount: re.Pattern[str]


def identity_wording(data: Mapping[str, Any]) -> IdentityWording:
    """Compile the phrases, with their common parts put in."""
    parts = data["parts"]
    names, files = data["names"], data["file_names"]
    return IdentityWording(
        titles=_several(data["titles"], parts),
        agencies=_several(data["agencies"], parts),
        unnamed=_one(data["unnamed"], parts),
        periods=_several(data["periods"], parts),
        year=_one(data["year"], parts),
        plans=_one(data["plans"], parts),
        page_lines={field: tuple(labels) for field, labels in data["page_lines"].items()},
        no_publisher=frozenset(data["no_publisher"]),
        names=NameWording(
            spellings=tuple((_one(entry["pattern"], parts), entry["becomes"]) for entry in names["spellings"]),
            **{name: _one(pattern, parts) for name, pattern in names.items() if name != "spellings"},
        ),
        file_names=FileNameWording(
            dates=_several(files["dates"], parts),
            year_of_report=_several(files["year_of_report"], parts),
            year=_one(files["year"], parts),
            report=_one(files["report"], parts),
            additions=_one(f"^(?:{files['additions']})+|(?:{files['additions']})+$", parts, re.IGNORECASE),
            around_title=_one(files["around_title"], parts, re.IGNORECASE),
        ),
    )


def fee_wording(data: Mapping[str, Any]) -> FeeWording:
    """Compile the phrases about the processing fee."""
    parts = {"number": data["numbers"]}
    return FeeWording(
        part=data["part"],
        elsewhere=_one(data["elsewhere"], parts),
        cases=_several(data["cases"], parts),
        amounts=_several(data["amount_yuan"], parts),
        no_cases=_one(data["no_cases"], parts),
        no_amount=_one(data["no_amount"], parts),
    )


def _several(patterns: list[str], parts: Mapping[str, str]) -> Patterns:
    return tuple(_one(pattern, parts) for pattern in patterns)


def _one(pattern: str, parts: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    return re.compile(re.sub(r"@(\w+)@", lambda match: parts[match[1]], pattern), flags)
