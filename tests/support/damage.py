"""Ways in which the tables of published reports are damaged."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.support.layouts import Cell, Source, Table

Rows = list[list[Cell]]
Damage = Callable[[random.Random, Rows], None]

GARBAGE = ("见附件", "约十余件", "12件左右", "若干", "3，4", "#REF!", "一")
_UNKNOWN = ("港澳台企业", "第九类事项", "便民告示牌更新情况", "其它未列明情况")


def damage(source: Source, rng: random.Random, *kinds: Damage) -> Source:
    """Return a source with one of its tables damaged in each of the given ways."""
    chosen = rng.randrange(sum(1 for _, _, table in source.parts if table))
    parts = []
    number = 0
    for heading, prose, table in source.parts:
        if table:
            if number == chosen:
                rows = [list(row) for row in table.rows]
                for kind in kinds:
                    if any(cell.path for row in rows for cell in row):
                        kind(rng, rows)
                table = Table(tuple(tuple(row) for row in rows if row), table.width)
            number += 1
        parts.append((heading, prose, table))
    return Source(source.title, source.introduction, tuple(parts))


def _figure(rng: random.Random, rows: Rows) -> tuple[list[Cell], int]:
    places = [(row, number) for row in rows for number, cell in enumerate(row) if cell.path]
    return rng.choice(places)


def delete_cell(rng: random.Random, rows: Rows) -> None:
    """Leave a value cell out."""
    row, number = _figure(rng, rows)
    del row[number]


def duplicate_cell(rng: random.Random, rows: Rows) -> None:
    """Give a value cell twice."""
    row, number = _figure(rng, rows)
    row.insert(number, row[number])


def blank_cell(rng: random.Random, rows: Rows) -> None:
    """Empty a value cell."""
    row, number = _figure(rng, rows)
    row[number] = replace(row[number], text="")


def garbage_cell(rng: random.Random, rows: Rows) -> None:
    """Write something else than a number into a value cell."""
    row, number = _figure(rng, rows)
    row[number] = replace(row[number], text=rng.choice(GARBAGE))


def unknown_row(rng: random.Random, rows: Rows) -> None:
    """Insert a row that the form does not have."""
    filled = [number for number, row in enumerate(rows) if any(cell.path for cell in row)]
    at = rng.choice(filled)
    like = [cell for cell in rows[at] if cell.path]
    rows.insert(at + 1, [Cell(rng.choice(_UNKNOWN)), *(Cell(str(7001 + number)) for number in range(len(like)))])


def unknown_column(rng: random.Random, rows: Rows) -> None:
    """Insert a column that the form does not have, with its header."""
    most = max(sum(1 for cell in row if cell.path) for row in rows)
    at = rng.randrange(most)
    value = 8000
    for number, row in enumerate(rows):
        first = next((place for place, cell in enumerate(row) if cell.path), None)
        if first is not None and len(row) - first == most:
            value += 1
            row.insert(first + at, Cell(str(value)))
        elif number + 1 < len(rows) and any(cell.path for cell in rows[number + 1]):
            row.insert(min(at, len(row)), Cell(rng.choice(_UNKNOWN)))


def unknown_label(rng: random.Random, rows: Rows) -> None:
    """Call a row something that the form does not know."""
    labelled = [row for row in rows if any(cell.path for cell in row) and not row[0].path]
    if labelled:
        row = rng.choice(labelled)
        last = max(number for number, cell in enumerate(row) if not cell.path)
        row[last] = replace(row[last], text=rng.choice(_UNKNOWN))


def stray_text(rng: random.Random, rows: Rows) -> None:
    """Write a remark into a row, before its label or after its values."""
    row = rng.choice(rows)
    row.insert(rng.choice((0, len(row))), Cell("此处另有说明"))


def drop_row(rng: random.Random, rows: Rows) -> None:
    """Leave a row out."""
    rows.remove(rng.choice([row for row in rows if any(cell.path for cell in row)]))


def duplicate_row(rng: random.Random, rows: Rows) -> None:
    """Give a row twice, the second time with other figures."""
    row = rng.choice([row for row in rows if any(cell.path for cell in row)])
    again = [Cell(str(9000 + number)) if cell.path else cell for number, cell in enumerate(row)]
    rows.insert(rows.index(row) + 1, again)


def swap_rows(rng: random.Random, rows: Rows) -> None:
    """Exchange two rows of figures that no group label opens."""
    plain = [number for number, row in enumerate(rows) if sum(1 for cell in row if not cell.path) == 1 < len(row)]
    if len(plain) > 1:
        one, other = rng.sample(plain, 2)
        rows[one], rows[other] = rows[other], rows[one]


def swap_columns(rng: random.Random, rows: Rows) -> None:
    """Exchange two columns with their headers, where the header row is as wide as the figures."""
    for number, header in enumerate(rows[:-1]):
        below = rows[number + 1]
        figures = [place for place, cell in enumerate(below) if cell.path]
        if figures and not any(cell.path for cell in header) and len(header) == len(below) and len(figures) > 1:
            one, other = rng.sample(figures, 2)
            for row in rows[number:]:
                if len(row) != len(header) or (row is not header and not row[one].path):
                    break
                row[one], row[other] = row[other], row[one]
            return


DAMAGES: dict[str, Damage] = {
    function.__name__: function
    for function in (
        delete_cell,
        duplicate_cell,
        blank_cell,
        garbage_cell,
        unknown_row,
        unknown_column,
        unknown_label,
        stray_text,
        drop_row,
        duplicate_row,
        swap_rows,
        swap_columns,
    )
}
