"""The prose of a part as blocks: pieces of its Markdown, each with the HTML that it becomes."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from mkdocs_govreport.prose import Prose

_BETWEEN = "\n\n"  # parts blocks in every report, see `canonical`
_MOST_PIECES = 60  # of a part whose pieces depend on one another; above, the part is one block
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"\s*\n\s*")


class Block(NamedTuple):
    """A piece of Markdown that shows alone what it shows among the others, and its HTML."""

    markdown: str
    html: str


def blocks_of(markdown: str, prose: Prose) -> tuple[Block, ...]:
    """Part the Markdown of a part; the blocks joined by empty lines are the part again.

    A list with empty lines between its items, or a link with its target at the end, is one block. What
    shows nothing, such as a comment, goes with a neighbour; where it stands alone its source is shown.
    """
    if not markdown:
        return ()
    pieces = markdown.split(_BETWEEN)
    rendered = [prose.render(piece) for piece in pieces]
    whole = prose.render(markdown)
    if _same("".join(rendered), whole):
        blocks = [Block(piece, html) for piece, html in zip(pieces, rendered, strict=True)]
    elif len(pieces) > _MOST_PIECES:
        blocks = [Block(markdown, whole)]
    else:
        blocks = _independent(pieces, prose)
    return tuple(_visible(blocks, prose))


def _same(html: str, other: str) -> bool:
    return _BREAKS.sub("", html) == _BREAKS.sub("", other)


def _independent(pieces: list[str], prose: Prose) -> list[Block]:
    """Take from the beginning, again and again, the fewest pieces that the rest does not depend on."""
    blocks = []
    while pieces:
        whole = prose.render(_BETWEEN.join(pieces))
        for count in range(1, len(pieces) + 1):
            first = prose.render(_BETWEEN.join(pieces[:count]))
            if count == len(pieces) or _same(first + prose.render(_BETWEEN.join(pieces[count:])), whole):
                break
        blocks.append(Block(_BETWEEN.join(pieces[:count]), first))
        pieces = pieces[count:]
    return blocks


def _visible(blocks: list[Block], prose: Prose) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        if result and not (_shows(result[-1]) and _shows(block)):
            joined = _BETWEEN.join((result[-1].markdown, block.markdown))
            result[-1] = Block(joined, prose.render(joined))
        else:
            result.append(block)
    if len(result) == 1 and not _shows(result[0]):
        return [Block(result[0].markdown, f"<p>{escape(result[0].markdown, quote=False)}</p>")]
    return result


def _shows(block: Block) -> bool:
    return bool(_TAG.sub("", block.html).strip())
