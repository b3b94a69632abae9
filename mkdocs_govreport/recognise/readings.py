"""In how many ways the figures of a row can be parted into its cells.

A cell is a number without leading zeros, with or without thousands marks, or a mark for a blank. A
reading parts all figures into exactly the cells of the row so that every sum within the row holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from mkdocs_govreport.model import Number
from mkdocs_govreport.recognise.values import to_number

MOST_READINGS = 2_000
"""Readings of one row above which nothing is concluded from it."""

_LONGEST = 200  # characters of a row; published ones have up to 60
_LONGEST_CELL = 16
_LOST = -1
_WHOLE = "\0"
_NUMBER = re.compile(r"[-\u2212]?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_BLANKS = "-/"

Signs = Mapping[int, int]
"""A sum within a row that must be 0: the sign of each cell in it, by its number from 0."""


class BudgetError(Exception):
    """There was more to try than the budget allows."""


class Budget:
    """The steps that may be tried for one table: what bounds the time."""

    def __init__(self, steps: int) -> None:
        """Allow so many steps."""
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps off.

        Raises:
            BudgetError: when none are left.
        """
        self._left -= steps
        if self._left < 0:
            raise BudgetError


class Run(NamedTuple):
    """Figures written together; `whole` where they are one cell, for they have a remark or a unit, with its `value`."""

    text: str
    whole: bool = False
    value: Number | None = None


class Reading(NamedTuple):
    """The values of the cells of a row, and for each the number of the run that it stands in, -1 for one that is lost."""

    values: tuple[Number | None, ...]
    runs: tuple[int, ...]


class Digits:
    """The figures of a row, as a text that can be cut into cells."""

    def __init__(self, runs: Sequence[Run]) -> None:
        """Join the runs, whose ends are ends of cells."""
        self._wholes: dict[int, Number | None] = {}
        self.text = ""
        self.run_at: list[int] = []
        self._cuts = {0}
        for number, run in enumerate(runs):
            if run.whole:
                self._wholes[len(self.text)] = run.value
            for part in [_WHOLE] if run.whole else unicodedata.normalize("NFKC", run.text).split():
                self.text += part
                self.run_at += [number] * len(part)
                self._cuts.add(len(self.text))

    @cached_property
    def cells(self) -> list[list[tuple[int, Number | None]]]:
        """For each place in the text the cells that may end there: where each begins, and its value."""
        result: list[list[tuple[int, Number | None]]] = [[] for _ in range(len(self.text) + 1)]
        cuts = sorted(self._cuts)
        for first, last in pairwise(cuts):
            for start in range(first, last):
                for end in range(start + 1, min(start + _LONGEST_CELL, last) + 1):
                    part = self.text[start:end]
                    if part == _WHOLE:
                        result[end].append((start, self._wholes[start]))
                    elif part in _BLANKS:
                        result[end].append((start, None))
                    elif _NUMBER.fullmatch(part):
                        result[end].append((start, to_number(part)))
        return result

    @cached_property
    def _counts(self) -> list[tuple[int, int]]:
        """The fewest and the most cells that the text up to each place makes; (1, 0) where it makes none."""
        result = [(0, 0)]
        for cells in self.cells[1:]:
            before = [result[start] for start, _ in cells if result[start][0] <= result[start][1]]
            result.append(
                (min(low for low, _ in before) + 1, max(high for _, high in before) + 1) if before else (1, 0)
            )
        return result

    @property
    def fewest(self) -> int:
        """The fewest cells that the figures make."""
        return self._counts[-1][0]

    @property
    def most(self) -> int:
        """The most cells that the figures make."""
        return self._counts[-1][1]

    def readings(self, width: int, sums: Collection[Signs], budget: Budget, *, lost: int = 0) -> list[Reading]:
        """Return all readings as `width` cells in which `sums` hold; more than `MOST_READINGS` of them are cut off.

        Up to `lost` of the cells may have been blank and left no trace, while the sums took them for 0.

        Raises:
            BudgetError: when there is too much to try.
        """
        if len(self.text) > _LONGEST:
            raise BudgetError
        return _Search(self, width, list(sums), budget).readings(lost)

    def may_be(self, end: int, cells: int, lost: int) -> bool:
        """Whether the text up to `end` may make so many cells or `lost` fewer, as far as their numbers tell."""
        low, high = self._counts[end]
        return low <= cells and cells - lost <= high


