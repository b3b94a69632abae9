"""A report as for printing: whole figures that are all different, plain prose, sums that hold."""

from __future__ import annotations

import random
from dataclasses import replace

from mkdocs_govreport.editions import Scope, load_catalogue
from mkdocs_govreport.model import Number, Report
from tests.support import generate

_ATTEMPTS = 100
_MANY = 10  # terms from which on a sum is long


def whole_figures_report(edition: str) -> Report:
    """Return a report of an edition whose figures are all different and whose equations all hold."""
    for seed in range(_ATTEMPTS):
        rng = random.Random(seed)
        values = _values(rng, edition)
        if len(set(values.values())) == len(values):
            report = generate.random_report(rng, edition, agency="云川市青禾区")
            return replace(report, figures={path: f._replace(value=values[path]) for path, f in report.figures.items()})
    raise AssertionError(f"no report of {edition} with distinct figures in {_ATTEMPTS} attempts")


def _values(rng: random.Random, edition_id: str) -> dict[str, Number]:
    edition = load_catalogue().editions[edition_id]
    # What long sums come to is below the figures of short ones, so that no difference is negative.
    small, large = iter(rng.sample(range(11, 2000), 300)), iter(rng.sample(range(40_000, 90_000), 300))
    values: dict[str, Number] = {}
    for part in edition.tables:
        equations = [e for e in edition.equations if e.part == part and e.scopes == {Scope.REPORT}]
        solver = generate.Solver(equations, None, frozenset())
        sums = {side[0].path for e in equations if e.is_sum for side in (e.left, e.right) if len(side) == 1}
        longest = {
            path: max((len(e.left + e.right) for e in equations if generate._has(e, path)), default=0)
            for path in edition.figures(part)
        }
        for path in sorted(longest, key=lambda path: (path in sums, -longest[path])):
            if path not in solver.values:
                solver.choose(path, next(large if 0 < longest[path] <= _MANY else small))
        values |= {path: solver.values[path] for path in longest}
    return values
