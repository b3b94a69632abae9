"""Word files: the text of a .docx as Word shows it, changes accepted, with its tables.

Read from the XML itself: what libraries for writing Word files give of a table leaves out cells, or
repeats them for every column that they span.
"""

from __future__ import annotations

from lxml import etree

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import Document, SourceError
from mkdocs_govreport.sources.flow import FlowCell, FlowRow, FlowTable, Passage, lay_out
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.package import Package, not_as_named
from mkdocs_govreport.sources.properties import with_properties
from mkdocs_govreport.sources.word_properties import properties_in
from mkdocs_govreport.sources.word_styles import Numbering, Styles
from mkdocs_govreport.sources.word_text import ParagraphReader
from mkdocs_govreport.sources.word_xml import (
    attribute,
    members,
    name,
    number,
    parse,
    parts,
    settle,
    switch,
    texts,
    value,
)

_USUAL_PART = "word/document.xml"
_ELSEWHERE = Text(
    "正文在嵌入的另一个文件中，要用 Word 打开并重新保存后才能读取",
    "its text is in another file within it, which can be read once Word has opened it and saved it again",
)
_REMOVED = {"del", "moveFrom", "cellDel"}


def read_word(data: bytes, file: str, limits: Limits) -> Document:
    """Read a Word file into paragraphs and grids.

    Raises:
        SourceError: `damaged` when it is none, is incomplete or protected; `too-large`.
    """
    package = Package(data, limits)
    part = next((relation.part for relation in package.relations() if relation.kind == "officeDocument"), _USUAL_PART)
    if part not in package:
        raise not_as_named()
    root = parse(package, part)
    body = parts(root).get("body")
    if body is None:
        raise not_as_named()
    beside = {relation.kind: relation.part for relation in package.relations(part)}

    def optional(kind: str) -> etree._Element | None:
        return parse(package, beside[kind]) if beside.get(kind, "") in package else None

    styles = Styles(optional("styles"))
    settle(body)
    reader = _BodyReader(ParagraphReader(styles, Numbering(optional("numbering"), styles)), limits)
    return with_properties(lay_out(reader.blocks(body), file), properties_in(package, part, file))


class _BodyReader:
    """Reads the blocks of a body, a cell or a text box."""

    def __init__(self, paragraphs: ParagraphReader, limits: Limits) -> None:
        self._paragraphs = paragraphs
        self._limits = limits
        self._cells = 0

    def blocks(self, element: etree._Element, *, in_cell: bool = False) -> list[Passage | FlowTable]:
        blocks: list[Passage | FlowTable] = []
        for inner in members(element, {"w:p", "w:tbl", "w:del", "w:moveFrom", "w:altChunk", "w:subDoc"}):
            tag = name(inner.tag)
            if tag == "w:p":
                passage, boxes = self._paragraphs.read(inner, in_cell=in_cell)
                blocks += [passage] if passage else []
                for box in boxes:
                    blocks += self.blocks(box, in_cell=in_cell)
                continue
            self._close(blocks, in_cell=in_cell)
            if tag == "w:tbl":
                blocks.append(self._table(inner))
            elif tag in {"w:altChunk", "w:subDoc"}:
                raise SourceError("damaged", problem=_ELSEWHERE)
            else:
                blocks.append(Passage("", revised=texts(inner)))
        self._close(blocks, in_cell=in_cell)
        return blocks

    def _close(self, blocks: list[Passage | FlowTable], *, in_cell: bool) -> None:
        rest = self._paragraphs.rest(in_cell=in_cell)
        if rest:
            blocks.append(rest)

    def _table(self, table: etree._Element) -> FlowTable:
        rows = []
        merged: frozenset[int] = frozenset()
        for row in members(table, {"w:tr"}):
            properties = parts(row, "trPr")
            if not properties.keys().isdisjoint(_REMOVED):
                rows.append(FlowRow((), revised=texts(row)))
            elif switch(properties, "hidden"):
                rows.append(FlowRow((), hidden=texts(row)))
            else:
                cells, merged = self._row(row, number(value(properties, "gridBefore")), merged)
                rows.append(cells)
        return FlowTable(rows)

    def _row(self, row: etree._Element, column: int, merged: frozenset[int]) -> tuple[FlowRow, frozenset[int]]:
        """Read the cells of a row and the columns at which cells may go on below.

        The rest of a cell that is merged with the one above or before it is no cell. Where there is
        nothing for it to go on from, as in a table that was cut in two, it is one.
        """
        cells: list[FlowCell] = []
        revised: list[str] = []
        hidden: list[str] = []
        begins: set[int] = set()
        for element in members(row, {"w:tc"}):
            properties = parts(element, "tcPr")
            columns = max(1, number(value(properties, "gridSpan"), 1))
            vertical, horizontal = properties.get("vMerge"), properties.get("hMerge")
            if vertical is not None:
                begins.add(column)
            if not properties.keys().isdisjoint(_REMOVED):
                revised.append(texts(element))
            elif _goes_on(vertical) and column in merged:
                hidden.append(texts(element))
            elif _goes_on(horizontal) and cells:
                hidden.append(texts(element))
                cells[-1] = cells[-1]._replace(columns=cells[-1].columns + columns)
            else:
                self._cells += 1
                self._limits.check("cells", self._cells)
                cells.append(FlowCell(self.blocks(element, in_cell=True), columns))
            column += columns
        return FlowRow(cells, "".join(revised), "".join(hidden)), frozenset(begins)


def _goes_on(merge: etree._Element | None) -> bool:
    return merge is not None and attribute(merge) != "restart"
