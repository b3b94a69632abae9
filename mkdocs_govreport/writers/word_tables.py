"""The statutory tables in a Word file: the official layout, with merged cells and repeated headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from mkdocs_govreport.writers.printed import PrintedCell, PrintedTable, column_shares
from mkdocs_govreport.writers.word_styles import CELL, LABEL, TEXT_WIDTH
from mkdocs_govreport.writers.word_xml import cell, paragraph, row, run, table


def form(printed: PrintedTable) -> etree._Element:
    """Make a statutory table; it is kept on one page where it fits on one."""
    return etree.fromstring(_form(printed))


@lru_cache(maxsize=8)
def _form(printed: PrintedTable) -> bytes:
    """Make a table as XML; a file is composed several times until all of it reads back, its tables once."""
    widths = [round(share * TEXT_WIDTH) for share in column_shares(printed)]
    rows = []
    for number, cells in enumerate(_with_covered(printed)):
        is_last = number + 1 == len(printed.rows)
        has_figures = not all(own.is_label for own in printed.rows[number])
        made = [
            _cell(printed_cell, widths, begins=begins, beside_figures=has_figures, keep_with_next=not is_last)
            for printed_cell, begins in cells
        ]
        covered = sum(printed_cell.columns for printed_cell, _ in cells)
        rows.append(row(made, is_header=number < printed.head, missing=printed.width - covered))
    return etree.tostring(table(widths, rows))


def _with_covered(printed: PrintedTable) -> Iterator[list[tuple[PrintedCell, bool]]]:
    """Return the cells of each row with those that reach into it from above; true for those that begin there."""
    reaching: list[tuple[int, PrintedCell]] = []  # with the number of the row after their last
    for number, own in enumerate(printed.rows):
        reaching = [(end, above) for end, above in reaching if end > number]
        cells = [(above, False) for _, above in reaching] + [(cell_of_row, True) for cell_of_row in own]
        yield sorted(cells, key=lambda entry: entry[0].column)
        reaching += [(number + cell_of_row.rows, cell_of_row) for cell_of_row in own if cell_of_row.rows > 1]


def _cell(
    printed: PrintedCell, widths: Sequence[int], *, begins: bool, beside_figures: bool, keep_with_next: bool
) -> etree._Element:
    style = LABEL if printed.is_label and beside_figures and printed.rows == 1 else CELL
    content = [run(printed.text)] if begins and printed.text else []
    merge = None if printed.rows == 1 else "restart" if begins else "continue"
    width = sum(widths[printed.column : printed.column + printed.columns])
    return cell(width, [paragraph(style, content, keep_with_next=keep_with_next)], printed.columns, merge)
