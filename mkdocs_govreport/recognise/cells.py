"""Which cells of a document belong to the statutory tables, and to which; all else is prose.

Cells come from grids, and from paragraphs in which a table was flattened into words parted by
spaces or into a line for each cell. What is taken here is what `tables` makes figures of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.labels import LabelIndex, Match
from mkdocs_govreport.recognise.narrative import HeadingReader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.recognise.values import Value, ValueReader
from mkdocs_govreport.sources import Document, Grid, Paragraph, escape_markdown

_WORD = re.compile(r"\S+")
_LONGEST_WORD = 60
_MOST_WORDS_IN_LABEL = 8
_STRONG = 4  # characters from which on a label does not occur in other tables by chance
_FEWEST_LABELS = 3
_FEWEST_VALUES = 4


class Kind(Enum):
    """What a cell is: a label of the form, a number, a blank, or other text."""

    LABEL = auto()
    NUMBER = auto()
    BLANK = auto()
    TEXT = auto()


class Token(NamedTuple):
    """A cell with what it may be; `starts_row` where the source says that a row begins."""

    kind: Kind
    text: str
    origin: Origin
    match: Match | None = None
    value: Value | None = None
    starts_row: bool = False


@dataclass
class Sorted:
    """A document sorted into the cells of each table, in reading order, and prose."""

    tables: dict[str, list[Token]] = field(default_factory=dict)
    prose: list[Paragraph] = field(default_factory=list)


class CellSorter:
    """Sorts documents by the labels of a catalogue."""

    def __init__(self, catalogue: Catalogue, labels: LabelIndex, values: ValueReader, headings: HeadingReader) -> None:
        """Keep the readers and the parts with tables, in the order of the form."""
        self._labels = labels
        self._values = values
        self._headings = headings
        self._order = list(dict.fromkeys(part for edition in catalogue.editions.values() for part in edition.layouts))
        self._rows = {
            (edition.id, part, key)
            for edition in catalogue.editions.values()
            for part, layout in edition.layouts.items()
            for key in layout.row_labels
        }

    def sort(self, document: Document) -> Sorted:
        """Part the cells of the statutory tables from the prose."""
        result = Sorted()
        current: str | None = None
        for piece in self._pieces(document.blocks, result):
            if isinstance(piece, Paragraph):
                result.prose.append(piece)
                heading = self._headings.read(piece.text, piece.level)
                if heading:
                    current = heading.part if heading.part in self._order else None
            else:
                current = self._assign(piece, current, result.tables)
        return result

    def _pieces(self, blocks: Iterable[Paragraph | Grid], result: Sorted) -> Iterator[Paragraph | list[Token]]:
        waiting: list[Paragraph] = []
        for block in blocks:
            if isinstance(block, Paragraph) and not block.level:
                waiting.append(block)
                continue
            tokens = [] if isinstance(block, Paragraph) else self._tokens(block)
            is_statutory = self._is_statutory(tokens, result.tables)
            captions: list[Token] = []
            while is_statutory and waiting and (caption := self._caption(waiting[-1])):
                captions.insert(0, caption)
                waiting.pop()
            yield from self._flattened(waiting)
            waiting = []
            if is_statutory:
                yield captions + tokens
            else:
                yield block if isinstance(block, Paragraph) else _as_prose(block)
        yield from self._flattened(waiting)

    def _caption(self, paragraph: Paragraph) -> Token | None:
        """Return a label of the form that stands on a line of its own right before the rows that it heads."""
        match = self._labels.match(paragraph.text) if len(paragraph.text) >= _STRONG else None
        if match is None or self._headings.read(paragraph.text):
            return None
        return Token(Kind.LABEL, paragraph.text, paragraph.origin, match, starts_row=True)

    def _assign(self, tokens: list[Token], current: str | None, tables: dict[str, list[Token]]) -> str | None:
        """Give each cell to the table that its label tells, or to the one before it."""
        if current is None:
            votes = Counter(
                part for token in tokens if token.match for part in token.match.parts if len(token.match.parts) == 1
            )
            current = next(
                (
                    part
                    for token in tokens
                    if token.match
                    for part in self._order
                    if votes[part] and part in token.match.parts
                ),
                None,
            )
        for token in tokens:
            if token.match and current not in token.match.parts:
                current = min(
                    token.match.parts,
                    key=lambda part: (self._order.index(part) < self._position(current), self._order.index(part)),
                )
            if current is not None:
                tables.setdefault(current, []).append(token)
        return current

    def _position(self, part: str | None) -> int:
        return self._order.index(part) if part in self._order else 0

    # --- grids ------------------------------------------------------------------------------

    def _tokens(self, grid: Grid) -> list[Token]:
        tokens: list[Token] = []
        for row in grid.rows:
            starts = True
            for cell in row:
                value = self._values.read(cell.text)
                if value is not None:
                    kind = Kind.BLANK if value.number is None else Kind.NUMBER
                    tokens.append(Token(kind, cell.text, cell.origin, None, value, starts))
                else:
                    tokens += self._labelled(cell.text, cell.origin, starts=starts)
                starts = False
        return tokens

    def _labelled(self, text: str, origin: Origin, *, starts: bool) -> Iterator[Token]:
        match = self._labels.match(text)
        several = self._labels.split(text) if match is None else None
        if several:
            for number, label in enumerate(several):
                yield Token(Kind.LABEL, label, origin, self._labels.match(label), None, starts and number == 0)
            return
        match = match or self._labels.match_beginning(text)
        yield Token(Kind.LABEL if match else Kind.TEXT, text, origin, match, None, starts)

    def _is_statutory(self, tokens: list[Token], tables: dict[str, list[Token]]) -> bool:
        strong = {token.text: token.match for token in tokens if token.match and len(plain(token.text)) >= _STRONG}
        if len(strong) >= _FEWEST_LABELS:
            return True
        # The rest of a table that was cut in two, by a page break for example.
        continues = any(self._names_row(match) and match.parts & tables.keys() for match in strong.values())
        return continues and any(token.kind is Kind.NUMBER for token in tokens)

    def _names_row(self, match: Match) -> bool:
        return any((ref.edition, ref.part, ref.key) in self._rows for ref in match.candidates)

    # --- flattened paragraphs -----------------------------------------------------------------

    def _flattened(self, paragraphs: list[Paragraph]) -> Iterator[Paragraph | list[Token]]:
        """Take the runs of labels and numbers out of paragraphs; what is left stays prose."""
        words = [word for number, paragraph in enumerate(paragraphs) for word in self._words(paragraph, number)]
        taken: dict[int, list[tuple[int, int]]] = {}
        runs: dict[int, list[Token]] = {}
        start = 0
        while start < len(words):
            end = self._end_of_run(words, start)
            run = words[start:end]
            if self._is_table(run):
                tokens = [word.token or Token(Kind.TEXT, word.text, word.origin) for word in run]
                runs[run[0].paragraph] = runs.get(run[0].paragraph, []) + tokens
                for word in run:
                    taken.setdefault(word.paragraph, []).append((word.start, word.end))
            start = max(end, start + 1)
        for number, paragraph in enumerate(paragraphs):
            spans = taken.get(number)
            if spans is None:
                yield paragraph
                continue
            yield from _remainder(paragraph, 0, spans[0][0])
            if number in runs:
                yield runs[number]
            ends = [*(start for start, _ in spans[1:]), len(paragraph.text)]
            for (_, end), following in zip(spans, ends, strict=True):
                yield from _remainder(paragraph, end, following)

    def _words(self, paragraph: Paragraph, number: int) -> list[_Word]:
        """Part a paragraph at its spaces; words that make up a label are joined."""
        found = [(match.start(), match.end()) for match in _WORD.finditer(paragraph.text)]
        words: list[_Word] = []
        position = 0
        while position < len(found):
            start, end = found[position]
            text = paragraph.text[start:end]
            origin = paragraph.origin
            value = self._values.read(text) if len(text) <= _LONGEST_WORD else None
            if value is not None and (value.number is not None or (words and words[-1].token)):
                kind = Kind.BLANK if value.number is None else Kind.NUMBER
                place = origin._replace(raw=text, column=(origin.column or 1) + start)
                words.append(_Word(number, start, end, text, place, Token(kind, text, place, None, value)))
                position += 1
                continue
            joined, labels = self._longest_label(paragraph.text, found, position)
            end = found[joined - 1][1]
            text = paragraph.text[start:end]
            place = origin._replace(raw=text, column=(origin.column or 1) + start)
            if labels:
                words += [
                    _Word(number, start, end, label, place, Token(Kind.LABEL, label, place, self._labels.match(label)))
                    for label in labels
                ]
            else:
                words.append(_Word(number, start, end, text, place, None))
            position = joined
        return words

    def _longest_label(self, text: str, found: list[tuple[int, int]], position: int) -> tuple[int, tuple[str, ...]]:
        start = found[position][0]
        for last in range(min(position + _MOST_WORDS_IN_LABEL, len(found)), position, -1):
            candidate = text[start : found[last - 1][1]]
            if len(candidate) > _LONGEST_WORD or "。" in candidate:
                continue  # a sentence
            match = self._labels.match(candidate)
            if match and (match.exact or last == position + 1 or not self._are_two_labels(text, found, position, last)):
                return last, (candidate,)
            several = self._labels.split(candidate) if last == position + 1 else None
            if several:
                return last, several
        return position + 1, ()

    def _are_two_labels(self, text: str, found: list[tuple[int, int]], first: int, last: int) -> bool:
        """Whether words that make up a label only when brackets are overlooked are two labels in fact."""
        head, rest = text[slice(*found[first])], text[found[first + 1][0] : found[last - 1][1]]
        return self._labels.match(head) is not None and self._labels.match(rest) is not None

    def _end_of_run(self, words: list[_Word], start: int) -> int:
        """Find the end of a run of labels and values; a lone foreign label between two of them belongs to it."""
        end = start
        while end < len(words):
            word = words[end]
            if word.token is None:
                between = start < end < len(words) - 1 and words[end + 1].token is not None
                short = len(word.text) <= _LONGEST_WORD and not word.text.endswith(("。", "；", "，", ",", ";"))
                if not (between and short) or self._headings.read(word.text):
                    break
            end += 1
        return end

    def _is_table(self, run: list[_Word]) -> bool:
        labels = {word.text for word in run if word.token and word.token.match and self._names_row(word.token.match)}
        headers = {word.text for word in run if word.token and word.token.match}
        values = sum(1 for word in run if word.token and word.token.kind is Kind.NUMBER)
        return values >= _FEWEST_VALUES and (len(labels) > 1 or len(headers) >= _FEWEST_LABELS)


@dataclass(frozen=True, slots=True)
class _Word:
    """A stretch of a paragraph; `token` where it is a label or a value."""

    paragraph: int
    start: int
    end: int
    text: str
    origin: Origin
    token: Token | None


def _remainder(paragraph: Paragraph, start: int, end: int) -> Iterator[Paragraph]:
    text = paragraph.text[start:end].strip()
    if text:
        column = (paragraph.origin.column or 1) + start
        yield Paragraph(text, escape_markdown(text), paragraph.origin._replace(raw=text, column=column))


def _as_prose(grid: Grid) -> Paragraph:
    """Keep a table that is none of the form's as a Markdown table in the prose."""
    text = " ".join(cell.text for row in grid.rows for cell in row)
    first = next((cell for row in grid.rows for cell in row), None)
    origin = first.origin if first else Origin("")
    if grid.markdown:
        return Paragraph(text, grid.markdown, origin)
    width = max(len(row) for row in grid.rows)
    lines = [
        "| " + " | ".join([escape_markdown(cell.text) for cell in row] + [""] * (width - len(row))) + " |"
        for row in grid.rows
    ]
    lines.insert(1, "|" + " --- |" * width)
    return Paragraph(text, "\n".join(lines), origin)
