"""What becomes of a page on its way: what a template makes of it, and what is put together at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_govreport.site.tables import FilledTable

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Content:
    """What a template makes of a page: its content with directives, and what of it is searched.

    `headings` are its table of contents as (anchor, title, level).
    """

    html: str
    text: str
    headings: tuple[tuple[str, str, int], ...] = ()


class RenderedPage(NamedTuple):
    """A page but for the frame of the theme: `pieces` are texts, and tables that are put together at the end."""

    text: str
    headings: tuple[tuple[str, str, int], ...]
    pieces: tuple[str | FilledTable, ...]


def searched_text(html: str) -> str:
    """Return the text of some prose without its tags: search indexes parse every tag that a page has."""
    return _TAG.sub(" ", html).strip()
