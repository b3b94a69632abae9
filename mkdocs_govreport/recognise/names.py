"""How names of agencies are written: short and in full, in either script, with and without the region."""

from __future__ import annotations

import re

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.recognise.spelling import plain

_LONGEST = 40
_NAME = re.compile(r"[^\W\d_]{2,}(?:[(][^\W\d_]+[)])?")
_SHORTEST_UNIT = 2


class AgencyNames:
    """Reads names by the wording of published reports."""

    def __init__(self, wording: Wording) -> None:
        """Keep the phrases."""
        self._characters = wording.characters
        self._names = wording.identity.names
        self._unnamed = wording.identity.unnamed

    def written(self, name: str) -> str:
        """Return a name in the one form that differs from it in spelling only."""
        return self._characters.simplified(plain(name))

    def full(self, name: str) -> str:
        """Return a name with its end spelt out, and without 本级 and the like: 管委会 is 管理委员会."""
        full = self._names.scopes.sub("", self.written(name))
        for pattern, spelt_out in self._names.spellings:
            full = pattern.sub(spelt_out, full)
        return full

    def stem(self, name: str) -> str:
        """Return a full name without what may be left out, the word for the body.

        慈化镇人民政府 and 慈化镇 have one stem; 慈化镇人民政府办公室 is another body with a stem of its own.
        """
        return self._names.bodies.sub("", self.full(name))

    def is_agency(self, text: str) -> bool:
        """Whether `text` by itself is the name of an agency, and of one that it names."""
        written = self.written(text)
        is_name = len(written) <= _LONGEST and _NAME.fullmatch(written) and self._names.endings.search(written)
        return bool(is_name) and self.is_named(written)

    def is_named(self, name: str) -> bool:
        """Whether a name tells an agency from others, which 本机关 and 镇党政办 do not."""
        return not self._unnamed.search(self.written(name))

    def is_place(self, stem: str) -> bool:
        """Whether a stem is the name of a place, which needs no region before it to name a body."""
        return bool(self._names.places.search(stem)) and not self._names.generic.search(stem)

    def units(self, region: str) -> tuple[str, ...]:
        """Part a region into province, prefecture, county and township."""
        written = self.written(region)
        match = self._names.regions.match(written)
        found = tuple(unit for unit in match.groups() if unit) if match else ()
        return found or ((written,) if written else ())

    def short_unit(self, unit: str) -> str:
        """Return a unit of a region without the word for its level: 宜春 for 宜春市."""
        short = self._names.region_ending.sub("", unit)
        return short if len(short) >= _SHORTEST_UNIT else unit

    def speaks_of_itself(self, before: str, after: str) -> bool:
        """Whether a name between these stands in a sentence about the agency's own work."""
        return bool(self._names.before.search(before) and self._names.after.match(after))
