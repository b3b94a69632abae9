"""Pages of Word without their looks: the styles inside tags are three quarters of such a page, and no text.

Whatever reads the page afterwards, from decoding to parsing, has so much less to do.
"""

from __future__ import annotations

import re

# A tag up to a style in the manner of Word, which is its last attribute and the first in quotes. In no encoding of
# these pages is one of these bytes a part of another character, but for one whose text is ASCII throughout.
_STYLED = re.compile(rb"(<[^<>'\"]*\s)style='([^<>']*)'(?=>)")
_SEVEN_BITS = b"~{"
_HIDING = (b"display", b"hid")


def without_looks(data: bytes) -> bytes:
    """Return a page without the styles of its tags, unless one of them may hide something; lines stay as they are."""
    parts = _STYLED.split(data)
    styles = parts[2::3]
    if not styles or (data.isascii() and _SEVEN_BITS in data):
        return data
    written = b"\n".join(styles).lower()
    if any(word in written for word in _HIDING):
        return data
    parts[2::3] = [b"\n" * style.count(b"\n") for style in styles]
    return b"".join(parts)
