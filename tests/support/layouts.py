"""Sources as offices publish them: one report flattened into the layouts that the readers must take.

A layout is a function from a report to the bytes of a file. `KEEPS_BLANKS` are those in which a
blank cell leaves a trace; in the others the writer of the source has already lost it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mkdocs_govreport.editions import Layout, load_catalogue
from mkdocs_govreport.model import Figure, Number, Report
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.sources.markdown import plain
from mkdocs_govreport.writers import WRITERS
from tests.support import office_files
from tests.support.word_page import word_page

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Cell:
    """A cell of a printed table: its text, its spans, and the path of its figure."""

    text: str
    rows: int = 1
    columns: int = 1
    path: str | None = None


@dataclass(frozen=True)
class Table:
    """The rows of a printed table, each its own cells only, on a grid of `width` columns."""

    rows: tuple[tuple[Cell, ...], ...]
    width: int


@dataclass(frozen=True)
class Source:
    """A report as paragraphs and tables in reading order, before a layout flattens it."""

    title: str
    introduction: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...], Table | None], ...]

    def map_tables(self, change: Callable[[Table], Table]) -> Source:
        """Return the source with every table changed."""
        parts = tuple((heading, prose, change(table) if table else None) for heading, prose, table in self.parts)
        return Source(self.title, self.introduction, parts)


Flatten = Callable[[Source], bytes]


def source_of(report: Report) -> Source:
    """Lay a report out as the form prints it; its prose loses what marks it as Markdown."""
    catalogue = load_catalogue()
    edition = catalogue.editions[report.edition]
    parts = []
    for number, part in enumerate(edition.parts.values()):
        if part.id in report.narrative or part.id in report.edition_of:
            table = _table(report, part.id) if part.id in report.edition_of else None
            parts.append((f"{_NUMERALS[number]}、{part.title.zh}", _paragraphs(report, part.id), table))
    return Source(report.title or "", _paragraphs(report, INTRODUCTION), tuple(parts))


def _paragraphs(report: Report, part: str) -> tuple[str, ...]:
    return tuple(plain(text) for text in report.narrative.get(part, "").split("\n\n") if text)


def _table(report: Report, part: str) -> Table:
    edition = load_catalogue().editions[report.edition_of[part]]
    layout: Layout = edition.layouts[part]
    rows = [
        tuple(
            Cell(edition.labels[part][cell.label].text.zh, cell.rows, cell.columns)
            if cell.label
            else Cell(value_text(report.figures[path]), cell.rows, cell.columns, path)
            for cell in row
            if (path := f"{part}.{cell.figure}")
        )
        for row in layout.rows
    ]
    for extra in report.extra_rows:
        if extra.part == part:
            label = Cell(extra.label, 1, layout.width - len(extra.values))
            rows.append((label, *(Cell(_number(value)) for value in extra.values)))
    return Table(tuple(rows), layout.width)


def value_text(figure: Figure) -> str:
    """Write a figure as a cell holds it, with its remark."""
    return _number(figure.value) + (f"（{figure.note}）" if figure.note else "")


def _number(value: Number | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:f}" if value % 1 else str(value)


# --- text -----------------------------------------------------------------------------------------


def _text(table_lines: Callable[[Table], list[str]]) -> Flatten:
    def flatten(source: Source) -> bytes:
        lines = [source.title, *source.introduction]
        for heading, prose, table in source.parts:
            lines += [heading, *prose]
            if table:
                lines += table_lines(table)
        return ("\n".join(lines) + "\n").encode()

    return flatten


def _padding(table: Table, row: tuple[Cell, ...]) -> int:
    """Count the columns that the row's own cells leave; converters pad rows at their end, except the last."""
    return 0 if row is table.rows[-1] else table.width - len(row)


def _pipes(table: Table) -> list[str]:
    """A row on a line, spans not repeated, pipes for padding."""
    return [
        "".join(f"{cell.text} | " for cell in row).rstrip(" ") + " " * bool(pad) + "|" * pad
        for row in table.rows
        for pad in [_padding(table, row)]
    ]


def _framed_pipes(table: Table) -> list[str]:
    """A row on a line between pipes, as people type tables."""
    return ["| " + " | ".join(cell.text for cell in row) + " |" for row in table.rows]


def _cell_lines(table: Table) -> list[str]:
    """A cell on a line; a row ends in a line of as many pipes as it is short of cells."""
    lines = []
    for row in table.rows:
        lines += [f"{cell.text} |" for cell in row]
        pad = _padding(table, row)
        if pad:
            lines.append("|" * pad)
    return lines


def _endless_cell_lines(table: Table) -> list[str]:
    """A cell on a line, and nothing tells where rows end."""
    return [f"{cell.text} |".strip() for row in table.rows for cell in row]


def _tab_lines(table: Table) -> list[str]:
    """A cell on a line after a TAB; a blank line ends a row, as Word writes tables to text."""
    lines = []
    for row in table.rows:
        lines += [f"\t{cell.text}" for cell in row] + [""]
    return lines


