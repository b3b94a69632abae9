"""What a page states of itself: the `<meta>` fields of government sites, its addresses, and what browsers add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Field
from mkdocs_govreport.sources.markup import line_of
from mkdocs_govreport.sources.page_blocks import clean

# By field, in the order of trust; names of `<meta>` without regard to case.
_NAMES = {
    "title": ("articletitle", "og:title"),
    "published_on": ("pubdate", "article:published_time", "publishdate"),
    "publisher": ("contentsource", "sitename"),
    "source_url": ("og:url", "url"),
}
_DATE = re.compile(r"(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d)")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_BEGINNING = 2000  # characters in which browsers put their comment
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_LONGEST = 500


def read_facts(head: etree._Element | None, text: str, file: str, address: str = "") -> Mapping[str, Field]:
    """Return `title`, `published_on` (ISO 8601), `publisher` and `source_url`, as far as the page states them.

    `address` is where a browser that put the page into an archive had it from.
    """
    stated: dict[str, Field] = {}
    for name, value, line in _candidates(head, text, address):
        fitting = _fitting(name, value)
        if name not in stated and fitting:
            stated[name] = Field(fitting, Origin(file, value, line))
    return stated


def title_of(head: etree._Element | None) -> str:
    """Return the text of `<title>`."""
    return clean(head.findtext("title") or "") if head is not None else ""


def _candidates(head: etree._Element | None, text: str, address: str) -> Iterator[tuple[str, str, int | None]]:
    """Yield names, values and lines, the surest first."""
    metas: dict[str, tuple[str, int | None]] = {}
    for element in head.iter("meta", "link") if head is not None else ():
        if element.tag == "link":
            if element.get("rel", "").lower() == "canonical":
                yield "source_url", element.get("href", ""), line_of(element)
            continue
        name = (element.get("name") or element.get("property") or "").lower()
        content = clean(element.get("content", "")[:_LONGEST])
        if name and content:
            metas.setdefault(name, (content, line_of(element)))
    for field, names in _NAMES.items():
        for name in names:
            if name in metas:
                yield field, *metas[name]
    saved = _SAVED_FROM.search(text[:_BEGINNING])
    if saved:
        yield "source_url", saved[1], text.count("\n", 0, saved.start()) + 1
    if address:
        yield "source_url", address, None


def _fitting(name: str, value: str) -> str:
    """Return a value in the form of its field; empty where it is none."""
    if name == "published_on":
        date = _DATE.search(value)
        return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else ""
    if name == "source_url":
        return value if _ADDRESS.fullmatch(value) else ""
    return "" if _ADDRESS.match(value) else value
