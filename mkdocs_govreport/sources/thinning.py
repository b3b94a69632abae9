"""Word's web pages without what Word repeats: most of their bytes are the same few tags, of looks and inside lines.

Decoding and parsing a page takes longer than all that follows, and nine tenths of a page of Word are attributes and
tags that no reader looks at. They are found by looking at each different cell, and each different tag, once. Where a
page is not written as plainly as Word writes, is damaged, or may hide something, it stays as it is: this saves time
and changes nothing else, but for the line of a paragraph that is all there is in a cell which only lays out the page.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from mkdocs_govreport.sources.limits import Limits

INSIDE_LINES = ("span", "o:p", "font", "a", "b", "strong", "i", "em", "u")
"""Elements that mean nothing to a text that is taken out of its page."""

_HEAVY = 150  # bytes of a cell, with what follows it, in the mean of a page that is worth the work
_LARGE = 1_000_000  # bytes from which on the tags of a page are counted before anything else
_CELL = re.compile(b"<td")  # as a pattern, which parts a page in two thirds of the time of `bytes.split`
_NAME = rb"[A-Za-z][\w:-]*+"
_VALUE = rb"\"[^\"]*+\"|'[^']*+'|[^\s\"'=`]++"
_ATTRIBUTE = rb"\s++(%b)(?:=(?:%b))?+" % (_NAME, _VALUE)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rb"(/?%b)((?:%b)*+\s*+/?)" % (_NAME, _ATTRIBUTE))
_LOOKS = frozenset(b"style class lang width height align valign border cellspacing cellpadding nowrap bgcolor".split())
_NOT_PLAIN = re.compile(rb"hid|display|&|--", re.IGNORECASE)  # what may hide a text or end a comment
_OTHER_CHARACTERS = (b"~", b"\x1b", b"\x00")  # of encodings in which `<` may be half a character
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
_DROPPED = frozenset(name.encode() for name in INSIDE_LINES)
_BLOCK_ENDS = (b"</td>", b"</tr>", b"</p>")
_SPACE = b" \t\r\n"
# A thinned cell that holds one paragraph, and the lines in and around it.
_ONE_PARAGRAPH = re.compile(rb"(<td[^<>]*+>)([ \t\r\n]*+<p\n*+>(?:<\?o\n++>)?+)([^<]*+)</p(\n*+)></td")
_FIGURE = re.compile(rb">(\d[\d.,]*+)<")
_MARK = b"\x00"  # stands for a figure; pages with such a byte stay as they are
_LONG = 1000  # bytes of what is not remembered
_REMEMBERED_CELLS = 10_000
_REMEMBERED_TAGS = 10_000


_Steps = tuple[tuple[bytes, int], ...]
"""Names of dropped elements, each with how many more of it are opened than closed."""


class _Thin(NamedTuple):
    """What becomes of a tag or of a cell, and the dropped elements that it opens and closes."""

    data: bytes
    opened: _Steps = ()


def thinned(data: bytes, limits: Limits) -> bytes:
    """Return a page without attributes of looks and without `INSIDE_LINES`, with as many lines as it has.

    A paragraph alone in its cell is left to the cell.

    Raises:
        SourceError: `too-large`, of a large page also by its tags.
    """
    limits.check("text_megabytes", len(data))
    if len(data) > _LARGE:
        limits.check("tags", data.count(b"<"))
    head, *cells = _CELL.split(data)
    if len(data) < _HEAVY * max(len(cells), 1) or any(mark in data for mark in _OTHER_CHARACTERS):
        return data
    before, *tags = head.split(b"<")
    begin = _joined(tags)
    if begin is None:
        return data
    opened = Counter(dict(begin.opened))
    thin: dict[bytes, bytes] = {}
    uneven: list[tuple[bytes, _Steps]] = []
    for cell in set(cells):
        found = _cell(cell) if len(cell) < _LONG else _thin_cell.__wrapped__(cell)
        if found is None:
            return data
        thin[cell] = found.data
        if found.opened:
            uneven.append((cell, found.opened))
    counts = Counter(cells) if uneven else Counter()
    for cell, steps in uneven:
        for name, step in steps:
            opened[name] += step * counts[cell]
    return data if any(opened.values()) else b"".join(chain((before, begin.data), map(thin.__getitem__, cells)))


@lru_cache(maxsize=_REMEMBERED_CELLS)  # reports have the same labels and many of the same figures
def _cell(cell: bytes) -> _Thin | None:
    """Thin a cell, without the `<td` that it begins with, and all that follows up to the next; None as for a tag."""
    figure = _FIGURE.search(cell)
    if figure is None:
        return _thin_cell(cell)
    found = _thin_cell(b"%b%b%b" % (cell[: figure.start(1)], _MARK, cell[figure.end(1) :]))
    return found and _Thin(found.data.replace(_MARK, figure[1]), found.opened)


@lru_cache(maxsize=_REMEMBERED_CELLS)  # there are more figures than ways to write the cell of one
def _thin_cell(cell: bytes) -> _Thin | None:
    """Thin a cell in which a mark may stand for the figure."""
    tags = cell.split(b"<")
    tags[0] = b"td" + tags[0]
    found = _joined(tags)
    one = _ONE_PARAGRAPH.match(found.data) if found else None
    if found is None or one is None:
        return found
    # The lines before a text go behind it, so that the cell still begins where it does.
    start, before, text, after = one.groups()
    lines = b"\n" * before.count(b"\n")
    return _Thin(b"%b%b</td%b%b%b" % (start, text, lines, after, found.data[one.end() :]), found.opened)


def _joined(tags: list[bytes]) -> _Thin | None:
    """Thin all that stands between two places of a page; None where one of its tags cannot be."""
    found = [_tag_and_text(tag) if len(tag) < _LONG else _tag_and_text.__wrapped__(tag) for tag in tags]
    thin = []
    opened: dict[bytes, int] = {}
    for one in found:
        if one is None:
            return None
        data, steps = one
        thin.append(data)
        if steps:
            ((name, step),) = steps
            opened[name] = opened.get(name, 0) + step
    return _Thin(b"".join(thin), tuple([(name, number) for name, number in opened.items() if number]))


@lru_cache(maxsize=_REMEMBERED_TAGS)
def _tag_and_text(piece: bytes) -> _Thin | None:
    """Return what becomes of a tag, without its `<`, and the text behind it; None where that cannot be told for sure."""
    if not piece[:1].isalpha() and piece[:1] != b"/":
        return _Thin(b"<" + piece)
    written, closing, text = piece.partition(b">")
    tag = _tag(written) if len(written) < _LONG else _tag.__wrapped__(written)
    if not closing or tag is None or not _is_whole(text):
        return None
    if tag.data in _BLOCK_ENDS and not text.strip(_SPACE):
        # Between blocks white space is no text; its lines count as well before the tag ends.
        return _Thin(b"%b%b>" % (tag.data[:-1], b"\n" * text.count(b"\n")))
    return _Thin(tag.data + text, tag.opened)


@lru_cache(maxsize=_REMEMBERED_TAGS)
def _tag(written: bytes) -> _Thin | None:
    tag = _TAG.fullmatch(written)
    if tag is None or _NOT_PLAIN.search(tag[2]):
        return None
    name = tag[1].lower()
    bare = name.removeprefix(b"/")
    if bare not in _DROPPED:
        return _Thin(b"<%b%b>" % (tag[1], _ATTRIBUTES.sub(_without_looks, tag[2])))
    lines = tag[2].count(b"\n")
    # An instruction is passed over, also in a comment, which it does not end.
    thin = b"<?o%b>" % (b"\n" * lines) if lines else b""
    return _Thin(thin, () if tag[2].endswith(b"/") else ((bare, -1 if bare != name else 1),))


def _without_looks(attribute: re.Match[bytes]) -> bytes:
    return b"\n" * attribute[0].count(b"\n") if attribute[1].lower() in _LOOKS else attribute[0]


def _is_whole(text: bytes) -> bool:
    """Whether no character is cut off at the end of a text, which would take in a half of what comes to stand there."""
    if text.isascii():
        return True
    for encoding in _ENCODINGS:
        try:
            text.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
