"""Text that only shows: what a report says must command no terminal, no log and no parser."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, among them the beginning of a terminal's commands
    "\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line ends, and what turns the text around it
    "\ud800-\udfff\ufffe\uffff]"  # what XML cannot hold
)


def visible(text: str) -> str:
    """Replace each character that is not to be seen; line feeds and tabs stay."""
    return _UNSEEN.sub("\ufffd", text)
