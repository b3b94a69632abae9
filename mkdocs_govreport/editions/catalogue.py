"""What the files under `schemas/` say: the editions of the form, the rules, the wording.

Nothing in this package names a row, a column, a label or a sum; a new edition is a new folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_govreport.editions.characters import Characters
from mkdocs_govreport.editions.equations import Equation
from mkdocs_govreport.editions.layout import Layout
from mkdocs_govreport.editions.measures import Checked, Measures
from mkdocs_govreport.editions.phrases import Phrases
from mkdocs_govreport.editions.rules import Rule
from mkdocs_govreport.model import Report, Text

if TYPE_CHECKING:
    from mkdocs_govreport.editions.claim_wording import ClaimWording
    from mkdocs_govreport.editions.identity_wording import FeeWording, IdentityWording


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the form: the official wording, a short one for formulas, and observed variants."""

    key: str
    text: Text
    short: Text
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts of the report: its `heading` is the title as printed, `has_table` where it has a statutory table."""

    id: str
    title: Text
    heading: Text
    short: Text
    keywords: tuple[str, ...]
    has_table: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """A column of the cross-agency index: the sum of some figures."""

    id: str
    title: Text
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that figures are given in; `factor` converts to the base unit of its `kind`."""

    id: str
    kind: str
    factor: int
    names: tuple[str, ...]
    title: Text


@dataclass(frozen=True)
class Wording:
    """How published reports write things; see `schemas/wording.yml`, which `data` is.

    The patterns of what only readers of reports need are compiled when they are asked for: that takes longer than
    all else of the catalogue, and a build that finds every report in its cache asks for none.
    """

    repairs: Mapping[str, str]
    blanks: frozenset[str]
    units: Mapping[str, Unit]
    residue: tuple[str, ...]
    site_lines: tuple[str, ...]
    characters: Characters
    data: Mapping[str, Any] = field(repr=False)

    @cached_property
    def identity(self) -> IdentityWording:
        """How reports name agencies, years and dates."""
        from mkdocs_govreport.editions.identity_wording import identity_wording

        return identity_wording(self.data["identity"])

    @cached_property
    def processing_fee(self) -> FeeWording:
        """How prose states the processing fee."""
        from mkdocs_govreport.editions.identity_wording import fee_wording

        return fee_wording(self.data["processing_fee"])

    @cached_property
    def claims(self) -> ClaimWording:
        """How prose states numbers that tables have too."""
        from mkdocs_govreport.editions.claim_wording import claim_wording

        return claim_wording(self.data["claims"])


@dataclass(frozen=True)
class Edition:
    """One edition of the form."""

    id: str
    title: Text
    notice: str
    first_year: int
    last_year: int | None
    parts: Mapping[str, Part]
    lead_table: str
    labels: Mapping[str, Mapping[str, Label]]
    layouts: Mapping[str, Layout]
    rules: Mapping[str, Rule]
    equations: tuple[Equation, ...]
    indicators: tuple[Indicator, ...]
    schema: Mapping[str, Any]
    checked: Checked
    phrases: Phrases = field(default_factory=Phrases)

    def usual_for(self, year: int) -> bool:
        """Whether reports of `year` usually follow this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The parts that carry a table, in the order of the form."""
        return tuple(self.layouts)

    def figure_title(self, path: str) -> Text:
        """Name a figure by its row and its column, for messages."""
        part, row, column = path.split(".")
        return Text.join([self.row_title(part, row), self.row_title(part, column)], zh="·", en=" · ")

    def row_title(self, part: str, key: str) -> Text:
        """Name a row or a column of a table, for messages."""
        label = self.labels.get(part, {}).get(key)
        return label.short if label else Text(key, key)

    def figures(self, part: str) -> tuple[str, ...]:
        """The full paths of the figures of a table, in print order."""
        return tuple(f"{part}.{figure}" for figure in self.layouts[part].figures)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All editions with what is common to them; one object for each set of folders, compared by identity.

    `digest` is one of the files that it was read from.
    """

    editions: Mapping[str, Edition]
    wording: Wording
    rules: Mapping[str, Rule]
    schemas: Mapping[str, Mapping[str, Any]]
    measures: Measures
    digest: bytes = b""

    def rule(self, name: str) -> Rule:
        """Return a rule by name, common or of an edition."""
        return self.rules[name]

    def edition_of(self, report: Report, path: str) -> Edition:
        """Return the edition that a table follows in a report; `path` names the table or one of its figures."""
        return self.editions[report.edition_of.get(path.split(".", 1)[0], report.edition)]

    def usual_edition(self, year: int | None) -> Edition:
        """Return the edition usual for `year`; the newest where the year is not known."""
        fitting = [edition for edition in self.editions.values() if year is not None and edition.usual_for(year)]
        return fitting[-1] if fitting else list(self.editions.values())[-1]
