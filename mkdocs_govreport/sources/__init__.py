"""From bytes to a document: one reader for each format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from mkdocs_govreport.sources.document import Cell, Document, Field, Grid, Paragraph, SourceError, Tree
from mkdocs_govreport.sources.markdown import read_markdown
from mkdocs_govreport.sources.plain_text import escape_markdown, read_text
from mkdocs_govreport.sources.structured import compose, read_json, read_yaml, scalar_fields
from mkdocs_govreport.sources.web_page import read_html

__all__ = [
    "READERS",
    "SIDECAR_SUFFIX",
    "Cell",
    "Document",
    "Field",
    "Grid",
    "Paragraph",
    "SourceError",
    "Tree",
    "compose",
    "escape_markdown",
    "read",
    "scalar_fields",
]

SIDECAR_SUFFIX = ".meta.yml"

READERS: dict[str, Callable[[bytes, str], Document | Tree]] = {
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".yml": read_yaml,
    ".yaml": read_yaml,
    ".json": read_json,
}


def read(data: bytes, file: str) -> Document | Tree:
    """Read a file by the format that its name tells.

    Raises:
        SourceError: when it cannot be read; the error names the rule.
    """
    suffix = PurePosixPath(file).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise SourceError("unsupported-format", format=suffix or PurePosixPath(file).name)
    return reader(data, file)
