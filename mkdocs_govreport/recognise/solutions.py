"""Choosing one candidate for each of several rows so that sums across the rows hold: all choices, proven.

Candidates that no choice for the other rows makes up for are dropped, one sum after another; what is
left is tried row by row.
"""

from __future__ import annotations

from typing import NamedTuple

from mkdocs_govreport.model import Number
from mkdocs_govreport.recognise.readings import Budget

_MOST_TOTALS = 20_000  # partial sums of one relation that are told apart


class Relation(NamedTuple):
    """A sum over several rows that must be 0: the known part, and what each candidate of each row adds to it."""

    constant: Number
    shares: dict[int, tuple[Number, ...]]


Domains = dict[int, tuple[int, ...]]
"""For each row the numbers of the candidates that are left."""


class Solutions:
    """The choices of one candidate for each row with which all relations hold."""

    def __init__(self, relations: list[Relation], budget: Budget) -> None:
        """Take the relations, and the steps that may be tried."""
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

    def _changed(self, relation: Relation, domains: Domains) -> Domains | None:
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
