"""Digests of files, known again without reading them while the file system says that they are as they were.

As Git does it: a stamp is what tells a file from each later state of it, but not from one that is written at
the same moment by its clock. So a file that has just been written is remembered at the next build only.
What a stamp leads to is a digest of the content, so that nothing depends on times but whether a file is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.keys import digest
from mkdocs_govreport.pipeline.packing import pack, unpack
from mkdocs_govreport.pipeline.sources import SourceFile

_KEY = digest("stamps of files")
_MOMENT = 2_000_000_000  # nanoseconds, the coarsest clock of a file system that is in use
_TELLS_CHANGES = os.name == "posix"  # Windows keeps no time that a program could not set back

_Stamp = tuple[int, ...]
_Entry = tuple[_Stamp, _Stamp | None, bytes]


class Stamps:
    """Which content the files of a build have, as far as that can be told from their stamps."""

    def __init__(self, cache: Cache, sources: Iterable[SourceFile]) -> None:
        """Take the stamps of all files; whoever reads one later reads it in this state or in one of another stamp."""
        self._cache = cache
        self._known = _stored(cache)
        now = time.time_ns()
        self._now = {str(source.path): _stamps(source, now) for source in sources} if _TELLS_CHANGES else {}
        self._new: dict[str, _Entry] = {}

    def content(self, source: SourceFile) -> bytes | None:
        """Return the digest of a file's content; None where it has to be read for that."""
        stamps, known = self._now.get(str(source.path)), self._known.get(str(source.path))
        return known[2] if stamps is not None and known is not None and known[:2] == stamps else None

    def add(self, source: SourceFile, content: bytes) -> None:
        """Remember the digest of a file that was read after its stamp was taken."""
        path = str(source.path)
        stamps = self._now.get(path)
        if stamps is not None and content:
            self._new[path] = (*stamps, content)

    def save(self) -> None:
        """Store what is new, and forget files that are gone."""
        if not self._new:
            return
        kept = {path: entry for path, entry in self._known.items() if path in self._now or os.path.exists(path)}  # noqa: PTH110
        self._cache.put({_KEY: pack({**kept, **self._new})})
        self._new = {}


def _stored(cache: Cache) -> dict[str, _Entry]:
    data = cache.get([_KEY]).get(_KEY)
    try:
        return dict(unpack(data)) if data else {}
    except ValueError:
        return {}


def _stamps(source: SourceFile, now: int) -> tuple[_Stamp, _Stamp | None] | None:
    """Return the stamps of a file and of the metadata beside it; None where one does not tell enough."""
    file = _stamp(str(source.path), now)
    beside = _stamp(str(source.sidecar), now) if source.sidecar else None
    return None if file is None or (source.sidecar and beside is None) else (file, beside)


def _stamp(path: str, now: int) -> _Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - every build asks for every file
    except OSError:
        return None
    if max(found.st_mtime_ns, found.st_ctime_ns) > now - _MOMENT:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev
