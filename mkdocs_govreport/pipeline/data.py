"""The data of the package, and of further editions, as it was parsed for an earlier build."""

from __future__ import annotations

from mkdocs_govreport.parsed import recall, to_keep
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.keys import digest

_KEY = digest("parsed data")


def recall_data(cache: Cache) -> None:
    """Take what a cache has of it."""
    kept = cache.get([_KEY]).get(_KEY)
    if kept is not None:
        recall(kept)


def keep_data(cache: Cache) -> None:
    """Store what the next build needs of it, if there is anything new."""
    new = to_keep()
    if new is not None:
        cache.put({_KEY: new})
