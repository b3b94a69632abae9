"""Shares: x % of a whole that the sentence or the table tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mkdocs_govreport.claims.found import Found
from mkdocs_govreport.claims.lexer import Kind, Token
from mkdocs_govreport.claims.numbers import PERCENT
from mkdocs_govreport.editions import ClaimWording, NamedFigure, Phrases

_BETWEEN = {"", ",", "，", "、", "(", ";"}


class FoundShare(NamedTuple):
    """A percentage with its part, a number or a figure that is named, and the numbers and figures it may be of."""

    start: int
    end: int
    token: Token
    part: Token | None
    figure: NamedFigure | None
    numbers: tuple[Token, ...]
    figures: tuple[NamedFigure, ...]


class ShareReader:
    """Finds shares in sentences."""

    def __init__(self, phrases: Phrases, wording: ClaimWording) -> None:
        """Take the phrases."""
        self._phrases = phrases
        self._wording = wording

    def read(self, text: str, tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[FoundShare]:
        """Yield the shares of a sentence; `found` are the figures that it tells."""
        bound = {one.token.start: one for one in found if one.token}
        numbers = [token for token in tokens if token.kind is Kind.NUMBER]
        for token in numbers:
            if token.amount.unit != PERCENT:
                continue
            match = self._wording.shares.of.search(text[: token.start])
            if not match or not self._wording.shares.whole.fullmatch(match["whole"]):
                continue
            if any(t.kind in {Kind.COMPARED, Kind.EACH} and t.start <= match.start() < t.end for t in tokens):
                continue
            before = [number for number in numbers if number.end <= match.start()]
            part = before[-1] if before and text[before[-1].end : match.start()] in _BETWEEN else None
            if part is not None and part.amount.unit != PERCENT:
                known = bound.get(part.start)
                figure = known.figures[0] if known else None
                start = known.start if known else part.start
                wholes = tuple(n for n in before[:-1] if n.amount.exact and n.amount.unit == part.amount.unit)
            else:
                named = next((t for t in tokens if t.kind is Kind.FIGURE and t.end == match.start()), None)
                if named is None:
                    continue
                part, figure, start, wholes = None, named.figures[0], named.start, ()
            yield FoundShare(start, token.end, token, part, figure, wholes, self._wholes(figure))

    def _wholes(self, figure: NamedFigure | None) -> tuple[NamedFigure, ...]:
        if figure is None:
            return ()
        subject = self._phrases.subjects[figure.subject]
        return tuple(self._phrases.figures[name] for name in subject.wholes)
