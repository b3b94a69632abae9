"""YAML that is parsed once: what a build kept of it serves the next, by the bytes that it was parsed from.

Parsing the data of the package takes a tenth of a build that finds every report in its cache.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_VERSION = yaml.__version__.encode()

_recalled: dict[str, str] = {}
_used: dict[str, str] = {}
"""Data as JSON, by a digest of the file that it is the data of: from earlier processes, and used in this one."""


def parse_yaml(data: bytes) -> Any:
    """Parse YAML, or take its data from what was recalled.

    Raises:
        YAMLError: when it is not YAML.
    """
    key = hashlib.sha256(_VERSION + data).hexdigest()
    text = _used.get(key) or _recalled.get(key)
    if text is not None:
        with suppress(ValueError):
            value = json.loads(text)
            _used[key] = text
            return value
    value = yaml.load(data, Loader=_LOADER)  # noqa: S506 - the C variant of the safe loader
    text = _as_json(value)
    if text is not None:
        _used[key] = text
    return value


def recall(kept: bytes) -> None:
    """Take what an earlier process has parsed; what is damaged is passed over."""
    with suppress(ValueError):
        found = json.loads(kept)
        if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()):
            _recalled.update(found)


def to_keep() -> bytes | None:
    """Return what this process has used, for `recall` of a later one; None where all of it was recalled."""
    if _used.keys() <= _recalled.keys():
        return None
    _recalled.update(_used)
    return json.dumps(_used, ensure_ascii=False).encode()


def _as_json(value: Any) -> str | None:
    """Return data as JSON; None where that would not give the same data back, as with dates and numbers for keys."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return None
    return text if json.loads(text) == value else None
