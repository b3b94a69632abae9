"""Loading many reports on several processors.

Reading and recognising is most of the work of a build, and one report knows nothing of another.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mkdocs_govreport.pipeline.load import Result, Settings, load_source
from mkdocs_govreport.pipeline.sources import SourceFile

_FEWEST = 100  # files from which on starting processes costs less than it saves
_CHUNK = 16

_settings: Settings | None = None


def load_sources(sources: Sequence[SourceFile], settings: Settings, *, processes: int | None = 1) -> list[Result]:
    """Load `sources` in order.

    `processes` is the most that may be used, None for as many as there are processors. Where a
    system does not allow them, or there are few files, everything is loaded here.
    """
    most = min(processes or os.cpu_count() or 1, len(sources) // (_FEWEST // 2))
    if most > 1:
        try:
            with ProcessPoolExecutor(most, initializer=_prepare, initargs=(settings,)) as pool:
                return list(pool.map(_load, sources, chunksize=_CHUNK))
        except (OSError, BrokenProcessPool):
            pass  # no semaphores, no memory for a process: slower, but the same
    return [load_source(source, settings) for source in sources]


def _prepare(settings: Settings) -> None:
    """Keep the settings in a worker, so that they are sent once and not with every file."""
    global _settings
    _settings = settings


def _load(source: SourceFile) -> Result:
    if _settings is None:
        raise RuntimeError("a worker is prepared before it loads")
    return load_source(source, _settings)
