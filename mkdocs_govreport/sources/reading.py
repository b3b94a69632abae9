"""From bytes to a document, by the reader of the format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath

from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.sources.content import actual_suffix, remedy
from mkdocs_govreport.sources.document import Document, Paragraph, Remark, SourceError, Tree
from mkdocs_govreport.sources.limits import DEFAULT_LIMITS, Limits

Reader = Callable[[bytes, str, Limits], Document | Tree]
"""Reads the bytes of a file of that name; raises `SourceError` for whatever may be wrong with them."""


def _reader(module: str, function: str) -> Reader:
    """Return a reader whose module is imported when it meets its first file.

    The libraries behind the formats take longer to import than a build takes that finds every report in its cache.
    """

    def read_by_module(data: bytes, file: str, limits: Limits) -> Document | Tree:
        reader: Reader = getattr(import_module(f"mkdocs_govreport.sources.{module}"), function)
        return reader(data, file, limits)

    return read_by_module


_WORD = _reader("word", "read_word")
_OPEN_DOCUMENT = _reader("open_document", "read_open_document")
_TEXT = _reader("plain_text", "read_text")
_WEB_PAGE = _reader("web_page", "read_html")
_WEB_ARCHIVE = _reader("web_archive", "read_archive")
_SPREADSHEET = _reader("spreadsheet", "read_xlsx")
_SEPARATED = _reader("separated", "read_separated")
_MARKDOWN = _reader("markdown", "read_markdown")
_YAML = _reader("structured", "read_yaml")

READERS: dict[str, Reader] = {
    ".docx": _WORD,
    ".docm": _WORD,
    ".dotx": _WORD,
    ".odt": _OPEN_DOCUMENT,
    ".fodt": _OPEN_DOCUMENT,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".shtml": _WEB_PAGE,
    ".xhtml": _WEB_PAGE,
    ".mht": _WEB_ARCHIVE,
    ".mhtml": _WEB_ARCHIVE,
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".xlsx": _SPREADSHEET,
    ".xlsm": _SPREADSHEET,
    ".ods": _reader("open_spreadsheet", "read_ods"),
    ".csv": _SEPARATED,
    ".tsv": _SEPARATED,
    ".pdf": _reader("pdf", "read_pdf"),
    ".yml": _YAML,
    ".yaml": _YAML,
    ".json": _reader("structured", "read_json"),
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
    count = longest = characters = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            characters += len(block.text)
            continue
        lengths = [len(text) for row in block.rows for text, *_ in row]
        count += len(lengths)
        characters += sum(lengths)
        longest = max((longest, *lengths))
    limits.check("characters", characters)
    limits.check("cells", count)
    limits.check("cell_characters", longest)
