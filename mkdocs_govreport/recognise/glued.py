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

_STEPS = 400_000
_MOST_TOTALS = 20_000  # partial sums of one equation that are told apart

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


class _Relation(NamedTuple):
    """A sum over several rows: the known part, and what each candidate of each row adds to it."""

    constant: Number
    shares: dict[int, tuple[Number, ...]]


class _Table:
    """The glued rows of a table with their candidates, and the sums that tie them."""

    def __init__(self, rows: Sequence[GluedRow], known: Mapping[str, Number | None], sums: Collection[Sum]) -> None:
        self.rows = rows
        self.known = known
        self.sums = sums
        self.budget = Budget(_STEPS)
        self.row_of = {path: number for number, row in enumerate(rows) for path in row.figures}
        self.inner = [self._inner_sums(row) for row in rows]
        self.forced: list[bool] = []
        self.candidates: list[tuple[Reading, ...] | None] = []
        for row, inner in zip(rows, self.inner, strict=True):
            digits = Digits(row.runs)
            self.forced.append(digits.fewest == len(row.figures))
            self.candidates.append(self._read(digits, row, inner))

    def _inner_sums(self, row: GluedRow) -> list[dict[int, int]]:
        places = {path: place for place, path in enumerate(row.figures)}
        return [
            {places[path]: sign for path, sign in total.items()} for total in self.sums if total.keys() <= places.keys()
        ]

    def _read(self, digits: Digits, row: GluedRow, inner: list[dict[int, int]]) -> tuple[Reading, ...] | None:
        """Return the candidates of a row; None where there are too many to work with."""
        try:
            found = digits.readings(len(row.figures), inner, self.budget)
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

    def _relations(self) -> tuple[list[_Relation], set[str]]:
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

    def _relation(self, total: Sum, tied: set[int]) -> _Relation | None:
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
        return _Relation(constant, shares)

    def _groups(self, relations: list[_Relation]) -> Iterator[set[int]]:
        """Yield the sets of rows that sums tie together."""
        rest = set(range(len(self.rows)))
        while rest:
            group = {min(rest)}
            while more := {n for r in relations if r.shares.keys() & group for n in r.shares} - group:
                group |= more
            rest -= group
            yield group

    def _verdicts_of(self, group: set[int], relations: list[_Relation]) -> dict[int, Verdict]:
        domains = {number: tuple(range(len(self.candidates[number] or ()))) for number in group}
        try:
            kept = _Solutions(relations, self.budget).kept(domains)
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
        agree with its columns: its own sum may hold by chance when figures are parted where a blank was.
        One column may be left out, since the sum of the row then gives it.
        """
        candidates = self.candidates[number]
        if self.forced[number] and candidates and len(candidates) == 1:
            return Verdict(Reason.DECIDED, candidates)
        if verdict.reason is not Reason.DECIDED:
            return verdict
        figures = self.rows[number].figures
        within = {figures[place] for signs in self.inner[number] for place in signs}
        across = {path for total in self.sums if not total.keys() <= set(figures) for path in total}
        open_ = [path for path in figures if path in across and path not in used]
        if any(path not in within | used for path in figures) or len(open_) > 1:
            return verdict._replace(reason=Reason.UNCONFIRMED)
        return verdict


def _share(reading: Reading, signs: list[tuple[int, int]]) -> Number | None:
    total: Number = 0
    for place, sign in signs:
        value = reading.values[place]
        if value is None:
            return None
        total += sign * value
    return total


Domains = dict[int, tuple[int, ...]]
"""For each row the numbers of the candidates that are left."""


class _Solutions:
    """The choices of one candidate for each row with which all relations hold."""

    def __init__(self, relations: list[_Relation], budget: Budget) -> None:
        self.relations = relations
        self.budget = budget

    def kept(self, domains: Domains) -> Domains | None:
        """Return the candidates that stand in some solution; None when there is no solution.

        Raises:
            BudgetError: when that cannot be told in the steps allowed.
        """
        narrowed = self._narrowed({number: left for number, left in domains.items() if left})
        if narrowed is None:
            return None
        proven: dict[int, set[int]] = {number: set() for number in narrowed}
        for number, left in narrowed.items():
            for choice in left:
                if choice in proven[number]:
                    continue
                solution = self._solution({**narrowed, number: (choice,)})
                for other, chosen in (solution or {}).items():
                    proven[other].add(chosen)
        if not all(proven.values()):
            return None
        return {number: tuple(sorted(proven.get(number, ()))) for number in domains}

    def _solution(self, domains: Domains) -> dict[int, int] | None:
        narrowed = self._narrowed(domains)
        if narrowed is None:
            return None
        undecided = [number for number, left in narrowed.items() if len(left) > 1]
        if not undecided:
            return {number: left[0] for number, left in narrowed.items()}
        number = min(undecided, key=lambda n: len(narrowed[n]))
        for choice in narrowed[number]:
            found = self._solution({**narrowed, number: (choice,)})
            if found:
                return found
        return None

    def _narrowed(self, domains: Domains) -> Domains | None:
        """Drop the candidates that no choice for the other rows makes up for, one relation after another."""
        domains = dict(domains)
        waiting = list(range(len(self.relations)))
        while waiting:
            relation = self.relations[waiting.pop()]
            changed = self._changed(relation, domains)
            if changed is None:
                return None
            domains |= changed
            waiting += [
                other
                for other, tied in enumerate(self.relations)
                if tied is not relation and other not in waiting and changed.keys() & tied.shares.keys()
            ]
        return domains

    def _changed(self, relation: _Relation, domains: Domains) -> Domains | None:
        """Return the domains that a relation narrows; None when it cannot hold."""
        self.budget.spend(len(relation.shares))
        total = relation.constant
        open_: list[tuple[int, frozenset[Number]]] = []
        for number, share in relation.shares.items():
            values = frozenset(share[choice] for choice in domains[number])
            if len(values) == 1:
                total += next(iter(values))
            else:
                open_.append((number, values))
        if not open_:
            return {} if total == 0 else None
        supported = self._supported([values for _, values in open_], -total)
        if supported is None:
            return None
        changed = {}
        for (number, values), kept in zip(open_, supported, strict=True):
            if len(kept) < len(values):
                share = relation.shares[number]
                changed[number] = tuple(choice for choice in domains[number] if share[choice] in kept)
        return changed

    def _supported(self, values: list[frozenset[Number]], wanted: Number) -> list[frozenset[Number]] | None:
        """Return of each set the values with which, one of each other set added, `wanted` can be reached."""
        reached: list[set[Number]] = [{0}]
        for options in values:
            self.budget.spend(len(reached[-1]) * len(options))
            reached.append({total + value for total in reached[-1] for value in options})
            if len(reached[-1]) > _MOST_TOTALS:
                return values  # nothing is concluded from so many
        if wanted not in reached[-1]:
            return None
        targets: set[Number] = {wanted}
        kept: list[frozenset[Number]] = []
        for options, before in zip(reversed(values), reversed(reached[:-1]), strict=True):
            self.budget.spend(len(targets) * len(options))
            pairs = [(value, target - value) for target in targets for value in options if target - value in before]
            kept.insert(0, frozenset(value for value, _ in pairs))
            targets = {rest for _, rest in pairs}
        return kept