class _Search:
    """Parts a row from its end, since totals stand last and bound what precedes them."""

    def __init__(self, digits: Digits, width: int, sums: list[Signs], budget: Budget) -> None:
        self.digits = digits
        self.sums = sums
        self.budget = budget
        # Cells between which no sum extends can be parted apart from each other.
        within = [(min(signs), max(signs)) for signs in sums]
        self.ends = [cell for cell in range(width + 1) if not any(low < cell <= high for low, high in within)]
        self.known: dict[tuple[int, int, int], list[Reading]] = {}

    def readings(self, lost: int) -> list[Reading]:
        return self._up_to(len(self.ends) - 1, len(self.digits.text), lost)

    def _up_to(self, block: int, end: int, lost: int) -> list[Reading]:
        """Return the readings of the text up to `end` as the cells before the block's end."""
        if block == 0:
            return [Reading((), ())] if end == 0 else []
        found = self.known.get((block, end, lost))
        if found is None:
            found = []
            first, last = self.ends[block - 1], self.ends[block] - 1
            for start, cells in _Block(self.digits, first, last, self.sums, self.budget).parted(end, lost):
                for before in self._up_to(block - 1, start, lost - cells.runs.count(_LOST)):
                    self.budget.spend()
                    found.append(Reading(before.values + cells.values, before.runs + cells.runs))
                if len(found) > MOST_READINGS:
                    break
            self.known[block, end, lost] = found
        return found


class _Block:
    """Neighbouring cells of a row, `first` to `last`, that sums tie together."""

    def __init__(self, digits: Digits, first: int, last: int, sums: list[Signs], budget: Budget) -> None:
        self.digits = digits
        self.first = first
        self.last = last
        self.budget = budget
        self.sums = [signs for signs in sums if first <= min(signs) <= last]
        # How many cells before each are added in a sum, and how many are taken away.
        cells = range(first, last + 1)
        self.added = [[sum(signs.get(c, 0) > 0 for c in range(first, cell)) for cell in cells] for signs in self.sums]
        self.taken = [[sum(signs.get(c, 0) < 0 for c in range(first, cell)) for cell in cells] for signs in self.sums]
        self.is_plain = digits.text.isdigit()
        self.signed = any(sign in digits.text for sign in "-\u2212")
        self.values: list[Number | None] = [None] * len(cells)
        self.runs = [0] * len(cells)
        self.found: list[tuple[int, Reading]] = []

    def parted(self, end: int, lost: int) -> list[tuple[int, Reading]]:
        """Return where the block may begin that ends at `end`, with its reading."""
        self._part(self.last, end, lost, [0] * len(self.sums))
        return self.found

    def _part(self, cell: int, end: int, lost: int, totals: list[Number | None]) -> None:
        options = self.digits.cells[end]
        self.budget.spend(len(options) + 1)
        for start, value in options:
            if self.digits.may_be(start, cell, lost):
                left = self._added(cell, start, lost, value, totals)
                self._go_on(cell, start, lost, left, (value, self.digits.run_at[start]))
        if lost and self.digits.may_be(end, cell, lost - 1):
            self._go_on(cell, end, lost - 1, self._added(cell, end, lost - 1, 0, totals), (None, _LOST))

    def _go_on(
        self, cell: int, start: int, lost: int, totals: list[Number | None] | None, taken: tuple[Number | None, int]
    ) -> None:
        """Take a cell that begins at `start` and go on before it, unless the sums cannot hold with it."""
        if totals is None:
            return
        place = cell - self.first
        self.values[place], self.runs[place] = taken
        if place:
            self._part(cell - 1, start, lost, totals)
        else:
            self.found.append((start, Reading(tuple(self.values), tuple(self.runs))))

    def _added(
        self, cell: int, start: int, lost: int, value: Number | None, totals: list[Number | None]
    ) -> list[Number | None] | None:
        """Add a cell to the sums; None when the cells before it, in `start` characters, cannot bring them to 0.

        A sum with a blank in it is None: nothing can be concluded from it.
        """
        left: list[Number | None] = []
        for number, signs in enumerate(self.sums):
            total = totals[number]
            sign = signs.get(cell)
            if total is not None and sign:
                total = None if value is None else total + sign * value
            if total is not None and not self.signed:
                added, taken = self.added[number][cell - self.first], self.taken[number][cell - self.first]
                most = 10 ** (start - cell + lost + 1)  # each of the other cells takes a character at least
                if not -added * most <= total <= taken * most:
                    return None
                if self.is_plain and cell and added == cell and -total < _least(start, cell):
                    return None
            elif total and cell == self.first:
                return None
            left.append(total)
        return left


def _least(digits: int, cells: int) -> int:
    """Return the least that so many digits come to in so many cells: one of them has the average number at least."""
    length = -(-digits // cells)
    return int(10 ** (length - 1)) if length > 1 else 0
