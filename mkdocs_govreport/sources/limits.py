"""How large a source may be: what bounds the time and the memory that one file can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from mkdocs_govreport.model import Text
from mkdocs_govreport.sources.document import SourceError

_MEGABYTE = 1_000_000
_NAMES = {
    "file_megabytes": Text("文件大小（MB）", "size of the file (MB)"),
    "text_megabytes": Text("文字内容的大小（MB）", "size of its text (MB)"),
    "parts": Text("压缩包内的文件数", "number of files packed in it"),
    "elements": Text("XML 元素数", "number of its XML elements"),
    "characters": Text("正文和表格的总字数", "number of characters of prose and tables"),
    "tags": Text("标签数", "number of tags"),
    "attributes": Text("一个标签的属性数", "number of attributes of one tag"),
    "nesting": Text("标签嵌套的层数", "depth of nested tags"),
    "cells": Text("单元格数", "number of cells"),
    "cell_characters": Text("一个单元格的字数", "characters in one cell"),
    "pages": Text("PDF 的页数", "number of pages"),
    "seconds": Text("读取 PDF 的时间（秒）", "time to read the PDF (seconds)"),
    "memory_megabytes": Text("读取 PDF 占用的内存（MB）", "memory to read the PDF (MB)"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a source may hold; a report of the form is far below each.

    `file_megabytes` is the size of a file with its pictures, `text_megabytes` that of its text alone:
    of a text file, or of the XML inside a Word file or a spreadsheet, unpacked, and `characters` what
    is left of it when the markup is taken off. `tags`, `attributes` and `nesting` are those of a web page. `parts` are the
    files that a packed file has, `elements` those of one XML file among them. `cells` and `cell_characters` count in the
    whole file and in its longest cell. `pages`, `seconds` and `memory_megabytes` bound the reading of a PDF.
    """

    file_megabytes: int = 64
    text_megabytes: int = 16
    parts: int = 5_000
    elements: int = 250_000
    characters: int = 500_000
    tags: int = 100_000
    attributes: int = 200
    nesting: int = 1000
    cells: int = 100_000
    cell_characters: int = 20_000
    pages: int = 200
    seconds: int = 60
    memory_megabytes: int = 400

    def check(self, name: str, found: int) -> None:
        """Check a number against the limit of that name; sizes are given in bytes.

        Raises:
            SourceError: `too-large` when it is above the limit.
        """
        limit = getattr(self, name)
        scale = _MEGABYTE if name.endswith("_megabytes") else 1
        if found > limit * scale:
            raise SourceError("too-large", what=_NAMES[name], found=-(-found // scale), limit=limit, option=name)

    def exceeded(self, name: str) -> SourceError:
        """Return the error of a limit that was exceeded by nobody knows how much, a time for example."""
        limit = getattr(self, name)
        return SourceError("too-large", what=_NAMES[name], found=f"> {limit}", limit=limit, option=name)


DEFAULT_LIMITS = Limits()


def limits_of(data: Mapping[str, Any]) -> Limits:
    """Return the limits with those that a site sets.

    Raises:
        ValueError: for a name that is no limit, or a value that is no number above 0.
    """
    known = {field.name for field in fields(Limits)}
    for name, value in data.items():
        if name not in known:
            raise ValueError(f"limits: {name} 不是限制项 / is no limit; 可用 / known: {', '.join(sorted(known))}")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"limits: {name}: “{value}” 应为正整数 / is no whole number above 0")
    return Limits(**data)
