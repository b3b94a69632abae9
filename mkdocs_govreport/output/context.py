"""What writing findings needs beside them: the language, the sources, and where the repository begins."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from mkdocs_govreport.output.detail import Detail

LineOf = Callable[[str, int], str | None]
"""Returns a line of a source by file and number."""

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


@dataclass(frozen=True, slots=True)
class Context:
    """How findings are written.

    `prefix` is the folder, seen from the root of the repository, that the names of files are relative to; programs
    that show findings beside the sources look the sources up from that root. `strict` says that warnings fail too.
    """

    language: str
    line_of: LineOf
    colour: bool = False
    width: int = 100
    prefix: str = ""
    strict: bool = False
    detail: Detail = Detail.AUTO

    def path(self, file: str) -> str:
        """Name a file as seen from the root of the repository."""
        if PurePosixPath(file).is_absolute() or not self.prefix:
            return file
        return f"{self.prefix}/{file}"

    def coloured(self) -> Context:
        """Return the same for a terminal that shows colours."""
        return replace(self, colour=True)


def prefix_in_repository(base: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the folder of the site within the checkout of the CI system that runs this; empty elsewhere."""
    for name in _ROOTS:
        root = environment.get(name)
        if root and base.resolve().is_relative_to(Path(root).resolve()):
            inside = base.resolve().relative_to(Path(root).resolve()).as_posix()
            return "" if inside == "." else inside
    return ""
