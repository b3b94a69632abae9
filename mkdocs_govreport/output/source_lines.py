"""The lines of the sources that findings point into."""

from __future__ import annotations

from pathlib import Path

from mkdocs_govreport.output.context import LineOf
from mkdocs_govreport.sources import DEFAULT_LIMITS, SourceError
from mkdocs_govreport.sources.encoding import decode


def source_lines(base: Path) -> LineOf:
    """Return a `LineOf` for the sources below `base` that reads each file once."""
    files: dict[str, list[str]] = {}

    def line_of(file: str, number: int) -> str | None:
        if file not in files:
            try:
                text = decode((base / file).read_bytes(), DEFAULT_LIMITS)
            except (OSError, SourceError):
                text = ""
            files[file] = text.splitlines()
        lines = files[file]
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line_of
