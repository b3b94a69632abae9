"""The figures of a report: their values at hand, their origins packed away until somebody asks.

A report has some two hundred figures. Values are summed, compared and printed; where a figure was read
matters only when something is wrong with it. So a report that comes from another process or from the
cache brings its values ready and its origins as one packed text.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import starmap
from typing import Any

from mkdocs_govreport.model import Figure, Number, Origin, Report


class Figures(Mapping[str, Figure]):
    """Figures by path, in the order of the form.

    `notes` are the remarks of those that have one.
    """

    __slots__ = ("_figures", "_numbers", "_packed", "_paths", "_values", "notes")

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        """Take the figures as they are."""
        self._figures: dict[str, Figure] | None = dict(figures)
        self._numbers: dict[str, Number | None] | None = None
        self._paths = tuple(figures)
        self._values: list[Number | None] = [figure.value for figure in figures.values()]
        self._packed = b""
        self.notes = {path: figure.note for path, figure in figures.items() if figure.note is not None}

    @property
    def numbers(self) -> dict[str, Number | None]:
        """The values alone, None for a blank cell."""
        if self._numbers is None:
            self._numbers = dict(zip(self._paths, self._values, strict=True))
        return self._numbers

    def __getitem__(self, path: str) -> Figure:
        return self._unpacked[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self.numbers

    def __repr__(self) -> str:
        return f"Figures({self._unpacked!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        packed = self._packed or _pack(self._unpacked)
        return _from_packed, (_packed_paths(self._paths), self._values, self.notes, packed)

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


def _from_packed(paths: bytes, values: list[Number | None], notes: dict[str, str], packed: bytes) -> Figures:
    figures = Figures.__new__(Figures)
    figures._figures = figures._numbers = None
    figures._packed = packed
    figures.notes = notes
    figures._paths = _unpacked_paths(paths)
    figures._values = values
    if len(values) != len(figures._paths):
        raise ValueError("as many values as paths are wanted")
    return figures


@lru_cache(maxsize=64)
def _packed_paths(paths: tuple[str, ...]) -> bytes:
    """Write paths, which are longer than all else about figures; most reports of an edition have the same."""
    return zlib.compress("\n".join(paths).encode())


@lru_cache(maxsize=64)
def _unpacked_paths(packed: bytes) -> tuple[str, ...]:
    """Read paths; all reports of an edition share one set of them in memory."""
    joined = zlib.decompress(packed).decode()
    return tuple(joined.split("\n")) if joined else ()


def _pack(figures: Mapping[str, Figure]) -> bytes:
    """Write origins field by field, a field that is the same in all of them once."""
    origins = [figure.origin for figure in figures.values()]
    columns = [
        column[:1] if column.count(column[0]) == len(column) else column for column in zip(*origins, strict=True)
    ]
    return pickle.dumps(columns, pickle.HIGHEST_PROTOCOL)


def _unpack(figures: Figures, packed: bytes) -> dict[str, Figure]:
    size = len(figures.numbers)
    unpacked = _Unpickler(io.BytesIO(packed)).load()
    columns = [column * size if len(column) == 1 else column for column in unpacked]
    origins = starmap(Origin, zip(*columns, strict=True))
    return {
        path: Figure(number, origin, figures.notes.get(path))
        for (path, number), origin in zip(figures.numbers.items(), origins, strict=True)
    }


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return the class of an origin; a pickle may name any function to be called, and this one no other.

        Raises:
            UnpicklingError: for any other.
        """
        if (module, name) == (Origin.__module__, Origin.__qualname__):
            return Origin
        raise pickle.UnpicklingError(f"{module}.{name}")
