"""What an OpenDocument text says beside its text: styles, as far as they decide what is shown, and lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from mkdocs_govreport.sources.numbering import BULLET, DEEPEST, Counter, Level
from mkdocs_govreport.sources.open_document_xml import attribute, name, number

_LONGEST_CHAIN = 20
_OUTLINE = ""
_KINDS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "一, 二, 三...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
}


class Style(NamedTuple):
    """What text of a style is, where the style or the one it comes from says so."""

    hidden: bool | None = None
    raised: bool | None = None

    def under(self, other: Style) -> Style:
        """Return this style with what another one, nearer to the text, says over it."""
        return self._replace(**{key: stated for key, stated in other._asdict().items() if stated is not None})


class Styles:
    """The styles of a document and its lists, which count as they are asked for labels."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        """Index the styles of the parts of a document."""
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, Counter] = {}
        for root in roots:
            for holder in root:
                if name(holder.tag) in {"office:styles", "office:automatic-styles"}:
                    for element in holder:
                        self._index(element)

    def _index(self, element: etree._Element) -> None:
        tag = name(element.tag)
        identifier = attribute(element, "style:name") or ""
        if tag == "style:style":
            self._elements.setdefault((attribute(element, "style:family") or "", identifier), element)
        elif tag == "text:list-style":
            self._lists.setdefault(identifier, _levels(element))
        elif tag == "text:outline-style":
            self._lists.setdefault(_OUTLINE, _levels(element))

    def of(self, family: str, identifier: str | None) -> Style:
        """Return a style with what it inherits; an unknown one says nothing."""
        key = (family, identifier or "")
        if key not in self._known:
            style = Style()
            at, chain = key, 0
            while at in self._elements and chain < _LONGEST_CHAIN:
                element = self._elements[at]
                style = _own(element).under(style)
                at, chain = (family, attribute(element, "style:parent-style-name") or ""), chain + 1
            self._known[key] = style
        return self._known[key]

    def begin_list(self, style: str) -> None:
        """Let a list of a style begin anew."""
        self._counters.pop(style, None)

    def restart(self, style: str, depth: int, start: int) -> None:
        """Let the next item at a depth of a list have the number `start`."""
        self._counters.setdefault(style, Counter()).restart(self._lists.get(style, {}), depth, start)

    def label(self, style: str, depth: int) -> tuple[str, bool]:
        """Count an item; return its label, which may be empty, and whether it has a bullet."""
        levels = self._lists.get(style, {})
        level = levels.get(depth)
        if level is None:
            return "", False
        return self._counters.setdefault(style, Counter()).label(levels, depth), level.kind == BULLET

    def heading(self, depth: int) -> str:
        """Count a heading that is numbered by its level alone; return its label."""
        return self.label(_OUTLINE, depth)[0]


def _own(element: etree._Element) -> Style:
    properties = next((inner for inner in element if name(inner.tag) == "style:text-properties"), None)
    if properties is None:
        return Style()
    display = attribute(properties, "text:display")
    position = (attribute(properties, "style:text-position") or "").split()
    rises = bool(position) and (position[0] == "super" or number(position[0].removesuffix("%"), 0) > 0)
    return Style(None if display is None else display == "none", rises if position else None)


def _levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for inner in element:
        depth = number(attribute(inner, "text:level") if name(inner.tag) else None, 0) - 1
        if not 0 <= depth < DEEPEST:
            continue
        if "bullet" in name(inner.tag) or "image" in name(inner.tag):
            levels[depth] = Level(BULLET)
            continue
        kind = _KINDS.get(attribute(inner, "style:num-format") or "", "decimal")
        shown = min(number(attribute(inner, "text:display-levels"), 1), depth + 1)
        places = ".".join(f"%{place}" for place in range(depth + 2 - shown, depth + 2))
        before, after = attribute(inner, "style:num-prefix") or "", attribute(inner, "style:num-suffix") or ""
        pattern = "" if kind == "none" else before + places + after
        levels[depth] = Level(kind, pattern, number(attribute(inner, "text:start-value"), 1))
    return levels
