"""Tables of one shape are read alike: which cell becomes which figure is worked out once.

The shape of a table is the order of its labels, numbers and blanks. Most agencies fill in the same form, and
laying the cells on its lines takes several times as long as taking the figures from their places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mkdocs_govreport.editions import Edition, Unit
from mkdocs_govreport.model import Figure
from mkdocs_govreport.recognise.glued_rows import is_glued, longest_of_cells
from mkdocs_govreport.recognise.tables import Reading, read_table
from mkdocs_govreport.recognise.tokens import Kind, Token

_MOST = 2000  # shapes that are remembered
_PLAIN = frozenset({Kind.NUMBER, Kind.LABEL, Kind.BLANK})
_new = tuple.__new__

_Shape = tuple[object, ...]


class _Row(NamedTuple):
    """The places of a row's values, its figures with the place of each, and how long a text of a value may be.

    Where no value is longer, and all are numbers, they cannot be several that are written together.
    """

    values: tuple[int, ...]
    figures: tuple[tuple[str, int], ...]
    longest: int


class _Known(NamedTuple):
    """How tables of a shape are read."""

    edition: Edition
    rows: tuple[_Row, ...]


class TableReader:
    """Reads tables; what it remembers of shapes changes how long that takes, and nothing else."""

    def __init__(self, unit_named: Callable[[str], Unit | None]) -> None:
        """Start without a shape."""
        self._unit_named = unit_named
        self._known: dict[_Shape, _Known] = {}

    def read(self, part: str, tokens: list[Token], editions: Sequence[Edition]) -> Reading:
        """Read the cells of a table by the edition that they fit best; of equals, the first given."""
        shape = _shape(part, tokens, editions)
        known = self._known.get(shape) if shape else None
        reading = _read_alike(known, tokens) if known else None
        if reading is not None:
            return reading
        reading = read_table(part, tokens, editions, self._unit_named)
        if shape and reading.plain_rows and len(self._known) < _MOST:
            self._known[shape] = _Known(reading.edition, _places(reading, tokens))
        return reading


def _shape(part: str, tokens: list[Token], editions: Sequence[Edition]) -> _Shape | None:
    """Return what decides how a table is read if all its cells are plain; None for one with other texts."""
    kinds, texts, _, _, values, starts = zip(*tokens, strict=True)
    if not _PLAIN.issuperset(kinds):
        return None
    labels = tuple([text for kind, text in zip(kinds, texts, strict=True) if kind is Kind.LABEL])
    noted: tuple[int, ...] = ()
    if Kind.BLANK in kinds:
        noted = tuple([n for n, value in enumerate(values) if value and value.number is None and value.note])
    return part, tuple([edition.id for edition in editions]), kinds, starts, labels, noted


def _places(reading: Reading, tokens: list[Token]) -> tuple[_Row, ...]:
    place = {id(token): number for number, token in enumerate(tokens)}
    return tuple(
        _Row(
            tuple(place[id(token)] for token in row.values),
            tuple((path, place[id(token)]) for path, token in row.figures),
            longest_of_cells(row.values, len(row.figures)),
        )
        for row in reading.plain_rows
    )


def _read_alike(known: _Known, tokens: list[Token]) -> Reading | None:
    """Take the figures from their places; None where a value is not plain, which its length or unit may tell."""
    reading = Reading(known.edition)
    figures = reading.figures
    texts = [token.text for token in tokens]
    for row in known.rows:
        if max([len(texts[place]) for place in row.values], default=0) > row.longest and is_glued(
            [tokens[place] for place in row.values], len(row.figures)
        ):
            return None
        for path, place in row.figures:
            token = tokens[place]
            value = token.value
            if value is None or value.unit is not None:
                return None
            figures[path] = _new(Figure, (value.number, token.origin, value.note))  # of which a report has hundreds
    return reading
