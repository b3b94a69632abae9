"""What was made of a file before: a store by content that may be lost at any time.

The store is one SQLite file, which is safe against crashes and against builds at the same time. Every
value carries a checksum. Whatever is wrong with the store, a build goes on without it: it only takes longer.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

log = logging.getLogger(__name__)

_T = TypeVar("_T")

_NAME = "reports.sqlite"
_DAY = 24 * 60 * 60
_UNUSED_DAYS = 30
_LARGEST = 2_000_000_000  # bytes of all values, above which the least recently used go
_PATIENCE = 10  # seconds to wait for another build that is writing
_AT_ONCE = 500  # keys in a query
_CHECKSUM = 4  # bytes before each value

_SCHEMA = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)"


class Cache:
    """Values by key, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when something is stored."""
        self._folder = folder
        self._path = folder / _NAME
        self._today = int(time.time()) // _DAY

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been stored yet."""
        return not self._path.exists()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there, and remember that they were used today."""
        if self.is_empty:
            return {}
        wanted = list(keys)
        return self._transaction(lambda connection: self._read(connection, wanted)) or {}

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Store values, and drop what has not been used for long."""
        if entries and self._prepare():
            self._transaction(lambda connection: self._write(connection, entries))

    def _read(self, connection: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        stale: list[bytes] = []
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, value, used FROM entries WHERE key IN ({marks})"  # noqa: S608 - marks only
            for key, value, used in connection.execute(query, some):
                if _is_sound(key, value):
                    found[key] = value[_CHECKSUM:]
                    if used != self._today:
                        stale.append(key)
        connection.executemany("UPDATE entries SET used = ? WHERE key = ?", ((self._today, key) for key in stale))
        return found

    def _write(self, connection: sqlite3.Connection, entries: Mapping[bytes, bytes]) -> None:
        rows = ((key, _with_checksum(key, value), self._today) for key, value in entries.items())
        connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        self._prune(connection)

    def _prune(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM entries WHERE used < ?", (self._today - _UNUSED_DAYS,))
        (size,) = connection.execute("SELECT COALESCE(SUM(LENGTH(value)), 0) FROM entries").fetchone()
        while size > _LARGEST:
            (day,) = connection.execute("SELECT MIN(used) FROM entries").fetchone()
            connection.execute("DELETE FROM entries WHERE used = ?", (day,))
            (size,) = connection.execute("SELECT COALESCE(SUM(LENGTH(value)), 0) FROM entries").fetchone()

    def _prepare(self) -> bool:
        """Make the folder, marked as one that neither versions nor backups need."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, text in (
                ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
                (".gitignore", "*\n"),
            ):
                if not (self._folder / name).exists():
                    (self._folder / name).write_text(text, encoding="utf-8")
        except OSError:
            log.debug("no cache in %s", self._folder, exc_info=True)
            return False
        return True

    def _transaction(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do `work` in one transaction; None where the store cannot be used. One that is damaged is removed."""
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection:
                # A build that dies leaves a journal; of what a machine that dies may leave, checksums tell.
                connection.execute("PRAGMA journal_mode = TRUNCATE")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(_SCHEMA)
                with connection:
                    return work(connection)
        except sqlite3.OperationalError:
            # Another build has it, the disk is full, the file system does not lock: not this time.
            log.debug("the cache %s is not used", self._path, exc_info=True)
        except sqlite3.DatabaseError:
            log.debug("the cache %s is damaged", self._path, exc_info=True)
            self._remove()
        return None

    def _remove(self) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()


def _with_checksum(key: bytes, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(_CHECKSUM, "big") + value


def _is_sound(key: bytes, stored: object) -> bool:
    return (
        isinstance(stored, bytes)
        and len(stored) >= _CHECKSUM
        and zlib.crc32(memoryview(stored)[_CHECKSUM:], zlib.crc32(key)) == int.from_bytes(stored[:_CHECKSUM], "big")
    )
