"""Markdown, the format to write in: front matter, headings, prose and pipe tables.

Prose is kept as it is written, so that converting a report to Markdown and back changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Cell, Document, Field, Grid, Paragraph
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits
from mkdocs_govreport.sources.structured import compose, scalar_fields

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$")
_MARKUP = re.compile(r"[\\*_`<&]")
_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")


def read_markdown(data: bytes, file: str, limits: Limits) -> Document:
    """Read a Markdown file.

    Raises:
        SourceError: `too-large`, `empty-file`, `undecodable`, or `broken-syntax` of the front matter.
    """
    text = decode(data, limits).replace("\r\n", "\n").replace("\r", "\n")
    limits.check("characters", len(text))
    metadata: dict[str, Field] = {}
    skipped = 0
    match = _FRONT_MATTER.match(text)
    if match:
        before = text[: match.start(1)].count("\n")
        metadata = scalar_fields(compose(match.group(1), file, first_line=before + 1), file)
        skipped = text[: match.end()].count("\n")
    title = metadata["title"].value if "title" in metadata else None
    return Document(
        file, tuple(_blocks(text.split("\n"), skipped, file)), metadata, (title,) if isinstance(title, str) else ()
    )


def markdown_blocks(texts: Sequence[tuple[str, Origin]]) -> Iterator[Paragraph | Grid]:
    """Return the blocks of Markdown that stands in cells, parted by empty lines, each with the place of its cell."""
    lines: list[str] = []
    places: list[Origin] = []
    for text, place in texts:
        own = [*text.split("\n"), ""]
        lines += own
        places += [place] * len(own)
    for block in _blocks(lines[:-1], 0, ""):
        if isinstance(block, Paragraph):
            yield replace(block, origin=places[(block.origin.line or 1) - 1])
        else:
            rows = (
                tuple(Cell(cell.text, places[(cell.origin.line or 1) - 1]._replace(raw=cell.text)) for cell in row)
                for row in block.rows
            )
            yield replace(block, rows=tuple(rows))


def _blocks(lines: list[str], start: int, file: str) -> Iterator[Paragraph | Grid]:
    number = start
    while number < len(lines):
        line = lines[number]
        heading = _HEADING.match(line)
        if not line.strip():
            number += 1
        elif heading:
            yield Paragraph(plain(heading[2]), line.strip(), Origin(file, line, number + 1, 1), len(heading[1]))
            number += 1
        elif _is_table(lines, number):
            end = number
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = (split_row(lines[n], n, file) for n in range(number, end) if not _SEPARATOR.match(lines[n]))
            yield Grid(tuple(rows), "\n".join(line.rstrip() for line in lines[number:end]))
            number = end
        else:
            end = _end_of_paragraph(lines, number)
            raw = "\n".join(lines[number:end])
            yield Paragraph(plain(raw), raw.rstrip(), Origin(file, raw, number + 1, 1))
            number = end


def _is_table(lines: list[str], number: int) -> bool:
    return "|" in lines[number] and number + 1 < len(lines) and bool(_SEPARATOR.match(lines[number + 1]))


def _end_of_paragraph(lines: list[str], start: int) -> int:
    if _FENCE.match(lines[start]):
        fence = lines[start].strip()[:3]
        end = start + 1
        while end < len(lines) and not lines[end].strip().startswith(fence):
            end += 1
        return min(end + 1, len(lines))
    end = start + 1
    while end < len(lines) and lines[end].strip() and not _HEADING.match(lines[end]) and not _is_table(lines, end):
        end += 1
    return end


def closed(block: str) -> str:
    """Return a block with the line that closes code, which else would take in all that follows."""
    fence = _FENCE.match(block)
    _, _, rest = block.partition("\n")
    is_open = fence and not rest.rpartition("\n")[2].strip().startswith(fence[1])
    return f"{block}\n{fence[1]}" if fence and is_open else block


def split_row(line: str, number: int, file: str) -> tuple[Cell, ...]:
    """Split a row of a pipe table into its cells."""
    cells = []
    position = 0
    fields = _PIPE.split(line)
    if not fields[0].strip():
        position = len(fields.pop(0)) + 1
    if fields and not fields[-1].strip():
        fields.pop()
    for raw in fields:
        text = plain(raw.strip())
        cells.append(Cell(text, Origin(file, text, number + 1, position + 1 + len(raw) - len(raw.lstrip()))))
        position += len(raw) + 1
    return tuple(cells)


def plain(markdown: str) -> str:
    """Return the text of a line of Markdown: escapes undone, emphasis marks dropped."""
    if not _MARKUP.search(markdown):
        return markdown.strip()
    text = re.sub(r"(?<!\\)(\*\*|__|`)", "", markdown)
    text = re.sub(r"<br\s*/?>", " ", text)
    return (
        _ESCAPED.sub(r"\1", text)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .strip()
    )
