"""The reports of each agency through the years, with those of the agencies below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mkdocs_govreport.checks import Members
from mkdocs_govreport.model import Report
from mkdocs_govreport.registry import Agency, Registry


class Chain(NamedTuple):
    """The reports of one agency, and its members of each year that it has a report for."""

    reports: tuple[Report, ...]
    members: Mapping[int, Members]


def chains(reports: Iterable[Report], registry: Registry) -> Iterator[Chain]:
    """Yield the reports agency by agency; one whose agency or year cannot be told is by itself."""
    of_agency: dict[str, dict[int, Report]] = {}
    below: dict[str, list[Agency]] = {}
    alone = []
    for report in reports:
        if report.agency_id is None or report.year is None:
            alone.append(report)
        else:
            of_agency.setdefault(report.agency_id, {})[report.year] = report
    for agency in registry.agencies:
        if agency.parent is not None:
            below.setdefault(agency.parent, []).append(agency)
    for agency_id, years in of_agency.items():
        children = below.get(agency_id, ())
        members = {year: _members(children, year, of_agency) for year in years} if children else {}
        yield Chain(tuple(years.values()), members)
    for report in alone:
        yield Chain((report,), {})


def _members(agencies: Iterable[Agency], year: int, of_agency: Mapping[str, Mapping[int, Report]]) -> Members:
    found, missing = [], []
    for agency in agencies:
        report = of_agency.get(agency.id, {}).get(year)
        if report is not None:
            found.append(report)
        elif (agency.since or year) <= year <= (agency.until or year):
            missing.append(agency.name)
    return Members(tuple(found), tuple(missing))
