"""The directive: an HTML comment that is replaced when its page is written.

`<!-- govreport: index year=2024 -->` and `<!-- govreport: table agency=suqian year=2024
part=applications -->` stand on pages of authors; the generated pages use the same. Markdown passes
comments through and search indexes pass over them, so tables cost neither of them anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import TypeVar

_T = TypeVar("_T")

_SLOT = re.compile(r"<!--\s*govreport:\s*([\w-]+)((?:\s+[\w-]+=(?:\"[^\"]*\"|[^\s\"]+))*)\s*-->")
_ARGUMENT = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|([^\s\"]+))")
_BEGIN, _NAMED, _END = "<!-- govreport-page: ", " -->", "<!-- govreport-page-end -->"
_ANY = re.compile(r"<!--\s*govreport:(.*?)-->", re.DOTALL)


class SlotError(ValueError):
    """A directive that asks for what there is not; the message is for its author."""


def part_at_slots(
    html: str, fill: Callable[[str, Mapping[str, str]], _T], malformed: Callable[[str], str]
) -> Iterator[str | _T]:
    """Yield the texts between directives, and for each directive what `fill` makes of its kind and arguments.

    `malformed` gets what begins like a directive and is none.
    """
    position = 0
    for match in _SLOT.finditer(html):
        yield _without_malformed(html[position : match.start()], malformed)
        # Our templates escape what they write into a directive.
        arguments = {name: unescape(quoted or bare) for name, quoted, bare in _ARGUMENT.findall(match[2])}
        yield fill(match[1], arguments)
        position = match.end()
    yield _without_malformed(html[position:], malformed)


def _without_malformed(html: str, malformed: Callable[[str], str]) -> str:
    return _ANY.sub(lambda match: malformed(match[1].strip()), html) if "govreport:" in html else html


def hold_place(subject: str, text: str) -> str:
    """Return what stands in a page until it is written: the text that is searched, between two marks."""
    return f"{_BEGIN}{escape(subject)}{_NAMED}\n{text}\n{_END}"


def fill_places(html: str, page: Callable[[str], str]) -> str:
    """Put in each place that `hold_place` holds what `page` returns for its subject."""
    pieces: list[str] = []
    position = 0
    while (begin := html.find(_BEGIN, position)) >= 0:
        named = html.find(_NAMED, begin)
        end = html.find(_END, named) if named >= 0 else -1
        if end < 0:
            break
        pieces += (html[position:begin], page(unescape(html[begin + len(_BEGIN) : named])))
        position = end + len(_END)
    return "".join((*pieces, html[position:])) if pieces else html
