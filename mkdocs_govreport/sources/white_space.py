"""White space of which a source may have any kind and any amount."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]+")  # has no width: a figure that it stands in is one figure


def collapsed(text: str) -> str:
    """Return a text with one space for white space of any kind, and without what cannot be seen."""
    return " ".join(_INVISIBLE.sub("", text).split())
