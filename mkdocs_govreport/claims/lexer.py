"""From a sentence to tokens: numbers, phrases of the edition, and the words that part or forbid them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from mkdocs_govreport.claims.numbers import NO_AMOUNT, Amount, NumberReader
from mkdocs_govreport.editions import ClaimWording, NamedFigure, Phrases, Subject, alternatives


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    YEAR = "year"
    FIGURE = "figure"
    SUBJECT = "subject"
    WEAK = "weak"
    NONE = "none"
    STOP = "stop"
    COMPARED = "compared"
    EACH = "each"
    SOME = "some"
    WHOLE = "whole"
    ELSEWHERE = "elsewhere"
    OTHER_TIMES = "other_times"
    THIS_TIME = "this_time"
    WIDER = "wider"
    OWN = "own"


class Token(NamedTuple):
    """A stretch of the plain text of a sentence; what it names stands in the field of its kind."""

    kind: Kind
    start: int
    end: int
    amount: Amount = NO_AMOUNT
    figures: tuple[NamedFigure, ...] = ()
    subject: Subject | None = None
    year: int = 0


_YEAR = r"(?<!\d)20\d\d(?=年|[-—–~至到]+20\d\d年?)"
_SHORT = 24  # characters of a sentence that may be nothing but 无
_MOST_WORDS = 1000  # that are remembered
_STOP = r"[,，;()（）。!！?？]"


class Lexer:
    """Finds the tokens of sentences by the phrases of one edition."""

    def __init__(self, phrases: Phrases, wording: ClaimWording) -> None:
        """Compile one pattern of everything; where several match, what names a figure goes first."""
        self.numbers = NumberReader(wording)
        self._wording = wording
        self._named_by: dict[str, tuple[NamedFigure, ...]] = {}
        self._subjects: dict[str, Subject] = {}
        groups: list[tuple[str, str]] = [("anybody", wording.tokens.anybody), (Kind.COMPARED, wording.tokens.compared)]
        self._words = {figure: [re.compile(words) for words in figure.words] for figure in phrases.figures.values()}
        all_words = {words for figure in phrases.figures.values() for words in figure.words}
        if all_words:
            groups.append((Kind.FIGURE, "|".join(sorted(all_words, key=_longest_first))))
        for kind in (Kind.SUBJECT, Kind.WEAK):
            for number, subject in enumerate(phrases.subjects.values()):
                patterns = subject.words if kind is Kind.SUBJECT else subject.weak
                if patterns:
                    self._subjects[f"{kind}{number}"] = subject
                    groups.append((f"{kind}{number}", "|".join(patterns)))
        groups += [
            (Kind.YEAR, _YEAR),
            (Kind.THIS_TIME, wording.tokens.this_time),
            (Kind.OTHER_TIMES, wording.tokens.other_times),
            (Kind.ELSEWHERE, wording.tokens.elsewhere),
            (Kind.WIDER, wording.tokens.wider),
            (Kind.NUMBER, self.numbers.pattern),
            (Kind.EACH, wording.tokens.each),
            (Kind.WHOLE, wording.lists.whole),
            (Kind.SOME, wording.lists.some),
            (Kind.OWN, wording.tokens.own),
            (Kind.NONE, wording.tokens.none),
        ]
        self._named = re.compile("|".join(f"(?P<{name}>{'|'.join(alternatives(pattern))})" for name, pattern in groups))
        # Without groups the engine looks at the first character of most alternatives and goes on: six times as fast.
        self._any = re.compile("|".join([_STOP, *(part for _, pattern in groups for part in alternatives(pattern))]))
        self._stop = re.compile(_STOP)
        digits = "".join([*wording.numerals.digits, *wording.numerals.powers, wording.numerals.percent])
        units = "|".join(map(re.escape, wording.units))
        self._number_words = re.compile(rf"[\d{digits}][\d{digits}{wording.hedges.more},.*\s]*(?:{units}|[%％])")
        self._none_words = re.compile(wording.tokens.none_words)
        self._nothing_words = re.compile(wording.tokens.nothing_words)

    def worth(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence, as it is written, has what can tell anything; most have not, and are read no further."""
        return bool(
            self._number_words.search(text, start, end)
            or self._none_words.search(text, start, end)
            or (end - start <= _SHORT and self._nothing_words.search(text[start:end]))
        )

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a plain sentence in their order."""
        found: list[Token] = []
        position = 0
        while place := self._any.search(text, position):
            if self._stop.match(text, place.start()):
                position = place.end()
                found.append(Token(Kind.STOP, place.start(), position))
                continue
            match = self._named.match(text, place.start())
            if match is None or match.end() == place.start():
                position = place.start() + 1
                continue
            position = match.end()
            token = self._token(match, text)
            if token is not None:
                found.append(token)
        return found

    def _token(self, match: re.Match[str], text: str) -> Token | None:
        name = match.lastgroup or ""
        start, end = match.span()
        if name == Kind.FIGURE:
            return Token(Kind.FIGURE, start, end, figures=self._figures(match[0]))
        if name in self._subjects:
            kind = Kind.SUBJECT if name.startswith(Kind.SUBJECT) else Kind.WEAK
            return Token(kind, start, end, subject=self._subjects[name])
        if name == "anybody":
            return None
        kind = Kind(name)
        if kind is Kind.YEAR:
            return Token(kind, start, end, year=int(match[0]))
        if kind is Kind.NUMBER:
            return self._number(match[0], text, start, end)
        return Token(kind, start, end)

    def _figures(self, words: str) -> tuple[NamedFigure, ...]:
        """Return the figures that words name, which may be of several subjects."""
        if words not in self._named_by:
            if len(self._named_by) >= _MOST_WORDS:
                self._named_by.clear()
            self._named_by[words] = tuple(
                figure for figure, patterns in self._words.items() if any(p.fullmatch(words) for p in patterns)
            )
        return self._named_by[words]

    def _number(self, written: str, text: str, start: int, end: int) -> Token | None:
        amount = self.numbers.read(written)
        before, after = text[max(0, start - 2) : start], text[end : end + 3]
        if (
            amount is None
            or self._wording.places.no_number_before.search(before)
            or self._wording.places.no_number_after.match(after)
        ):
            return None
        return Token(Kind.NUMBER, start, end, amount=amount)


def _longest_first(words: str) -> tuple[int, str]:
    return -len(words), words
