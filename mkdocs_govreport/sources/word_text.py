"""The text of a paragraph of Word: what is shown of its runs, fields, changes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from mkdocs_govreport.sources.document import Doubt
from mkdocs_govreport.sources.flow import Passage, Stretch, all_of, join
from mkdocs_govreport.sources.numbering import with_label
from mkdocs_govreport.sources.word_styles import Numbering, Style, Styles, of_paragraph, of_run
from mkdocs_govreport.sources.word_xml import attribute, name, parts, texts, value

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
}
_PICTURES = {"w:drawing": Doubt.PICTURE, "w:pict": Doubt.PICTURE, "w:object": Doubt.OBJECT}
_PASSED_OVER = {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt"}
_REMOVALS = {"del", "moveFrom"}
_REMOVED = {"w:del", "w:moveFrom"}
_ADDED = {"w:ins", "w:moveTo"}
_LINE_OF_CONTENTS = re.compile(r"\t\s*\d+\s*$")
_PRIVATE = range(0xF000, 0xF100)
_DIGITS_OF_SYMBOL = range(0xF030, 0xF03A)
_END_OF_PARAGRAPH = "¶"
_UNKNOWN = "\ufffd"


class ParagraphReader:
    """Reads paragraphs in the order of the text, for their numbering counts them."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        """Take what the document says beside its text."""
        self._styles = styles
        self._numbering = numbering
        self._carried: list[Stretch] = []
        self._revised: list[str] = []
        self._hidden: list[str] = []

    def read(self, element: etree._Element, *, in_cell: bool) -> tuple[Passage | None, Sequence[etree._Element]]:
        """Read a paragraph; return it and the contents of text boxes anchored in it.

        Where a tracked change removes the end of a paragraph there is none: the next one begins with its
        text. A line of a table of contents, which says again what comes, is none either.
        """
        if not len(element) and not self._carried:
            return None, ()
        properties = parts(element, "pPr")
        mark = parts(properties.get("rPr"))
        style_id = value(properties, "pStyle")
        style = self._styles.of(style_id).under(of_paragraph(properties))
        run = _Runs(self._styles, style, self._carried)
        run.read(element)
        stretches, self._carried = run.stretches, []
        self._revised += run.revised
        self._hidden += run.hidden
        if not run.boxes and not mark.keys().isdisjoint(_REMOVALS):
            self._carried = stretches
            self._revised.append(_END_OF_PARAGRAPH)
            return None, run.boxes
        text = join(stretches, in_cell=in_cell)
        revised, hidden = self._noted()
        if style.in_contents and _LINE_OF_CONTENTS.search(text):
            return None, run.boxes
        label, has_bullet = self._numbering.label(style, style_id)
        if text.strip() or in_cell:
            text = with_label(label, text.lstrip())
        passage = Passage(text, style.level or 0, has_bullet and not in_cell, revised, hidden, run.doubt)
        return passage, run.boxes

    def rest(self, *, in_cell: bool) -> Passage | None:
        """Return what was carried over and has no further paragraph to stand in."""
        stretches, self._carried = self._carried, []
        revised, hidden = self._noted()
        return (
            Passage(join(stretches, in_cell=in_cell), 0, False, revised, hidden)
            if stretches or revised or hidden
            else None
        )

    def _noted(self) -> tuple[str, str]:
        revised, hidden = all_of(self._revised), "".join(self._hidden)
        self._revised, self._hidden = [], []
        return revised, hidden


class _Runs:
    """Walks through the runs of one paragraph."""

    def __init__(self, styles: Styles, style: Style, carried: list[Stretch]) -> None:
        self._styles = styles
        self._style = style
        self._in_addition = False
        self._fields: list[int | None] = []
        self.stretches = carried
        self.boxes: list[etree._Element] = []
        self.revised: list[str] = []
        self.hidden: list[str] = []
        self.doubt: Doubt | None = None

    def read(self, element: etree._Element, *, raised: bool = False) -> None:
        for inner in element:
            tag = name(inner.tag)
            if tag in {"w:t", "m:t"}:
                self._add(_text(inner), raised=raised)
            elif tag == "w:r":
                self._run(inner)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], raised=raised)
            elif tag == "w:sym":
                self._add(_symbol(inner), raised=raised)
            elif tag == "w:fldChar":
                self._field(attribute(inner, "fldCharType"))
            elif tag == "w:txbxContent":
                self.boxes.append(inner)
            elif tag in _REMOVED:
                self.revised.append(texts(inner))
            elif tag in _ADDED:
                self._addition(inner)
            elif tag == "m:oMath" and any(name(part.tag) != "m:r" for part in inner):
                self._formula(inner)
            elif tag and tag not in _PASSED_OVER:
                self.doubt = self.doubt or _PICTURES.get(tag)
                self.read(inner, raised=raised)

    def _run(self, element: etree._Element) -> None:
        properties = parts(element, "rPr")
        style = self._style.under(self._styles.of(value(properties, "rStyle"))).under(of_run(properties))
        start = len(self.stretches)
        self.read(element, raised=bool(style.raised))
        if style.hidden:
            self.hidden += [stretch.text for stretch in self.stretches[start:]]
            del self.stretches[start:]

    def _add(self, text: str, *, raised: bool = False) -> None:
        self.stretches.append(Stretch(text, raised))

    def _addition(self, element: etree._Element) -> None:
        start = len(self.stretches)
        is_outermost, self._in_addition = not self._in_addition, True
        self.read(element)
        if is_outermost:
            self._in_addition = False
            self.revised.append("".join(stretch.text for stretch in self.stretches[start:]))

    def _field(self, kind: str | None) -> None:
        """Keep the result of a field and drop its instruction, which may hold the results of others."""
        if kind == "begin":
            self._fields.append(len(self.stretches))
        elif kind in {"separate", "end"} and self._fields:
            start = self._fields[-1]
            if start is not None:
                del self.stretches[start:]
                self._fields[-1] = None
            if kind == "end":
                self._fields.pop()

    def _formula(self, element: etree._Element) -> None:
        """Part what stands above one another in a formula: a fraction is no number of two digits."""
        self._add(" ".join(_text(part) for part in element.iter() if name(part.tag) == "m:t"))


def _text(element: etree._Element) -> str:
    text = element.text or ""
    return text if element.get(_SPACE) == "preserve" else text.strip()


def _symbol(element: etree._Element) -> str:
    """Return the character of a symbol; one that only its font can tell becomes the replacement character."""
    code = attribute(element, "char") or ""
    try:
        point = int(code, 16)
    except ValueError:
        return _UNKNOWN
    if attribute(element, "font") == "Symbol" and point in _DIGITS_OF_SYMBOL:
        return chr(point - 0xF000)
    return chr(point) if point not in _PRIVATE and 0x20 <= point < 0xD800 else _UNKNOWN
