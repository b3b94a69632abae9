"""Web pages: as sites publish them, as browsers save them, as Word, WPS and LibreOffice write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Document
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.markup import line_of, read_markup
from mkdocs_govreport.sources.page_blocks import read_blocks
from mkdocs_govreport.sources.page_facts import read_facts, title_of
from mkdocs_govreport.sources.properties import Property, with_properties


def read_html(data: bytes, file: str, limits: Limits) -> Document:
    """Read an HTML file into paragraphs and grids, with what the page states of itself.

    Raises:
        SourceError: `too-large`, `empty-file`, `undecodable` or, where nothing can be parsed, `not-a-report`.
    """
    return read_page(decode(data, limits), file, limits)


def read_page(text: str, file: str, limits: Limits, *, has_lines: bool = True, address: str = "") -> Document:
    """Read the text of a page; `address` is where it was saved from, `has_lines` whether lines are the file's.

    Raises:
        SourceError: as `read_html`.
    """
    markup = read_markup(text, file, limits)
    page = read_blocks(markup.body, file, limits, has_lines=has_lines)
    stated = read_facts(markup.head, text, file, address)
    titles = dict.fromkeys(filter(None, (title_of(markup.head), stated["title"].value if "title" in stated else "")))
    remarks = markup.remarks
    if not has_lines:
        stated = {name: replace(field, origin=Origin(file, field.origin.raw)) for name, field in stated.items()}
        remarks = tuple(replace(remark, origin=Origin(file, remark.origin.raw)) for remark in remarks)
    document = Document(
        file,
        page.blocks,
        titles=tuple(titles),
        framed=True,
        remarks=remarks,
        stated=stated,
        containers=page.containers,
    )
    return with_properties(document, _properties(markup.head, file))


def _properties(head: etree._Element | None, file: str) -> Iterator[Property]:
    for meta in head.iterfind("meta") if head is not None else ():
        value = meta.get("content") or ""
        yield Property(meta.get("name") or "", value, Origin(file, value, line_of(meta)))
