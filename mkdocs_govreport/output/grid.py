"""The part of a table in which sums do not agree: the rows and columns concerned, with what they add up to.

Everything comes from the terms of the equations that a finding breaks: one whose terms stand in one row is worked out
beside that row, one whose terms stand in one column under that column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.editions import Edition
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Breach, Finding, Number, Origin, Term

_FEW_ROWS = 5


class Kind(StrEnum):
    """What a cell of the grid holds."""

    FIGURE = "figure"
    SUSPECT = "suspect"
    SUM = "sum"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown."""

    text: str = ""
    kind: Kind = Kind.FIGURE


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its name and where it is in the source."""

    title: str
    cells: tuple[Cell, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: columns of figures, then those of sums.

    `also` are the further equations that are worked out in it, `others` those that are not. `places` are those of
    the figures in question where their row has not one place.
    """

    columns: tuple[str, ...]
    sums: tuple[str, ...]
    rows: tuple[Row, ...]
    also: tuple[Breach, ...]
    others: tuple[Breach, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sum:
    """An equation that is worked out at a row or a column."""

    breach: Breach
    left: Number
    right: Number


def grid_of(finding: Finding, edition: Edition, messages: Messages, most_columns: int = 7) -> Grid | None:
    """Lay out what a finding is about; None where its own equation is not one of a row or a column of the report.

    Of many columns or rows those that matter most are shown and the rest added up.
    """
    if not finding.terms or finding.imbalance is None:
        return None
    own = Breach(finding.rule, finding.code, finding.message, finding.imbalance, finding.terms)
    part = finding.terms[0].path.split(".", 1)[0]
    by_row: dict[str, _Sum] = {}
    by_column: dict[str, _Sum] = {}
    others = []
    for breach in (own, *finding.also_breaks):
        axis = _axis(breach.terms, finding, part)
        known = by_row if axis and axis[0] == "row" else by_column
        if axis is None or axis[1] in known:
            others.append(breach)
        else:
            known[axis[1]] = _Sum(breach, _total(breach.terms, "left"), _total(breach.terms, "right"))
    if own in others:
        return None
    return _Layout(finding, edition, messages, by_row, by_column, most_columns).grid(own, others)


def _axis(terms: Sequence[Term], finding: Finding, part: str) -> tuple[str, str] | None:
    """Tell the row or the column that all terms stand in; None where they stand in neither, or elsewhere."""
    if any(term.year != finding.year or (term.origin and term.origin.file != finding.file) for term in terms):
        return None
    steps = [term.path.split(".") for term in terms]
    if any(len(path) != 3 or path[0] != part for path in steps):
        return None
    rows, columns = {path[1] for path in steps}, {path[2] for path in steps}
    if len(rows) == 1 and len(columns) > 1:
        return "row", rows.pop()
    if len(columns) == 1 and len(rows) > 1:
        return "column", columns.pop()
    return None


def _total(terms: Iterable[Term], side: str) -> Number:
    total: Number = 0
    for term in terms:
        if term.side == side and term.value is not None:
            total += term.value
    return total


class _Layout:
    """Chooses rows and columns and fills them; those that are added up stand together as one."""

    def __init__(
        self,
        finding: Finding,
        edition: Edition,
        messages: Messages,
        by_row: Mapping[str, _Sum],
        by_column: Mapping[str, _Sum],
        most_columns: int,
    ) -> None:
        part = finding.terms[0].path.split(".", 1)[0]
        self._edition, self._part = edition, part
        self._messages = messages
        self._by_row, self._by_column = by_row, by_column
        terms = [term for worked in (*by_row.values(), *by_column.values()) for term in worked.breach.terms]
        self._terms = {_place(term): term for term in terms}
        self._suspects = _suspects(finding)
        kept = {_place(term) for term in terms if term.side == "right" or term.path in self._suspects}
        order = [(row, column) for _, row, column in (path.split(".") for path in edition.figures(part))]
        self._rows = self._chosen([row for row, _ in order], {row for row, _ in kept} | set(by_row), 0, _FEW_ROWS)
        self._columns = self._chosen(
            [column for _, column in order], {column for _, column in kept} | set(by_column), 1, most_columns
        )

    def grid(self, own: Breach, others: list[Breach]) -> Grid:
        beside, below = _sum_keys(self._by_row), _sum_keys(self._by_column)
        rows = [self._row(group, beside) for group in self._rows]
        rows += [self._foot(key, number, below, len(beside)) for number, key in enumerate(below)]
        worked = [sums.breach for sums in (*self._by_row.values(), *self._by_column.values())]
        return Grid(
            tuple(map(self._name, self._columns)),
            tuple(map(self._messages, beside)),
            tuple(rows),
            tuple(breach for breach in worked if breach is not own),
            tuple(others),
            tuple(self._scattered(own)),
        )

    def _scattered(self, own: Breach) -> Iterator[str]:
        """Yield the places of the figures in question that are told by no row: each has a line to itself."""
        in_question = [term for term in self._terms.values() if term.path in self._suspects] or own.terms
        for term in in_question:
            row, _ = _place(term)
            if term.origin and term.origin.line and not self._line(self._origins((row,))):
                yield place_text(term.origin).into(self._messages.language)

    def _chosen(self, order: list[str], kept: set[str], axis: int, most: int) -> list[tuple[str, ...]]:
        """Choose what to show, in the order of the form: what is `kept`, the largest of the others, and the rest."""
        sizes: dict[str, Decimal] = {}
        for place, term in self._terms.items():
            key = place[axis]
            if term.value and key not in kept:
                sizes[key] = max(abs(Decimal(term.value)), sizes.get(key, Decimal(0)))
        others = sorted(sizes, key=lambda key: -sizes[key])
        room = max(most - len(kept), 0)
        # One row or column of all that is left over; one alone would take no less room as it is.
        room = room if len(others) <= room else max(room - 1, 0)
        others, rest = (others, []) if len(others) == room + 1 else (others[:room], others[room:])
        shown = kept.union(others, rest)
        ordered = [key for key in dict.fromkeys(order) if key in shown]
        together = tuple(key for key in ordered if key in rest)
        return [together if key in rest else (key,) for key in ordered if key not in together[:-1]]

    def _name(self, group: tuple[str, ...]) -> str:
        if len(group) > 1:
            return self._messages("grid-more", count=len(group))
        return self._edition.row_title(self._part, group[0]).into(self._messages.language)

    def _row(self, rows: tuple[str, ...], keys: tuple[str, ...]) -> Row:
        cells = [self._cell([(row, column) for row in rows for column in columns]) for columns in self._columns]
        cells += _worked_out(self._by_row.get(rows[0]) if len(rows) == 1 else None, keys)
        return Row(self._name(rows), tuple(cells), self._line(self._origins(rows)))

    def _origins(self, rows: tuple[str, ...]) -> list[Origin]:
        return [term.origin for (row, _), term in self._terms.items() if row in rows and term.origin]

    def _foot(self, key: str, number: int, keys: tuple[str, ...], width: int) -> Row:
        worked = [self._by_column.get(group[0]) if len(group) == 1 else None for group in self._columns]
        cells = [_worked_out(sums, keys)[number] for sums in worked]
        return Row(self._messages(key), (*cells, *[Cell()] * width))

    def _cell(self, places: list[tuple[str, str]]) -> Cell:
        terms = [self._terms[place] for place in places if place in self._terms]
        if not terms:
            return Cell()
        values = [term.value for term in terms if term.value is not None]
        text = f"{sum(values):,}" if values else "—"
        if len(terms) > 1 or terms[0].path not in self._suspects:
            return Cell(text)
        after = self._suspects[terms[0].path]
        return Cell(f"{text}?" if after is None else f"{text}→{after:,}", Kind.SUSPECT)

    def _line(self, origins: list[Origin]) -> str:
        """Say where a row is, if all its figures are on one line of the source or in one row of a table."""
        lines = {(origin.page, origin.sheet, origin.line) for origin in origins}
        if len(lines) == 1 and origins[0].line is not None and origins[0].table is None:
            return place_text(origins[0]).into(self._messages.language)
        rows = {(origin.page, origin.sheet, origin.table, origin.row) for origin in origins}
        if len(rows) == 1 and origins[0].row is not None:
            return self._messages("grid-row", row=origins[0].row)
        return ""


def _place(term: Term) -> tuple[str, str]:
    _, row, column = term.path.split(".")
    return row, column


def _suspects(finding: Finding) -> dict[str, Number | None]:
    """Return the figures that may be wrong, with what they should be where there is one explanation."""
    changes = [change for explanation in finding.explanations for change in explanation.changes]
    is_sole = len(finding.explanations) == 1
    return {change.path: change.after if is_sole else None for change in changes}


def _sum_keys(sums: Mapping[str, _Sum]) -> tuple[str, ...]:
    """Return the names of what is worked out: where one side is a single figure, the other is what it should be."""
    if not sums:
        return ()
    is_balance = any(sum(term.side == "right" for term in worked.breach.terms) > 1 for worked in sums.values())
    return ("sum-left", "sum-right", "difference") if is_balance else ("computed", "difference")


def _worked_out(worked: _Sum | None, keys: tuple[str, ...]) -> list[Cell]:
    if worked is None:
        return [Cell()] * len(keys)
    known = {
        "computed": Cell(f"{worked.left:,}", Kind.SUM),
        "sum-left": Cell(f"{worked.left:,}", Kind.SUM),
        "sum-right": Cell(f"{worked.right:,}", Kind.SUM),
        "difference": Cell(f"{worked.left - worked.right:+,}", Kind.DIFFERENCE),
    }
    return [known[key] for key in keys]
