"""Web pages: paragraphs and tables of an HTML file, with the encoding that it has rather than declares.

Tables are read by each row's own cells. Elements that frame a page (navigation, footer, scripts)
are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from lxml.html import HtmlElement

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Document, Grid, Paragraph, SourceError
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.plain_text import escape_markdown
from mkdocs_govreport.sources.properties import Property, with_properties

_SKIPPED = {
    "script",
    "style",
    "nav",
    "footer",
    "aside",
    "noscript",
    "template",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "head",
}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "figcaption", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_WIDEST_SPAN = 40


def read_html(data: bytes, file: str, limits: Limits) -> Document:
    """Read an HTML file into paragraphs and grids.

    Raises:
        SourceError: `too-large`, `empty-file`, `undecodable` or, where nothing can be parsed, `not-a-report`.
    """
    text = decode(data, limits, is_html=True)
    try:
        # The text is decoded already; a declaration inside it must not be heeded again.
        root = lxml.html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=lxml.html.HTMLParser(encoding=None)
        )
    except (lxml.etree.ParserError, ValueError) as error:
        raise SourceError("not-a-report") from error
    body = root.find("body")
    blocks = _Blocks(file).read(body if body is not None else root)
    title = root.findtext(".//title") or ""
    document = Document(file, blocks, titles=(clean(title),) if title.strip() else (), framed=True)
    return with_properties(document, _properties(root, file))


def _properties(root: HtmlElement, file: str) -> Iterator[Property]:
    for meta in root.iterfind("head/meta"):
        value = meta.get("content", "")
        yield Property(meta.get("name", ""), value, Origin(file, value, meta.sourceline))


def clean(text: str) -> str:
    """Collapse white space, including the spaces that only web pages use."""
    return _SPACE.sub(" ", text).strip()


class _Blocks:
    """Walks the elements once and gathers inline text until a block begins or ends."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Paragraph | Grid] = []
        self.tables = 0
        self._inline: list[str] = []
        self._line: int | None = None

    def read(self, root: HtmlElement) -> tuple[Paragraph | Grid, ...]:
        self._walk(root)
        self._flush("")
        return tuple(self.blocks)

    def _walk(self, element: HtmlElement) -> None:
        self._add(element.text, element)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                pass
            elif tag == "br":
                self._flush("")
            elif tag == "table" and child.find(".//table") is None:
                self._flush("")
                self._table(child)
            elif tag in _BLOCKS:
                self._flush("")
                self._walk(child)
                self._flush(tag)
            else:
                self._walk(child)
            self._add(child.tail, element)

    def _add(self, text: str | None, element: HtmlElement) -> None:
        if text:
            if not self._inline:
                self._line = element.sourceline
            self._inline.append(text)

    def _flush(self, tag: str) -> None:
        raw = "".join(self._inline)
        self._inline.clear()
        text = clean(raw)
        if not text:
            return
        level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
        markdown = escape_markdown(text)
        if tag == "li":
            markdown = f"- {markdown}"
            before = self.blocks[-1] if self.blocks else None
            if isinstance(before, Paragraph) and before.markdown.startswith("- "):
                self.blocks[-1] = replace(
                    before, text=f"{before.text}\n{text}", markdown=f"{before.markdown}\n{markdown}"
                )
                return
        self.blocks.append(Paragraph(text, markdown, Origin(self.file, text, self._line), level))

    def _table(self, table: HtmlElement) -> None:
        self.tables += 1
        rows = []
        for number, row in enumerate(table.iter("tr"), 1):
            cells = tuple(self._cells(row, number))
            if cells:
                rows.append(cells)
        if rows:
            self.blocks.append(Grid(tuple(rows)))

    def _cells(self, row: HtmlElement, number: int) -> Iterator[Cell]:
        position = 0
        for element in row:
            if element.tag in {"td", "th"}:
                position += 1
                text = clean(element.text_content())
                cell = Cell(text, Origin(self.file, text, element.sourceline, None, self.tables, number, position))
                # An empty cell that spans columns stands for as many blanks; a value or a label is itself once.
                yield from [cell] * (1 if text else _span(element))


def _span(element: HtmlElement) -> int:
    value = element.get("colspan", "1").strip()
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and int(value) > 0 else 1
