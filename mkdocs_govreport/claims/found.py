"""What is found in a sentence before it is judged, and what is known where the sentence stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from mkdocs_govreport.claims.lexer import Kind, Token
from mkdocs_govreport.claims.passages import Passage
from mkdocs_govreport.editions import NamedFigure, Phrases, Subject


class Found(NamedTuple):
    """Words that tell a number of figures; `token` is the number, None where the words say that there was none."""

    start: int
    end: int
    token: Token | None
    figures: tuple[NamedFigure, ...]
    readings: tuple[tuple[str, ...], ...]


@dataclass
class Context:
    """What sentences are about: carried from one to the next of a paragraph.

    `base` is the subject of the heading or part, `forbidden` the kinds of words that say that what follows is not about
    the agency's own year, `last` the figures told last in the sentence, `floor` where its last number ends, and `narrowed` tells
    that what follows may be a part of something that is not known.
    """

    part: str
    year: int | None
    subject: str | None = None
    base: str | None = None
    heading: str = ""
    on_topic: bool = False
    forbidden: set[Kind] = field(default_factory=set)
    last: frozenset[str] = frozenset()
    floor: int = 0
    narrowed: bool = False

    def enter(self, passage: Passage, phrases: Phrases, *, on_topic: bool) -> None:
        """Go on to a sentence: a paragraph begins with the subject of its heading or part."""
        if passage.heading != self.heading or self.base is None:
            self.heading = passage.heading
            named = subjects_of_heading(phrases, self.heading) if self.heading else []
            own = [subject.id for subject in phrases.subjects.values() if subject.part == self.part]
            self.base = named[0].id if len(named) == 1 else own[0] if len(own) == 1 and not named else None
        if passage.opens or Kind.ELSEWHERE in self.forbidden:
            self.subject = self.base
        self.on_topic = on_topic or (not passage.opens and self.on_topic)
        self.forbidden = set()
        self.last = frozenset()
        self.floor = 0
        self.narrowed = False

    def pass_by(self, token: Token, *, clean: bool) -> None:
        """Take in what a word says of the words after it; `clean` tells that a weak subject follows nothing unknown."""
        if token.kind in {Kind.OTHER_TIMES, Kind.WIDER, Kind.ELSEWHERE}:
            self.forbidden.add(token.kind)
        elif token.kind is Kind.THIS_TIME or (token.kind is Kind.YEAR and token.year == self.year):
            self.forbidden.discard(Kind.OTHER_TIMES)
        elif token.kind is Kind.YEAR:
            self.forbidden.add(Kind.OTHER_TIMES)
        elif token.kind is Kind.OWN:
            self.forbidden.discard(Kind.WIDER)
        elif token.subject is not None and (token.kind is Kind.SUBJECT or clean):
            if token.kind is Kind.SUBJECT:
                self.forbidden.discard(Kind.ELSEWHERE)
            if Kind.ELSEWHERE not in self.forbidden:
                self.subject = token.subject.id
        elif token.kind is Kind.WEAK:
            self.forbidden.add(Kind.ELSEWHERE)


def subjects_of_heading(phrases: Phrases, heading: str) -> list[Subject]:
    """Return the subjects that a heading names."""
    return [subject for subject in phrases.subjects.values() if subject.heading and subject.heading.search(heading)]
