"""What is found out about reports, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mkdocs_govreport.model.report import Number, Origin
from mkdocs_govreport.model.text import Text


class Severity(StrEnum):
    """How much a finding weighs; an `error` fails a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """The place among the severities, the gravest first."""
        return list(Severity).index(self)


class Status(StrEnum):
    """What became of a finding; *not assessable* is a result of its own, neither pass nor failure."""

    OPEN = "open"
    WAIVED = "waived"
    BASELINED = "baselined"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of an equation, with its side, value and place; `title` and `year` are its report's."""

    path: str
    title: Text
    side: str
    value: Number | None
    year: int | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One equation that does not hold: `imbalance` is the left side less the right side."""

    rule: str
    code: str
    message: Text
    imbalance: Number
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would mend a finding: `path` holds `before` and should hold `after`."""

    path: str
    before: Number | None
    after: Number


CELLS = "cells"
"""The kind of an explanation whose changes have nothing in common; those of other kinds come from one slip."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A set of changes after which every equation holds again, and in words what would have happened."""

    kind: str
    confidence: str
    changes: tuple[Change, ...]
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding stands as it was published; `figures` are those that it is bound to, with their values.

    Dates are ISO 8601 texts; `evidence` is an address.
    """

    reason: str
    author: str
    date: str
    expires: str | None = None
    evidence: str | None = None
    figures: tuple[tuple[str, Number | str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that could not be judged, with its place and the remedy.

    `paths` are the figures involved. A finding about figures that do not agree has `terms`, both
    sides in `expected` and `actual`, their difference in `imbalance`, and under `also_breaks` the
    other equations that the same cause breaks.
    """

    rule: str
    code: str
    severity: Severity
    message: Text
    file: str
    origin: Origin | None = None
    agency: str | None = None
    agency_id: str | None = None
    year: int | None = None
    status: Status = Status.OPEN
    paths: tuple[str, ...] = ()
    expected: Number | str | None = None
    actual: Number | str | None = None
    imbalance: Number | None = None
    terms: tuple[Term, ...] = ()
    also_breaks: tuple[Breach, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    complete: bool = False
    waiver: Waiver | None = None

    @property
    def is_relation(self) -> bool:
        """Whether it is about two sums; a number of the prose is compared with one."""
        return len({term.side for term in self.terms}) > 1

    @property
    def fails(self) -> bool:
        """Whether the finding fails a build."""
        return self.severity is Severity.ERROR and self.status is Status.OPEN
