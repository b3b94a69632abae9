"""Loading many reports: what the cache has from there, the rest on several processors.

Reading and recognising is most of the work of a build, and one report knows nothing of another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.keys import result_key, settings_digest
from mkdocs_govreport.pipeline.load import Result, load_source
from mkdocs_govreport.pipeline.packing import pack, unpack
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import SourceFile

_FEWEST = 100  # files from which on starting processes costs less than it saves
_CHUNK = 16
_MOST_THREADS = 4
_BATCH = 256  # results that are stored together

_Packed = tuple[bytes, bytes]
"""The key of a result, and its report, findings and claims."""

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
    results = _from_cache(sources, digest, cache)
    stored: dict[bytes, bytes] = {}
    missing = [source for source in sources if source not in results]
    for source, (result, packed) in zip(missing, _load(missing, settings, digest, processes), strict=True):
        results[source] = result
        if result.key:
            stored[result.key] = packed or pack((result.report, result.findings, result.claims))
        if len(stored) >= _BATCH:
            cache.put(stored)
            stored = {}
    cache.put(stored)
    return [results[source] for source in sources]


def _from_cache(sources: Sequence[SourceFile], digest: bytes, cache: Cache) -> dict[SourceFile, Result]:
    if cache.is_empty:
        return {}
    # Reading and digesting leave the interpreter to other threads.
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads) as pool:
        shares = pool.map(lambda share: _keys(share, digest), (sources[number::threads] for number in range(threads)))
        keys = {source: key for share in shares for source, key in share.items()}
    found = cache.get(keys.values())
    results = {}
    for source, key in keys.items():
        if key in found:
            try:
                results[source] = _unpacked(source, (key, found[key]))
            except ValueError:
                continue
    return results


def _keys(sources: Sequence[SourceFile], digest: bytes) -> dict[SourceFile, bytes]:
    keys = {}
    for source in sources:
        try:
            keys[source] = result_key(digest, source.name, *source.read())
        except OSError:
            continue  # loading it tells why
    return keys


def _load(
    sources: Sequence[SourceFile], settings: Settings, digest: bytes, processes: int | None
) -> Iterator[tuple[Result, bytes]]:
    """Yield the result of each source, with its packed form where another process has made it."""
    done = 0
    most = min(processes or os.cpu_count() or 1, len(sources) // (_FEWEST // 2))
    if most > 1:
        try:
            with ProcessPoolExecutor(most, initializer=_prepare, initargs=(settings, digest)) as pool:
                for source, packed in zip(sources, pool.map(_load_packed, sources, chunksize=_CHUNK), strict=True):
                    yield _unpacked(source, packed), packed[1]
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
    if _task is None:
        raise RuntimeError("a worker is prepared before it loads")
    result = load_source(source, *_task)
    return result.key, pack((result.report, result.findings, result.claims))


def _unpacked(source: SourceFile, packed: _Packed) -> Result:
    key, data = packed
    report, findings, claims = unpack(data)
    return Result(source.name, report, findings, key, claims)
