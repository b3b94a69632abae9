"""Figures that are possible and yet unlikely: in another unit, with a digit too many, or of a body that has none such."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.editions import Catalogue, Measures
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Number, Report
from mkdocs_govreport.registry import Agency


def check_history(
    report: Report, previous: Report, catalogue: Catalogue, findings: Findings, *, known: Set[str] = frozenset()
) -> None:
    """Compare figures with those of the year before; `known` are figures in which an error has been found."""
    measures = catalogue.measures
    figures, before = numbers_of(report), numbers_of(previous)
    for rule, path in _compared(tuple(report.edition_of.items()), catalogue):
        now, then = figures.get(path), before.get(path)
        if not now or not then or path in known:
            continue
        differs = is_other_unit(now, then, measures) if rule == "unit-jump" else has_one_digit_more(now, then, measures)
        if differs:
            findings.add(
                rule,
                report.figures[path].origin,
                (path,),
                figure=catalogue.edition_of(report, path).figure_title(path),
                now=number(now),
                then=number(then),
                previous=previous.year,
            )


@lru_cache(maxsize=64)
def _compared(edition_of: tuple[tuple[str, str], ...], catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the figures that are compared, each with its rule; they are the same for reports of the same editions."""
    editions = dict(edition_of)
    found = []
    for edition in dict.fromkeys(editions.values()):
        checked = catalogue.editions[edition].checked
        for rule, paths in (("unit-jump", checked.money), ("tenfold", checked.tenfold)):
            found += [(rule, path) for path in paths if editions.get(path.split(".", 1)[0]) == edition]
    return found


def is_other_unit(now: Number, then: Number, measures: Measures) -> bool:
    """Whether one amount is about as much of a unit as the other is of one larger by the factor of the measures."""
    larger, smaller = max(now, then), min(now, then)
    low, high = smaller * measures.unit_factor, smaller * measures.unit_factor * measures.unit_within
    return low <= larger * measures.unit_within and larger <= high


def has_one_digit_more(now: Number, then: Number, measures: Measures) -> bool:
    """Whether one count has the digits of the other and one more behind them."""
    larger, smaller = max(now, then), min(now, then)
    return smaller >= measures.tenfold and larger // 10 == smaller


def check_level(report: Report, agency: Agency | None, catalogue: Catalogue, findings: Findings) -> None:
    """Report what only bodies of cities and above issue, where the registry says that the agency is below them."""
    if agency is None or not _is_below_city(agency, catalogue.measures):
        return
    figures = numbers_of(report)
    for edition in dict.fromkeys(report.edition_of.values()):
        paths = [path for path in catalogue.editions[edition].checked.city_level if figures.get(path)]
        paths = [path for path in paths if report.edition_of.get(path.split(".", 1)[0]) == edition]
        if paths:
            title = catalogue.editions[edition].figure_title(paths[0])
            value = number(figures[paths[0]])
            place = report.figures[paths[0]].origin
            findings.add("regulations-level", place, tuple(paths), figure=title, value=value, agency=agency.name)


def _is_below_city(agency: Agency, measures: Measures) -> bool:
    kind = measures.kind_of(agency.kind, agency.name)
    return kind is not None and (kind.is_below_city or bool(measures.county.search(agency.region or "")))
