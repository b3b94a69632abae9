"""The XML of OpenDocument: names and attributes by the usual prefixes."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_PREFIXES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{word}:1.0": prefix
    for word, prefix in {
        "office": "office",
        "style": "style",
        "table": "table",
        "text": "text",
        "drawing": "draw",
    }.items()
}
_TAGS = {prefix: f"{{{namespace}}}" for namespace, prefix in _PREFIXES.items()}
_MOST_DIGITS = 9


@lru_cache(maxsize=1024)
def name(tag: object) -> str:
    """Return the name of an element as `text:p`; an empty prefix for foreign ones, nothing for comments."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(namespace, '')}:{local}"


def attribute(element: etree._Element, qualified: str) -> str | None:
    """Return an attribute by its name as `text:style-name`."""
    prefix, _, local = qualified.partition(":")
    return element.get(_TAGS[prefix] + local)


def number(text: str | None, default: int) -> int:
    """Read a whole number; `default` for what is none, the highest of nine digits for what is larger."""
    text = (text or "").strip()
    return int(text[: _MOST_DIGITS + 1]) if text.isascii() and text.isdigit() else default


def texts(element: etree._Element) -> str:
    """Return all text below an element."""
    return "".join(str(text) for text in element.itertext())
