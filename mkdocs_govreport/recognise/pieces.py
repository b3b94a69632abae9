"""Parting a text in which labels and figures are written together, without the gaps between cells.

Figures end where a label begins. A label brings its own numbering: in `22000032.重复申请` the figures are
`2200003`, for the label is known to be number 2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from mkdocs_govreport.recognise.labels import LabelIndex, Match
from mkdocs_govreport.recognise.spelling import plain, remark_end, spread
from mkdocs_govreport.recognise.tokens import Kind

_DIGIT = "0123456789"
_DIGITS = re.compile(r"\d+")
_FIGURES = re.compile(r"[-/\u2212\d,.]+")
_CLOSING = ",."
_GOES_ON = frozenset("-/\u2212,.、。:(")  # what may follow the first digits of a row, or the number of the next label
_LONGEST_NUMBERING = 3  # characters, the stop included
_EDGES = (4, 3, 2)  # characters of a label that tell whether it may stand beside a digit: four, or all of them
_SEVERAL_LABELS = 3


class Piece(NamedTuple):
    """A stretch of a text, from `start` to `end`: a LABEL with its match, figures (GLUED), or other TEXT."""

    kind: Kind
    start: int
    end: int
    match: Match | None = None


class PieceReader:
    """Parts texts by the labels of a catalogue."""

    def __init__(self, labels: LabelIndex) -> None:
        """Keep the labels; what is derived from them is made when the first such text is met."""
        self._labels = labels

    def read(self, text: str) -> list[Piece]:
        """Part a text into labels, figures and the rest; nothing when no label touches a figure in it."""
        if not self._may_touch(text):
            return []
        found = list(self._pieces(text))
        groups = [(is_text, list(group)) for is_text, group in groupby(found, lambda piece: piece.kind is Kind.TEXT)]
        kept = [group for is_text, group in groups if not is_text and self._is_of_table(group, alone=len(groups) == 1)]
        return list(_with_rest(kept, len(text)))

    # --- telling whether it is worth the trouble ------------------------------------------------------

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """The spellings by their first character, the longest first."""
        result = defaultdict(list)
        for spelling in sorted(self._labels.spellings(), key=len, reverse=True):
            if spelling:
                result[spelling[0]].append(spelling)
        return dict(result)

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The last characters of the spellings, as many as tell them from other words, and the last alone."""
        return _and_first_of(spelling[-_EDGES[0] :][::-1] for group in self._by_first.values() for spelling in group)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first characters of the spellings, in the same way."""
        return _and_first_of(spelling[: _EDGES[0]] for group in self._by_first.values() for spelling in group)

    def _may_touch(self, text: str) -> bool:
        for digits in _DIGITS.finditer(text):
            start, end = digits.span()
            following = plain(text[end : end + 1])[:1]
            if following and following not in self._beginnings and following not in _GOES_ON:
                continue  # as in “10件”
            before = text[start - 1 : start]
            if before and plain(before)[-1:] in self._ends:
                edge = plain(text[max(start - _EDGES[0], 0) : start])[::-1]
                if any(edge[:length] in self._ends for length in _EDGES if length <= len(edge)):
                    return True
            # The last digit may be the numbering of the label.
            for first in (end, end - 1) if end - start > 1 else (end,):
                if plain(text[first : first + 1])[:1] in self._beginnings:
                    edge = plain(text[first : first + _EDGES[0]])
                    if any(edge[:length] in self._beginnings for length in _EDGES if length <= len(edge)):
                        return True
        return False

    # --- parting --------------------------------------------------------------------------------------

    def _pieces(self, text: str) -> Iterator[Piece]:
        even, places, gaps = spread(text)
        position = 0
        while position < len(even):
            end = self._label_end(even, position)
            if end:
                kind, end = Kind.LABEL, remark_end(even, end)
            else:
                end = self._figures_end(even, position, gaps)
                kind = Kind.GLUED if end > position else Kind.TEXT
                if end < len(even) and not self._label_end(even, end):
                    end = remark_end(even, end)  # a remark on the figure before it
                end = max(end, position + 1)
            start, stop = places[position], places[end - 1] + 1
            match = self._labels.match(text[start:stop]) if kind is Kind.LABEL else None
            yield Piece(kind if match or kind is not Kind.LABEL else Kind.TEXT, start, stop, match)
            position = end

    def _label_end(self, text: str, position: int) -> int:
        """Return where the longest label that begins at `position` ends; 0 when none does."""
        known = self._by_first.get(text[position], ())
        for spelling in known:
            if text.startswith(spelling, position):
                # Where one label is another with a number after it, the number may be a figure.
                shorter = spelling.rstrip(_DIGIT)
                return 0 if shorter != spelling and shorter in known else position + len(spelling)
        return 0

    def _figures_end(self, text: str, position: int, gaps: frozenset[int]) -> int:
        """Return where the figures that begin at `position` end: at a gap, or where a label begins."""
        figures = _FIGURES.match(text, position)
        if not figures:
            return position
        end = next((place for place in range(position + 1, figures.end()) if place in gaps), figures.end())
        if end == figures.end():
            labels = [
                first
                for first in range(max(position + 1, end - _LONGEST_NUMBERING), end)
                if self._label_end(text, first) > end
            ]
            if len(labels) > 1:
                return position  # the numbering of two labels would fit
            end = labels[0] if labels else end
        while end > position and text[end - 1] in _CLOSING:
            end -= 1
        return end

    def _is_of_table(self, group: list[Piece], *, alone: bool) -> bool:
        """Whether pieces that touch are of a table rather than a phrase; `alone` when they are all of the text."""
        labels = [piece.match for piece in group if piece.match]
        rows = sum(1 for match in labels if self._labels.names_row(match))
        figures = sum(1 for piece in group if piece.kind is Kind.GLUED)
        if not figures:
            return False
        return len(labels) >= _SEVERAL_LABELS or rows >= (1 if alone else 2)


def _with_rest(groups: list[list[Piece]], length: int) -> Iterator[Piece]:
    """Yield the pieces of `groups`, and what is between them as text."""
    position = 0
    for group in groups:
        if group[0].start > position:
            yield Piece(Kind.TEXT, position, group[0].start)
        yield from group
        position = group[-1].end
    if groups and position < length:
        yield Piece(Kind.TEXT, position, length)


def _and_first_of(edges: Iterable[str]) -> frozenset[str]:
    return frozenset(part for edge in edges for part in (edge, edge[:1]))
