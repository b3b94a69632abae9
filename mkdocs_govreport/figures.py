"""The figures of a report: their values at hand, their origins packed away until somebody asks.

A report has some two hundred figures. Values are summed, compared and printed; where a figure was read
matters only when something is wrong with it. So a report that comes from another process or from the
cache brings its values ready and its origins as one compressed text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from mkdocs_govreport.model import Figure, Number, Origin, Report


class Figures(Mapping[str, Figure]):
    """Figures by path, in the order of the form; `numbers` are their values alone, None for a blank cell.

    `notes` are the remarks of those that have one.
    """

    __slots__ = ("_figures", "_packed", "notes", "numbers")

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        """Take the figures as they are."""
        self._figures: dict[str, Figure] | None = dict(figures)
        self._packed = b""
        self.numbers: dict[str, Number | None] = {path: figure.value for path, figure in figures.items()}
        self.notes = {path: figure.note for path, figure in figures.items() if figure.note is not None}

    def __getitem__(self, path: str) -> Figure:
        return self._unpacked[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, path: object) -> bool:
        return path in self.numbers

    def __repr__(self) -> str:
        return f"Figures({self._unpacked!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        values = list(self.numbers.values())
        return _from_packed, ("\n".join(self.numbers), values, self.notes, self._packed or _pack(self._unpacked))

    @property
    def _unpacked(self) -> dict[str, Figure]:
        if self._figures is None:
            self._figures = _unpack(self, self._packed)
        return self._figures


def numbers_of(report: Report) -> Mapping[str, Number | None]:
    """Return the values of a report's figures by path."""
    figures = report.figures
    if isinstance(figures, Figures):
        return figures.numbers
    return {path: figure.value for path, figure in figures.items()}


def notes_of(report: Report) -> Mapping[str, str]:
    """Return the remarks that stand beside figures, by path."""
    figures = report.figures
    if isinstance(figures, Figures):
        return figures.notes
    return {path: figure.note for path, figure in figures.items() if figure.note is not None}


def _from_packed(paths: str, values: list[Number | None], notes: dict[str, str], packed: bytes) -> Figures:
    figures = Figures.__new__(Figures)
    figures._figures = None
    figures._packed = packed
    figures.notes = notes
    figures.numbers = dict(zip(_paths(paths), values, strict=True))
    return figures


@lru_cache(maxsize=64)
def _paths(joined: str) -> tuple[str, ...]:
    """Return paths parted by line ends; all reports of an edition share one set of them in memory."""
    return tuple(joined.split("\n")) if joined else ()


def _pack(figures: Mapping[str, Figure]) -> bytes:
    """Write origins field by field: most of what stands together is alike, and compresses well."""
    origins = [figure.origin for figure in figures.values()]
    columns = [list(column) for column in zip(*origins, strict=True)]
    columns = [column[:1] if _is_constant(column) else column for column in columns]
    return zlib.compress(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _is_constant(column: list[Any]) -> bool:
    first = column[0]
    return all(value == first for value in column)


def _unpack(figures: Figures, packed: bytes) -> dict[str, Figure]:
    size = len(figures.numbers)
    columns = [column * size if len(column) == 1 else column for column in json.loads(zlib.decompress(packed))]
    origins = map(_origin, zip(*columns, strict=True))
    return {
        path: Figure(number, origin, figures.notes.get(path))
        for (path, number), origin in zip(figures.numbers.items(), origins, strict=True)
    }


def _origin(fields: Any) -> Origin:
    origin = Origin(*fields)
    older = origin.derived_from
    return origin if older is None else origin._replace(derived_from=_origin(older))
