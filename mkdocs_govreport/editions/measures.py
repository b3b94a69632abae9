"""What the checks beyond sums measure by, and which parts and figures of an edition they are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mkdocs_govreport.model import Text

_LEAP_YEAR = 2000
_DAY = re.compile(r"\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of agency: its names in registries, the day by which it reports, and on what ground."""

    id: str
    names: frozenset[str]
    endings: re.Pattern[str] | None = None
    deadline: str | None = None
    ground: Text | None = None
    is_below_city: bool = False


@dataclass(frozen=True)
class Measures:
    """The values of `schemas/measures.yml`."""

    kinds: Mapping[str, Kind]
    county: re.Pattern[str]
    shortest_prose: int
    repeated: float
    shared: float
    quoted: int
    thin: int
    notice: re.Pattern[str]
    other_years: re.Pattern[str]
    unit_factor: int
    unit_within: int
    tenfold: int
    expected: float

    def kind(self, word: str) -> Kind | None:
        """Return the kind that a registry or a site calls `word`."""
        written = unicodedata.normalize("NFKC", word).strip().casefold()
        return next((kind for kind in self.kinds.values() if written == kind.id or written in kind.names), None)

    def kind_of(self, word: str | None, name: str) -> Kind | None:
        """Return the kind of an agency of that name; a 镇人民政府 is no government in the sense of the law's dates."""
        stated = self.kind(word) if word else None
        if stated is None or stated.deadline is None:
            return stated
        return next((kind for kind in self.kinds.values() if kind.endings and kind.endings.search(name)), stated)


@dataclass(frozen=True, slots=True)
class Checked:
    """What of an edition the checks beyond sums are about: parts, and paths of figures."""

    thin: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    dated_headings: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    tenfold: tuple[str, ...] = ()
    city_level: tuple[str, ...] = ()

    @property
    def parts(self) -> set[str]:
        """All parts that are named."""
        return {*self.thin, *self.compared, *self.dated_headings}

    @property
    def figures(self) -> set[str]:
        """All figures that are named."""
        return {*self.money, *self.tenfold, *self.city_level}


def month_and_day(text: str) -> tuple[int, int] | None:
    """Read a day of any year, such as 01-31; None where not every year has it, or no year."""
    if not _DAY.fullmatch(text) or text == "02-29":
        return None
    month, day = map(int, text.split("-"))
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return month, day


def measures(data: Mapping[str, Any]) -> Measures:
    """Read the measures."""
    prose, unit = data["prose"], data["unit"]
    return Measures(
        kinds={name: _kind(name, kind) for name, kind in data["kinds"].items()},
        county=re.compile(data["county"]),
        shortest_prose=prose["shortest"],
        repeated=prose["repeated"],
        shared=prose["shared"],
        quoted=prose["quoted"],
        thin=data["thin"],
        notice=re.compile(data["notice"]),
        other_years=re.compile(data["other_years"]),
        unit_factor=unit["factor"],
        unit_within=unit["within"],
        tenfold=data["tenfold"],
        expected=data["expected"],
    )


def _kind(name: str, data: Mapping[str, Any]) -> Kind:
    deadline, ground = data.get("deadline"), data.get("ground")
    if deadline is not None and month_and_day(deadline) is None:
        raise ValueError(f"{deadline} is no day of the year")
    return Kind(
        name,
        frozenset(word.casefold() for word in data["names"]),
        re.compile(data["endings"]) if "endings" in data else None,
        deadline,
        Text(ground["zh"], ground["en"]) if ground else None,
        bool(data.get("below_city")),
    )


def checked(data: Mapping[str, Any]) -> Checked:
    """Read what the checks of an edition are about.

    Raises:
        TypeError: for a name that means nothing.
    """
    return Checked(**{name: tuple(paths) for name, paths in data.items()})
