"""The canonical report document: a report as plain data, and back.

The shape is that of the JSON Schema of the edition: figures nested part, row, column; prose under
`narrative`; `notes` and `origin` by figure path. A blank cell is null, an absent one is absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mkdocs_govreport.editions import Catalogue, Edition
from mkdocs_govreport.figures import Figures, notes_of, numbers_of
from mkdocs_govreport.model import Basis, ExtraRow, Figure, Number, Origin, Report
from mkdocs_govreport.sources import Tree, closed, markdown_blocks

IDENTITY = (
    "agency",
    "agency_id",
    "year",
    "title",
    "period_start",
    "period_end",
    "published_on",
    "publisher",
    "source_url",
)
_ALWAYS = {"agency", "year", "title"}
_BREAK = re.compile(r"[\r\n\t\v\f\u2028\u2029]")


def to_document(report: Report, catalogue: Catalogue, *, origins: bool = True) -> dict[str, Any]:
    """Return the canonical document of a report; without `origins`, where it was read is left out."""
    edition = catalogue.editions[report.edition]
    document: dict[str, Any] = {"$schema": edition.schema["$id"], "edition": report.edition}
    if any(other != report.edition for other in report.edition_of.values()):
        document["edition_of"] = dict(report.edition_of)
    for name in IDENTITY:
        value = getattr(report, name)
        if value is not None or name in _ALWAYS:
            document[name] = value
    document["narrative"] = dict(report.narrative)
    values = [plain_number(value) for value in numbers_of(report).values()]
    for part, rows in _places(tuple(report.figures)).items():
        document[part] = {row: {column: values[place] for column, place in columns} for row, columns in rows.items()}
    if report.processing_fee:
        document["processing_fee"] = {key: plain_number(value) for key, value in report.processing_fee.items()}
    if report.inferred and "inferred" in edition.schema["properties"]:  # editions of sites may do without
        document["inferred"] = {name: basis.value for name, basis in report.inferred.items()}
    if report.extra_rows:
        document["extra_rows"] = [
            {"part": row.part, "label": row.label, "values": [plain_number(value) for value in row.values]}
            for row in report.extra_rows
        ]
    notes = {path: note for path, note in notes_of(report).items() if note}
    if notes:
        document["notes"] = notes
    if origins:
        document["origin"] = {path: origin_document(figure.origin) for path, figure in report.figures.items()}
    return document


@lru_cache(maxsize=64)
def _places(paths: tuple[str, ...]) -> dict[str, dict[str, list[tuple[str, int]]]]:
    """Return the columns of each row of each part, with the places of their paths; most reports have the same."""
    parts: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for place, path in enumerate(paths):
        part, row, column = path.split(".")
        parts.setdefault(part, {}).setdefault(row, []).append((column, place))
    return parts


def plain_number(value: Number | str | None) -> int | float | str | None:
    """Return a figure as JSON has it."""
    return float(value) if isinstance(value, Decimal) else value


def origin_document(origin: Origin) -> dict[str, Any]:
    """Return an origin as data; of a converted report, the origin that it was converted from."""
    while origin.derived_from is not None:
        origin = origin.derived_from
    document: dict[str, Any] = {"file": origin.file, "page": origin.page, "sheet": origin.sheet}
    if origin.table is not None:
        document |= {"table": origin.table, "row": origin.row, "column": origin.cell}
    elif origin.line is not None:
        document |= {"line": origin.line, "column": origin.column}
    return {key: value for key, value in document.items() if value is not None} | {"raw": origin.raw}


def edition_of_document(data: Mapping[str, Any], catalogue: Catalogue) -> Edition:
    """Return the edition that a document names, else the usual one for its year."""
    named = catalogue.editions.get(str(data.get("edition")))
    year = data.get("year")
    return named or catalogue.usual_edition(year if isinstance(year, int) else None)


def from_document(tree: Tree, catalogue: Catalogue) -> Report:
    """Return the report of a canonical document.

    What is not of the schema is left out; validating the document tells of it.
    """
    data = tree.data
    edition = edition_of_document(data, catalogue)
    editions = {part: edition.id for part in edition.tables if isinstance(data.get(part), Mapping)}
    for part, name in _mapping(data.get("edition_of")).items():
        if part in editions and name in catalogue.editions:
            editions[part] = name
    figures = {
        path: figure
        for part, name in editions.items()
        for path, figure in _figures(part, catalogue.editions[name].figures(part), tree)
    }
    narrative = {part: _tidy(text) for part, text in _mapping(data.get("narrative")).items() if isinstance(text, str)}
    fee = {key: _number(value) for key, value in _mapping(data.get("processing_fee")).items()}
    identity = {name: data.get(name) for name in IDENTITY if name != "year"}
    return Report(
        file=tree.file,
        edition=edition.id,
        edition_of=editions,
        figures=Figures(figures),
        narrative=narrative,
        extra_rows=tuple(_extra_rows(tree)),
        processing_fee=fee,
        inferred=dict(_inferred(_mapping(data.get("inferred")))),
        year=year if isinstance(year := data.get("year"), int) and not isinstance(year, bool) else None,
        **{name: _line(value) if isinstance(value, str) else None for name, value in identity.items()},
    )


def _line(text: str) -> str:
    """Return a text that stands on one line, as it does in every other format."""
    return " ".join(text.split()) if _BREAK.search(text) else text


def _tidy(markdown: str) -> str:
    """Return Markdown with one empty line between blocks, as every source is kept; spaces that break a line stay."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block.markdown for block in markdown_blocks([(text, Origin(""))])]
    if blocks:
        blocks[-1] = closed(blocks[-1])
    return "\n\n".join(blocks)


