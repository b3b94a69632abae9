"""Arithmetic rules as linear equations over figure paths, expanded from the rules of an edition."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mkdocs_govreport.model import Number

_SLOT = re.compile(r"\{(\w+)\}")


class Scope(StrEnum):
    """The report in which an operand is looked up, seen from the report that is checked."""

    REPORT = "report"
    PREVIOUS = "previous"
    MEMBERS = "members"


class Relation(StrEnum):
    """How the sum of the left side stands to that of the right."""

    EQUAL = "equal"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure path and the report it is read from."""

    path: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of `left` equals the sum of `right`, or is at least as much.

    `part` is the part whose edition decides whether the equation applies; `control` is the index,
    within the rule's equations, of the one that readers check first.
    """

    rule: str
    part: str
    binding: tuple[tuple[str, str], ...]
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]
    is_control: bool
    relation: Relation = Relation.EQUAL

    @property
    def scopes(self) -> frozenset[Scope]:
        """The reports that the equation draws on."""
        return frozenset(operand.scope for operand in self.left + self.right)

    @property
    def is_sum(self) -> bool:
        """Whether both sides are to be equal."""
        return self.relation is Relation.EQUAL

    def allows(self, imbalance: Number) -> bool:
        """Whether the equation holds where the left side is `imbalance` more than the right."""
        return imbalance == 0 or (imbalance > 0 and self.relation is Relation.AT_LEAST)


def expand_equations(name: str, rule: Mapping[str, Any], sets: Mapping[str, list[str]]) -> tuple[Equation, ...]:
    """Write out a rule for every binding of the sets named under `each`."""
    each: Mapping[str, str] = rule.get("each") or {}
    control: Mapping[str, str] = rule.get("control") or {}
    equations = []
    for values in itertools.product(*(sets[set_name] for set_name in each.values())):
        binding = dict(zip(each, values, strict=True))
        left = tuple(_operands(rule["left"], binding, sets))
        right = tuple(_operands(rule["right"], binding, sets))
        part = left[0].path.split(".", 1)[0]
        equations.append(
            Equation(
                name,
                part,
                tuple(binding.items()),
                left,
                right,
                is_control=bool(control) and binding.items() >= control.items(),
                relation=Relation(rule.get("relation", Relation.EQUAL)),
            )
        )
    return tuple(equations)


def expand_paths(terms: list[str], sets: Mapping[str, list[str]]) -> Iterator[str]:
    """Write out figure paths: one for each member of a set in braces."""
    return (operand.path for operand in _operands(terms, {}, sets))


def _operands(terms: list[str], binding: Mapping[str, str], sets: Mapping[str, list[str]]) -> Iterator[Operand]:
    for term in terms:
        prefix, _, path = term.rpartition(":")
        scope = Scope(prefix) if prefix else Scope.REPORT
        free = [slot for slot in _SLOT.findall(path) if slot not in binding]
        for values in itertools.product(*(sets[slot] for slot in free)):
            yield Operand(path.format(**binding, **dict(zip(free, values, strict=True))), scope)
