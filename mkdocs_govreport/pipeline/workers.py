"""Loading many reports: what the cache has from there, the rest on several processors.

Reading and recognising is most of the work of a build, and one report knows nothing of another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.keys import content_digest, result_key, settings_digest
from mkdocs_govreport.pipeline.packing import pack, unpack
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import SourceFile
from mkdocs_govreport.pipeline.stamps import Stamps

_FEWEST = 100  # files from which on starting processes costs less than it saves
_CHUNK = 8  # files that go to a process at once; where more go, one process waits longer for the last
_MOST_THREADS = 4
_BATCH = 256  # results that are stored together

_Packed = tuple[bytes, bytes, bytes]
"""The key of a result, the digest of its content, and its report, findings and claims."""

_task: tuple[Settings, bytes] | None = None


def load_sources(
    sources: Sequence[SourceFile], settings: Settings, *, processes: int | None = 1, cache: Cache | None = None
) -> list[Result]:
    """Load `sources` in order; with a cache each result has a key, and comes from there where it can.

    `processes` is the most that may be used, None for as many as there are processors. Where a
    system does not allow them, or there are few files, everything is loaded here.
    """
    if cache is None:
        return [result for result, _ in _load(sources, settings, b"", processes)]
    digest = settings_digest(settings)
    stamps = Stamps(cache, sources)
    results = _from_cache(sources, digest, cache, stamps)
    stored: dict[bytes, bytes] = {}
    missing = [source for source in sources if source not in results]
    for source, (result, packed) in zip(missing, _load(missing, settings, digest, processes), strict=True):
        results[source] = result
        stamps.add(source, result.content)
        if result.key:
            stored[result.key] = packed or pack((result.report, result.findings, result.claims))
        if len(stored) >= _BATCH:
            cache.put(stored)
            stored = {}
    cache.put(stored)
    stamps.save()
    return [results[source] for source in sources]


def _from_cache(sources: Sequence[SourceFile], digest: bytes, cache: Cache, stamps: Stamps) -> dict[SourceFile, Result]:
    if cache.is_empty:
        return {}
    contents = {source: stamps.content(source) for source in sources}
    unknown = [source for source, content in contents.items() if content is None]
    for source, content in zip(unknown, _contents(unknown), strict=True):
        contents[source] = content
        stamps.add(source, content or b"")
    keys = {source: result_key(digest, source.name, content) for source, content in contents.items() if content}
    found = cache.get(keys.values())
    results = {}
    for source, key in keys.items():
        if key in found:
            try:
                results[source] = _unpacked(source, (key, contents[source] or b"", found[key]))
            except ValueError:
                continue
    return results


def _contents(sources: Sequence[SourceFile]) -> list[bytes | None]:
    if not sources:
        return []
    from concurrent.futures import ThreadPoolExecutor

    # Reading and digesting leave the interpreter to other threads.
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        return list(pool.map(_content, sources))


def _content(source: SourceFile) -> bytes | None:
    try:
        return content_digest(*source.read())
    except OSError:
        return None  # loading it tells why


def _load(
    sources: Sequence[SourceFile], settings: Settings, digest: bytes, processes: int | None
) -> Iterator[tuple[Result, bytes]]:
    """Yield the result of each source, with its packed form where another process has made it."""
    if not sources:
        return
    # Late, since a build that finds every report in its cache does without all that reads and recognises.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    from mkdocs_govreport.pipeline.load import load_source

    done = 0
    most = min(processes or os.cpu_count() or 1, len(sources) // (_FEWEST // 2))
    if most > 1:
        # Here, since processes begin with what this one has read and compiled, where they are copies of it.
        yield load_source(sources[0], settings, digest), b""
        done = 1
        try:
            with ProcessPoolExecutor(most, initializer=_prepare, initargs=(settings, digest)) as pool:
                others = sources[done:]
                for source, packed in zip(others, pool.map(_load_packed, others, chunksize=_CHUNK), strict=True):
                    yield _unpacked(source, packed), packed[2]
                    done += 1
        except (OSError, BrokenProcessPool):
            pass  # no semaphores, no memory for a process: slower, but the same
    for source in sources[done:]:
        yield load_source(source, settings, digest), b""


def _prepare(settings: Settings, digest: bytes) -> None:
    """Keep the settings in a worker, so that they are sent once and not with every file."""
    global _task
    _task = settings, digest


def _load_packed(source: SourceFile) -> _Packed:
    from mkdocs_govreport.pipeline.load import load_source

    if _task is None:
        raise RuntimeError("a worker is prepared before it loads")
    result = load_source(source, *_task)
    return result.key, result.content, pack((result.report, result.findings, result.claims))


def _unpacked(source: SourceFile, packed: _Packed) -> Result:
    key, content, data = packed
    report, findings, claims = unpack(data)
    return Result(source.name, report, findings, claims, key, content)
