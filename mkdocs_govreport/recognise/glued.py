"""Which reading of the glued rows of a table its sums leave, taken together.

A row is decided only when exactly one of its readings stands in a solution of all sums that can be
judged. Every other outcome is a refusal with its reason; none is a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from mkdocs_govreport.model import Number
from mkdocs_govreport.recognise.readings import MOST_READINGS, Budget, BudgetError, Digits, Reading, Run
from mkdocs_govreport.recognise.solutions import Relation, Solutions

_STEPS = 400_000

Sum = Mapping[str, int]
"""An equation as the sign of each of its figures, by path; what they come to must be 0."""


class Reason(Enum):
    """Why a row is decided, or is not."""

    DECIDED = auto()
    SEVERAL = auto()
    NONE = auto()
    UNCONFIRMED = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A row with fewer runs of figures than cells; `figures` are the paths of its cells as they stand."""

    figures: tuple[str, ...]
    runs: tuple[Run, ...]


class Verdict(NamedTuple):
    """What became of a row: its readings are one where it is decided, else those that are left."""

    reason: Reason
    readings: tuple[Reading, ...]


def decide(rows: Sequence[GluedRow], known: Mapping[str, Number | None], sums: Collection[Sum]) -> list[Verdict]:
    """Decide the glued rows of a table together; `known` are the figures that stand in cells of their own."""
    return _Table(rows, known, sums).verdicts()


class _Table:
    """The glued rows of a table with their candidates, and the sums that tie them."""

    def __init__(self, rows: Sequence[GluedRow], known: Mapping[str, Number | None], sums: Collection[Sum]) -> None:
        self.rows = rows
        self.known = known
        self.sums = sums
        self.budget = Budget(_STEPS)
        self.row_of = {path: number for number, row in enumerate(rows) for path in row.figures}
        self.inner = [self._inner_sums(row) for row in rows]
        self.digits = [Digits(row.runs) for row in rows]
        self.candidates = [self._read(number) for number in range(len(rows))]

    def _inner_sums(self, row: GluedRow) -> list[dict[int, int]]:
        places = {path: place for place, path in enumerate(row.figures)}
        return [
            {places[path]: sign for path, sign in total.items()} for total in self.sums if total.keys() <= places.keys()
        ]

    def _read(self, number: int, *, lost: int = 0) -> tuple[Reading, ...] | None:
        """Return the candidates of a row; None where there are too many to work with."""
        width = len(self.rows[number].figures)
        try:
            found = self.digits[number].readings(width, self.inner[number], self.budget, lost=lost)
        except BudgetError:
            return None
        return tuple(found) if len(found) <= MOST_READINGS else None

    # --- verdicts -------------------------------------------------------------------------------------

    def verdicts(self) -> list[Verdict]:
        """Decide every row."""
        relations, used = self._relations()
        verdicts: dict[int, Verdict] = {}
        for group in self._groups(relations):
            verdicts |= self._verdicts_of(group, [r for r in relations if r.shares.keys() & group])
        return [self._confirmed(number, verdicts[number], used) for number in range(len(self.rows))]

    def _relations(self) -> tuple[list[Relation], set[str]]:
        """Return the sums across rows that can be judged, and the figures in them."""
        relations = []
        used: set[str] = set()
        for total in self.sums:
            tied = {self.row_of[path] for path in total if path in self.row_of}
            if not tied or any(total.keys() <= set(self.rows[number].figures) for number in tied):
                continue
            relation = self._relation(total, tied)
            if relation:
                relations.append(relation)
                used |= total.keys()
        return relations, used

    def _relation(self, total: Sum, tied: set[int]) -> Relation | None:
        constant: Number = 0
        for path, sign in total.items():
            if path not in self.row_of:
                value = self.known.get(path)
                if value is None:
                    return None
                constant += sign * value
        shares = {}
        for number in tied:
            signs = [(place, total[path]) for place, path in enumerate(self.rows[number].figures) if path in total]
            share = [_share(reading, signs) for reading in self.candidates[number] or ()]
            kept = tuple(value for value in share if value is not None)
            if not kept or len(kept) < len(share):
                return None  # a row that cannot be read, or a blank
            shares[number] = kept
        return Relation(constant, shares)

    def _groups(self, relations: list[Relation]) -> Iterator[set[int]]:
        """Yield the sets of rows that sums tie together."""
        rest = set(range(len(self.rows)))
        while rest:
            group = {min(rest)}
            while more := {n for r in relations if r.shares.keys() & group for n in r.shares} - group:
                group |= more
            rest -= group
            yield group

    def _verdicts_of(self, group: set[int], relations: list[Relation]) -> dict[int, Verdict]:
        domains = {number: tuple(range(len(self.candidates[number] or ()))) for number in group}
        try:
            kept = Solutions(relations, self.budget).kept(domains)
        except BudgetError:
            return {number: self._verdict(number, Reason.TOO_MANY, domains[number]) for number in group}
        if kept is None:
            return {number: self._verdict(number, Reason.NONE, domains[number]) for number in group}
        return {
            number: self._verdict(number, Reason.DECIDED if len(left) == 1 else Reason.SEVERAL, left)
            for number, left in kept.items()
        }

    def _verdict(self, number: int, reason: Reason, left: Collection[int]) -> Verdict:
        candidates = self.candidates[number]
        if candidates is None:
            return Verdict(Reason.TOO_MANY, ())
        if not candidates:
            return Verdict(Reason.NONE, ())
        return Verdict(reason, tuple(candidates[choice] for choice in left))

    def _confirmed(self, number: int, verdict: Verdict, used: set[str]) -> Verdict:
        """Take back a decision that too little speaks for, should a blank have left no trace.

        A row whose figures make no fewer cells than it has lost none, whatever its sums are. Another has to
        agree with its columns, for its own sum may hold by chance when figures are parted where a blank was;
        one column may be left out, since the sum of the row then gives it. Where the form has no sums across
        rows, no reading with one blank may be possible beside it.
        """
        candidates = self.candidates[number]
        figures = self.rows[number].figures
        if self.digits[number].fewest == len(figures) and candidates and len(candidates) == 1:
            return Verdict(Reason.DECIDED, candidates)
        if verdict.reason is not Reason.DECIDED:
            return verdict
        within = {figures[place] for signs in self.inner[number] for place in signs}
        across = {path for total in self.sums if not total.keys() <= set(figures) for path in total}
        open_ = [path for path in figures if path in across and path not in used]
        if any(path not in within | used for path in figures) or len(open_) > 1:
            return verdict._replace(reason=Reason.UNCONFIRMED)
        if across.isdisjoint(figures):
            wider = self._read(number, lost=1)
            if wider is None or len(wider) > 1:
                return self._verdict(number, Reason.TOO_MANY, ()) if wider is None else Verdict(Reason.SEVERAL, wider)
        return verdict


def _share(reading: Reading, signs: list[tuple[int, int]]) -> Number | None:
    total: Number = 0
    for place, sign in signs:
        value = reading.values[place]
        if value is None:
            return None
        total += sign * value
    return total
