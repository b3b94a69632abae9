"""Realistic reports, and ways in which tables are filled in wrongly, with the truth known.

Rows and columns are told by their place in the layout and in the equations alone.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mkdocs_govreport.editions import Catalogue, Edition, load_catalogue
from mkdocs_govreport.figures import Figures
from mkdocs_govreport.model import Figure, Number, Origin, Report

CATALOGUE = load_catalogue()
SIZES = {"zero-heavy": 2, "small": 8, "medium": 60, "large": 300}
"""The median number of new applications."""

_NATURAL_PERSONS = 0.86  # of all applicants, about as in published reports
_CARRIED_FORWARD = 0.06


def realistic_report(
    rng: random.Random,
    size: int,
    edition_id: str = "2021",
    *,
    agency: str = "云溪县",
    year: int = 2023,
    previous: Report | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Report:
    """Return a report of an edition in whose tables of applications and cases everything adds up.

    `size` is the median of the applications received. What last year carried forward is carried over.
    """
    edition = catalogue.editions[edition_id]
    values: dict[str, Number] = {path: 0 for part in edition.tables for path in edition.figures(part)}
    values |= _applications(rng, size, edition, previous)
    for equation in edition.equations:
        # Sums of a block of a table that has no columns across.
        if equation.is_sum and len(equation.right) == 1 and len(equation.scopes) == 1:
            paths = [operand.path for operand in equation.left]
            if equation.part != edition.lead_table:
                values |= {path: int(rng.random() < 0.4) * rng.randint(0, max(size // 4, 1)) for path in paths}
                values[equation.right[0].path] = sum(values[path] for path in paths)
    file = f"reports/{agency}/{year}.yaml"
    return Report(
        file=file,
        edition=edition_id,
        edition_of=dict.fromkeys(edition.tables, edition_id),
        figures=Figures({path: Figure(value, Origin(file, str(value))) for path, value in values.items()}),
        narrative={},
        agency=agency,
        agency_id=agency,
        year=year,
    )


def rows_of(edition: Edition) -> list[list[str]]:
    """Return the paths of each row of the table of applications."""
    part = edition.lead_table
    return [[f"{part}.{figure}" for figure in line.figures] for line in edition.layouts[part].lines]


def _applications(rng: random.Random, size: int, edition: Edition, previous: Report | None) -> dict[str, Number]:
    new, carried_over, *outcomes, handled, carried_forward = rows_of(edition)
    *applicants, total = range(len(new))
    kinds = [_NATURAL_PERSONS, *[(1 - _NATURAL_PERSONS) / (len(applicants) - 1)] * (len(applicants) - 1)]
    likely = [rng.random() ** 4 for _ in outcomes]
    likely[0] += 2
    received = int(rng.lognormvariate(math.log(size), 1))
    cells: Counter[str] = Counter()
    for applicant in rng.choices(applicants, kinds, k=received):
        cells[new[applicant]] += 1
    for applicant in applicants:
        if previous is None:
            cells[carried_over[applicant]] = int(cells[new[applicant]] * rng.random() * 0.1)
        else:
            cells[carried_over[applicant]] = int(previous.figures[carried_forward[applicant]].value or 0)
        load = cells[new[applicant]] + cells[carried_over[applicant]]
        open_ = sum(rng.random() < _CARRIED_FORWARD for _ in range(load))
        cells[carried_forward[applicant]], cells[handled[applicant]] = open_, load - open_
        for row in rng.choices(outcomes, likely, k=load - open_):
            cells[row[applicant]] += 1
    for row in (new, carried_over, *outcomes, handled, carried_forward):
        cells[row[total]] = sum(cells[row[applicant]] for applicant in applicants)
    return {path: cells[path] for row in rows_of(edition) for path in row}


# --- damage -----------------------------------------------------------------------------------------

Changes = dict[str, Number | None]
"""What figures are made to be; None for a row that is left out."""

Damage = Callable[[random.Random, Report], Changes]


@dataclass(frozen=True)
class Damaged:
    """A report with figures that were made wrong, and what they should be."""

    report: Report
    truth: Mapping[str, Number]


def damaged(rng: random.Random, report: Report, damage: Damage) -> Damaged | None:
    """Damage a report; None where that changes nothing."""
    changes = {path: value for path, value in damage(rng, report).items() if report.figures[path].value != value}
    if not changes:
        return None
    truth = {path: report.figures[path].value or 0 for path in changes}
    figures = {
        path: Figure(changes.get(path, figure.value), figure.origin)
        for path, figure in report.figures.items()
        if changes.get(path, 0) is not None
    }
    return Damaged(replace(report, figures=Figures(figures)), truth)


def wrong_cells(count: int) -> Damage:
    """Mistype some cells of the table of applications, mostly such as hold a figure."""

    def damage(rng: random.Random, report: Report) -> Changes:
        paths = [path for row in _rows(report) for path in row]
        filled = [path for path in paths if report.figures[path].value]
        chosen: set[str] = set()
        while len(chosen) < count:
            chosen.add(rng.choice(filled if filled and rng.random() < 0.7 else paths))
        return {path: mistyped(rng, _value(report, path)) for path in sorted(chosen)}

    return damage


def mistyped(rng: random.Random, number: int) -> int:
    """Return another number, as fingers and eyes make it of this one."""
    while True:
        text, place = str(number), rng.randrange(len(str(number)))
        match rng.choice(("replace", "transpose", "drop", "insert", "near", "zero")):
            case "replace":
                found = int(text[:place] + rng.choice("0123456789") + text[place + 1 :])
            case "transpose":
                found = int(text[:place] + text[place : place + 2][::-1] + text[place + 2 :])
            case "drop":
                found = int(text[:place] + text[place + 1 :] or "0")
            case "insert":
                found = int(text[:place] + rng.choice("0123456789") + text[place:])
            case "near":
                found = number + rng.choice((-3, -2, -1, 1, 2, 3))
            case _:
                found = 0
        if found != number and found >= 0:
            return found


def slip(rng: random.Random, report: Report) -> Changes:
    """Move the figures of a row, but not its total, by one cell; a 0 comes in and the last one is lost."""
    row = rng.choice(_rows(report, filled=2))[:-1]
    values = [_value(report, path) for path in row]
    moved = [0, *values[:-1]] if rng.random() < 0.5 else [*values[1:], 0]
    return dict(zip(row, moved, strict=True))


def whole_slip(rng: random.Random, report: Report) -> Changes:
    """Move all figures of a row by one cell, its total with them."""
    row = rng.choice(_rows(report, filled=2))
    values = [_value(report, path) for path in row]
    moved = [0, *values[:-1]] if rng.random() < 0.5 else [*values[1:], 0]
    return dict(zip(row, moved, strict=True))


def slip_of_cases(rng: random.Random, report: Report) -> Changes:
    """Move all figures of the one row of the table of cases by one cell."""
    edition = CATALOGUE.editions[report.edition]
    part = edition.tables[-1]
    row = list(edition.figures(part))
    values = [_value(report, path) for path in row]
    moved = [0, *values[:-1]] if rng.random() < 0.5 else [*values[1:], 0]
    return dict(zip(row, moved, strict=True))


def exchange_in_row(rng: random.Random, report: Report) -> Changes:
    """Exchange two neighbours of a row."""
    row = rng.choice(_rows(report, filled=1))
    place = rng.randrange(len(row) - 1)
    return _exchanged(report, [(row[place], row[place + 1])])


def exchange_in_column(rng: random.Random, report: Report) -> Changes:
    """Exchange two neighbours of a column."""
    rows = _rows(report)
    place, column = rng.randrange(len(rows) - 1), rng.randrange(len(rows[0]))
    return _exchanged(report, [(rows[place][column], rows[place + 1][column])])


def rows_exchanged(rng: random.Random, report: Report) -> Changes:
    """Exchange two rows of which one is an outcome and the other is none, or is their total."""
    first, second, *outcomes, total, last = _rows(report)
    return _exchanged(report, list(zip(rng.choice(outcomes), rng.choice((first, second, total, last)), strict=True)))


def column_counted_twice(rng: random.Random, report: Report) -> Changes:
    """Add a column twice into the total of every row."""
    column = rng.randrange(len(_rows(report)[0]) - 1)
    return {row[-1]: _value(report, row[-1]) + _value(report, row[column]) for row in _rows(report)}


def row_left_out(rng: random.Random, report: Report) -> Changes:
    """Leave an outcome out of the total of all outcomes."""
    return _outcome_added(rng, report, -1)


def row_counted_twice(rng: random.Random, report: Report) -> Changes:
    """Add an outcome twice into the total of all outcomes."""
    return _outcome_added(rng, report, 1)


def row_missing(rng: random.Random, report: Report) -> Changes:
    """Leave a row of the table out altogether."""
    return dict.fromkeys(rng.choice(_rows(report)))


def wrong_case(rng: random.Random, report: Report) -> Changes:
    """Mistype a cell of a table whose only sums are those of its blocks."""
    lead = report.edition_of and CATALOGUE.editions[report.edition].lead_table
    paths = [
        operand.path
        for equation in CATALOGUE.editions[report.edition].equations
        if equation.is_sum and len(equation.scopes) == 1 and equation.part != lead
        for operand in equation.left + equation.right
    ]
    path = rng.choice(paths)
    return {path: mistyped(rng, _value(report, path))}


STRUCTURES: dict[str, Damage] = {
    "slip": slip,
    "slip with the total": whole_slip,
    "slip of all cases": slip_of_cases,
    "exchange in a row": exchange_in_row,
    "exchange in a column": exchange_in_column,
    "rows exchanged": rows_exchanged,
    "column counted twice": column_counted_twice,
    "row left out": row_left_out,
    "row counted twice": row_counted_twice,
    "row missing": row_missing,
    "wrong case": wrong_case,
}


def _rows(report: Report, *, filled: int = 0) -> list[list[str]]:
    rows = rows_of(CATALOGUE.editions[report.edition])
    fitting = [row for row in rows if sum(1 for path in row[:-1] if report.figures[path].value) >= filled]
    return fitting or rows


def _value(report: Report, path: str) -> int:
    return int(report.figures[path].value or 0)


def _exchanged(report: Report, pairs: list[tuple[str, str]]) -> Changes:
    changes: Changes = {}
    for one, other in pairs:
        changes[one], changes[other] = _value(report, other), _value(report, one)
    return changes


def _outcome_added(rng: random.Random, report: Report, sign: int) -> Changes:
    _, _, *outcomes, total, _ = _rows(report)
    filled = [row for row in outcomes if report.figures[row[-1]].value]
    row = rng.choice(filled or outcomes)
    return {path: _value(report, path) + sign * _value(report, addend) for path, addend in zip(total, row, strict=True)}
