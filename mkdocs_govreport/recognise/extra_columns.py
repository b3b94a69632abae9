"""Columns that the form does not have: one cause, however many rows cannot be read because of it."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_govreport.model import Text
from mkdocs_govreport.recognise.lines import Fitting
from mkdocs_govreport.recognise.tokens import Kind, Token
from mkdocs_govreport.sources import Remark

_UNREADABLE = "unreadable-row"
_NAMED = 2  # rows that a message names


def with_extra_columns(remarks: list[Remark], fitting: Fitting, part: Text) -> list[Remark]:
    """Say of unknown headers that they are those of columns, and of the rows that have a value too many only once."""
    headers = {token.origin: token for token in _headers(fitting)}
    surplus = [remark for remark in remarks if _is_too_long(remark)]
    if not headers or not surplus:
        return remarks
    told = {token.text for token in headers.values()}
    kept = [
        remark
        for remark in remarks
        if not any(remark is row for row in surplus)
        and not (remark.rule == "extra-row" and remark.values["label"] in told)
    ]
    names = Text.join([Text(f"“{token.text}”", f'"{token.text}"') for token in headers.values()])
    rows = [row for remark in surplus if isinstance(row := remark.values["row"], Text)]
    paths = tuple(path for remark in surplus for path in remark.paths)
    values = {"columns": names, "part": part, "rows": _named(rows)}
    return [*kept, Remark("extra-column", next(iter(headers)), paths, values)]


def _headers(fitting: Fitting) -> Iterator[Token]:
    """Yield the unknown texts that stand beside the header of a column."""
    by_order = {id(token) for token, _ in fitting.by_order}
    for entry in fitting.entries:
        for before, token, after in zip([None, *entry.labels], entry.labels, [*entry.labels[1:], None], strict=False):
            is_beside = any(
                other is not None and set(fitting.keys(other)) & fitting.layout.column_keys for other in (before, after)
            )
            if token.kind is Kind.TEXT and token.match is None and is_beside and id(token) not in by_order:
                yield token


def _is_too_long(remark: Remark) -> bool:
    found, expected = (remark.values.get(name) for name in ("found", "expected"))
    return remark.rule == _UNREADABLE and isinstance(found, int) and isinstance(expected, int) and found > expected


def _named(rows: list[Text]) -> Text:
    named = Text.join([Text(f"“{row.zh}”", f'"{row.en}"') for row in rows[:_NAMED]])
    if len(rows) <= _NAMED:
        return named
    return Text(f"{named.zh}等{len(rows)}行", f"{named.en} and {len(rows) - _NAMED} more")
