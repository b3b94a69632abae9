"""What another process works out while this one goes on: a copy of it, which has all that this one has."""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_T = TypeVar("_T")


class Beside(Generic[_T]):
    """A value that is worked out in another process from now on, if this system can copy processes and has a processor for it."""

    def __init__(self, compute: Callable[[], _T]) -> None:
        """Start the other process."""
        self._receiver: Connection | None = None
        if (os.cpu_count() or 1) < 2 or not _can_be_copied():
            return
        import multiprocessing  # late: a build that finds everything in its cache does without

        with contextlib.suppress(OSError):  # no memory for a process: slower, but the same
            receiver, sender = multiprocessing.Pipe(duplex=False)
            self._process = multiprocessing.Process(target=_send, args=(sender, compute), daemon=True)
            self._process.start()
            sender.close()
            self._receiver = receiver

    @property
    def is_begun(self) -> bool:
        """Whether there is another process, whose value has not been asked for."""
        return self._receiver is not None

    def value(self) -> _T | None:
        """Wait for the value and return it, once; None where it has to be worked out here."""
        value: _T | None = None
        if self._receiver is not None:
            with contextlib.suppress(EOFError, OSError):  # it was killed
                value = self._receiver.recv()
            self._receiver.close()
            self._process.join()
            self._receiver = None
        return value


def _can_be_copied() -> bool:
    """Whether a process begins as a copy of this one; a copy of one with threads may wait for them for ever."""
    import multiprocessing

    return multiprocessing.get_start_method() == "fork" and threading.active_count() == 1


def _send(sender: Connection, compute: Callable[[], object]) -> None:
    gc.disable()
    with contextlib.suppress(Exception):  # what fails here fails again where it is told
        sender.send(compute())
