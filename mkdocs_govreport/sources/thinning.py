"""Word's web pages without what Word repeats: most of their bytes are the same few tags, of looks and inside lines.

Decoding and parsing a page takes longer than all that follows, and nine tenths of a page of Word are attributes and
tags that no reader looks at. They are found by looking at each different tag once. Where a page is not written as
plainly as Word writes, is damaged, or may hide something, it stays as it is: this saves time and changes nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from functools import lru_cache

from mkdocs_govreport.sources.limits import Limits

INSIDE_LINES = ("span", "o:p", "font", "a", "b", "strong", "i", "em", "u")
"""Elements that mean nothing to a text that is taken out of its page."""

_REPEATED = 4  # times that a tag with its text occurs in the mean of a page that is worth the work
_NAME = rb"[A-Za-z][\w:-]*+"
_VALUE = rb"\"[^\"]*+\"|'[^']*+'|[^\s\"'=`]++"
_ATTRIBUTE = rb"\s++(%b)(?:=(?:%b))?+" % (_NAME, _VALUE)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rb"(/?%b)((?:%b)*+\s*+/?)" % (_NAME, _ATTRIBUTE))
_LOOKS = frozenset(b"style class lang width height align valign border cellspacing cellpadding nowrap bgcolor".split())
_NOT_PLAIN = re.compile(rb"hid|display|&|--", re.IGNORECASE)  # what may hide a text or end a comment
_LONG = 500  # bytes of a piece that is not remembered
_OTHER_CHARACTERS = (b"~", b"\x1b", b"\x00")  # of encodings in which `<` may be half a character
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
_DROPPED = frozenset(name.encode() for name in INSIDE_LINES)


def thinned(data: bytes, limits: Limits) -> bytes:
    """Return a page without attributes of looks and without `INSIDE_LINES`, with as many lines as it has.

    Raises:
        SourceError: `too-large`, also by its tags.
    """
    limits.check("text_megabytes", len(data))
    limits.check("tags", data.count(b"<"))
    start, *pieces = data.split(b"<")
    counts = Counter(pieces)
    if len(counts) * _REPEATED > len(pieces) or any(mark in data for mark in _OTHER_CHARACTERS):
        return data
    thin: dict[bytes, bytes] = {}
    open_: Counter[bytes] = Counter()
    for piece, count in counts.items():
        found = _thinned(piece) if len(piece) < _LONG else _thinned.__wrapped__(piece)
        if found is None:
            return data
        thin[piece], name, step = found
        if step:
            open_[name] += step * count
    return data if any(open_.values()) else start + b"".join(map(thin.__getitem__, pieces))


@lru_cache(maxsize=20_000)  # reports have the same tags, labels and figures
def _thinned(piece: bytes) -> tuple[bytes, bytes, int] | None:
    """Return what becomes of a tag, without its `<`, and the text behind it; None where that cannot be told for sure.

    With it comes the name of an element that is dropped, and 1 where it begins or -1 where it ends.
    """
    if not piece[:1].isalpha() and piece[:1] != b"/":
        return b"<" + piece, b"", 0
    written, closing, text = piece.partition(b">")
    tag = _TAG.fullmatch(written)
    if not closing or tag is None or _NOT_PLAIN.search(tag[2]) or not _is_whole(text):
        return None
    name = tag[1].lower()
    if name.removeprefix(b"/") in _DROPPED:
        lines = tag[2].count(b"\n")
        # What begins so and is no comment is passed over, also in a comment, which it does not end.
        thin = b"<!%b>%b" % (b"\n" * lines, text) if lines else text
        return thin, name.removeprefix(b"/"), 0 if tag[2].endswith(b"/") else -1 if name.startswith(b"/") else 1
    return b"<%b%b>%b" % (tag[1], _ATTRIBUTES.sub(_without_looks, tag[2]), text), b"", 0


def _without_looks(attribute: re.Match[bytes]) -> bytes:
    return b"\n" * attribute[0].count(b"\n") if attribute[1].lower() in _LOOKS else attribute[0]


def _is_whole(text: bytes) -> bool:
    """Whether no character is cut off at the end of a text, which would take in a half of what comes to stand there."""
    if text.isascii():
        return True
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text.decode(encoding)
            return True
    return False
