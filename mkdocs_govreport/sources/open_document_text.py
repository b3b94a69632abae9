"""The text of a paragraph of an OpenDocument text: what is shown of its spans, changes and frames."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from mkdocs_govreport.sources.flow import Passage, Stretch, all_of, join
from mkdocs_govreport.sources.open_document_styles import Style, Styles
from mkdocs_govreport.sources.open_document_xml import attribute, name, number, texts

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_PASSED_OVER = {"text:note", "text:ruby-text", "text:placeholder", "office:annotation"}


class ParagraphReader:
    """Reads paragraphs in the order of the text, for a tracked change may begin in one and end in another."""

    def __init__(self, styles: Styles, changes: Mapping[str, str | None]) -> None:
        """Take the styles, and the tracked changes: what a deletion took away, None for an insertion."""
        self._styles = styles
        self._changes = changes
        self._inserting: set[str] = set()
        self._stretches: list[Stretch] = []
        self._revised: list[str] = []
        self._hidden: list[str] = []
        self._frames: list[etree._Element] = []

    def read(self, element: etree._Element, *, in_cell: bool) -> tuple[Passage, list[etree._Element]]:
        """Read a paragraph or heading; return it without level and label, and the frames anchored in it."""
        self._stretches, self._revised, self._hidden, self._frames = [], [], [], []
        self._inside(element, self._styles.of("paragraph", attribute(element, "text:style-name")))
        text = join(self._stretches, in_cell=in_cell)
        return Passage(text, 0, False, all_of(self._revised), "".join(self._hidden)), self._frames

    def _inside(self, element: etree._Element, style: Style) -> None:
        self._add(_SPACE.sub(" ", element.text or ""), style)
        for inner in element:
            tag = name(inner.tag)
            if tag == "text:s":
                self._add(" " * min(number(attribute(inner, "text:c"), 1), _MOST_SPACES), style)
            elif tag == "text:tab":
                self._add("\t", style)
            elif tag == "text:line-break":
                self._add("\n", style)
            elif tag.startswith("text:change"):
                self._change(tag, attribute(inner, "text:change-id") or "")
            elif tag.startswith("draw:"):
                self._frames.append(inner)
            elif tag in {"text:span", "text:a"}:
                self._inside(inner, style.under(self._styles.of("text", attribute(inner, "text:style-name"))))
            elif tag and tag not in _PASSED_OVER:
                self._inside(inner, style)
            self._add(_SPACE.sub(" ", inner.tail or ""), style)

    def _add(self, text: str, style: Style) -> None:
        if style.hidden:
            self._hidden.append(text)
        elif text:
            self._stretches.append(Stretch(text, bool(style.raised)))
            if self._inserting:
                self._revised[-1:] = ["".join(self._revised[-1:]) + text]

    def _change(self, tag: str, identifier: str) -> None:
        if tag == "text:change":
            self._revised += [self._changes.get(identifier) or "", ""]
        elif tag == "text:change-end":
            self._inserting.discard(identifier)
        elif identifier in self._changes:
            self._inserting.add(identifier)


def tracked_changes(text: etree._Element) -> dict[str, str | None]:
    """Return the tracked changes of a text by their names: what a deletion took away, None for an insertion."""
    changes: dict[str, str | None] = {}
    for holder in text:
        for region in holder if name(holder.tag) == "text:tracked-changes" else ():
            identifier = attribute(region, "text:id") or region.get(_XML_ID) or ""
            for change in region:
                if name(change.tag) == "text:insertion":
                    changes[identifier] = None
                elif name(change.tag) == "text:deletion":
                    removed = (inner for inner in change if name(inner.tag) != "office:change-info")
                    changes[identifier] = "".join(texts(inner) for inner in removed)
    return changes
