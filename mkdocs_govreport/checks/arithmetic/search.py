"""The exact search for the smallest sets of cells whose change makes every equation hold.

A smallest set has independent columns, so in tables of rows and columns some equation holds exactly one of its
cells: that cell's change is forced by the equation, and what is left is a smaller set for the rest. Trying every
cell of every broken equation in this way meets every smallest set of up to three cells.
"""

from __future__ import annotations

from typing import NamedTuple

from mkdocs_govreport.checks.arithmetic.system import System, Values
from mkdocs_govreport.model import Number

MOST_CELLS = 3
MOST_STEPS = 20_000

Changes = tuple[tuple[int, Number], ...]
"""What is added to each cell of a set, by cell."""


class Answer(NamedTuple):
    """All smallest sets of changes, each of `size` cells; none where it takes more, or the steps ended first."""

    size: int
    sets: tuple[Changes, ...]
    finished: bool


def smallest_sets(
    system: System,
    values: Values,
    residuals: list[Number | None],
    broken: frozenset[int],
    most_cells: int = MOST_CELLS,
    most_steps: int = MOST_STEPS,
) -> Answer:
    """Search for the sets of at most `most_cells` changes that mend the `broken` equations and break none."""
    search = _Search(system, values, residuals, most_steps)
    for size in range(1, most_cells + 1):
        search.run(broken, size)
        if search.found or search.steps > most_steps:
            return Answer(size, tuple(sorted(search.found)), search.steps <= most_steps)
    return Answer(0, (), finished=True)


class _Search:
    def __init__(self, system: System, values: Values, residuals: list[Number | None], most_steps: int) -> None:
        self.system = system
        self.values = values
        self.residuals = list(residuals)
        self.most_steps = most_steps
        self.steps = 0
        self.found: set[Changes] = set()
        self._widest = max(map(len, system.of), default=0)
        self._seen: set[tuple[int, Changes]] = set()
        self._changes: dict[int, Number] = {}

    def run(self, broken: frozenset[int], size: int) -> None:
        """Try sets of exactly `size` more cells that mend the `broken` equations."""
        self.steps += 1
        if not broken:
            self.found.add(tuple(sorted(self._changes.items())))
            return
        if size == 0 or len(broken) > size * self._widest or self.steps > self.most_steps:
            return
        for cell, delta in self._forced(broken):
            self._try(cell, delta, broken, size - 1)

    def _forced(self, broken: frozenset[int]) -> set[tuple[int, Number]]:
        """Return the changes of one cell that mend at least one broken equation."""
        candidates = set()
        for equation in broken:
            residual = self.residuals[equation]
            for cell, coefficient in self.system.equations[equation]:
                value = self.values[cell]
                if cell in self._changes or residual is None or value is None:
                    continue
                if coefficient in {1, -1}:
                    delta = -residual * coefficient
                elif residual % coefficient == 0:
                    delta = -residual // coefficient
                else:
                    continue
                if value + delta >= 0 or value < 0:
                    candidates.add((cell, delta))
        return candidates

    def _try(self, cell: int, delta: Number, broken: frozenset[int], size: int) -> None:
        key = (size, tuple(sorted((*self._changes.items(), (cell, delta)))))
        if key in self._seen:
            return
        self._seen.add(key)
        left = set(broken)
        undo = []
        for equation, coefficient in self.system.of[cell]:
            residual = self.residuals[equation]
            if residual is None:
                continue
            undo.append((equation, residual))
            self.residuals[equation] = after = residual + coefficient * delta
            if after:
                left.add(equation)
            else:
                left.discard(equation)
        if len(left) <= size * self._widest:
            self._changes[cell] = delta
            self.run(frozenset(left), size)
            del self._changes[cell]
        for equation, residual in undo:
            self.residuals[equation] = residual
