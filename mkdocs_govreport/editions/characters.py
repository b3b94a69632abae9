"""Traditional characters read as simplified ones, so that both scripts name the same things."""

from __future__ import annotations

import re
from functools import cached_property


class Characters:
    """Writes text in simplified characters; see `schemas/characters.yml`."""

    def __init__(self, pairs: str) -> None:
        """Take pairs of characters, the traditional one first, parted by white space."""
        self._table = {ord(pair[0]): pair[1] for pair in pairs.split()}

    def simplified(self, text: str) -> str:
        """Return `text` in simplified characters, of the same length; most text is so already."""
        if text.isascii() or not self._traditional.search(text):
            return text
        return text.translate(self._table)

    @cached_property
    def _traditional(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(map(chr, self._table))}]")
