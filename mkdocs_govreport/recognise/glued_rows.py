"""Rows of a table whose cells are written together: which they are, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mkdocs_govreport.editions import Edition, Scope
from mkdocs_govreport.model import Number, Origin, Text
from mkdocs_govreport.recognise.glued import GluedRow, Reason, Sum, Verdict, decide
from mkdocs_govreport.recognise.readings import MOST_READINGS, Digits, Reading, Run
from mkdocs_govreport.recognise.tokens import Kind, Token, listing
from mkdocs_govreport.recognise.values import Value

_RELIED_ON = {"official", "arithmetic"}  # standings of the relations that no sound report breaks
_FEWEST_CELLS = 4  # of a row that as many digits may be; in a shorter one they are more likely one cell
_LONGEST_FIGURE = 9  # digits
_NUMBERS = {Kind.NUMBER}
_ZEROS = "0\uff10"
_SHOWN = 3  # readings that a message lists


class Outcome(NamedTuple):
    """What a row became: the rule, the place and the values of what is said of it, and its cells if it was decided."""

    rule: str
    origin: Origin
    details: Mapping[str, object]
    cells: tuple[Token, ...] = ()


def is_glued(values: Sequence[Token], width: int) -> bool:
    """Whether the values of a row of `width` cells may be several of them written together."""
    if len(values) >= width and _are_cells(values[:width], width):
        return False  # what most rows are
    filled = _without_padding(values)
    if any(token.kind is Kind.TEXT for token in filled):
        # The text need not be a value of this row.
        return any(_is_no_cell(token, width) or is_long(token) for token in filled)
    if len(filled) >= width:
        if all(token.origin.table is not None for token in filled):
            return False  # cells of a table, each by itself
        suspect = any(_has_digits_of_row(token, width) for token in filled)
    else:
        suspect = len(values) < width or any(_is_no_cell(token, width) for token in filled)
    return suspect and most_cells(filled) >= width > 1


def _are_cells(values: Sequence[Token], width: int) -> bool:
    """Whether values are plain numbers with fewer digits than the row has cells, which a row of some width has."""
    if len(values) < width or {token.kind for token in values[:width]} != _NUMBERS:
        return False
    return width < _FEWEST_CELLS or max(len(token.text) for token in values) < width


def most_cells(values: Sequence[Token]) -> int:
    """Return the most cells that values may make when written together."""
    return Digits(_runs(values)).most


def may_be_row(values: Sequence[Token], width: int) -> bool:
    """Whether values, few as they are, may be a row of `width` cells written together, complete or not."""
    return any(_is_no_cell(token, width) for token in values) or most_cells(_without_padding(values)) >= width


def is_several(token: Token) -> bool:
    """Whether a value cannot be one cell: digits that no number has, or marks among them."""
    if token.kind is not Kind.NUMBER or (token.text.isdigit() and token.text[0] not in _ZEROS):
        return token.kind is Kind.GLUED
    return len(token.text) > 1 and Digits(_runs([token])).fewest > 1


def is_long(token: Token) -> bool:
    """Whether a value has more digits than a figure of a report is likely to have."""
    return token.kind is Kind.NUMBER and len(token.text) > _LONGEST_FIGURE and token.text.isdigit()


def _is_no_cell(token: Token, width: int) -> bool:
    return is_several(token) or _has_digits_of_row(token, width)


def _has_digits_of_row(token: Token, width: int) -> bool:
    if token.value is None or token.value.note is not None:
        return False
    return sum(1 for character in token.text if character.isdigit()) >= width >= _FEWEST_CELLS


def read_glued(
    rows: Sequence[Sequence[Token]],
    figures: Sequence[tuple[str, ...]],
    known: Mapping[str, Number | None],
    edition: Edition,
    part: str,
) -> list[Outcome]:
    """Decide glued rows of a table together; `figures` are the paths of each row's cells as they stand."""
    filled = [_without_padding(values) for values in rows]
    glued = [GluedRow(paths, _runs(values)) for values, paths in zip(filled, figures, strict=True)]
    verdicts = decide(glued, known, list(_sums(edition, part)))
    return [_outcome(values, verdict) for values, verdict in zip(filled, verdicts, strict=True)]


def _without_padding(values: Sequence[Token]) -> Sequence[Token]:
    filled = [number for number, token in enumerate(values) if token.kind is not Kind.BLANK]
    return values[filled[0] : filled[-1] + 1] if filled else ()


def _runs(values: Sequence[Token]) -> tuple[Run, ...]:
    return tuple(_run(token) for token in values)


def _run(token: Token) -> Run:
    value = token.value
    if value is not None and (value.number is None or value.note is not None or value.unit is not None):
        return Run(token.text, whole=True, value=value.number)
    return Run(token.text)


def _sums(edition: Edition, part: str) -> Iterator[Sum]:
    """Yield the equations among the figures of a table that no sound report breaks."""
    for equation in edition.equations:
        operands = equation.left + equation.right
        if (
            equation.scopes == {Scope.REPORT}
            and equation.is_sum
            and edition.rules[equation.rule].standing in _RELIED_ON
            and all(operand.path.startswith(f"{part}.") for operand in operands)
            and len({operand.path for operand in operands}) == len(operands)
        ):
            yield {operand.path: 1 if operand in equation.left else -1 for operand in operands}


# --- what is said -----------------------------------------------------------------------------------


def _outcome(values: Sequence[Token], verdict: Verdict) -> Outcome:
    cells, place = listing(values), values[0].origin
    if verdict.reason is Reason.DECIDED:
        reading = verdict.readings[0]
        return Outcome(
            "glued-cells", place, {"cells": cells, "reading": _written(reading)}, tuple(_cells(values, reading))
        )
    if verdict.reason is Reason.NONE and not verdict.readings and not any(is_several(token) for token in values):
        return Outcome(
            "unreadable-row", place, {"cells": cells, "found": len(values)}
        )  # values that are simply too few
    return Outcome("undecided-cells", place, {"cells": cells, "reason": _reason(verdict)})


def _cells(values: Sequence[Token], reading: Reading) -> Iterator[Token]:
    for number, run in zip(reading.values, reading.runs, strict=True):
        token = values[run]
        if _run(token).whole:
            yield token
        else:
            kind = Kind.BLANK if number is None else Kind.NUMBER
            yield token._replace(kind=kind, value=Value(number), starts_row=False)


def _reason(verdict: Verdict) -> Text:
    count = len(verdict.readings)
    shown = "；".join(_written(reading) for reading in verdict.readings[:_SHOWN]) + "；…" * (count > _SHOWN)
    if verdict.reason is Reason.SEVERAL:
        return Text(
            f"有 {count} 种读法（{shown}），表内关系不足以取舍",
            f"{count} readings are possible ({shown}), and the sums of the table do not decide between them",
        )
    if verdict.reason is Reason.TOO_MANY:
        most = f"{MOST_READINGS:,}"
        return Text(
            f"可能的读法太多（超过 {most} 种或无法一一核对）", f"there are too many readings to try (over {most})"
        )
    if not count:
        return Text("没有一种读法与本行的关系相符", "no reading agrees with the sums of the row")
    if verdict.reason is Reason.NONE:
        return Text(
            f"单看本行可读作 {shown}，但与其他各行合起来不符合表内关系",
            f"by itself the row may be {shown}, but with the other rows the sums of the table do not hold",
        )
    return Text(
        f"可读作 {shown}，但没有足够的关系可以证实",
        f"it may be {shown}, but there are not enough sums to confirm it",
    )


def _written(reading: Reading) -> str:
    return "｜".join("空" if value is None else str(value) for value in reading.values)
