"""Word's web pages without what Word repeats: most of their bytes are the same few tags, of looks and inside lines.

Decoding and parsing a page takes longer than all that follows, and nine tenths of a page of Word are attributes and
tags that no reader looks at. They are found by looking at each different tag once. Where a page is not written as
plainly as Word writes, or may hide something, it stays as it is: this saves time and never changes what is read.
"""

from __future__ import annotations

import re
from itertools import islice

from mkdocs_govreport.sources.limits import Limits

INSIDE_LINES = ("span", "o:p", "font", "a", "b", "strong", "i", "em", "u")
"""Elements that mean nothing to a text that is taken out of its page."""

_REPEATED = 4  # times that a tag with its text occurs in the mean of a page that is worth the work
_NAME = rb"[A-Za-z][\w:-]*+"
_VALUE = rb"\"[^\">]*+\"|'[^'>]*+'|[^\s\"'<>=`]++"  # without `>`, so that a tag ends at the first
_TAG = re.compile(rb"(%b)((?:\s++%b(?:=(?:%b))?+)*+\s*+/?)>" % (_NAME, _NAME, _VALUE))
_END = re.compile(rb"/(%b)\s*+>" % _NAME)
_STYLE = re.compile(rb"\s++style=(?:\"[^\"]*+\"|'[^']*+')", re.IGNORECASE)
_NOT_PLAIN = re.compile(rb"hid|display|&|--", re.IGNORECASE)  # what may hide a text or end a comment
_OTHER_CHARACTERS = (b"~{", b"\x1b", b"\x00")  # of encodings in which `<` may be half a character
_DROPPED = frozenset(name.encode() for name in INSIDE_LINES)

_Thin = tuple[bytes, bytes, int]
"""What is written before the line ends of the tags that were dropped before, what after, and the line ends dropped."""


def thinned(data: bytes, limits: Limits) -> bytes:
    """Return a page without style attributes and without `INSIDE_LINES`, each tag in the line where it was.

    Raises:
        SourceError: `too-large`, also by its tags.
    """
    limits.check("text_megabytes", len(data))
    limits.check("tags", data.count(b"<"))
    pieces = data.split(b"<")
    distinct = set(islice(pieces, 1, None))
    if len(distinct) * _REPEATED > len(pieces) or any(mark in data for mark in _OTHER_CHARACTERS):
        return data
    thin: dict[bytes, _Thin] = {}
    for piece in distinct:
        found = _thinned(piece)
        if found is None:
            return data
        thin[piece] = found
    written = [pieces[0]]
    lines = 0
    for piece in islice(pieces, 1, None):
        before, after, dropped = thin[piece]
        if lines and before:
            before += b"\n" * lines
            lines = 0
        lines += dropped
        written += (before, after)
    return b"".join(written)


def _thinned(piece: bytes) -> _Thin | None:
    """Return what becomes of a tag, without its `<`, and the text behind it; None where that cannot be told for sure."""
    first = piece[:1]
    if first.isalpha():
        tag = _TAG.match(piece)
        if tag is None or _NOT_PLAIN.search(tag[2]):
            return None
        if tag[1].lower() in _DROPPED:
            return b"", piece[tag.end() :], tag[2].count(b"\n")
        attributes = _STYLE.sub(lambda style: b"\n" * style[0].count(b"\n"), tag[2])
        return b"<" + tag[1], attributes + piece[tag.end(2) :], 0
    if first == b"/":
        end = _END.match(piece)
        if end is None:
            return None
        if end[1].lower() in _DROPPED:
            return b"", piece[end.end() :], end[0].count(b"\n")
        return b"</" + end[1], piece[end.end(1) :], 0
    if piece.startswith((b"!--", b"![")):
        return b"<" + piece[:1], piece[1:], 0
    return b"", b"<" + piece, 0
