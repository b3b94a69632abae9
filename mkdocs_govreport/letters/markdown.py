"""A letter as Markdown."""

from __future__ import annotations

from mkdocs_govreport.letters.blocks import Kind, Letter, Line, Table
from mkdocs_govreport.sources import escape_markdown

_BEFORE = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.APPENDIX: "## ", Kind.ITEM: "- "}


def letter_as_markdown(letter: Letter) -> bytes:
    """Write a letter as Markdown."""
    blocks = [_table(block) if isinstance(block, Table) else _line(block) for block in letter]
    text = ""
    for block, (before, after) in zip(blocks, zip((None, *letter[:-1]), letter, strict=True), strict=True):
        together = isinstance(before, Line) and isinstance(after, Line) and before.kind == after.kind == Kind.ITEM
        text += ("\n" if together else "\n\n") + block
    return f"{text.strip()}\n".encode()


def _line(line: Line) -> str:
    text = escape_markdown(line.text)
    return f"*{text}*" if line.kind is Kind.NOTE else _BEFORE.get(line.kind, "") + text


def _table(table: Table) -> str:
    rows = [table.header, tuple("---" for _ in table.header), *table.rows]
    return "\n".join(f"| {' | '.join(_cell(cell) if cell != '---' else cell for cell in row)} |" for row in rows)


def _cell(text: str) -> str:
    return escape_markdown(text).replace("|", "\\|").replace("\n", "<br>")
