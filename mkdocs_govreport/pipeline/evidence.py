"""Weighing what tells the agency and the year of a report: claims, from the surest to the weakest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.model import Basis
from mkdocs_govreport.pipeline.file_names import Claim, PathHints
from mkdocs_govreport.recognise import Identity
from mkdocs_govreport.recognise.names import AgencyNames
from mkdocs_govreport.registry import Agency, Registry

SURE = (None, Basis.PATH, Basis.TITLE)
"""What tells an agency outright; None is the metadata."""


class AgencyClaim(NamedTuple):
    """A name that something tells; `basis` is None for the metadata."""

    basis: Basis | None
    claim: Claim


class YearClaim(NamedTuple):
    """A year that something tells; one that is not sure contradicts nothing."""

    basis: Basis | None
    value: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Whose:
    """The agency of a report: one of the registry, or a name alone; `candidates` where it may be any of several.

    `contradictions` are the claims that tell different agencies.
    """

    agency: Agency | None = None
    name: str | None = None
    id: str | None = None
    basis: Basis | None = None
    candidates: tuple[Agency, ...] = ()
    contradictions: tuple[tuple[Basis | None, str], ...] = ()


def agency_claims(fields: Mapping[str, Any], hints: PathHints, text: Identity, registry: Registry) -> list[AgencyClaim]:
    """Return what tells the agency, in the order of authority.

    A stated id that the registry does not have is the name only where nothing else tells it.
    """
    id_ = fields.get("agency_id")
    stated = fields.get("agency") or (id_ if registry.find(id_) else None)
    claims = [AgencyClaim(None, Claim(stated))] if stated else []
    if hints.agency:
        claims.append(AgencyClaim(Basis.PATH, hints.agency))
    claims += [AgencyClaim(basis, Claim(name)) for basis, name in text.agencies]
    if hints.hint:
        claims.append(AgencyClaim(Basis.FILE_NAME, hints.hint))
    if id_ and not stated:
        claims.append(AgencyClaim(None, Claim(id_)))
    return claims


def year_claims(
    fields: Mapping[str, Any], hints: PathHints, text: Identity, registry: Registry, wording: Wording
) -> list[YearClaim]:
    """Return what tells the year, in the order of authority.

    A bare year in the name of a file counts where everything else in the name is understood, for else it
    may be that of anything.
    """
    claims = [YearClaim(None, fields["year"])] if fields.get("year") else []
    if hints.year:
        claims.append(YearClaim(Basis.PATH, hints.year))
    claims += [YearClaim(basis, year) for basis, year in text.years if basis is not Basis.TEXT]
    if hints.hinted_year:
        named = hints.hint is not None and (
            registry.candidates(hints.hint.name) or AgencyNames(wording).is_agency(hints.hint.name)
        )
        if hints.is_of_report or hints.is_bare or named:
            claims.append(YearClaim(Basis.FILE_NAME, hints.hinted_year, hints.is_of_report))
    return claims + [YearClaim(basis, year, False) for basis, year in text.years if basis is Basis.TEXT]


def whose(
    claims: Iterable[AgencyClaim], stated_id: str | None, registry: Registry, wording: Wording, prose: Iterable[str]
) -> Whose:
    """Tell the agency: the first claim that the registry knows decides, or the title where it knows none.

    A name that several agencies have is narrowed by what else there is; what then remains open is not guessed.
    """
    weighing = _Weighing(registry, AgencyNames(wording), stated_id)
    for claim in claims:
        weighing.add(claim)
    return weighing.outcome(prose)


class _Weighing:
    """Takes claims one after another, the surest first."""

    def __init__(self, registry: Registry, names: AgencyNames, stated_id: str | None) -> None:
        self._registry = registry
        self._names = names
        self._stated_id = stated_id
        self._agency: Agency | None = None
        self._basis: Basis | None = None
        self._open: tuple[Agency, ...] = ()
        self._name: str | None = None
        self._name_basis: Basis | None = None
        self._folder: str | None = None
        self._is_settled = False
        self._sure: list[tuple[Basis | None, str, Agency | None]] = []

    def add(self, claim: AgencyClaim) -> None:
        found = self._meant(claim)
        if claim.basis in SURE:
            self._sure.append((claim.basis, claim.claim.name, found[0] if len(found) == 1 else None))
        if claim.basis is Basis.PATH:
            self._folder = claim.claim.name
        if self._is_settled:
            return
        if found:
            self._narrow(found, claim)
        else:
            self._take_name(claim)

    def _meant(self, claim: AgencyClaim) -> tuple[Agency, ...]:
        by_id = self._registry.find(self._stated_id) if claim.basis is None else None
        if by_id is not None:
            return (by_id,)
        found = self._registry.candidates(claim.claim.name)
        for longer in claim.claim.longer:
            if len(found) > 1:
                fewer = self._registry.candidates(longer)
                found = tuple(agency for agency in found if agency in fewer) or found
        return found

    def _narrow(self, found: tuple[Agency, ...], claim: AgencyClaim) -> None:
        both = tuple(agency for agency in self._open if agency in found) if self._open else found
        if not both:
            return  # of another agency; the surer claim stands
        self._open = both
        if self._name is None or self._name_basis not in SURE:
            self._name, self._name_basis = claim.claim.name, claim.basis
        if len(both) == 1:
            self._agency, self._basis, self._is_settled = both[0], claim.basis, True

    def _take_name(self, claim: AgencyClaim) -> None:
        """Keep a name that the registry does not have; metadata and title say whose report it is all the same."""
        if claim.basis is Basis.PATH or self._open:
            return
        if claim.basis is Basis.FILE_NAME and not self._names.is_agency(claim.claim.name):
            return
        if self._name is None:
            self._name, self._name_basis = claim.claim.name, claim.basis
        self._is_settled = claim.basis in SURE

    def outcome(self, prose: Iterable[str]) -> Whose:
        contradictions = self._contradictions()
        if self._agency is not None:
            return Whose(self._agency, self._agency.name, self._agency.id, self._basis, (), contradictions)
        if self._open:
            return Whose(None, self._name, self._stated_id, self._name_basis, self._open, contradictions)
        names_itself = self._folder is not None and self._names.is_agency(self._folder)
        if self._name is None and not names_itself:
            mentioned = self._registry.mentioned_in(prose)
            if mentioned is not None:
                return Whose(mentioned, mentioned.name, mentioned.id, Basis.MENTION)
        name, basis = self._name, self._name_basis
        if self._folder is not None and basis is not None:
            # The folder is the agency's; the title says how it is called.
            basis = Basis.PATH
            is_called = self._name_basis is Basis.TITLE and not self._differ(self._folder, name or "")
            name = self._folder if names_itself and not is_called else name
        if name is None and self._folder is not None:
            name, basis = self._folder, Basis.PATH
        agency_id = self._stated_id or (
            self._folder if self._folder and not self._differ(self._folder, name or "") else None
        )
        return Whose(None, name, agency_id, basis, (), contradictions)

    def _contradictions(self) -> tuple[tuple[Basis | None, str], ...]:
        for number, (_, one, agency) in enumerate(self._sure):
            for _, other, another in self._sure[number + 1 :]:
                known = agency is not None and another is not None
                if agency != another if known else self._differ(one, other):
                    return tuple((basis, name) for basis, name, _ in self._sure)
        return ()

    def _differ(self, one: str, other: str) -> bool:
        """Whether two names are surely those of two places; of other bodies a short form cannot be told from another."""
        stems = [self._names.stem(name) for name in (one, other)]
        if not all(self._names.is_place(stem) for stem in stems):
            return False
        return not (stems[0].endswith(stems[1]) or stems[1].endswith(stems[0]))
