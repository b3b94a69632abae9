"""Pages rendered ahead: another process renders the last of many while this one begins with the first.

MkDocs asks for one page after the other, and another processor would have nothing to do. What the other process has
rendered comes as it would come from the cache, and a page that it could not render is rendered here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_FEWEST = 100  # pages from which on starting a process costs less than it saves
_SHARE = 0.55  # of the pages for the other process, which begins before this one does

Rendered = Mapping[bytes, bytes]
"""Packed pages and parts of pages by their keys, as the cache has them."""


class Ahead:
    """The last of the pages `subjects`, which are rendered by another process, if this system can copy processes."""

    def __init__(self, subjects: Sequence[str], render: Callable[[Sequence[str]], Rendered]) -> None:
        """Start the other process, which has all that this one has."""
        self._waiting: frozenset[str] = frozenset()
        if len(subjects) < _FEWEST or (os.cpu_count() or 1) < 2 or not _can_be_copied():
            return
        import multiprocessing  # late: a build that finds every page in its cache does without

        own = subjects[-int(len(subjects) * _SHARE) :]
        with contextlib.suppress(OSError):  # no memory for a process: slower, but the same
            self._receiver, sender = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.Process(target=_send, args=(sender, own, render), daemon=True)
            process.start()
            sender.close()
            self._process = process
            self._waiting = frozenset(own)

    def pages(self, subject: str) -> Rendered:
        """Return all that the other process has rendered when the first of its pages is wanted; else nothing."""
        if subject not in self._waiting:
            return {}
        self._waiting = frozenset()
        rendered: Rendered = {}
        with contextlib.suppress(EOFError, OSError):  # it was killed
            rendered = self._receiver.recv()
        self._receiver.close()
        self._process.join()
        return rendered


def _can_be_copied() -> bool:
    """Whether a process begins as a copy of this one; a copy of one with threads may wait for them for ever."""
    import multiprocessing

    return multiprocessing.get_start_method() == "fork" and threading.active_count() == 1


def _send(sender: Connection, subjects: Sequence[str], render: Callable[[Sequence[str]], Rendered]) -> None:
    gc.disable()
    with contextlib.suppress(Exception):  # what fails here fails again where it is told
        sender.send(render(subjects))
