"""Elements of WordprocessingML: paragraphs, runs, rows and cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = (("top", 34), ("left", 57), ("bottom", 34), ("right", 57))
_RULE = {"val": "single", "sz": 4, "space": 0, "color": "000000"}


@dataclass(frozen=True, slots=True)
class Format:
    """How a stretch of text is set; `place` is superscript or subscript, `link` an address."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    place: str = ""
    font: str = ""
    link: str = ""


def element(tag: str, *children: etree._Element, **attributes: object) -> etree._Element:
    """Make an element with children, and attributes of the same namespace."""
    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", str(value))
    made.extend(children)
    return made


def paragraph(
    style: str, content: Iterable[etree._Element] = (), *, keep_with_next: bool = False, rule_below: bool = False
) -> etree._Element:
    """Make a paragraph of a style, which is named by its name or its id."""
    properties = element("pPr", element("pStyle", val=style.replace(" ", "")))
    if keep_with_next:
        properties.append(element("keepNext"))
    if rule_below:
        properties.append(element("pBdr", element("bottom", **_RULE)))
    return element("p", properties, *content)


def number_paragraph(made: etree._Element, list_number: int, level: int) -> None:
    """Make a paragraph an item of a list."""
    numbering = element("numPr", element("ilvl", val=level), element("numId", val=list_number))
    made[0].insert(1, numbering)  # after the style, as the order of the schema has it


def run(text: str, look: Format = Format()) -> etree._Element:
    """Make a run of text; line feeds in it are breaks."""
    made = element("r")
    properties = _properties(look)
    if properties:
        made.append(element("rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        if line:
            written = element("t")
            written.text = line
            written.set(_SPACE, "preserve")
            made.append(written)
    return made


def _properties(look: Format) -> list[etree._Element]:
    """Return the properties of a run, in the order of the schema."""
    properties = []
    if look.font:
        properties.append(element("rFonts", ascii=look.font, hAnsi=look.font))
    for wanted, tag in ((look.bold, "b"), (look.italic, "i"), (look.struck, "strike")):
        if wanted:
            properties.append(element(tag))
    if look.link:
        properties.append(element("u", val="single"))
    if look.place:
        properties.append(element("vertAlign", val=look.place))
    return properties


def hyperlink(relationship: str, content: etree._Element) -> etree._Element:
    """Make a link to what a relationship of the document names."""
    made = element("hyperlink", content)
    made.set(f"{{{R}}}id", relationship)
    return made


def table(widths: Sequence[int], rows: Iterable[etree._Element]) -> etree._Element:
    """Make a ruled table; widths in twentieths of a point."""
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, **_RULE) for side in _BORDERS)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in _MARGINS)),
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in widths)), *rows)


def row(cells: Iterable[etree._Element], *, is_header: bool = False, missing: int = 0) -> etree._Element:
    """Make a row, which no page break parts; headers are repeated on each page, `missing` columns have no cell."""
    properties = element("trPr")
    if missing:
        properties.append(element("gridAfter", val=missing))
    properties.append(element("cantSplit"))
    if is_header:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def cell(width: int, content: Iterable[etree._Element], columns: int = 1, merge: str | None = None) -> etree._Element:
    """Make a cell, which has a paragraph at least; `merge` says whether it begins or continues a span over rows."""
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if columns > 1:
        properties.append(element("gridSpan", val=columns))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val="center"))
    return element("tc", properties, *content)
