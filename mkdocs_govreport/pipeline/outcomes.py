"""What was worked out of the results of several files, kept from build to build.

A check of reports against one another, or anything else that is computed from results, costs a build nothing
where all that it depends on is in its key: the keys of the results have the settings in them already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.packing import pack, unpack

_T = TypeVar("_T")


def kept_outcomes(cache: Cache | None, keys: Sequence[bytes], compute: Callable[[int], _T]) -> list[_T]:
    """Return for each key what was kept under it, else what `compute` makes of its number, which is kept then.

    All keys are asked for and stored at once. An outcome without a key is never kept. Outcomes are made of what
    `packing` allows.
    """
    found = cache.get(filter(None, keys)) if cache is not None else {}
    outcomes: list[Any] = []
    new: dict[bytes, bytes] = {}
    for number, key in enumerate(keys):
        try:
            outcomes.append(unpack(found[key]))
        except (KeyError, ValueError):
            outcomes.append(compute(number))
            if key and cache is not None:
                new[key] = pack(outcomes[-1])
    if cache is not None:
        cache.put(new)
    return outcomes
