"""Text in which the gaps between cells are lost, as it is copied out of PDFs and web pages.

A gluing is a function from a report as the form prints it to the bytes of a text file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.support.layouts import Cell, Source, Table

Lines = Callable[[random.Random, Table], Iterator[str]]


def glued(source: Source, rng: random.Random, lines: Lines) -> bytes:
    """Write a report as text, its tables as `lines` writes them."""
    text = [source.title, *source.introduction]
    for heading, prose, table in source.parts:
        text += [heading, *prose]
        if table:
            text += lines(rng, table)
    return ("\n".join(text) + "\n").encode()


def rows(_: random.Random, table: Table) -> Iterator[str]:
    """A row on a line, its label and its cells without any gap."""
    for row in table.rows:
        yield "".join(cell.text for cell in row)


def one_line(_: random.Random, table: Table) -> Iterator[str]:
    """The whole table on one line without any gap."""
    yield "".join(cell.text for row in table.rows for cell in row)


def some_rows(rng: random.Random, table: Table) -> Iterator[str]:
    """One to four rows on a line without any gap."""
    rest = list(rows(rng, table))
    while rest:
        count = rng.randint(1, 4)
        yield "".join(rest[:count])
        rest = rest[count:]


def after_label(_: random.Random, table: Table) -> Iterator[str]:
    """A row on a line, with a gap between its label and its cells only."""
    for row in table.rows:
        yield " ".join(filter(None, (_text(row, figures=False), _text(row, figures=True))))


def under_label(_: random.Random, table: Table) -> Iterator[str]:
    """The label of a row on a line, its cells without gaps on the next."""
    for row in table.rows:
        yield from filter(None, (_text(row, figures=False), _text(row, figures=True)))


def piped(_: random.Random, table: Table) -> Iterator[str]:
    """A row on a line, its values in one cell."""
    for row in table.rows:
        yield " | ".join([*(cell.text for cell in row if not cell.path), _text(row, figures=True)]) + " |"


def half(rng: random.Random, table: Table) -> Iterator[str]:
    """A row on a line, every third gap lost."""
    for row in table.rows:
        yield _joined(rng, row, 1 / 3)


def half_line(rng: random.Random, table: Table) -> Iterator[str]:
    """The whole table on one line, half of the gaps lost."""
    yield _joined(rng, [cell for row in table.rows for cell in row], 1 / 2)


GLUINGS: dict[str, Lines] = {
    function.__name__: function
    for function in (rows, one_line, some_rows, after_label, under_label, piped, half, half_line)
}


def _text(row: tuple[Cell, ...], *, figures: bool) -> str:
    return "".join(cell.text for cell in row if bool(cell.path) == figures)


def _joined(rng: random.Random, cells: tuple[Cell, ...] | list[Cell], lost: float) -> str:
    return "".join(cell.text + " " * (rng.random() >= lost) for cell in cells).rstrip()
