"""Sheets that a converted report has beside its tables: its fields, and its prose as Markdown.

They are told by their header, which survives copying and saving in another program, not by their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Field, Grid, Paragraph
from mkdocs_govreport.sources.listed import text_in, value_of
from mkdocs_govreport.sources.markdown import markdown_blocks
from mkdocs_govreport.sources.plain_text import escape_markdown
from mkdocs_govreport.sources.properties import grouped

FIELDS = ("字段", "名称", "内容")
PROSE = ("部分", "序号", "正文（Markdown）")
BEFORE_HEADINGS = "引言"
"""Stands in the place of a heading beside the prose that precedes the first heading."""

Row = Sequence[Origin]
"""The filled cells of a row; `raw` of an origin is the text as it stands."""


def is_of(header: tuple[str, ...], row: Row) -> bool:
    """Whether a sheet that begins with `row` has this header."""
    return tuple(cell.raw.strip() for cell in row[: len(header)]) == header


def fields_of_sheet(rows: Iterable[Row]) -> dict[str, Field]:
    """Return the fields of a sheet without its header; a row has the field, its name, and its content."""
    return grouped(
        (name, Field(value_of(content) if "." in name else text_in(content), row[2]))
        for row in rows
        if len(row) > 2
        for name, content in [(row[0].raw.strip(), row[2].raw)]
    )


def prose_of_sheet(rows: Iterable[Row]) -> Iterator[Paragraph | Grid]:
    """Return the prose of a sheet without its header: a row has the heading, a number, and Markdown.

    Rows of the same number are one block that was too long for a cell.
    """
    for heading, within in groupby((row for row in rows if row), key=lambda row: row[0].raw.strip()):
        parts = list(within)
        if heading != BEFORE_HEADINGS:
            yield Paragraph(heading, escape_markdown(heading), parts[0][0], level=2)
        blocks = []
        for _, same in groupby((row for row in parts if len(row) > 2), key=lambda row: row[1].raw.strip()):
            cells = [row[2] for row in same]
            blocks.append(("".join(text_in(cell.raw) for cell in cells), cells[0]))
        yield from markdown_blocks(blocks)
