"""Zip files whose bytes depend on nothing but what is in them, so that converting twice gives the same file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold


Change = Callable[[bytes], bytes]


def repacked(data: bytes, changes: Mapping[str, Change] = MappingProxyType({})) -> bytes:
    """Pack a zip file again without the time of packing; `changes` are made to the entries of these names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            change = changes.get(name, bytes)
            target.writestr(entry, change(source.read(name)))
    return packed.getvalue()
