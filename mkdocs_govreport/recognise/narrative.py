"""The parts of the report: which heading opens which part, and the prose under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.recognise.spelling import ordinal, plain, without_numbering
from mkdocs_govreport.sources import Paragraph

INTRODUCTION = "introduction"
_LONGEST_HEADING = 45
_MEMORY = 20_000  # lines that are remembered: the same headings stand in all reports
_ALIKE = 0.6  # from which similarity on a heading without its number is one of the form
_PART_NUMBER = re.compile(r"^第.{1,3}部分[、:.]?")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part; `official` is set where its wording differs from the form's."""

    part: str
    official: Text | None = None


class HeadingReader:
    """Tells the headings of the parts from other paragraphs."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Collect the parts of all editions in the order of the form."""
        self._simplified = catalogue.wording.characters.simplified
        self._memory: dict[tuple[str, bool], Heading | None] = {}
        self._by_title: dict[str, tuple[str, Text]] = {}
        self._numbered: list[tuple[int, str, tuple[str, ...], Text]] = []
        for edition in catalogue.editions.values():
            for number, part in enumerate(edition.parts.values(), 1):
                self._by_title.setdefault(plain(part.title.zh), (part.id, part.title))
                entry = (number, part.id, part.keywords, part.title)
                if entry not in self._numbered:
                    self._numbered.append(entry)

    def read(self, text: str, level: int = 0) -> Heading | None:
        """Return the part that a heading opens; `level` is above 0 where the source marks a heading."""
        if len(text) > _LONGEST_HEADING:
            return None
        key = text, level > 0
        try:
            return self._memory[key]
        except KeyError:
            heading = self._read(*key)
            if len(self._memory) < _MEMORY:
                self._memory[key] = heading
            return heading

    def _read(self, text: str, is_marked: bool) -> Heading | None:
        written = plain(text)
        normal = self._simplified(written)
        number = ordinal(normal)
        bare = without_numbering(_PART_NUMBER.sub("", normal))
        if bare in self._by_title and (number is not None or is_marked or bare == normal):
            part, title = self._by_title[bare]
            return Heading(part, None if normal == written else title)
        if number is None and not is_marked:
            return None
        if normal.startswith("(") or normal.endswith(("。", ";", ",")):
            return None  # a heading inside a part, or a sentence
        for position, part, keywords, title in self._numbered:
            if not any(keyword in bare for keyword in keywords):
                continue
            if number == position or (
                number is None and SequenceMatcher(None, bare, plain(title.zh)).ratio() >= _ALIKE
            ):
                return Heading(part, title)
        return None


@lru_cache(maxsize=8)
def heading_reader(catalogue: Catalogue) -> HeadingReader:
    """Return the reader for a catalogue."""
    return HeadingReader(catalogue)


@dataclass
class Narrative:
    """The prose by parts, as Markdown, and the headings that differ from the form."""

    parts: dict[str, str] = field(default_factory=dict)
    varied: list[tuple[str, Text, Origin]] = field(default_factory=list)


def read_narrative(paragraphs: Iterable[Paragraph], headings: HeadingReader) -> Narrative:
    """Sort prose under the headings of the parts; what precedes the first is the introduction."""
    narrative = Narrative()
    texts: dict[str, list[str]] = {}
    current = INTRODUCTION
    for paragraph in paragraphs:
        heading = headings.read(paragraph.text, paragraph.level)
        if heading:
            current = heading.part
            texts.setdefault(current, [])
            if heading.official:
                narrative.varied.append((paragraph.text, heading.official, paragraph.origin))
        else:
            texts.setdefault(current, []).append(paragraph.markdown)
    narrative.parts = {part: "\n\n".join(blocks) for part, blocks in texts.items()}
    return narrative