def _figures(part: str, paths: Iterable[str], tree: Tree) -> Iterator[tuple[str, Figure]]:
    rows = _mapping(tree.data.get(part))
    older = _mapping(tree.data.get("origin"))
    notes = _mapping(tree.data.get("notes"))
    for path in paths:
        _, row, column = path.split(".")
        values = _mapping(rows.get(row))
        if column not in values:
            continue
        value = values[column]
        origin = tree.origins.get(path) or Origin(tree.file, "" if value is None else str(value))
        place = _place(older.get(path))
        if place is not None:
            origin = Origin(origin.file, origin.raw, origin.line, origin.column, derived_from=place)
        note = notes.get(path)
        yield path, Figure(_number(value), origin, _line(note) if isinstance(note, str) else None)


def _place(data: Any) -> Origin | None:
    """Return the place that an entry under `origin` names."""
    if not (isinstance(data, Mapping) and isinstance(data.get("file"), str) and isinstance(data.get("raw"), str)):
        return None
    numbers = {
        key: value if isinstance(value := data.get(key), int) else None
        for key in ("line", "column", "table", "row", "page")
    }
    sheet = data.get("sheet")
    within = Origin(data["file"], data["raw"], page=numbers["page"], sheet=sheet if isinstance(sheet, str) else None)
    if "table" in data:
        return within._replace(table=numbers["table"], row=numbers["row"], cell=numbers["column"])
    return within._replace(line=numbers["line"], column=numbers["column"])


def _extra_rows(tree: Tree) -> list[ExtraRow]:
    rows = tree.data.get("extra_rows")
    found = []
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        fields = _mapping(row)
        if isinstance(fields.get("values"), list):
            values = tuple(_line(value) if isinstance(value, str) else _number(value) for value in fields["values"])
            origin = tree.origins.get(f"extra_rows.{number}", Origin(tree.file))
            found.append(ExtraRow(str(fields.get("part")), _line(str(fields.get("label"))), values, origin))
    return found


def _inferred(data: Mapping[str, Any]) -> Iterator[tuple[str, Basis]]:
    for name, basis in data.items():
        with suppress(ValueError):
            yield name, Basis(basis)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> Number | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return value
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else exact
