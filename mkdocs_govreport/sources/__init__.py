"""From bytes to a document: one reader for each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.sources.content import actual_suffix, remedy
from mkdocs_govreport.sources.document import Cell, Document, Field, Grid, Paragraph, Remark, SourceError, Tree
from mkdocs_govreport.sources.limits import DEFAULT_LIMITS, Limits, limits_of
from mkdocs_govreport.sources.markdown import closed, markdown_blocks, read_markdown
from mkdocs_govreport.sources.open_document import read_open_document
from mkdocs_govreport.sources.open_spreadsheet import read_ods
from mkdocs_govreport.sources.pdf import read_pdf
from mkdocs_govreport.sources.plain_text import escape_markdown, read_text
from mkdocs_govreport.sources.separated import read_separated
from mkdocs_govreport.sources.spellings import Spelling, dump_spellings, text_of
from mkdocs_govreport.sources.spreadsheet import read_xlsx
from mkdocs_govreport.sources.structured import compose, read_json, read_yaml, scalar_fields
from mkdocs_govreport.sources.web_archive import read_archive
from mkdocs_govreport.sources.web_page import read_html
from mkdocs_govreport.sources.word import read_word

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "SIDECAR_SUFFIX",
    "Cell",
    "Document",
    "Field",
    "Grid",
    "Limits",
    "Paragraph",
    "Remark",
    "SourceError",
    "Spelling",
    "Tree",
    "closed",
    "compose",
    "dump_spellings",
    "escape_markdown",
    "limits_of",
    "markdown_blocks",
    "read",
    "scalar_fields",
    "text_of",
]

SIDECAR_SUFFIX = ".meta.yml"

Reader = Callable[[bytes, str, Limits], Document | Tree]
"""Reads the bytes of a file of that name; raises `SourceError` for whatever may be wrong with them."""

READERS: dict[str, Reader] = {
    ".docx": read_word,
    ".docm": read_word,
    ".dotx": read_word,
    ".odt": read_open_document,
    ".fodt": read_open_document,
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".shtml": read_html,
    ".xhtml": read_html,
    ".mht": read_archive,
    ".mhtml": read_archive,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".yml": read_yaml,
    ".yaml": read_yaml,
    ".json": read_json,
    ".csv": read_separated,
    ".tsv": read_separated,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".ods": read_ods,
    ".pdf": read_pdf,
}


def read(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Document | Tree:
    """Read a file by the format that its name tells, or its content where the name is wrong.

    Raises:
        SourceError: when it cannot be read or is above the limits; the error names the rule.
    """
    named = PurePosixPath(file).suffix.lower()
    limits.check("file_megabytes", len(data))
    suffix = actual_suffix(data, file)
    reader = READERS.get(suffix)
    if reader is None:
        found = suffix or PurePosixPath(file).name
        though = Text(f"（扩展名写作“{named}”）", f' (named "{named}")') if suffix != named else Text("", "")
        readable = " ".join(READERS)
        raise SourceError("unsupported-format", format=found, though=though, remedy=remedy(suffix), readable=readable)
    if not data:
        raise SourceError("empty-file")
    source = reader(data, file, limits)
    if isinstance(source, Document):
        _check_cells(source, limits)
        if suffix != named:
            remark = Remark("misnamed", Origin(file), (), {"suffix": named, "actual": suffix})
            source = replace(source, remarks=(remark, *source.remarks))
    return source


def _check_cells(document: Document, limits: Limits) -> None:
    cells = [
        len(cell.text) for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row
    ]
    prose = sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph))
    limits.check("characters", prose + sum(cells))
    limits.check("cells", len(cells))
    limits.check("cell_characters", max(cells, default=0))
