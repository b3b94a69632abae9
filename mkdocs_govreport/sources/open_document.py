"""OpenDocument texts: the .odt of LibreOffice and the offices that follow it, packed or as one XML file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from mkdocs_govreport.sources.document import Document
from mkdocs_govreport.sources.flow import FlowCell, FlowRow, FlowTable, Passage, lay_out
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.numbering import DEEPEST, with_label
from mkdocs_govreport.sources.open_document_styles import Styles
from mkdocs_govreport.sources.open_document_text import ParagraphReader, tracked_changes
from mkdocs_govreport.sources.open_document_xml import attribute, name, number, texts
from mkdocs_govreport.sources.package import Package, not_as_named, parse_xml, protected

_ROW_GROUPS = {"table:table-header-rows", "table:table-rows", "table:table-row-group"}
# Indexes say again what comes; forms, pictures and embedded files are no text.
_PASSED_OVER = {
    "text:tracked-changes", "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index",
    "text:user-index", "text:alphabetical-index", "text:bibliography", "office:forms", "office:annotation",
    "draw:object", "table:shapes",
}  # fmt: skip


def read_open_document(data: bytes, file: str, limits: Limits) -> Document:
    """Read an OpenDocument text into paragraphs and grids.

    Raises:
        SourceError: `damaged` when it is none, is incomplete or protected; `too-large`.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        limits.check("text_megabytes", len(data))
        content = parse_xml(data, limits)
        roots = [content]
    else:
        package = Package(data, limits)
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise protected()
        if "content.xml" not in package:
            raise not_as_named()
        content = package.xml("content.xml")
        roots = [content] + ([package.xml("styles.xml")] if "styles.xml" in package else [])
    body = next((inner for inner in content if name(inner.tag) == "office:body"), None)
    text = next((inner for inner in ([] if body is None else body) if name(inner.tag) == "office:text"), None)
    if text is None:
        raise not_as_named()
    styles = Styles(roots)
    return lay_out(_TextReader(ParagraphReader(styles, tracked_changes(text)), styles, limits).blocks(text), file)


class _Item(NamedTuple):
    """The place of a paragraph in a list; only the first of an item counts and has a label."""

    style: str
    depth: int
    counts: bool = True


class _TextReader:
    """Reads the blocks of a text, a cell or a frame.

    Rows and cells may be stated once for many. `times` is for how many those that hold them stand already:
    what is read counts against the limits as often as it will be there.
    """

    def __init__(self, paragraphs: ParagraphReader, styles: Styles, limits: Limits) -> None:
        self._paragraphs = paragraphs
        self._styles = styles
        self._limits = limits
        self._cells = 0
        self._characters = 0

    def blocks(
        self, element: etree._Element, item: _Item | None = None, *, times: int = 0
    ) -> list[Passage | FlowTable]:
        """Read what an element holds; `times` is 0 outside cells."""
        blocks: list[Passage | FlowTable] = []
        for inner in element:
            tag = name(inner.tag)
            if tag in {"text:p", "text:h"}:
                blocks += self._paragraph(inner, item, times=times)
                item = item and item._replace(counts=False)
            elif tag == "table:table":
                blocks.append(FlowTable(list(self._rows(inner, times or 1))))
            elif tag == "text:list":
                blocks += self._list(inner, item, times=times)
            elif tag == "text:section" and attribute(inner, "text:display") == "none":
                blocks.append(Passage("", hidden=texts(inner)))
            elif tag and tag not in _PASSED_OVER:
                blocks += self.blocks(inner, item, times=times)
        return blocks

    def _paragraph(self, element: etree._Element, item: _Item | None, *, times: int) -> list[Passage | FlowTable]:
        passage, frames = self._paragraphs.read(element, in_cell=bool(times))
        self._characters += len(passage.text) * (times or 1)
        self._limits.check("text_megabytes", self._characters)
        label, has_bullet = "", False
        level = 0
        if name(element.tag) == "text:h":
            level = max(1, min(number(attribute(element, "text:outline-level"), 1), DEEPEST))
        if item is not None:
            label, has_bullet = self._styles.label(item.style, item.depth) if item.counts else ("", False)
        elif level and attribute(element, "text:is-list-header") != "true":
            label = self._styles.heading(level - 1)
        text = with_label(label, passage.text.lstrip()) if passage.text.strip() or times else passage.text
        blocks: list[Passage | FlowTable] = [passage._replace(text=text, level=level, is_item=has_bullet and not times)]
        for frame in frames:
            blocks += self.blocks(frame, times=times)
        return blocks

    def _list(self, element: etree._Element, above: _Item | None, *, times: int) -> list[Passage | FlowTable]:
        style = attribute(element, "text:style-name") or (above.style if above else "")
        depth = min(above.depth + 1, DEEPEST - 1) if above else 0
        goes_on = attribute(element, "text:continue-numbering") == "true" or attribute(element, "text:continue-list")
        if above is None and not goes_on:
            self._styles.begin_list(style)
        blocks: list[Passage | FlowTable] = []
        for inner in element:
            start = attribute(inner, "text:start-value") if name(inner.tag) == "text:list-item" else None
            if start is not None:
                self._styles.restart(style, depth, number(start, 1))
            counts = name(inner.tag) == "text:list-item"
            blocks += self.blocks(inner, _Item(style, depth, counts), times=times)
        return blocks

    def _rows(self, table: etree._Element, times: int) -> Iterator[FlowRow]:
        for inner in table:
            tag = name(inner.tag)
            if tag == "table:table-row":
                repeated = max(1, number(attribute(inner, "table:number-rows-repeated"), 1))
                if attribute(inner, "table:visibility") in {"collapse", "filter"}:
                    yield FlowRow((), hidden=texts(inner))
                else:
                    rows = self._row(inner, times * repeated)
                    for _ in range(repeated if any(row.cells for row in rows) else 1):
                        yield from rows
            elif tag in _ROW_GROUPS:
                yield from self._rows(inner, times)

    def _row(self, row: etree._Element, times: int) -> list[FlowRow]:
        """Read a row; it is several where a cell was split into rows of its own."""
        split: list[list[Sequence[FlowCell]]] = []
        hidden = []
        for element in row:
            tag = name(element.tag)
            if tag == "table:covered-table-cell":
                hidden.append(texts(element))
            elif tag == "table:table-cell":
                repeated = max(1, number(attribute(element, "table:number-columns-repeated"), 1))
                self._cells += times * repeated
                self._limits.check("cells", self._cells)
                split += [self._cell(element, times * repeated)] * repeated
        height = max(map(len, split), default=1)
        lines = [[cell for cells in split for cell in (cells[at] if at < len(cells) else ())] for at in range(height)]
        return [FlowRow(cells, hidden="" if at else "".join(hidden)) for at, cells in enumerate(lines)]

    def _cell(self, element: etree._Element, times: int) -> list[Sequence[FlowCell]]:
        for inner in element:
            if attribute(inner, "table:is-sub-table") == "true" and name(inner.tag) == "table:table":
                return [row.cells for row in self._rows(inner, times)]
        columns = max(1, number(attribute(element, "table:number-columns-spanned"), 1))
        return [[FlowCell(self.blocks(element, times=times), columns)]]
