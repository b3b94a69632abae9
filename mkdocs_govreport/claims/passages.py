"""Sentences of the prose in plain form, each with its place in the Markdown and the heading that it stands under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_govreport.editions import Catalogue

_BEGINS = re.compile(r"[ \t]*(?:[|#>+*-]|\d+[.)])")
_NO_PROSE = ("|", "```", "<")
_END = re.compile(r"[。!！?？]+")
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad*`\\~]")
_KEPT = frozenset("，；：、。")  # full-width stops stay: 13，200 are two numbers
_STOPS = str.maketrans("；：", ";:")
_LONGEST_HEADING = 45
_LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: `text` is its plain form, `places` the place in the Markdown of each of its characters.

    `heading` is the numbered heading that it stands under. `opens` says that a paragraph begins with it, `alone` that it
    is all of one.
    """

    text: str
    places: tuple[int, ...]
    end: int
    heading: str
    opens: bool
    alone: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the Markdown of a stretch of the plain text."""
        return self.places[start], self.places[end - 1] + 1


def passages(text: str, catalogue: Catalogue, worth: Callable[[str, int, int], bool]) -> Iterator[Passage]:
    """Yield the sentences of a part that are worth reading; tables and code are no sentences."""
    numbered = catalogue.wording.claims.places.numbered_heading
    heading = ""
    for offset, block in _blocks(text):
        stripped = block.strip()
        if stripped.startswith(_NO_PROSE):
            continue
        line = block
        if len(stripped) <= _LONGEST_HEADING and not _END.search(stripped):
            plain = plain_of(line, offset, catalogue)[0]
            if stripped.startswith("#") or numbered.match(plain):
                heading = plain
        opens = True
        sentence = 0
        for mark in [*_END.finditer(line), None]:
            close = mark.end() if mark else len(line)
            if close - sentence <= _LONGEST_SENTENCE and line[sentence:close].strip() and worth(line, sentence, close):
                plain, places = plain_of(line[sentence:close], offset + sentence, catalogue)
                if plain:
                    whole = not line[:sentence].strip() and not line[close:].strip()
                    yield Passage(plain, places, offset + close, heading, opens, whole)
            opens = opens and not line[sentence:close].strip()
            sentence = close


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs, items and headings of Markdown with their places; a line goes on the one before it."""
    start = place = 0
    for line in text.splitlines(keepends=True):
        begins = _BEGINS.match(line) is not None
        after_heading = text.startswith("#", start)
        if begins or after_heading or not line.strip():
            if text[start:place].strip():
                yield start, text[start:place]
            start = place
        place += len(line)
    if text[start:].strip():
        yield start, text[start:]


def plain_of(text: str, offset: int, catalogue: Catalogue) -> tuple[str, tuple[int, ...]]:
    """Return `text` in NFKC form and simplified characters, without spaces and marks, and the place of each character."""
    characters: list[str] = []
    places: list[int] = []
    for place, normal in enumerate(map(_normal, text), offset):
        if len(normal) == 1:
            characters.append(normal)
            places.append(place)
        elif normal:
            characters += normal
            places += [place] * len(normal)
    return catalogue.wording.characters.simplified("".join(characters).translate(_STOPS)), tuple(places)


@lru_cache(maxsize=4096)
def _normal(character: str) -> str:
    """Return what becomes of a character; nothing of white space and of the marks of Markdown."""
    if character in _KEPT:
        return character
    if _DROPPED.match(character):
        return ""
    return "".join(unicodedata.normalize("NFKC", character).split())
