"""Finding the files that may be reports."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs_govreport.pipeline.printable import printable
from mkdocs_govreport.sources import SIDECAR_SUFFIX

_IGNORED_PREFIXES = (".", "~$")
_COMPANIONS = ("_files", ".files", "_文件", ".fld")
_IGNORED_NAMES = {"thumbs.db", "desktop.ini"}
_LIKE_SIDECARS = (SIDECAR_SUFFIX, ".meta.yaml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with the name under which findings speak of it, and the file of metadata beside it."""

    path: Path
    name: str
    sidecar: Path | None = None

    def read(self) -> tuple[bytes, bytes | None]:
        """Return the bytes of the file and of the metadata beside it.

        Raises:
            OSError: when one of them cannot be read.
        """
        return self.path.read_bytes(), self.sidecar.read_bytes() if self.sidecar else None


@dataclass(frozen=True, slots=True)
class Found:
    """The files that may be reports, in order, and what is odd about the paths.

    `empty` are paths that hold no report; `strays` links to what is outside the folders or does not exist, with
    where they lead; `orphans` metadata of no report, with the name that would make it that of a file beside it.
    """

    files: tuple[SourceFile, ...]
    empty: tuple[str, ...]
    strays: tuple[tuple[str, str], ...]
    orphans: tuple[tuple[str, str | None], ...]


def find_sources(paths: Iterable[str | Path], base: Path) -> Found:
    """Return the files under `paths` (files, folders or globs); names are relative to `base` where they are below it.

    A link inside a folder is followed only to what is inside one of the folders: whoever may put files
    there could publish any file of the machine otherwise.
    """
    given = [(str(path), base / path) for path in paths]
    inside = [os.path.realpath(_folder(path)) for _, path in given]
    files: dict[str, None] = {}
    sidecars: dict[str, None] = {}
    strays: dict[str, str] = {}
    empty = []
    for text, path in given:
        is_empty = True
        for entry, stray in _entries(path, base, text, inside):
            name = os.path.basename(entry)  # noqa: PTH119 - every build looks at every file
            if _is_passed_over(name):
                continue
            is_sidecar = name.lower().endswith(_LIKE_SIDECARS)
            is_empty = is_empty and is_sidecar
            if stray:
                strays[_name(entry, base)] = printable(stray)
            elif is_sidecar:
                sidecars.setdefault(entry)
            else:
                files.setdefault(entry)
        if is_empty:
            empty.append(printable(text))
    sources = []
    names: set[str] = set()
    for file in files:
        sidecar = file + SIDECAR_SUFFIX
        name = _name(file, base)
        if name in names:  # two names that are printed alike
            name = file.encode("unicode_escape").decode()
        names.add(name)
        sources.append(SourceFile(Path(file), name, Path(sidecar) if sidecar in sidecars else None))
    orphans = [
        (_name(sidecar, base), _expected(Path(sidecar)))
        for sidecar in sidecars
        if sidecar.removesuffix(SIDECAR_SUFFIX) not in files and not _has_report(Path(sidecar))
    ]
    return Found(tuple(sources), tuple(empty), tuple(strays.items()), tuple(orphans))


def _is_passed_over(name: str) -> bool:
    return name.startswith(_IGNORED_PREFIXES) or name.lower() in _IGNORED_NAMES


def _has_report(sidecar: Path) -> bool:
    """Whether the report stands beside a sidecar, although it is not among those that were asked for."""
    named = sidecar.name.endswith(SIDECAR_SUFFIX) and sidecar.name != SIDECAR_SUFFIX
    return named and sidecar.with_name(sidecar.name.removesuffix(SIDECAR_SUFFIX)).is_file()


def _expected(sidecar: Path) -> str | None:
    """Return the right name of a sidecar where one file beside it has its name but for the ending."""
    stem = re.sub(r"\.meta\.ya?ml$", "", sidecar.name, flags=re.IGNORECASE)
    beside = [
        file.name
        for file in sorted(sidecar.parent.iterdir())
        if file.is_file() and not _is_passed_over(file.name) and not file.name.lower().endswith(_LIKE_SIDECARS)
    ]
    fitting = [name for name in beside if name == stem] or [name for name in beside if Path(name).stem == stem]
    return printable(fitting[0]) + SIDECAR_SUFFIX if len(fitting) == 1 else None


def _entries(path: Path, base: Path, given: str, inside: list[str]) -> Iterator[tuple[str, str]]:
    """Yield files in order, each with where it leads if that is outside; what is named itself may be a link."""
    if path.is_dir():
        yield from sorted(_walk(str(path), inside))
        return
    if path.is_file():
        yield str(path), ""
        found = [str(path)]
    else:
        # The folder of the site may have brackets in its name; a pattern may be absolute.
        pattern = str(Path(glob.escape(str(base))) / given)
        found = [match for match in sorted(glob.glob(pattern, recursive=True)) if Path(match).is_file()]  # noqa: PTH207
        yield from ((file, _stray(file, inside)) for file in found)
    for file in found:
        if Path(file + SIDECAR_SUFFIX).is_file():
            yield file + SIDECAR_SUFFIX, _stray(file + SIDECAR_SUFFIX, inside)


def _folder(path: Path) -> Path:
    """Return the folder that a path or a pattern is about; the folder of the site may have brackets in its name."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _walk(folder: str, inside: list[str], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder, and links out of it with where they lead."""
    real = os.path.realpath(folder)
    if real in above:
        return  # a link back to a folder that it is in
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        stray = _stray(entry.path, inside) if entry.is_symlink() else ""
        if stray:
            yield entry.path, stray
        elif entry.is_dir():
            if not (entry.name.startswith(".") or entry.name.endswith(_COMPANIONS)):
                yield from _walk(entry.path, inside, (*above, real))
        elif entry.is_file():
            yield entry.path, ""


def _stray(path: str, inside: list[str]) -> str:
    """Return where a path leads if that is nothing, or outside the folders; else nothing."""
    target = Path(os.path.realpath(path))
    try:
        leads_inside = target.exists() and any(target.is_relative_to(folder) for folder in inside)
    except OSError:  # a link to itself
        leads_inside = False
    return "" if leads_inside else str(target)


def _name(path: str, base: Path) -> str:
    """Return the name under which findings speak of a file."""
    # As `Path.relative_to` does it, which takes a third of the time of finding files.
    below = f"{base}{os.sep}"
    name = path[len(below) :] if path.startswith(below) else path
    return printable(Path(name).as_posix() if os.sep != "/" else name)
