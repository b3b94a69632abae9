"""The prose of a report in a Word file: the HTML that pages show, as paragraphs with the styles of Word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from mkdocs_govreport.writers.word_styles import CELL, CODE, ITEM, LABEL, QUOTE, TEXT, TEXT_WIDTH
from mkdocs_govreport.writers.word_xml import (
    Format,
    W,
    cell,
    hyperlink,
    number_paragraph,
    paragraph,
    row,
    run,
    table,
)

LEVELS = 9
"""The levels of lists that Word has."""

BeginList = Callable[[str, int, int], int]
"""Begins a list: of its tag, the number of its first item and its level makes the number that its items refer to."""

Link = Callable[[str], str]
"""Makes the relationship of a document with an address."""

_BLOCKS = {
    "blockquote", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "ul",
}  # fmt: skip
_FORMATS: dict[str, Callable[[Format], Format]] = {
    "b": lambda look: replace(look, bold=True),
    "strong": lambda look: replace(look, bold=True),
    "i": lambda look: replace(look, italic=True),
    "em": lambda look: replace(look, italic=True),
    "del": lambda look: replace(look, struck=True),
    "sup": lambda look: replace(look, place="superscript"),
    "sub": lambda look: replace(look, place="subscript"),
    "code": lambda look: replace(look, font="Courier New"),
}
_SPACE = re.compile(r"[ \t\r\n]+")


class ProseWriter:
    """Makes paragraphs and tables of harmless HTML."""

    def __init__(self, begin_list: BeginList, link: Link) -> None:
        """Keep what the document has to know of: lists and addresses."""
        self._begin_list = begin_list
        self._link = link

    def blocks(self, html: str) -> Iterator[etree._Element]:
        """Return the elements for a block of HTML."""
        yield from self._inside(lxml.html.fragment_fromstring(html, create_parent="div"), TEXT, 0)

    def _inside(self, parent: HtmlElement, style: str, level: int) -> Iterator[etree._Element]:
        """Return what an element holds; text between blocks makes paragraphs."""
        inline: list[HtmlElement | str] = [parent.text or ""]
        for child in parent:
            if child.tag in _BLOCKS:
                yield from self._paragraph(inline, style)
                yield from self._block(child, style, level)
                inline = []
            else:
                inline.append(child)
            inline.append(child.tail or "")
        yield from self._paragraph(inline, style)

    def _block(self, block: HtmlElement, style: str, level: int) -> Iterator[etree._Element]:
        tag = block.tag
        if tag in {"ul", "ol"}:
            yield from self._list(block, min(level, LEVELS - 1))
        elif tag == "table":
            yield from self._table(block)
        elif tag == "pre":
            yield paragraph(CODE, [run(block.text_content().rstrip("\n"))])
        elif tag == "hr":
            yield paragraph(TEXT, rule_below=True)
        elif re.fullmatch(r"h[1-6]", tag):
            # Headings within a part stand below that of the part.
            yield from self._inside(block, f"Heading {min(max(int(tag[1]) - 1, 2), 5)}", level)
        else:
            yield from self._inside(block, QUOTE if tag == "blockquote" else style, level)

    def _paragraph(self, inline: list[HtmlElement | str], style: str) -> Iterator[etree._Element]:
        pieces = _trimmed(_pieces(inline, Format()))
        if pieces:
            yield paragraph(style, [self._run(text, look) for text, look in pieces])

    def _run(self, text: str, look: Format) -> etree._Element:
        made = run(text, look)
        return hyperlink(self._link(look.link), made) if look.link else made

    def _list(self, block: HtmlElement, level: int) -> Iterator[etree._Element]:
        start = block.get("start", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        number = self._begin_list(block.tag, first, level)
        for item in block.iterchildren("li"):
            is_numbered = False
            for made in self._inside(item, ITEM, level + 1):
                if not is_numbered and made.tag == f"{{{W}}}p":
                    if made.find(f"{{{W}}}pPr/{{{W}}}numPr") is None:
                        number_paragraph(made, number, level)
                    is_numbered = True
                yield made

    def _table(self, block: HtmlElement) -> Iterator[etree._Element]:
        rows = [[entry for entry in line if entry.tag in {"td", "th"}] for line in block.iter("tr")]
        columns = max(map(len, rows), default=0)
        if columns:
            width = TEXT_WIDTH // columns
            yield table(
                [width] * columns,
                (
                    row(
                        (self._cell(entry, width) for entry in entries),
                        is_header=all(entry.tag == "th" for entry in entries),
                        missing=columns - len(entries),
                    )
                    for entries in rows
                    if entries
                ),
            )

    def _cell(self, entry: HtmlElement, width: int) -> etree._Element:
        content = list(self._inside(entry, CELL if entry.tag == "th" else LABEL, 0))
        if not content or content[-1].tag != f"{{{W}}}p":
            content.append(paragraph(LABEL))
        return cell(width, content)


def _pieces(inline: list[HtmlElement | str], look: Format) -> Iterator[tuple[str, Format]]:
    for piece in inline:
        if isinstance(piece, str):
            if piece:
                yield _SPACE.sub(" ", piece), look
        elif piece.tag == "br":
            yield "\n", look
        elif isinstance(piece.tag, str):
            own = _FORMATS[piece.tag](look) if piece.tag in _FORMATS else look
            if piece.tag == "a" and piece.get("href"):
                own = replace(own, link=piece.get("href", ""))
            within: list[HtmlElement | str] = [piece.text or ""]
            for child in piece:
                within += [child, child.tail or ""]
            yield from _pieces(within, own)


def _trimmed(pieces: Iterator[tuple[str, Format]]) -> list[tuple[str, Format]]:
    """Drop the spaces at both ends, and those after a space or a break."""
    result: list[tuple[str, Format]] = []
    for text, look in pieces:
        shown = text.lstrip(" ") if not result or result[-1][0].endswith((" ", "\n")) else text
        if shown:
            result.append((shown, look))
    while result and not result[-1][0].strip(" \n"):
        result.pop()
    if result:
        result[-1] = (result[-1][0].rstrip(" "), result[-1][1])
    return result
