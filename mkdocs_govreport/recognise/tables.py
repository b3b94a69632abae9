"""From the cells of one statutory table to its figures.

A row is read by its own cells: how many it has decides, not where they stand. What cannot be told
for certain is not assigned but reported with the cells found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mkdocs_govreport.editions import Edition, Line, Unit
from mkdocs_govreport.model import ExtraRow, Figure, Number, Origin, Text
from mkdocs_govreport.recognise.extra_columns import with_extra_columns
from mkdocs_govreport.recognise.glued_rows import is_glued, read_glued
from mkdocs_govreport.recognise.lines import Entry, Fitting
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.recognise.tokens import Kind, Token, listing, without_surplus
from mkdocs_govreport.recognise.values import Value
from mkdocs_govreport.sources import Remark

ROWS_NOT_READ = ("unreadable-row", "undecided-cells", "extra-column")
"""The rules of remarks about rows whose cells cannot be told; they have the paths of the row."""


@dataclass
class Reading:
    """A table as an edition reads it."""

    edition: Edition
    figures: dict[str, Figure] = field(default_factory=dict)
    extra_rows: list[ExtraRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_table(
    part: str, tokens: list[Token], editions: Iterable[Edition], unit_named: Callable[[str], Unit | None]
) -> Reading:
    """Read the cells of a table by the edition that they fit best; of equals, the first given."""
    best: Fitting | None = None
    for edition in editions:
        if part in edition.layouts:
            fitting = Fitting(part, edition, tokens)
            if best is None or fitting.score > best.score:
                best = fitting
            if best.is_entire:
                break  # no other edition can fit better
    if best is None:
        raise ValueError(f"no edition has a table for {part}")
    return _TableReader(best, unit_named).read()


class _TableReader:
    """Makes figures of a table whose lines have been found, and remarks of what is odd about it."""

    def __init__(self, fitting: Fitting, unit_named: Callable[[str], Unit | None]) -> None:
        self.fitting = fitting
        self.part = fitting.part
        self.edition = fitting.edition
        self.layout = fitting.layout
        self.unit_named = unit_named
        self.result = Reading(fitting.edition)
        self.units: dict[str, str] = {}

    def read(self) -> Reading:
        """Make figures of the entries."""
        for token, label in self.fitting.by_order:
            self._report_label(token, [label])
        for earlier, entry, line in self.fitting.repeated:
            self._repeated(earlier, entry, line)
        columns = self._columns()
        padding_leads = self._padding_leads()
        glued = []
        for entry, line in self.fitting.assigned:
            if is_glued(entry.values, len(line.figures)):
                glued.append((entry, line))
            else:
                self._figures(entry, line, columns, padding_leads=padding_leads)
        if glued:
            self._glued(glued, columns)
        for entry in self.fitting.unassigned:
            self._extra(entry)
        self._strays()
        title = self.edition.parts[self.part].title
        self.result.remarks = with_extra_columns(self.result.remarks, self.fitting, title)
        self._labels()
        return self.result

    # --- rows ---------------------------------------------------------------------------------------

    def _repeated(self, earlier: Entry, entry: Entry, line: Line) -> None:
        same = [token.text for token in earlier.values if token.text] == [
            token.text for token in entry.values if token.text
        ]
        cells = listing(entry.values)
        if same:
            self.result.remarks.append(Remark("extra-row", entry.origin, (), {"label": entry.name, "cells": cells}))
        else:
            details = {"row": self._title(line), "cells": cells}
            self.result.remarks.append(Remark("conflicting-row", entry.origin, self._paths(line), details))

    def _extra(self, entry: Entry) -> None:
        values = entry.values
        while values and values[-1].kind is Kind.BLANK and len(values) > self.layout.most_figures:
            values = values[:-1]
        while values and values[0].kind is Kind.BLANK and len(values) > self.layout.most_figures:
            values = values[1:]  # what the label would span
        names = entry.unknown or entry.labels[-1:]
        while values and len(names) > 1 and len(values) < self.layout.most_figures:
            names, values = names[:-1], [names[-1], *values]  # a text among the values of a row is no label
        label = " ".join(token.text for token in names)
        row = ExtraRow(self.part, label, tuple(_plain_value(token) for token in values), entry.origin)
        self.result.extra_rows.append(row)
        self.result.remarks.append(Remark("extra-row", entry.origin, (), {"label": label, "cells": listing(values)}))

    def _strays(self) -> None:
        """Report texts that stand among the labels of rows that were recognised."""
        told = {id(token) for entry in self.fitting.unassigned for token in entry.labels}
        told |= {id(token) for token, _ in self.fitting.by_order}
        for token in (token for entry in self.fitting.entries for token in entry.unknown):
            if id(token) not in told:
                self.result.remarks.append(Remark("extra-row", token.origin, (), {"label": token.text, "cells": "空"}))

    # --- columns ------------------------------------------------------------------------------------

    def _columns(self) -> dict[str, int]:
        """Return the position of each column that the header puts in another order than the form."""
        begin = min((entry.position for entry, _ in self.fitting.assigned), default=0)
        header = [token for entry in self.fitting.entries for token in entry.labels if entry.position <= begin]
        for token in (token for entry in self.fitting.entries for token in entry.labels):
            if token.match and token.match.unit:
                self.units.update(dict.fromkeys(self.fitting.keys(token), token.match.unit))
        if any(len(set(map(_column, line.figures))) < len(line.figures) for line in self.layout.lines):
            return {}  # columns of one name in several groups: the header does not tell which of them moved
        seen: list[str] = []
        for token in header:
            keys = self.fitting.keys(token)
            if len(keys) == 1 and keys[0] not in self.layout.row_labels and keys[0] not in seen:
                seen.append(keys[0])
        order: dict[str, int] = {}
        for row in self.layout.header_rows:
            leaves = [cell for cell in row if cell.label and self._is_column(cell.label) and cell.columns == 1]
            names = [cell.label for cell in leaves if cell.label]
            found = [key for key in seen if key in names]
            if found != names and sorted(found) == sorted(names) and len(set(names)) == len(names):
                places = sorted(cell.column for cell in leaves)
                first_value = self.layout.width - self.layout.most_figures
                order.update({key: place - first_value for key, place in zip(found, places, strict=True)})
                text = "、".join(self.edition.row_title(self.part, key).zh for key in found)
                values = {"part": self.edition.parts[self.part].title, "found": text}
                self.result.remarks.append(Remark("column-order", header[0].origin, (), values))
        return order

    def _is_column(self, label: str) -> bool:
        return label in self.layout.column_keys

    # --- figures ------------------------------------------------------------------------------------

    def _padding_leads(self) -> bool:
        """Whether surplus blanks of this table stand before the values, as after a label that spans columns."""
        leading = trailing = 0
        for entry, line in self.fitting.assigned:
            surplus = len(entry.values) - len(line.figures)
            if surplus > 0:
                first, last = entry.values[0].kind is Kind.BLANK, entry.values[-1].kind is Kind.BLANK
                leading += first and not last
                trailing += last and not first
        return leading > trailing

    def _figures(self, entry: Entry, line: Line, columns: dict[str, int], *, padding_leads: bool) -> None:
        values = without_surplus(entry.values, len(line.figures), leading=padding_leads or line.label is None)
        if values is None:
            cells = {"found": len(entry.values), "cells": listing(entry.values)}
            self._remark("unreadable-row", entry.origin, line, cells)
            return
        for place, figure in zip(self._places(line, columns), line.figures, strict=True):
            self._figure(f"{self.part}.{figure}", figure, values[place])

    def _places(self, line: Line, columns: dict[str, int]) -> Sequence[int]:
        """Return at which place of the row each figure of the line stands."""
        if not columns or len(line.figures) != self.layout.most_figures:
            return range(len(line.figures))
        return [columns.get(figure.rsplit(".", 1)[-1], place) for place, figure in enumerate(line.figures)]

    def _remark(self, rule: str, origin: Origin, line: Line, details: Mapping[str, object]) -> None:
        named = {"row": self._title(line), "expected": len(line.figures), **details}
        self.result.remarks.append(Remark(rule, origin, self._paths(line), named))

    def _glued(self, rows: list[tuple[Entry, Line]], columns: dict[str, int]) -> None:
        """Read the rows in which cells are written together, as far as the sums of the table decide them."""
        places = [self._places(line, columns) for _, line in rows]
        figures = [
            tuple(path for _, path in sorted(zip(at, self._paths(line), strict=True)))
            for at, (_, line) in zip(places, rows, strict=True)
        ]
        known = {path: figure.value for path, figure in self.result.figures.items()}
        found = read_glued([entry.values for entry, _ in rows], figures, known, self.edition, self.part)
        for (_, line), at, outcome in zip(rows, places, found, strict=True):
            self._remark(outcome.rule, outcome.origin, line, outcome.details)
            for place, figure in zip(at, line.figures if outcome.cells else (), strict=False):
                self._figure(f"{self.part}.{figure}", figure, outcome.cells[place])
        in_order = self.edition.figures(self.part)
        self.result.figures = {path: self.result.figures[path] for path in in_order if path in self.result.figures}

    def _figure(self, path: str, figure: str, token: Token) -> None:
        value = token.value
        if token.doubt is not None:
            details = {"figure": self.edition.figure_title(path), "raw": token.text, "doubt": token.doubt.words}
            self.result.remarks.append(Remark("unread-cell", token.origin, (path,), details))
            self.result.figures[path] = Figure(None, token.origin)
        elif value is None:
            self._wrong_value(path, token, Text("数字", "a number"))
            self.result.figures[path] = Figure(None, token.origin)
        elif value.unit is None and not self.units:
            self.result.figures[path] = Figure(value.number, token.origin, value.note)
        else:
            self.result.figures[path] = Figure(self._converted(path, figure, token, value), token.origin, value.note)

    def _converted(self, path: str, figure: str, token: Token, value: Value) -> Number | None:
        """Convert a value from the unit that its cell or its header names to that of the form."""
        unit = value.unit or self._stated_unit(figure)
        wanted = self.unit_named(self.layout.unit(figure))
        if value.number is None or unit is None or wanted is None or unit.id == wanted.id:
            return value.number
        if unit.kind != wanted.kind:
            self._wrong_value(path, token, Text(f"以{wanted.title.zh}为单位的数", f"a number of {wanted.title.en}"))
            return value.number
        quotient = Decimal(value.number) * unit.factor / wanted.factor
        converted: Number = int(quotient) if quotient == quotient.to_integral_value() else quotient.normalize()
        details = {
            "figure": self.edition.figure_title(path),
            "raw": token.text,
            "value": converted,
            "unit": wanted.title,
        }
        self.result.remarks.append(Remark("unit", token.origin, (path,), details))
        return converted

    def _wrong_value(self, path: str, token: Token, expected: Text) -> None:
        details = {"figure": self.edition.figure_title(path), "raw": token.text, "expected": expected}
        self.result.remarks.append(Remark("value-form", token.origin, (path,), details))

    def _stated_unit(self, figure: str) -> Unit | None:
        name = self.units.get(self.layout.column_labels[figure])
        return self.unit_named(name) if name else None

    # --- labels ---------------------------------------------------------------------------------------

    def _labels(self) -> None:
        """Report labels that are not worded as in the form."""
        reported: set[str] = set()
        for entry in self.fitting.entries:
            for token in entry.labels:
                keys = self.fitting.keys(token)
                if not keys or plain(token.text) in reported:
                    continue
                officials = {plain(self.edition.labels[self.part][key].text.zh) for key in keys}
                if plain(token.text) not in officials:
                    reported.add(plain(token.text))
                    self._report_label(token, list(keys))

    def _report_label(self, token: Token, keys: list[str]) -> None:
        label = Text.join([self.edition.labels[self.part][key].text for key in keys], zh="/", en=" / ")
        paths = tuple(
            path for key in keys if key in self.fitting.lines for path in self._paths(self.fitting.lines[key])
        )
        self.result.remarks.append(Remark("label", token.origin, paths, {"raw": token.text, "label": label}))

    def _title(self, line: Line) -> Text:
        return self.edition.row_title(self.part, line.label) if line.label else self.edition.parts[self.part].short

    def _paths(self, line: Line) -> tuple[str, ...]:
        return tuple(f"{self.part}.{figure}" for figure in line.figures)


def _column(figure: str) -> str:
    return figure.rsplit(".", 1)[-1]


def _plain_value(token: Token) -> Number | str | None:
    if token.value is None:
        return token.text
    return token.value.number if token.value.note is None else token.text
