"""Prose that says what other prose says: the agency's own of the year before, or that of another agency.

All reports of a year cannot be compared with one another: of 5,000 there are 12 million pairs. Two texts that are nearly
the same have many clauses in common to the letter, and among them some that few others have. So a report is looked up
by its rarest clauses, and compared with those alone that share much more than phrases that everybody uses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from mkdocs_govreport.model import Report

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_CLAUSE = 6
_RAREST = 16  # clauses of a text by which others are looked up
_BUCKET = 40  # texts that are looked at of those that have a clause
_COMPARED = 8  # texts that are compared with one
_COMMON = 0.4  # share of its clauses that a text must have in common with another to be compared


class Likeness(NamedTuple):
    """A part that two reports have in common: the share that is the same, and its longest passage."""

    part: str
    share: float
    passage: str


@dataclass(frozen=True)
class Prose:
    """The text of a part, and what is compared of it: its letters without the names of the agency, and its clauses."""

    text: str
    masked: str
    letters: str

    @property
    def clauses(self) -> frozenset[str]:
        """The stretches of letters that are long enough to tell something."""
        return frozenset(clause for clause in _LETTERS.findall(self.masked) if len(clause) >= _SHORTEST_CLAUSE)


def prose_of(report: Report, part: str, names: Iterable[str], shortest: int) -> Prose | None:
    """Return what is compared of a part; None where it is too short to be compared."""
    text = report.narrative.get(part, "")
    if len(text) < shortest:
        return None
    masked = text
    for name in names:
        masked = masked.replace(name, " " * len(name))
    letters = "".join(_LETTERS.findall(masked))
    return Prose(text, masked, letters) if len(letters) >= shortest else None


def share(one: Prose, other: Prose, least: float) -> float:
    """Return the share of two texts that is the same and in the same order; 0 where it is below `least`."""
    return Indel.normalized_similarity(one.letters, other.letters, score_cutoff=least)


def longest_passage(one: Prose, other: Prose, length: int) -> str:
    """Return the longest passage of `one` that stands in `other`, cut to `length` characters."""
    blocks = Indel.opcodes(one.letters, other.letters)
    block = max((block for block in blocks if block.tag == "equal"), key=lambda b: b.src_end - b.src_start)
    places = [place for match in _LETTERS.finditer(one.masked) for place in range(*match.span())]
    start, end = places[block.src_start], places[block.src_end - 1] + 1
    passage = " ".join(one.text[start:end].split())
    return passage if len(passage) <= length else passage[: length - 1] + "…"


def alike(texts: Sequence[Prose], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield, for each text that is alike to another, its number, that of the likest, and their share."""
    clauses = [prose.clauses for prose in texts]
    holders: Mapping[str, list[int]] = _holders(clauses)
    for number, (prose, own) in enumerate(zip(texts, clauses, strict=True)):
        known = [clause for clause in own if clause in holders]
        least_common = _COMMON * len(own)
        if len(known) < least_common:
            continue  # most texts
        common: Counter[int] = Counter()
        for clause in sorted(known, key=lambda clause: (len(holders[clause]), clause))[:_RAREST]:
            common.update(other for other in holders[clause][:_BUCKET] if other != number)
        best, highest = -1, 0.0
        for other, _ in common.most_common(_COMPARED):
            if len(own & clauses[other]) >= least_common:
                found = share(prose, texts[other], max(least, highest))
                if found > highest:
                    best, highest = other, found
        if best >= 0:
            yield number, best, highest


def _holders(clauses: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Return which texts have a clause, of those that several have."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(clauses):
        for clause in own:
            found[clause].append(number)
    return {clause: numbers for clause, numbers in found.items() if len(numbers) > 1}
