"""Finding the files that may be reports."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mkdocs_govreport.sources import SIDECAR_SUFFIX

_IGNORED_PREFIXES = (".", "~$")
_COMPANIONS = ("_files", ".files", "_文件", ".fld")
_IGNORED_NAMES = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with the name under which findings speak of it."""

    path: Path
    name: str

    @property
    def sidecar(self) -> Path:
        """The file of metadata that may stand beside it."""
        return self.path.with_name(self.path.name + SIDECAR_SUFFIX)

    def read(self) -> tuple[bytes, bytes | None]:
        """Return the bytes of the file and of the metadata beside it.

        Raises:
            OSError: when one of them cannot be read.
        """
        try:
            sidecar = self.sidecar.read_bytes()
        except FileNotFoundError:
            sidecar = None
        return self.path.read_bytes(), sidecar


def find_sources(paths: Iterable[str | Path], base: Path) -> tuple[list[SourceFile], list[str]]:
    """Return the files under `paths` (files, folders or globs) in order, and the paths that hold none.

    Names are relative to `base` where the file is below it.
    """
    found: dict[Path, SourceFile] = {}
    empty = []
    for path in paths:
        files = [file for file in _files(base, path) if _is_source(file)]
        if not files:
            empty.append(str(path))
        for file in files:
            found.setdefault(file, SourceFile(file, _name(file, base)))
    return list(found.values()), empty


def _files(base: Path, given: str | Path) -> list[Path]:
    path = base / given
    if path.is_dir():
        return sorted(
            file for file in path.rglob("*") if file.is_file() and not _is_passed_over(file.relative_to(path))
        )
    if path.is_file():
        return [path]
    # The folder of the site may have brackets in its name; a pattern may be absolute.
    pattern = str(Path(glob.escape(str(base))) / given)
    return sorted(Path(match) for match in glob.glob(pattern, recursive=True) if Path(match).is_file())  # noqa: PTH207


def _is_source(path: Path) -> bool:
    name = path.name.lower()
    return not (name.startswith(_IGNORED_PREFIXES) or name in _IGNORED_NAMES or name.endswith(SIDECAR_SUFFIX))


def _is_passed_over(path: Path) -> bool:
    """Whether a file is in a hidden folder, or in the one that browsers and Word put beside a page they save."""
    return any(part.startswith(".") or part.endswith(_COMPANIONS) for part in path.parts[:-1])


def _name(path: Path, base: Path) -> str:
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.as_posix()
