"""Spellings of Markdown that a file keeps beside its text.

Many spellings of Markdown look the same on paper. A page or a Word file that was written from a report
therefore keeps the Markdown of those blocks that would not read back as they were, with the texts of
the paragraphs that the block became. It is taken only where these paragraphs still stand one after
another with exactly these texts: what somebody has changed since is read as it stands now.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mkdocs_govreport.sources.document import Grid, Paragraph

Block = Paragraph | Grid

_MOST_ALIKE = 20  # spellings that begin with the same text and are tried at one place


class Spelling(NamedTuple):
    """The Markdown of a block, and the texts of the paragraphs and tables that it became."""

    texts: tuple[str, ...]
    markdown: str


def dump_spellings(spellings: Iterable[Spelling]) -> str:
    """Write spellings as JSON."""
    kept = [[list(texts), markdown] for texts, markdown in spellings]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def load_spellings(text: str) -> tuple[Spelling, ...]:
    """Read spellings; what is not of their form is none, since the text of the file stands without them."""
    try:
        kept = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    return tuple(Spelling(tuple(entry[0]), entry[1]) for entry in kept if _is_spelling(entry)) if _is_list(kept) else ()


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_spelling(entry: object) -> bool:
    return (
        isinstance(entry, list)
        and len(entry) == 2
        and isinstance(entry[0], list)
        and all(isinstance(text, str) for text in entry[0])
        and bool(entry[0])
        and isinstance(entry[1], str)
    )


def text_of(block: Block) -> str:
    """Return the text by which a block is known: that of a paragraph, or the cells of a table."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join("\t".join(cell.text for cell in row) for row in block.rows)


def respell(blocks: Sequence[Block], spellings: Sequence[Spelling]) -> tuple[Block, ...]:
    """Put kept Markdown in place of the blocks that it became; in the order of both, each spelling once."""
    if not spellings:
        return tuple(blocks)
    texts = [text_of(block) for block in blocks]
    by_first: dict[str, list[int]] = defaultdict(list)
    for number, spelling in enumerate(spellings):
        by_first[spelling.texts[0]].append(number)
    result: list[Block] = []
    position = following = 0
    while position < len(blocks):
        candidates = by_first.get(texts[position], [])
        begin = bisect_left(candidates, following)
        for number in candidates[begin : begin + _MOST_ALIKE]:
            spelling = spellings[number]
            end = position + len(spelling.texts)
            if tuple(texts[position:end]) == spelling.texts:
                result.append(_respelt(blocks[position], spelling))
                position, following = end, number + 1
                break
        else:
            result.append(blocks[position])
            position += 1
    return tuple(result)


def _respelt(first: Block, spelling: Spelling) -> Paragraph:
    origin = first.origin if isinstance(first, Paragraph) else first.rows[0][0].origin
    return Paragraph("\n".join(spelling.texts), spelling.markdown, origin)
