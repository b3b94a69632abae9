"""Finding the files that may be reports."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs_govreport.sources import SIDECAR_SUFFIX

_IGNORED_PREFIXES = (".", "~$")
_COMPANIONS = ("_files", ".files", "_文件", ".fld")
_IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
_LIKE_SIDECARS = (SIDECAR_SUFFIX, ".meta.yaml")
# What would not be seen, would turn the text around it, or would command a terminal.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with the name under which findings speak of it."""

    path: Path
    name: str

    @property
    def sidecar(self) -> Path:
        """The file of metadata that may stand beside it."""
        return self.path.with_name(self.path.name + SIDECAR_SUFFIX)


@dataclass(frozen=True, slots=True)
class Sources:
    """What paths hold: reports, metadata that belongs to no report, and the paths that hold no report."""

    files: list[SourceFile]
    orphans: list[Orphan]
    empty: list[str]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file of metadata whose report is not there; `expected` is its name if it is meant for a file beside it."""

    name: str
    expected: str | None


def find_sources(paths: Iterable[str | Path], base: Path) -> Sources:
    """Find the files under `paths` (files, folders or globs) in order.

    Names are relative to `base` where the file is below it.
    """
    found: dict[Path, SourceFile] = {}
    sidecars: dict[Path, None] = {}
    names: set[str] = set()
    empty = []
    for path in paths:
        files = _files(base, path)
        sources = [file for file in files if _is_source(file)]
        sidecars |= dict.fromkeys(file for file in files if file.name.lower().endswith(_LIKE_SIDECARS))
        if not sources:
            empty.append(_shown(str(path)))
        for file in sources:
            if file not in found:
                found[file] = SourceFile(file, _name(file, base, names))
                names.add(found[file].name)
    used = {source.sidecar for source in found.values()}
    orphans = [
        Orphan(_name(file, base, set()), _expected(file))
        for file in sidecars
        if file not in used and not _has_report(file)
    ]
    return Sources(list(found.values()), orphans, empty)


def _has_report(sidecar: Path) -> bool:
    """Whether the report stands beside a sidecar, although it is not among those that were asked for."""
    named = sidecar.name.endswith(SIDECAR_SUFFIX) and sidecar.name != SIDECAR_SUFFIX
    return named and sidecar.with_name(sidecar.name.removesuffix(SIDECAR_SUFFIX)).is_file()


def _expected(sidecar: Path) -> str | None:
    """Return the right name of a sidecar where one file beside it has its name but for the ending."""
    stem = re.sub(r"\.meta\.ya?ml$", "", sidecar.name, flags=re.IGNORECASE)
    beside = [file.name for file in sorted(sidecar.parent.iterdir()) if file.is_file() and _is_source(file)]
    fitting = [name for name in beside if name == stem] or [name for name in beside if Path(name).stem == stem]
    return _shown(fitting[0]) + SIDECAR_SUFFIX if len(fitting) == 1 else None


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
    return not (name.startswith(_IGNORED_PREFIXES) or name in _IGNORED_NAMES or name.endswith(_LIKE_SIDECARS))


def _is_passed_over(path: Path) -> bool:
    """Whether a file is in a hidden folder, or in the one that browsers and Word put beside a page they save."""
    return any(part.startswith(".") or part.endswith(_COMPANIONS) for part in path.parts[:-1])


def _name(path: Path, base: Path, taken: set[str]) -> str:
    """Return the name under which findings speak of a file: one that can be printed, and is no other file's."""
    try:
        name = path.relative_to(base).as_posix()
    except ValueError:
        name = path.as_posix()
    shown = _shown(name)
    return shown if shown not in taken else name.encode("unicode_escape").decode()


def _shown(name: str) -> str:
    """Write a name so that it can be seen: what is no UTF-8 as GB18030, as old archives have it, all else escaped."""
    readable = "/".join(_readable(part) for part in name.split("/"))
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), readable)


def _readable(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        with suppress(UnicodeError):
            return os.fsencode(part).decode("gb18030")
    return part
