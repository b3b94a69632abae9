"""The XML of Word: names without regard to which of the two standards a file follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from mkdocs_govreport.sources.package import Package

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
}
_TAGS = {prefix: f"{{{namespace}}}" for namespace, prefix in _PREFIXES.items()}
_MAIN = _TAGS["w"]
_UNSETTLING = (f"{_TAGS['mc']}Choice", f"{_TAGS['mc']}Fallback", f"{_MAIN}sdt")
Parts = Mapping[str, etree._Element]
"""The children of an element by their names, of which it has one each; properties, as a rule."""

_REMOVED = {"w:del", "w:moveFrom"}
_OFF = {"0", "false", "off", "none"}
_MOST_DIGITS = 9


def parse(package: Package, part: str) -> etree._Element:
    """Parse a part; one that follows the strict standard is read as if it followed the usual one."""
    data = package.read(part)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return package.parse(data)


@lru_cache(maxsize=1024)
def name(tag: object) -> str:
    """Return the name of an element as `w:p`; an empty prefix for foreign ones, nothing for comments."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(namespace, '')}:{local}"


def parts(element: etree._Element | None, local: str | None = None) -> Parts:
    """Return the children of an element, or of its first child of a name, by their names in Word's namespace."""
    if element is not None and local is not None:
        element = element.find(_MAIN + local)
    if element is None or not len(element):
        return {}
    return {tag[2:]: inner for inner in element if (tag := name(inner.tag)).startswith("w:")}


def attribute(element: etree._Element | None, local: str = "val") -> str | None:
    """Return an attribute in Word's namespace, or without one, as some programs write it."""
    if element is None:
        return None
    found = element.get(_MAIN + local)
    return element.get(local) if found is None else found


def value(properties: Parts, local: str) -> str | None:
    """Return the value that the property of that name has."""
    return attribute(properties.get(local))


def number(text: str | None, default: int = 0) -> int:
    """Read a whole number; `default` for what is none, or for one without any sense."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else default


def switch(properties: Parts, local: str) -> bool | None:
    """Return whether a property is on; None where it is not stated."""
    found = properties.get(local)
    return None if found is None else (attribute(found) or "true").lower() not in _OFF


def members(element: etree._Element, wanted: Collection[str]) -> Iterator[etree._Element]:
    """Return the wanted elements below one, through whatever wraps them: content controls, insertions, markup.

    What a tracked change removes is among them only if it is wanted.
    """
    waiting = [iter(element)]
    while waiting:
        inner = next(waiting[-1], None)
        if inner is None:
            waiting.pop()
            continue
        tag = name(inner.tag)
        if tag in wanted:
            yield inner
        elif tag and tag not in _REMOVED:
            waiting.append(iter(inner))


def texts(element: etree._Element) -> str:
    """Return all text below an element, deleted text included."""
    return "".join(inner.text or "" for inner in element.iter() if name(inner.tag) in {"w:t", "w:delText"})


def settle(root: etree._Element) -> None:
    """Take out of a document what is in it twice, or stands in for something that nobody wrote.

    Of alternatives for older and newer programs the first that has text is kept. A content control that
    shows its prompt is empty.
    """
    if next(root.iter(*_UNSETTLING), None) is None:
        return
    prompts: list[etree._Element] = []
    opened: list[int] = []
    alternatives: dict[etree._Element, list[tuple[etree._Element, int]]] = {}
    written = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(*_UNSETTLING, f"{_MAIN}t")):
        tag = name(element.tag)
        starts = event == "start"
        if tag == "w:sdt":
            if starts and switch(parts(element, "sdtPr"), "showingPlcHdr"):
                prompts.append(element)
            elif prompts and prompts[-1] is element:
                prompts.pop()
        elif tag == "w:t":
            if prompts:
                element.text = ""
            written += starts and bool(element.text)
        elif starts:
            opened.append(written)
        else:
            texts_within = written - opened.pop()
            parent = element.getparent()
            if parent is not None:
                alternatives.setdefault(parent, []).append((element, texts_within))
    for parent, branches in alternatives.items():
        kept = next((branch for branch, texts_within in branches if texts_within), branches[0][0])
        for branch, _ in branches:
            if branch is not kept:
                parent.remove(branch)
