"""Columns that the form does not have: one cause, however many rows cannot be read because of it."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_govreport.model import Text
from mkdocs_govreport.recognise.lines import Fitting
from mkdocs_govreport.recognise.tokens import Kind, Token
from mkdocs_govreport.sources import Remark

_UNREADABLE = "unreadable-row"


def with_extra_columns(remarks: list[Remark], fitting: Fitting, part: Text) -> list[Remark]:
    """Say of unknown headers that they are those of columns, and of the rows that have a value too many only once."""
    headers = list(_headers(fitting))
    surplus = [remark for remark in remarks if _is_too_long(remark)]
    if not headers or not surplus:
        return remarks
    told = {token.text for token in headers}
    kept = [
        remark
        for remark in remarks
        if not any(remark is row for row in surplus) and not (_is_empty_row(remark) and remark.values["label"] in told)
    ]
    names = Text.join([Text(f"“{token.text}”", f'"{token.text}"') for token in headers])
    rows = Text.join([_with_cells(remark) for remark in surplus])
    paths = tuple(path for remark in surplus for path in remark.paths)
    values = {"columns": names, "part": part, "rows": rows, "count": len(surplus)}
    return [*kept, Remark("extra-column", headers[0].origin, paths, values)]


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


def _is_empty_row(remark: Remark) -> bool:
    return remark.rule == "extra-row" and not str(remark.values["cells"]).strip("空｜")


def _with_cells(remark: Remark) -> Text:
    """Name a row with all its cells: what is not used must be seen."""
    row, cells = remark.values["row"], remark.values["cells"]
    title = row if isinstance(row, Text) else Text(str(row), str(row))
    return Text(f"“{title.zh}”（{cells}）", f'"{title.en}" ({cells})')
