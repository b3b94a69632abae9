"""What of a web page is the report, and what is the site's frame around it.

The report is in the smallest element of the page that holds every heading and table of the form.
Outside it only a title, the line of publication, sentences and rows with figures are kept; inside, the
site's own lines at either end are dropped. So nothing of the form is ever lost, and no class name need be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.recognise.labels import LabelIndex
from mkdocs_govreport.recognise.narrative import HeadingReader
from mkdocs_govreport.recognise.page_lines import PageLineReader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.recognise.tokens import Kind, figures_in
from mkdocs_govreport.recognise.values import ValueReader
from mkdocs_govreport.sources import Document, Grid, Paragraph

Block = Paragraph | Grid

_FEWEST = 3  # headings and tables from which on a page tells where its report is
_FEWEST_LABELS = 3
_STRONG = 4  # characters from which on a label is not on another table of the page by chance
_SENTENCE = 40  # characters from which on a text with a full stop is prose rather than a line of the site
_LONGEST_LINE = 120
_FIGURES = frozenset({Kind.NUMBER, Kind.GLUED})


class FrameReader:
    """Takes the site's frame off a page by the headings and labels of a catalogue."""

    def __init__(self, wording: Wording, labels: LabelIndex, values: ValueReader, headings: HeadingReader) -> None:
        """Keep the readers, and compile the patterns of the lines that sites add."""
        self._labels = labels
        self._values = values
        self._headings = headings
        self._lines = [re.compile(pattern) for pattern in wording.site_lines]
        self._page_lines = PageLineReader(wording)

    def content(self, document: Document, is_title: Callable[[str], bool]) -> tuple[Block, ...]:
        """Return the blocks of the report."""
        blocks = document.blocks
        form = [number for number, block in enumerate(blocks) if self._is_of_the_form(block)]
        if not document.framed or len(form) < _FEWEST:
            return blocks
        begin, end = self._container(document, form)
        content = [
            block
            for number, block in enumerate(blocks[begin:end], begin)
            if form[0] <= number <= form[-1] or not isinstance(block, Paragraph) or not self._is_of_the_site(block)
        ]
        outside = [block for block in blocks[:begin] if isinstance(block, Paragraph)]
        cut_off = [block for block in blocks[:begin] if self._is_cut_off(block)]
        telling = [block for block in outside if self._tells(block)]
        title = _position(content[: form[0] - begin + 1], is_title)
        if title is not None:
            before: list[Block] = []
            content[title + 1 : title + 1] = [*telling, *cut_off]
        else:
            # Of several titles before the content, as in a list of other years, its own is the nearest.
            title = _position(outside[::-1], is_title)
            start = 0 if title is None else len(outside) - 1 - title
            before = [
                block
                for number, block in enumerate(outside[start:])
                if (number == 0 and title is not None) or block in telling or self._belongs(block)
            ]
            before += cut_off
        after = [block for block in blocks[end:] if self._is_cut_off(block) or self._belongs(block)]
        return (*before, *content, *after)

    def _is_of_the_form(self, block: Block) -> bool:
        if isinstance(block, Paragraph):
            return self._headings.read(block.text, block.level) is not None
        found: set[str] = set()
        for row in block.rows:
            for cell in row:
                if len(cell.text) >= _STRONG and self._labels.match(cell.text):
                    found.add(cell.text)
                    if len(found) >= _FEWEST_LABELS:
                        return True
        return False

    def _container(self, document: Document, form: list[int]) -> tuple[int, int]:
        """Return the smallest stretch that holds all of the form, and something under its last heading."""
        last = form[-1]
        needed = last + 1 if isinstance(document.blocks[last], Grid) else last + 2
        stretches = [(begin, end) for begin, end in document.containers if begin <= form[0] and end >= needed]
        return min(stretches, key=lambda stretch: stretch[1] - stretch[0], default=(0, len(document.blocks)))

    def _is_cut_off(self, block: Block) -> bool:
        """Whether a table outside the element of the report has a row of the form: a label with figures."""
        return isinstance(block, Grid) and any(
            any(figures_in(cell.text, self._values)[0] in _FIGURES for cell in row)
            and any(len(cell.text) >= _STRONG and self._labels.match(cell.text) for cell in row)
            for row in block.rows
        )

    def _belongs(self, block: Block) -> bool:
        """Whether a paragraph outside the element of the report may still be a part of it."""
        if not isinstance(block, Paragraph):
            return False
        text = block.text
        return len(text) >= _SENTENCE and "。" in text and not self._is_of_the_site(block)

    def _is_of_the_site(self, paragraph: Paragraph) -> bool:
        text = plain(paragraph.text[: _LONGEST_LINE + 1])
        return (
            len(text) <= _LONGEST_LINE
            and not self._tells(paragraph)
            and any(pattern.search(text) for pattern in self._lines)
        )

    def _tells(self, paragraph: Paragraph) -> bool:
        """Whether a line tells when, by whom or where the report was published."""
        return bool(self._page_lines.read(paragraph.text))


def _position(blocks: Sequence[Block], is_title: Callable[[str], bool]) -> int | None:
    """Return the place of the first title."""
    return next(
        (number for number, block in enumerate(blocks) if isinstance(block, Paragraph) and is_title(block.text)), None
    )
