"""Tables that were flattened into paragraphs: words parted by spaces, or a line for each cell.

Such a text looks like prose; only who knows the labels can tell where a table begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.labels import LabelIndex
from mkdocs_govreport.recognise.narrative import HeadingReader
from mkdocs_govreport.recognise.tokens import Kind, Token
from mkdocs_govreport.recognise.values import ValueReader
from mkdocs_govreport.sources import Paragraph, escape_markdown

FEWEST_LABELS = 3
"""Labels from which on cells are those of a statutory table."""

_FEWEST_VALUES = 4
_WORD = re.compile(r"\S+")
_LONGEST_WORD = 60
_MOST_WORDS_IN_LABEL = 8


class FlattenedReader:
    """Finds the labels and values in paragraphs."""

    def __init__(self, labels: LabelIndex, values: ValueReader, headings: HeadingReader) -> None:
        """Keep the readers of labels, values and headings."""
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
        labels = {
            word.text for word in run if word.token and word.token.match and self._labels.names_row(word.token.match)
        }
        headers = {word.text for word in run if word.token and word.token.match}
        values = sum(1 for word in run if word.token and word.token.kind is Kind.NUMBER)
        return values >= _FEWEST_VALUES and (len(labels) > 1 or len(headers) >= FEWEST_LABELS)


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
