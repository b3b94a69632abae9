"""What a Word document says beside its text: styles, as far as they decide what is shown, and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from mkdocs_govreport.sources.numbering import BULLET, DEEPEST, Counter, Level
from mkdocs_govreport.sources.word_xml import Parts, attribute, name, number, parts, switch, value

_HEADING = re.compile(r"^(?:heading|标题) ?([1-9])$")
_CONTENTS = re.compile(r"^(?:toc|目录) ?[1-9]$")
_LONGEST_CHAIN = 20
_RAISED = "superscript"


class Style(NamedTuple):
    """What paragraphs and runs of a style are, where the style or the one it is based on says so."""

    level: int | None = None
    list_id: str | None = None
    depth: int | None = None
    hidden: bool | None = None
    raised: bool | None = None
    in_contents: bool | None = None

    def under(self, other: Style) -> Style:
        """Return this style with what another one, nearer to the text, says over it."""
        if other is _NOTHING_STATED:
            return self
        return self._replace(**{key: stated for key, stated in other._asdict().items() if stated is not None})


_NOTHING_STATED = Style()


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        """Index the styles of a part; None where the document has none."""
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        for element in [] if root is None else root:
            if name(element.tag) == "w:style" and (identifier := attribute(element, "styleId")) is not None:
                self._elements.setdefault(identifier, element)

    def of(self, identifier: str | None) -> Style:
        """Return a style with what it inherits; an unknown one says nothing."""
        if identifier is None or identifier not in self._elements:
            return _NOTHING_STATED
        if identifier not in self._known:
            chain: list[etree._Element] = []
            following: str | None = identifier
            while following in self._elements and len(chain) < _LONGEST_CHAIN:
                chain.append(self._elements[following])
                following = value(parts(chain[-1]), "basedOn")
            style = _NOTHING_STATED
            for element in reversed(chain):
                style = style.under(_own(element))
            self._known[identifier] = style
        return self._known[identifier]


def _own(element: etree._Element) -> Style:
    title = (value(parts(element), "name") or "").strip().lower()
    heading = _HEADING.match(title)
    own = of_paragraph(parts(element, "pPr")).under(of_run(parts(element, "rPr")))
    return own._replace(
        level=int(heading[1]) if own.level is None and heading else own.level,
        in_contents=bool(_CONTENTS.match(title)) or None,
    )


def of_paragraph(properties: Parts) -> Style:
    """Return what the properties of a paragraph say themselves."""
    if "numPr" not in properties and "outlineLvl" not in properties:
        return _NOTHING_STATED
    numbering = parts(properties.get("numPr"))
    outline, depth = value(properties, "outlineLvl"), value(numbering, "ilvl")
    return Style(
        # The tenth level is body text.
        level=None if outline is None else (min(number(outline, DEEPEST), DEEPEST) + 1) % (DEEPEST + 1),
        list_id=value(numbering, "numId"),
        depth=None if depth is None else min(number(depth), DEEPEST - 1),
    )


def of_run(properties: Parts) -> Style:
    """Return what the properties of a run say themselves."""
    if "vanish" not in properties and "vertAlign" not in properties:
        return _NOTHING_STATED
    alignment = value(properties, "vertAlign")
    return Style(hidden=switch(properties, "vanish"), raised=None if alignment is None else alignment == _RAISED)


@dataclass
class _List:
    """The levels that paragraphs of one numbering have; `starts` are those that it begins anew."""

    family: str
    levels: dict[int, Level]
    styles: dict[str, int]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbering of a document, which counts as it is asked for labels, in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Index the lists of a part; None where the document has none."""
        families: dict[str, etree._Element] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counter] = {}
        instances: dict[str, etree._Element] = {}
        for element in [] if root is None else root:
            tag = name(element.tag)
            if tag == "w:abstractNum":
                families.setdefault(attribute(element, "abstractNumId") or "", element)
            elif tag == "w:num":
                instances.setdefault(attribute(element, "numId") or "", element)
        for identifier, instance in instances.items():
            family = value(parts(instance), "abstractNumId") or ""
            linked = styles.of(value(parts(families.get(family)), "numStyleLink")).list_id
            if linked in instances:
                family = value(parts(instances[linked]), "abstractNumId") or ""
            if family in families:
                self._lists[identifier] = _list(family, families[family], instance)

    def label(self, style: Style, style_id: str | None) -> tuple[str, bool]:
        """Count a paragraph; return its label, which may be empty, and whether it has a bullet."""
        found = self._lists.get(style.list_id or "")
        if found is None:
            return "", False
        depth = style.depth if style.depth is not None else found.styles.get(style_id or "", 0)
        counter = self._counters.setdefault(found.family, Counter())
        if depth in found.starts:
            # A list that begins anew does so once; other lists of its family then go on from it.
            counter.restart(found.levels, depth, found.starts.pop(depth))
        level = found.levels.get(depth, Level())
        return counter.label(found.levels, depth), level.kind == BULLET


def _list(family: str, element: etree._Element, instance: etree._Element) -> _List:
    found = _List(family, {}, {})
    levels = [inner for inner in element if name(inner.tag) == "w:lvl"]
    for override in instance:
        if name(override.tag) != "w:lvlOverride":
            continue
        depth = number(attribute(override, "ilvl"))
        overriding = parts(override)
        start = value(overriding, "startOverride")
        if start is not None and depth < DEEPEST:
            found.starts[depth] = number(start, 1)
        levels += [overriding["lvl"]] if "lvl" in overriding else []
    for inner in levels:
        depth = number(attribute(inner, "ilvl"))
        if depth < DEEPEST:
            found.levels[depth] = _level(inner)
            if style := value(parts(inner), "pStyle"):
                found.styles[style] = depth
    return found


def _level(element: etree._Element) -> Level:
    properties = parts(element)
    kind = value(properties, "numFmt") or "decimal"
    pattern = "" if kind == "none" else value(properties, "lvlText") or ""
    return Level(kind, pattern, number(value(properties, "start")), bool(switch(properties, "isLgl")))
