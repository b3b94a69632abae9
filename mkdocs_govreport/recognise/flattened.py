"""Tables that were flattened into paragraphs: words parted by spaces, or a line for each cell.

Such a text looks like prose; only who knows the labels can tell where a table begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.glued_rows import is_long, is_several, most_cells
from mkdocs_govreport.recognise.labels import LabelIndex
from mkdocs_govreport.recognise.narrative import HeadingReader
from mkdocs_govreport.recognise.pieces import Piece, PieceReader
from mkdocs_govreport.recognise.tokens import Kind, Token, figures_in
from mkdocs_govreport.recognise.values import ValueReader
from mkdocs_govreport.sources import Paragraph, escape_markdown

FEWEST_LABELS = 3
"""Labels from which on cells are those of a statutory table."""

_FEWEST_VALUES = 4
_LABELS_WITHOUT_VALUES = 6  # that in a row are a table which has lost its values, and no phrase
_WORD = re.compile(r"\S+")
_LONGEST_WORD = 60
_MOST_WORDS_IN_LABEL = 8


class FlattenedReader:
    """Finds the labels and values in paragraphs."""

    def __init__(self, labels: LabelIndex, values: ValueReader, headings: HeadingReader, pieces: PieceReader) -> None:
        """Keep the readers of labels, values, headings, and of labels and values that are written together."""
        self._pieces = pieces
        self._labels = labels
        self._values = values
        self._headings = headings

    def read(self, paragraphs: list[Paragraph]) -> Iterator[Paragraph | list[Token]]:
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
        """Part a paragraph at its spaces, and where labels touch figures; words that make up a label are joined."""
        pieces = self._pieces.read(paragraph.text)
        if pieces:
            return list(self._glued(paragraph, number, pieces))
        found = [(match.start(), match.end()) for match in _WORD.finditer(paragraph.text)]
        words: list[_Word] = []
        position = 0
        while position < len(found):
            start, end = found[position]
            text = paragraph.text[start:end]
            origin = paragraph.origin
            kind, value = figures_in(text, self._values) if len(text) <= _LONGEST_WORD else (None, None)
            if kind is not None and (kind is Kind.NUMBER or (words and words[-1].token)):
                place = origin._replace(raw=text, column=(origin.column or 1) + start)
                words.append(_Word(number, start, end, text, place, Token(kind, text, place, None, value)))
                position += 1
                continue
            joined, labels = self._longest_label(paragraph.text, found, position)
            if joined > position + 1:
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

    def _glued(self, paragraph: Paragraph, number: int, pieces: list[Piece]) -> Iterator[_Word]:
        for piece in pieces:
            raw = paragraph.text[piece.start : piece.end]
            start = piece.start + len(raw) - len(raw.lstrip())
            text = raw.strip()
            place = paragraph.origin._replace(raw=text, column=(paragraph.origin.column or 1) + start)
            kind, value = figures_in(text, self._values) if piece.kind is Kind.GLUED else (None, None)
            if piece.match:
                kind = Kind.LABEL
            if text:
                token = Token(kind, text, place, piece.match, value) if kind else None
                yield _Word(number, start, start + len(text), text, place, token)

    def _longest_label(self, text: str, found: list[tuple[int, int]], position: int) -> tuple[int, tuple[str, ...]]:
        start = found[position][0]
        for last in range(min(position + _MOST_WORDS_IN_LABEL, len(found)), position, -1):
            candidate = text[start : found[last - 1][1]]
            if "。" in candidate:
                continue  # a sentence
            if last == position + 1:
                several = self._labels.split(candidate)
                if several:
                    return last, several
            if len(candidate) > _LONGEST_WORD:
                continue
            match = self._labels.match(candidate)
            if match and (match.exact or last == position + 1 or not self._are_two_labels(text, found, position, last)):
                return last, (candidate,)
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
        tokens = [word.token for word in run if word.token]
        if not tokens:
            return False
        labels = {token.text for token in tokens if token.match and self._labels.names_row(token.match)}
        headers = {token.text for token in tokens if token.match}
        numbers = sum(1 for token in tokens if token.kind is Kind.NUMBER)
        if numbers >= _FEWEST_VALUES or sum(_values_in(token) for token in tokens) >= _FEWEST_VALUES:
            return len(labels) > 1 or len(headers) >= FEWEST_LABELS
        return len(headers) >= _LABELS_WITHOUT_VALUES


def _values_in(token: Token) -> int:
    """Count the values of a token; digits that are no number of one cell are as many as they may make."""
    if is_several(token) or is_long(token):
        return most_cells([token])
    return int(token.kind is Kind.NUMBER)


class _Word(NamedTuple):
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
