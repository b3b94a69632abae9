"""File names that can be printed, whatever the names of the files are."""

from __future__ import annotations

import os
import re
from contextlib import suppress

# What would not be seen, would turn the text around it, or would command a terminal.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def printable(name: str) -> str:
    """Write a name so that it can be seen: what is no UTF-8 as GB18030, as old archives have it, all else escaped."""
    if name.isprintable():
        return name
    readable = "/".join(_readable(part) for part in name.split("/"))
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), readable)


def _readable(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        with suppress(UnicodeError):
            return os.fsencode(part).decode("gb18030")
    return part
