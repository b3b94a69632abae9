"""A report whose figures are all different, so that one read from a wrong cell is a wrong figure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mkdocs_govreport.editions import Scope, load_catalogue
from mkdocs_govreport.model import Number, Report
from tests.support.generate import Solver, demands, random_report


def distinct_report(edition_id: str, *, is_plain: bool = False) -> Report:
    """Return a report of an edition; all figures of its tables differ, and every equation holds.

    A plain one is as for printing: figures are whole and not negative, and prose has no markup.
    """
    rng = random.Random(edition_id)
    report = random_report(rng, edition_id, agency="云川市青禾区" if is_plain else "云溪县", odd_prose=not is_plain)
    edition = load_catalogue().editions[edition_id]
    asked = {
        path: demand for part in edition.tables for path, demand in demands(load_catalogue(), edition, part).items()
    }
    equations = [equation for equation in edition.equations if equation.scopes == {Scope.REPORT}]
    negative = {path for path, demand in asked.items() if demand.may_be_negative and not is_plain}
    money = {path for path, demand in asked.items() if demand.is_money and not is_plain}
    solver = Solver(equations, None, frozenset(negative))
    # Long sums first: what they come to can then be made up for in the short ones; sums follow from their terms.
    sides = [side for equation in equations if equation.is_sum for side in (equation.left, equation.right)]
    longest = {path: max((len(s) for s in sides if any(o.path == path for o in s)), default=0) for path in asked}
    sums = {side[0].path for side in sides if len(side) == 1}
    for path in sorted(asked, key=lambda path: (path in sums, -longest[path])):
        if path not in solver.values:
            solver.values |= next(
                found
                for number in _numbers(rng, negative=path in negative, money=path in money)
                if (found := solver.consequences({path: number}))
                and len({*solver.values.values(), *found.values()}) == len(solver.values) + len(found)
            )
    return replace(
        report, figures={path: figure._replace(value=solver.values[path]) for path, figure in report.figures.items()}
    )


def _numbers(rng: random.Random, *, negative: bool, money: bool) -> Iterator[Number]:
    """Numbers of one digit and of more and more, until the sums they lead to can be."""
    for digits in (power for power in range(1, 7) for _ in range(20)):
        number = rng.randint(1, 10**digits)
        yield Decimal(10 * number + 5).scaleb(-2) if money else -number if negative and number % 2 else number
