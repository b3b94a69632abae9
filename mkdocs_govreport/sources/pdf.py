"""PDF: tables by their rules, continued over pages, and paragraphs joined over line ends.

A PDF has neither words nor tables, only signs and strokes, and parsing one is work that a hostile file
can make endless. So each is parsed by a process of its own, with a limit of time and of memory, which is
stopped when it exceeds them; see `pdf_pages`. Starting it takes about a tenth of a second.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import Document, SourceError
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.pdf_blocks import Line, Page, TableCell, blocks_of
from mkdocs_govreport.sources.radicals import without_radicals

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_FEWEST_SIGNS = 30  # on a page that is a picture, signs are those of a stamp or a page number
_PICTURE = 0.5  # share of a page from which on its pictures are the page
_UNMAPPED = 0.02  # share of signs without a meaning from which on nothing can be trusted

_BROKEN = Text("文件已损坏或不完整", "the file is damaged or incomplete")
_PASSWORD = Text("文件设有密码", "it is protected by a password")
_SCANNED = Text("是扫描件，各页都是图片，没有文字", "it is a scan: its pages are pictures and there is no text in them")
_NO_MEANING = Text(
    "所用字体没有带上文字编码，读出来的是乱码",
    "its fonts do not say which characters they draw, so that its text cannot be told",
)


def read_pdf(data: bytes, file: str, limits: Limits) -> Document:
    """Read a PDF into paragraphs and grids.

    Raises:
        SourceError: `pdf-support` without the extra that parses PDF, `damaged`, `too-large`, `empty-file`, or
            `no-text` for a scan and for fonts that do not tell their characters.
    """
    if not data.strip():
        raise SourceError("empty-file")
    if importlib.util.find_spec("pdfplumber") is None or not sys.executable:
        raise SourceError("pdf-support")
    pages = _pages(_parse(data, limits), limits)
    return Document(file, tuple(blocks_of(pages, file)))


def _parse(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Have a process of its own parse the file.

    It is run by its path: neither the folder of the site nor that of the program is where it looks for modules.
    """
    command = [sys.executable, "-P", str(_PROGRAM), str(limits.memory_megabytes), str(limits.pages)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise limits.exceeded("seconds") from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        # A parser without memory may not even get as far as saying so.
        raise limits.exceeded("memory_megabytes") from error
    return pages_in(found, limits)


def pages_in(found: Mapping[str, Any], limits: Limits) -> list[dict[str, Any]]:
    """Return the pages that the program found, or raise for what it says of the file instead."""
    problem = found.get("problem")
    if problem == "memory":
        raise limits.exceeded("memory_megabytes")
    if problem == "support":
        raise SourceError("pdf-support")
    if problem == "pages":
        limits.check("pages", found["found"])
    if problem:
        raise SourceError("damaged", problem=_PASSWORD if problem == "password" else _BROKEN)
    pages: list[dict[str, Any]] = found["pages"]
    return pages


def _pages(found: list[dict[str, Any]], limits: Limits) -> list[Page]:
    signs = sum(page["signs"] for page in found)
    if signs == 0 and not any(page["pictures"] for page in found):
        raise SourceError("empty-file")
    scanned = [page for page in found if page["signs"] < _FEWEST_SIGNS and page["pictures"] >= _PICTURE]
    if signs < _FEWEST_SIGNS or 2 * len(scanned) > len(found):
        raise SourceError("no-text", problem=_SCANNED)
    if sum(page["unmapped"] for page in found) > _UNMAPPED * signs:
        raise SourceError("no-text", problem=_NO_MEANING)
    limits.check("cells", sum(len(row) for page in found for table in page["tables"] for row in table))
    return [
        Page(
            page["width"],
            page["height"],
            tuple(_line(line) for line in page["lines"]),
            tuple(tuple(tuple(_cell(cell) for cell in row) for row in table) for table in page["tables"]),
        )
        for page in found
    ]


def _line(found: dict[str, Any]) -> Line:
    return Line(**{**found, "text": without_radicals(found["text"])})


def _cell(found: dict[str, Any]) -> TableCell:
    left, top, right, bottom = found["box"]
    text = without_radicals(found["text"])
    return TableCell(text, left, top, right, bottom, found["first"], found["last"], found["full"])
