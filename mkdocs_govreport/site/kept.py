"""What was rendered before, kept from build to build: whole pages, and the parts that many pages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_govreport.pipeline import Cache
from mkdocs_govreport.pipeline.packing import pack, unpack


class Kept:
    """Values by name; each is valid only with the key of its name, which has all that the value depends on."""

    def __init__(self, cache: Cache | None = None, keys: Mapping[str, bytes] | None = None) -> None:
        """Fetch what the cache has; without one, or for a name without a key, nothing is kept."""
        self._cache = cache
        self._keys = keys or {}
        self._found = cache.get(self._keys.values()) if cache is not None else {}
        self._new: dict[bytes, bytes] = {}

    def get(self, name: str) -> Any:
        """Return a value, once; None where there is none."""
        data = self._found.pop(self._keys.get(name, b""), None)
        if data is None:
            return None
        try:
            return unpack(data)
        except ValueError:
            return None

    def add(self, name: str, value: Any) -> None:
        """Keep a value that is made of texts, numbers, lists and tuples."""
        if self._cache is not None and name in self._keys:
            self._new[self._keys[name]] = pack(value)

    def save(self) -> None:
        """Store what was added."""
        if self._cache is not None:
            self._cache.put(self._new)
        self._new = {}
