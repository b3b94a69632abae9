"""The record of what was published: the figures of every report, to tell later what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Number, Report, Text
from mkdocs_govreport.records.lines import RecordError, read_json_record

SCHEMA = "urn:mkdocs-govreport:published"

Values = Mapping[str, Number | None]
"""Values of figures by path, None for a blank."""

Published = Mapping[tuple[str, int], Values]
"""The figures of reports by agency and year."""


def read_published(path: Path, catalogue: Catalogue) -> Published:
    """Read what was published.

    Raises:
        RecordError: when the file cannot be read or is not of its schema.
    """
    document = read_json_record(path, catalogue.schemas[SCHEMA])
    return {(entry["agency"], entry["year"]): _values(entry["figures"]) for entry in document["reports"]}


def published_entries(reports: Iterable[Report]) -> list[Mapping[str, Any]]:
    """Return an entry for each report that has an identity, ordered by agency and year."""
    entries = [
        {"agency": report.agency_id, "year": report.year, "figures": _packed(numbers_of(report))}
        for report in reports
        if report.agency_id and report.year
    ]
    return sorted(entries, key=lambda entry: (entry["agency"], entry["year"]))


def _packed(values: Values) -> dict[str, dict[str, dict[str, list[Any]]]]:
    """Write figures by part, columns and row: rows of the same columns name them once."""
    rows: dict[tuple[str, str], list[tuple[str, Number | None]]] = {}
    for path, value in values.items():
        part, row, column = path.split(".")
        rows.setdefault((part, row), []).append((column, value))
    packed: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for (part, row), cells in rows.items():
        columns = " ".join(column for column, _ in cells)
        packed.setdefault(part, {}).setdefault(columns, {})[row] = [plain_number(value) for _, value in cells]
    return packed


def _values(packed: Mapping[str, Mapping[str, Mapping[str, list[Any]]]]) -> dict[str, Number | None]:
    """Read figures as they were packed.

    Raises:
        RecordError: when a row has more or fewer values than columns.
    """
    values: dict[str, Number | None] = {}
    for part, groups in packed.items():
        for columns, rows in groups.items():
            paths = _paths(part, columns, tuple(rows))
            width = columns.count(" ") + 1
            if any(len(cells) != width for cells in rows.values()):
                raise RecordError(Text(f"{part} 的行列不符", f"rows and columns of {part} do not fit"))
            values.update(zip(paths, chain.from_iterable(rows.values()), strict=True))
    return values


@lru_cache(maxsize=64)
def _paths(part: str, columns: str, rows: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of a group of rows; all reports of an edition have the same ones."""
    return tuple(f"{part}.{row}.{column}" for row in rows for column in columns.split(" "))