def _tab_rows(table: Table) -> list[str]:
    """A row on a line, parted by TABs, with TABs for what spans cover, as a spreadsheet copies it."""
    return ["\t".join([cell.text for cell in row] + [""] * (table.width - len(row))) for row in table.rows]


def _bare_tab_rows(table: Table) -> list[str]:
    """A row on a line, parted by TABs, a spanned cell once: a line of one cell has no TAB."""
    return ["\t".join(cell.text for cell in row) for row in table.rows]


def _space_rows(table: Table) -> list[str]:
    """A row on a line, parted by spaces."""
    return [" ".join(cell.text for cell in row) for row in table.rows]


def _one_line(table: Table) -> list[str]:
    """The whole table on one line, parted by spaces."""
    return [" ".join(cell.text for row in table.rows for cell in row)]


def _bare_lines(table: Table) -> list[str]:
    """A cell on a line without any mark."""
    return [cell.text for row in table.rows for cell in row]


# --- web pages ------------------------------------------------------------------------------------


def _html(encoding: str, declared: str | None, *, nested: bool = False) -> Flatten:
    def flatten(source: Source) -> bytes:
        head = f'<meta charset="{declared}">' if declared else ""
        lines = [f"<!DOCTYPE html>\n<html><head>{head}<title>{source.title}</title></head><body>"]
        if nested:
            lines.append('<nav><a href="/">首页</a></nav><div class="main"><div id="zoom">')
        lines.append(f"<h1>{source.title}</h1>")
        lines += [_paragraph(text, nested=nested) for text in source.introduction]
        for heading, prose, table in source.parts:
            lines.append(_paragraph(heading, nested=nested) if nested else f"<h2>{heading}</h2>")
            lines += [_paragraph(text, nested=nested) for text in prose]
            if table:
                lines += _html_table(table, nested=nested)
        lines.append("</div></div><footer>版权所有</footer></body></html>" if nested else "</body></html>")
        return "\n".join(lines).encode(encoding)

    return flatten


def _paragraph(text: str, *, nested: bool) -> str:
    text = html.escape(text, quote=False)
    if not nested:
        return f"<p>{text}</p>"
    half = len(text) // 2 if "&" not in text else 0
    return (
        f'<div><p style="text-indent:2em"><span>{text[:half]}</span><span><font>{text[half:]}</font></span></p></div>'
    )


def _html_table(table: Table, *, nested: bool) -> Iterator[str]:
    yield '<div class="wrap"><table border="1"><tbody>' if nested else "<table>"
    for row in table.rows:
        yield "<tr>" + "".join(_html_cell(cell, nested=nested) for cell in row) + "</tr>"
    yield "</tbody></table></div>" if nested else "</table>"


def _html_cell(cell: Cell, *, nested: bool) -> str:
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    text = html.escape(cell.text, quote=False)
    if nested:
        text = f'<p class="MsoNormal"><span lang="EN-US">{text or "&nbsp;"}</span></p>\n'
    return f"<td{spans}>{text}</td>"


# --- all ------------------------------------------------------------------------------------------

TEXT: dict[str, Flatten] = {
    "pipes": _text(_pipes),
    "framed_pipes": _text(_framed_pipes),
    "cell_lines": _text(_cell_lines),
    "endless_cell_lines": _text(_endless_cell_lines),
    "tab_lines": _text(_tab_lines),
    "tab_rows": _text(_tab_rows),
    "bare_tab_rows": _text(_bare_tab_rows),
    "space_rows": _text(_space_rows),
    "one_line": _text(_one_line),
    "bare_lines": _text(_bare_lines),
}

HTML: dict[str, Flatten] = {
    "html": _html("utf-8", "utf-8"),
    "html_nested": _html("utf-8", "utf-8", nested=True),
    "html_gb2312": _html("gb18030", "gb2312"),
    "html_undeclared": _html("gb18030", None, nested=True),
    "word_html": word_page,
}

OFFICE: dict[str, Flatten] = {
    "word": office_files.word,
    "word_framed": office_files.word_framed,
    "open_document": office_files.open_document,
}
"""Files of word processors, which no editor of text can open."""

IN_GB18030 = frozenset({"html_gb2312", "html_undeclared", "word_html"})

FLATTENED = {**TEXT, **HTML, **OFFICE}

SUFFIX = (
    dict.fromkeys(TEXT, ".txt")
    | dict.fromkeys(HTML, ".html")
    | {"word": ".docx", "word_framed": ".docx", "open_document": ".odt"}
    | {name: f".{name}" for name in WRITERS}
)

LOSES_BLANKS = frozenset({"space_rows", "one_line", "bare_lines"})
KEEPS_BLANKS = frozenset(SUFFIX) - LOSES_BLANKS
HAS_ROW_ENDS = frozenset(SUFFIX) - {"endless_cell_lines", "one_line", "bare_lines"}


def write(report: Report, layout: str) -> bytes:
    """Write a report in a layout."""
    if layout in FLATTENED:
        return FLATTENED[layout](source_of(report))
    return WRITERS[layout](report, load_catalogue())


def file_of(layout: str) -> str:
    """Return a file name whose suffix is that of the layout, and which tells nothing else."""
    return f"inbox/report{SUFFIX[layout]}"
