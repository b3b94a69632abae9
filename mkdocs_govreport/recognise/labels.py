"""Which label of the form a text is: exactly, or after repairs that are then reported."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.recognise.spelling import plain, unit_in, without_notes, without_numbering, without_unit

_SHORTEST_PREFIX = 4
_MEMORY = 20_000


@dataclass(frozen=True, slots=True)
class LabelRef:
    """A label of one edition's form."""

    edition: str
    part: str
    key: str


@dataclass(frozen=True)
class Match:
    """What a text may be. `exact` when it is the official wording; `unit` where it states another."""

    candidates: tuple[LabelRef, ...]
    exact: bool
    unit: str | None = None

    def keys(self, edition: str, part: str) -> tuple[str, ...]:
        """The labels that the text may be in one table of one edition."""
        return self._by_table.get((edition, part), ())

    @cached_property
    def parts(self) -> frozenset[str]:
        """The tables that have such a label."""
        return frozenset(ref.part for ref in self.candidates)

    @cached_property
    def _by_table(self) -> dict[tuple[str, str], tuple[str, ...]]:
        tables = dict.fromkeys((ref.edition, ref.part) for ref in self.candidates)
        return {
            table: tuple(ref.key for ref in self.candidates if (ref.edition, ref.part) == table) for table in tables
        }


class LabelIndex:
    """Looks texts up among the labels of all editions."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index the official wordings and the observed variants."""
        self._repairs = tuple(catalogue.wording.repairs.items())
        self._simplified = catalogue.wording.characters.simplified
        self._official: dict[str, list[LabelRef]] = defaultdict(list)
        self._variants: dict[str, list[LabelRef]] = defaultdict(list)
        self._noteless: dict[str, list[LabelRef]] = defaultdict(list)
        self._numberless: dict[str, list[LabelRef]] = defaultdict(list)
        self._unitless: dict[str, list[LabelRef]] = defaultdict(list)
        for edition in catalogue.editions.values():
            for part, layout in edition.layouts.items():
                for key in layout.labels:
                    self._add(
                        edition.labels[part][key].text.zh,
                        edition.labels[part][key].variants,
                        LabelRef(edition.id, part, key),
                    )
        self._rows = {
            LabelRef(edition.id, part, key)
            for edition in catalogue.editions.values()
            for part, layout in edition.layouts.items()
            for key in layout.row_labels
        }
        self._by_length = sorted({*self._official, *self._noteless}, key=len, reverse=True)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for text in self._by_length:
            if len(text) > 1:
                self._by_first[text[0]].append(text)
        self._memory: dict[str, Match | None] = {}

    def _add(self, official: str, variants: tuple[str, ...], ref: LabelRef) -> None:
        text = plain(official)
        self._official[text].append(ref)
        for variant in variants:
            self._variants[plain(variant)].append(ref)
        short = without_notes(text)
        for index, form in (
            (self._noteless, short),
            (self._numberless, without_numbering(short)),
            (self._unitless, without_unit(short)),
        ):
            index[form].append(ref)

    def match(self, text: str) -> Match | None:
        """Find the labels that the whole of `text` may be, the surest way first; None when it is no label."""
        try:
            return self._memory[text]
        except KeyError:
            found = self._find(plain(text))
            if len(self._memory) < _MEMORY:
                self._memory[text] = found
            return found

    def spellings(self) -> frozenset[str]:
        """Return the plain forms in which a label may stand right beside figures or other labels."""
        bare = {text for text in self._numberless if len(text) >= _SHORTEST_PREFIX}
        forms = {*self._official, *self._variants, *self._noteless, *self._unitless, *bare}
        misspelt = {form.replace(right, wrong) for wrong, right in self._repairs for form in forms}
        return frozenset(forms | misspelt)

    def names_row(self, match: Match) -> bool:
        """Whether a text may be the label of a row, or of a group of rows."""
        return any(ref in self._rows for ref in match.candidates)

    def match_beginning(self, text: str) -> Match | None:
        """Find the longest label that `text` begins with, where a remark follows without brackets."""
        known = self._known_prefix(without_notes(self._simplified(plain(text))))
        return Match(tuple(self._official.get(known) or self._noteless[known]), exact=False) if known else None

    def _find(self, text: str) -> Match | None:
        if not text:
            return None
        if text in self._official:
            # A truncated header may be spelt like another label: the variants stay candidates.
            return Match(tuple(self._official[text] + self._variants.get(text, [])), exact=True)
        repaired = self._simplified(text)
        for wrong, right in self._repairs:
            repaired = repaired.replace(wrong, right)
        for form in dict.fromkeys((text, repaired)):
            for index in (self._official, self._variants):
                if form in index:
                    return Match(tuple(index[form]), exact=False)
        short = without_notes(repaired)
        bare = without_numbering(short)
        for form, index in (
            (short, self._noteless),
            (short, self._variants),
            (bare, self._noteless),
            (bare, self._numberless),
        ):
            if form in index:
                return Match(tuple(index[form]), exact=False)
        unit = unit_in(short)
        if unit and without_unit(short) in self._unitless:
            return Match(tuple(self._unitless[without_unit(short)]), exact=False, unit=unit)
        return Match(tuple(self._unitless[short]), exact=False) if short in self._unitless else None

    def _known_prefix(self, text: str) -> str | None:
        for known in self._by_length:
            if len(known) < _SHORTEST_PREFIX:
                return None
            if text.startswith(known) and not any(character.isdigit() for character in text[len(known) :]):
                return known
        return None

    def split(self, text: str) -> tuple[str, ...] | None:
        """Part a text that is several labels written together; None when it is not."""
        written = plain(text)
        rest = self._simplified(written)
        labels = []
        while rest:
            known = next((text for text in self._by_first.get(rest[0], ()) if rest.startswith(text)), None)
            if known is None:
                return None
            labels.append(written[len(written) - len(rest) :][: len(known)])
            rest = rest[len(known) :]
        return tuple(labels) if len(labels) > 1 else None


@lru_cache(maxsize=8)
def label_index(catalogue: Catalogue) -> LabelIndex:
    """Return the index of a catalogue."""
    return LabelIndex(catalogue)
