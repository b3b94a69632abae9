"""Pages rendered ahead: another process renders the last of many while this one begins with the first.

MkDocs asks for one page after the other, and another processor would have nothing to do. What the other process has
rendered comes as it would come from the cache, and a page that it could not render is rendered here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from mkdocs_govreport.pipeline.beside import Beside

_FEWEST = 100  # pages from which on starting a process costs less than it saves
_SHARE = 0.6  # of the pages for the other process, which begins before this one does

Rendered = Mapping[bytes, bytes]
"""Packed pages and parts of pages by their keys, as the cache has them."""


class Ahead:
    """The last of the pages `subjects`, which are rendered by another process where there can be one."""

    def __init__(self, subjects: Sequence[str], render: Callable[[Sequence[str]], Rendered]) -> None:
        """Start the other process."""
        self._waiting: frozenset[str] = frozenset()
        if len(subjects) < _FEWEST:
            return
        own = subjects[-int(len(subjects) * _SHARE) :]
        self._beside = Beside(partial(render, own))
        if self._beside.is_begun:
            self._waiting = frozenset(own)

    def pages(self, subject: str) -> Rendered:
        """Return all that the other process has rendered when the first of its pages is wanted; else nothing."""
        if subject not in self._waiting:
            return {}
        self._waiting = frozenset()
        return self._beside.value() or {}
