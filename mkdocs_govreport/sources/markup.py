"""From the text of a web page to a tree of nothing but blocks, tables and their text.

What is no text is taken out here, once and for all: scripts, islands of XML, what the page hides, what
was struck. Elements inside a line are dissolved, so that a number of a digit a `<span>` is one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from lxml import etree

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Remark, SourceError
from mkdocs_govreport.sources.limits import Limits

CELLS = frozenset({"td", "th"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}

_NO_TEXT = frozenset({
    "script", "style", "noscript", "template", "title", "xml", "svg", "iframe", "select", "datalist", "button", "canvas",
})  # fmt: skip
_FRAMES = frozenset({"nav", "footer", "aside"})  # of the site, except where a table stands in them
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS,
})  # fmt: skip
_INSIDE_LINES = ("span", "o:p", "font", "a", "b", "strong", "i", "em", "u")  # what most elements of a page are
_STRUCK = frozenset({"del", "s", "strike"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_MAY_HIDE = (b"display", b"hid")
_GONE = "gone"  # the name that hidden and struck elements are given
_TYPED = frozenset({"text", "number", "tel", "search"})
_IS_UNIT = re.compile(r"[A-Za-z米]\s*$")  # a power, as of square metres
_BRACKETED = re.compile(r"^[\[(（【〔](.*)[\])）】〕]$", re.S)

_SPACE = rb" \t\n\r\f\v"  # written out, which the engine tests twice as fast as a class
_ATTRIBUTE = rb"[^%(s)s/>=]*+(?:=[%(s)s]*+(?:\"[^\"]*+\"?|'[^']*+'?|[^%(s)s>]*+))?+[%(s)s/]*+(?=[^>])" % {b"s": _SPACE}
_DEEPEST = 2048  # where the parser stops
_LAST_LINE = 65535  # the parser counts no further
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Markup:
    """A tree of blocks and tables, the `<head>` that it had, and what was seen on the way.

    `elements` only keeps what stands for the elements of the tree, which lxml makes anew whenever it is gone.
    """

    body: etree._Element
    head: etree._Element | None
    remarks: tuple[Remark, ...]
    elements: list[etree._Element]


def read_markup(text: str, file: str, limits: Limits) -> Markup:
    """Parse a page and take out what is no text.

    Raises:
        SourceError: `too-large`, or `not-a-report` where there is nothing to parse.
    """
    data = text.encode("utf-8", "replace")
    limits.check("tags", data.count(b"<"))
    # The time of the parser grows with the square of the attributes of a tag.
    if _tag_of(limits.attributes + 1).search(data):
        limits.check("attributes", limits.attributes + 1)
    root = _parsed(data, limits)
    head = root.find("head")
    if head is not None:
        root.remove(head)
    elements = list(root.iter())
    tags = {element.tag for element in elements}  # what is not there need not be looked for
    remarks = tuple(_take_out(root, tags, data, file))
    etree.strip_tags(root, *_INSIDE_LINES)  # notes are raised above the text around them
    if "sup" in tags:
        _bracket_notes(root)
    if "input" in tags:
        for field in root.iter("input"):
            _write_out(field)
    _dissolve(root, tags)
    return Markup(root, head, remarks, elements)


@lru_cache(maxsize=8)
def _tag_of(attributes: int) -> re.Pattern[bytes]:
    """Return the pattern of a tag with at least so many attributes."""
    return re.compile(rb"<[A-Za-z](?:%s){%d}+" % (_ATTRIBUTE, attributes))


def line_of(element: etree._Element) -> int | None:
    """Return the line where the start tag of an element ends; None beyond where the parser counts."""
    line: Any = element.sourceline
    return line if line and line < _LAST_LINE else None


def text_of(element: etree._Element) -> str:
    """Return the text of an element with its blocks parted by line ends."""
    count = len(element)
    if not count:
        return element.text or ""
    if count == 1:
        # Most cells of Word hold one paragraph; gathering their texts would take three times as long.
        block = element[0]
        if not len(block):
            before, after = element.text, block.tail
            if (not before or before.isspace()) and (not after or after.isspace()):
                return block.text or ""
    return "\n".join(cast("Iterator[str]", element.itertext()))


def _whole_text(element: etree._Element) -> str:
    return "".join(cast("Iterator[str]", element.itertext()))


def _parsed(data: bytes, limits: Limits) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError("not-a-report") from error
    if root is None:
        raise SourceError("not-a-report")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        # The parser has stopped there: what follows is not in the tree.
        limits.check("nesting", max(_DEEPEST, limits.nesting + 1))
    return root


def _dissolve(root: etree._Element, tags: set[str]) -> None:
    """Take the tags of what stands inside a line away and leave their text."""
    inline = tags - _BLOCKS
    odd = {tag for tag in inline if not tag.isprintable()}  # broken markup gives names that can be asked for by nobody
    for element in root.iter() if odd else ():
        if element.tag in odd:
            element.tag = _GONE
    if inline:
        etree.strip_tags(root, _GONE, *(inline - odd))


def _take_out(root: etree._Element, tags: set[str], data: bytes, file: str) -> Iterator[Remark]:
    """Remove what is no text; yield what there is to say about it."""
    if tags & _NO_TEXT:
        etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    if tags & _FRAMES:
        for frame in list(root.iter(*_FRAMES)):
            if frame.find(".//table") is None:
                frame.tag = _GONE
    if tags & _STRUCK:
        for element in list(root.iter(*_STRUCK)):
            element.tag = _GONE
    lower = data.lower()
    behind_styles = lower.rfind(b"</style") + 1  # every style sheet of Word has such words
    if any(lower.find(word, behind_styles) >= 0 for word in _MAY_HIDE):
        for element in root.iter():
            style = element.get("style")
            if element.get("hidden") is not None or (style and _hides(style.lower())):
                element.tag = _GONE
    hidden = [
        (element, text) for element in _gone_from_tables(root) if (text := " ".join(_whole_text(element).split()))
    ]
    if hidden:
        element, text = hidden[0]
        raw = text[:_SHOWN]
        yield Remark("hidden-text", Origin(file, raw, line_of(element)), (), {"raw": raw, "count": len(hidden)})
    etree.strip_elements(root, _GONE, with_tail=False)


def _gone_from_tables(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what is gone from tables of text; menus that hide in tables of a layout are nobody's concern."""
    holds_tables: dict[etree._Element, bool] = {}
    for element in root.iter(_GONE):
        around = next(element.iterancestors("table", _GONE), None)
        if around is None or around.tag == _GONE:
            continue
        if around not in holds_tables:
            holds_tables[around] = around.find(".//table") is not None
        if not holds_tables[around]:
            yield element


def _hides(style: str) -> bool:
    return ("hid" in style or "display" in style) and _HIDING.search(style) is not None


def _bracket_notes(root: etree._Element) -> None:
    """Put raised marks into brackets, so that a figure does not grow by the number of its footnote."""
    for mark in root.iter("sup"):
        text = _whole_text(mark).strip()
        before = mark.getprevious()
        parent = mark.getparent()
        previous = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if text and not _IS_UNIT.search(previous):
            bracketed = _BRACKETED.match(text)
            tail = mark.tail
            mark.clear()
            mark.tail = tail
            mark.text = f"（{bracketed[1] if bracketed else text}）"


def _write_out(field: etree._Element) -> None:
    """Make the value of a field in a table its text, as the page shows it."""
    if field.get("type", "text").lower() in _TYPED and next(field.iterancestors(*CELLS), None) is not None:
        field.text = field.get("value")
