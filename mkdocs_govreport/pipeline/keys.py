"""Keys of the cache: digests of everything that a value depends on."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import mkdocs_govreport
from mkdocs_govreport.pipeline.settings import Settings

_LIBRARIES = ("beautifulsoup4", "jsonschema", "lxml", "markdown", "nh3", "pdfplumber", "pyyaml", "rapidfuzz")


def digest(*parts: bytes | str | None) -> bytes:
    """Return a digest of several parts in their order; None is a part of its own kind."""
    whole = hashlib.sha256()
    for part in parts:
        if part is None:
            whole.update(b"-")
            continue
        data = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.digest()


def settings_digest(settings: Settings) -> bytes:
    """Return a digest of all that decides how a file is read and judged, apart from its bytes."""
    return digest(
        code_digest(),
        settings.catalogue.digest,
        repr(settings.registry.agencies),
        repr(sorted((name, severity.value) for name, severity in settings.severities.items())),
        repr(sorted(settings.folders)),
        repr(settings.limits),
    )


def content_digest(data: bytes, sidecar: bytes | None) -> bytes:
    """Return a digest of a file and the metadata beside it."""
    return digest(data, sidecar)


def result_key(settings: bytes, name: str, content: bytes) -> bytes:
    """Return the key of the result of a file, from the digests of the settings and of its content."""
    return digest(settings, name, content)


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """Return a digest of this version of the package and of the libraries that read files.

    The package is told by the sizes and times of its files, so that a checkout whose version has not
    changed is not taken for the same.
    """
    package = Path(mkdocs_govreport.__file__).parent
    files = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".yml", ".html"})
    stats = [(path.relative_to(package).as_posix(), path.stat()) for path in files]
    code = repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])
    return digest(sys.version, code, repr([_version(name) for name in _LIBRARIES]))


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None
