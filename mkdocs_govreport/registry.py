"""The registry of agencies: who reports, in which region, and which of them a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_govreport.editions import Wording, load_catalogue
from mkdocs_govreport.model import Origin

if TYPE_CHECKING:
    from mkdocs_govreport.recognise.names import AgencyNames


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that reports; fields as in `schemas/agencies.schema.json`."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    region: str | None = None
    parent: str | None = None
    since: int | None = None
    until: int | None = None
    pinyin: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class _Bearer:
    """An agency with one of its names, less the region at its beginning; `regions` matches what may stand before."""

    agency: Agency
    regions: re.Pattern[str]


@dataclass(frozen=True)
class Registry:
    """All agencies of a site, with their places in its file; empty where the site keeps no registry."""

    agencies: tuple[Agency, ...] = field(default=())
    wording: Wording | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)

    def find(self, name: str | None) -> Agency | None:
        """Return the agency that `name` means; None when it means none or may mean several."""
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def by_id(self, id_: str | None) -> Agency | None:
        """Return the agency of an id."""
        return self._by_id.get(self._names.written(id_)) if id_ and self.agencies else None

    def names_in_prose(self, agency_id: str | None, name: str) -> tuple[str, ...]:
        """Return the names under which the prose of an agency may speak of it, the longest first."""
        agency = self.by_id(agency_id)
        names = {agency.name, *agency.aliases, *self._units(agency)} if agency else {name}
        names |= {self._names.stem(own) for own in names}
        names |= {unit for own in names for unit in self._names.units(own)}
        return tuple(sorted(filter(None, names), key=lambda own: (-len(own), own)))

    def candidates(self, name: str | None) -> tuple[Agency, ...]:
        """Return the agencies that `name` may mean.

        An id or an alias is taken literally. Of a name the word for the body may be left out or added,
        and so may the region, in whole or in part; another region rules an agency out.
        """
        if not name or not self.agencies:
            return ()
        written = self._names.written(name)
        if written in self._by_id:
            return (self._by_id[written],)
        if written in self._by_alias:
            return self._by_alias[written]
        literal = self._by_name.get(written) or self._by_full_name.get(self._names.full(name), ())
        regions = {self._units(agency) for agency in literal}
        # Where the region has a 新区人民政府 and a 新区管理委员会, either name means itself.
        others = [agency for agency in self._bearers(name) if not literal or self._units(agency) not in regions]
        return tuple({agency.id: agency for agency in (*literal, *others)}.values())

    def _bearers(self, name: str) -> Iterator[Agency]:
        stem = self._names.stem(name)
        for start in range(len(stem)):
            for bearer in self._by_core.get(stem[start:], ()):
                if bearer.regions.fullmatch(stem[:start]):
                    yield bearer.agency

    def mentioned_in(self, texts: Iterable[str]) -> Agency | None:
        """Return the one agency of whose own work `texts` speak; None when there is none or there are several."""
        text = "\n".join(self._names.written(line) for text in texts for line in text.split("\n"))
        found = {
            agency.id: agency
            for names in (self._by_name, self._by_alias)
            for name, agencies in names.items()
            for agency in agencies
            if any(self._is_subject(text, place, name, agency) for place in _places(text, name))
        }
        # 袁州区 is inside 袁州区慈化镇: of names within names the longer counts.
        longest = [
            agency
            for agency in found.values()
            if not any(
                self._names.stem(agency.name) in self._names.stem(other.name)
                for other in found.values()
                if other is not agency
            )
        ]
        return longest[0] if len(longest) == 1 else None

    def _is_subject(self, text: str, place: int, name: str, agency: Agency) -> bool:
        before, after = text[max(place - 20, 0) : place], text[place + len(name) : place + len(name) + 30]
        units = "".join(self._units(agency))
        while before and units and units.endswith(before[-1]):
            before, units = before[:-1], units[:-1]
        return self._names.speaks_of_itself(before, after)

    # --- inside -----------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> AgencyNames:
        # Late, since a build that finds every report in its cache recognises nothing.
        from mkdocs_govreport.recognise.names import AgencyNames

        return AgencyNames(self.wording or load_catalogue().wording)

    @cached_property
    def _by_id(self) -> dict[str, Agency]:
        return {self._names.written(agency.id): agency for agency in self.agencies}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Agency, ...]]:
        return _grouped((self._names.written(agency.name), agency) for agency in self.agencies)

    @cached_property
    def _by_full_name(self) -> dict[str, tuple[Agency, ...]]:
        return _grouped((self._names.full(agency.name), agency) for agency in self.agencies)

    @cached_property
    def _by_alias(self) -> dict[str, tuple[Agency, ...]]:
        return _grouped((self._names.written(alias), agency) for agency in self.agencies for alias in agency.aliases)

    @cached_property
    def _by_core(self) -> dict[str, list[_Bearer]]:
        found: dict[str, list[_Bearer]] = {}
        for agency in self.agencies:
            units = self._units(agency)
            for name in (agency.name, *agency.aliases):
                core, own = self._without_region(self._names.stem(name), units)
                regions = self._regions([unit for unit in units if unit != core], core, own)
                found.setdefault(core, []).append(_Bearer(agency, regions))
        return found

    def _units(self, agency: Agency, heirs: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the region that an agency is in, which may be told by the body above it."""
        parent = self._by_id.get(self._names.written(agency.parent or ""))
        above: tuple[str, ...] = ()
        if parent is not None and parent.id not in heirs:
            above = self._units(parent, heirs | {agency.id})
            place = self._without_region(self._names.stem(parent.name), above)[0]
            if self._names.is_place(place) and place not in above:
                above = (*above, place)
        own = self._names.units(agency.region) if agency.region else ()
        if set(own) <= set(above):
            return above
        return (*(unit for unit in above if unit not in own), *own)

    def _without_region(self, stem: str, units: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Part a stem into what remains without the region at its beginning, and that region."""
        own = []
        for unit in units:
            if stem.startswith(unit) and stem != unit:
                own.append(unit)
                stem = stem.removeprefix(unit)
        return stem, tuple(own)

    def _regions(self, units: list[str], core: str, own: tuple[str, ...]) -> re.Pattern[str]:
        """Return what may stand before a core: any part of its region, if it is the name of a place.

        Of another body the region that its name has must stay, or the lowest: there is a 财政局 in every county.
        """
        forms = ["|".join(map(re.escape, dict.fromkeys((unit, self._names.short_unit(unit))))) for unit in units]
        if self._names.is_place(core):
            return re.compile("".join(f"(?:{form})?" for form in forms))
        needed = max((units.index(unit) for unit in own if unit in units), default=len(units) - 1)
        pattern = "".join(f"(?:{form}){'' if number == needed else '?'}" for number, form in enumerate(forms))
        return re.compile(pattern if own else f"(?:{pattern})?")


def _grouped(names: Iterable[tuple[str, Agency]]) -> dict[str, tuple[Agency, ...]]:
    bearers: dict[str, dict[str, Agency]] = {}
    for name, agency in names:
        bearers.setdefault(name, {})[agency.id] = agency
    return {name: tuple(found.values()) for name, found in bearers.items()}


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name) if len(name) > 1 else -1
    while place >= 0:
        yield place
        place = text.find(name, place + 1)
