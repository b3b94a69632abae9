"""The equations of one report as arrays of numbers, with the rows and columns that its cells stand in.

A cell is the number of a figure. Everything follows from the equations and the layout of the editions: what is
searched here knows no row, no column and no sum by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from mkdocs_govreport.editions import Catalogue, Equation, Scope
from mkdocs_govreport.model import Number

Values = list[Number | None]
"""A value for each cell; None where it is blank or absent."""

Delta = Mapping[int, Number]
"""What is added to some cells."""


class Line(NamedTuple):
    """Cells that stand beside or above one another, in print order, and the key of the row or column.

    `across` are the equations with one of the cells, `along` those with several.
    """

    part: str
    key: str
    cells: tuple[int, ...]
    across: frozenset[int]
    along: frozenset[int]


class System(NamedTuple):
    """Equations among the cells of one report.

    `equations` have their cells with coefficients, `of` has for each cell the equations that it is in, and
    `component` numbers the equations so that those that share a cell, directly or through others, have one number.
    `sums` are the cells that stand alone on a side; `orientations` are the rows, and the columns, of the tables.
    """

    sources: tuple[Equation, ...]
    paths: tuple[str, ...]
    equations: tuple[tuple[tuple[int, int], ...], ...]
    of: tuple[tuple[tuple[int, int], ...], ...]
    component: tuple[int, ...]
    sums: frozenset[int]
    orientations: tuple[tuple[Line, ...], ...]

    def values(self, numbers: Mapping[str, Number | None]) -> Values:
        """Return the value of each cell."""
        return [numbers.get(path) for path in self.paths]

    def residuals(self, values: Values) -> list[Number | None]:
        """Return what each equation is out of balance by; None where it cannot be assessed."""
        return [_residual(equation, values) for equation in self.equations]

    def after(self, residuals: list[Number | None], changes: Delta) -> dict[int, Number]:
        """Return the residuals of the equations that a change of cells touches, after it; of those assessed."""
        changed: dict[int, Number] = {}
        for cell, delta in changes.items():
            for equation, coefficient in self.of[cell]:
                before = changed.get(equation, residuals[equation])
                if before is not None:
                    changed[equation] = before + coefficient * delta
        return changed


def _residual(equation: tuple[tuple[int, int], ...], values: Values) -> Number | None:
    total: Number = 0
    for cell, coefficient in equation:
        value = values[cell]
        if value is None:
            return None
        total += coefficient * value
    return total


def system_of(catalogue: Catalogue, edition_of: tuple[tuple[str, str], ...], sources: tuple[Equation, ...]) -> System:
    """Lay out `sources`, of which those are taken that demand that figures of the report itself add up."""
    sources = tuple(e for e in sources if e.is_sum and e.scopes == {Scope.REPORT})
    paths = tuple(dict.fromkeys(operand.path for e in sources for operand in e.left + e.right))
    index = {path: number for number, path in enumerate(paths)}
    equations = tuple(_coefficients(equation, index) for equation in sources)
    of: list[list[tuple[int, int]]] = [[] for _ in paths]
    for number, cells in enumerate(equations):
        for cell, coefficient in cells:
            of[cell].append((number, coefficient))
    lone = {side[0].path for e in sources for side in (e.left, e.right) if len(side) == 1}
    rows, columns = _lines(catalogue, edition_of, index)
    tables = tuple(tuple(_line(*line, of) for line in lines if len(line[2]) > 1) for lines in (rows, columns))
    return System(
        sources,
        paths,
        equations,
        tuple(map(tuple, of)),
        _components(equations, of),
        frozenset(index[path] for path in lone),
        tables,
    )


def _coefficients(equation: Equation, index: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for operands, sign in ((equation.left, 1), (equation.right, -1)):
        for operand in operands:
            found[index[operand.path]] = found.get(index[operand.path], 0) + sign
    return tuple((cell, coefficient) for cell, coefficient in found.items() if coefficient)


def _components(equations: tuple[tuple[tuple[int, int], ...], ...], of: list[list[tuple[int, int]]]) -> tuple[int, ...]:
    component = [-1] * len(equations)
    for start in range(len(equations)):
        waiting = [start] if component[start] < 0 else []
        while waiting:
            number = waiting.pop()
            if component[number] < 0:
                component[number] = start
                waiting += [other for cell, _ in equations[number] for other, _ in of[cell]]
    return tuple(component)


_Cells = list[tuple[str, str, list[int]]]


def _lines(
    catalogue: Catalogue, edition_of: tuple[tuple[str, str], ...], index: Mapping[str, int]
) -> tuple[_Cells, _Cells]:
    """Return the rows and the columns of the tables, of the cells that stand in equations."""
    rows: _Cells = []
    columns: dict[tuple[str, str], list[int]] = {}
    for part, edition in edition_of:
        for line in catalogue.editions[edition].layouts[part].lines:
            paths = [path for figure in line.figures if (path := f"{part}.{figure}") in index]
            rows.append((part, line.label or "", [index[path] for path in paths]))
            keys = [path.rsplit(".", 1)[-1] for path in paths]
            if len(set(keys)) == len(keys):  # not where one line has several blocks of the same columns
                for path, key in zip(paths, keys, strict=True):
                    columns.setdefault((part, key), []).append(index[path])
    return rows, [(part, key, cells) for (part, key), cells in columns.items()]


def _line(part: str, key: str, cells: list[int], of: list[list[tuple[int, int]]]) -> Line:
    count = Counter(equation for cell in cells for equation, _ in of[cell])
    along = frozenset(equation for equation, times in count.items() if times > 1)
    return Line(part, key, tuple(cells), frozenset(count) - along, along)
