"""From the cells of one statutory table to its figures, by labels and order.

Cells are first gathered into entries, a run of labels with the values that follow; an entry is then
laid on a line of the form. A row is read by its own cells: how many it has decides, not where they
stand. What cannot be told for certain is not assigned but reported with the cells found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from mkdocs_govreport.editions import Edition, Layout, Line, Unit
from mkdocs_govreport.model import ExtraRow, Figure, Number, Origin, Text
from mkdocs_govreport.recognise.cells import Kind, Token
from mkdocs_govreport.recognise.spelling import plain, without_notes, without_numbering
from mkdocs_govreport.recognise.values import Value

_ALIKE = 0.5  # from which similarity on an unknown label may be one that the row order calls for


@dataclass
class Entry:
    """Labels with the values that follow them; `position` is its place among the entries."""

    position: int
    labels: list[Token] = field(default_factory=list)
    values: list[Token] = field(default_factory=list)

    @property
    def has_figures(self) -> bool:
        """Whether any value cell is filled."""
        return any(token.kind is not Kind.BLANK for token in self.values)

    @property
    def name(self) -> str:
        """The innermost label as it stands."""
        return self.labels[-1].text if self.labels else ""

    @property
    def unknown(self) -> list[Token]:
        """The texts among the labels that no edition knows."""
        return [token for token in self.labels if token.match is None]

    @property
    def origin(self) -> Origin:
        """Where the entry begins."""
        return (self.labels[-1:] or self.values)[0].origin


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to report about a table: the rule and what its message needs."""

    rule: str
    origin: Origin
    paths: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


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
    best: _TableReader | None = None
    for edition in editions:
        if part in edition.layouts:
            reader = _TableReader(part, edition, unit_named, tokens)
            if best is None or reader.fit > best.fit:
                best = reader
            if best.fits_entirely:
                break  # no other edition can fit better
    if best is None:
        raise ValueError(f"no edition has a table for {part}")
    return best.read()


class _TableReader:
    """Reads the table `part` by the layout of one edition."""

    def __init__(
        self, part: str, edition: Edition, unit_named: Callable[[str], Unit | None], tokens: list[Token]
    ) -> None:
        self.part = part
        self.edition = edition
        self.layout: Layout = edition.layouts[part]
        self.unit_named = unit_named
        self.lines: dict[str, Line] = {line.label: line for line in self.layout.lines if line.label}
        self.unlabelled_width = max((len(line.figures) for line in self.layout.lines if line.label is None), default=0)
        self.result = Reading(edition)
        self.units: dict[str, str] = {}
        self.ordered: set[Origin] = set()  # unknown labels that the row order explains
        self.entries = self._entries(tokens)
        self.assigned, self.unassigned = self._assign()
        labels = {token.text: self._keys(token) for token in tokens if token.kind in (Kind.LABEL, Kind.TEXT)}
        known = sum(1 for keys in labels.values() if keys)
        # How well the edition fits: lines found, less the rows that it does not know; then labels.
        self.fit = (len(self.assigned) - 0.5 * len(self.unassigned), known)
        self.fits_entirely = len(self.assigned) == len(self.layout.lines) and known == len(labels)

    def read(self) -> Reading:
        """Make figures of the entries."""
        columns = self._columns()
        padding_leads = self._padding_leads()
        for entry, line in self.assigned:
            self._figures(entry, line, columns, padding_leads=padding_leads)
        for entry in self.unassigned:
            self._extra(entry)
        self._strays()
        self._labels()
        return self.result

    # --- gathering entries ----------------------------------------------------------------------

    def _entries(self, tokens: list[Token]) -> list[Entry]:
        entries = [Entry(0)]
        leading: list[Token] = []
        for token in tokens:
            entry = entries[-1]
            if token.starts_row:
                if leading and not (entry.labels or entry.values):
                    entry.values = leading  # a row of nothing but blanks
                leading = []
                if entry.labels or entry.values:
                    entry = Entry(len(entries))
                    entries.append(entry)
            if token.kind is Kind.LABEL or (token.kind is Kind.TEXT and not self._is_unreadable_value(entry, token)):
                if entry.values:
                    entry = Entry(len(entries))
                    entries.append(entry)
                entry.labels.append(token)
                leading = []
            elif token.kind is Kind.BLANK and not entry.labels and not entry.values:
                leading.append(token)
            else:
                entry.values += [*leading, token]
                leading = []
        if leading and not (entries[-1].labels or entries[-1].values):
            entries[-1].values = leading
        return [entry for entry in entries if entry.labels or entry.values]

    def _is_unreadable_value(self, entry: Entry, token: Token) -> bool:
        """Whether a text stands where a value belongs: after the row's label, before its last value."""
        if token.starts_row or not entry.labels:
            return False
        line = self._line(entry)
        if line is None:
            # Where the form prints no label, the row has begun with its first figure; blanks may be padding.
            return 0 < len(_from_first_figure(entry.values)) < self.unlabelled_width
        return 0 < len(entry.values) < len(line.figures) or (
            not entry.values and entry.labels[-1].match is not None and len(token.text) < 6
        )

    # --- assigning entries to lines ---------------------------------------------------------------

    def _keys(self, token: Token) -> tuple[str, ...]:
        return token.match.keys(self.edition.id, self.part) if token.match else ()

    def _line(self, entry: Entry, taken: Collection[str] = ()) -> Line | None:
        """Return the line that the innermost known row label of an entry names."""
        for token in reversed(entry.labels):
            keys = [key for key in self._keys(token) if key in self.lines]
            if keys:
                return self.lines[next((key for key in keys if key not in taken), keys[0])]
            if token.match is None:
                return None  # an unknown label hides the group labels before it
        return None

    def _assign(self) -> tuple[list[tuple[Entry, Line]], list[Entry]]:
        """Lay entries on lines; return them in the order of the form, and what no line takes."""
        assigned: dict[Line, Entry] = {}
        taken: set[str] = set()
        rest = []
        for entry in self.entries:
            line = self._line(entry, taken)
            if line is None:
                rest.append(entry)
            elif line not in assigned:
                if entry.values:
                    assigned[line] = entry
                    taken.add(line.label or "")
            else:
                self._repeated(assigned[line], entry, line)
        unassigned = []
        for entry in rest:
            line = self._line_by_order(entry, assigned) or self._unlabelled_line(entry, assigned)
            if line:
                assigned[line] = entry
            elif entry.has_figures or any(token.kind is Kind.TEXT for token in entry.labels):
                unassigned.append(entry)
        return [(assigned[line], line) for line in self.layout.lines if line in assigned], unassigned

    def _line_by_order(self, entry: Entry, assigned: dict[Line, Entry]) -> Line | None:
        """Let the row order decide on an unknown label, if it is like the one row that is missing there."""
        if not entry.labels or entry.labels[-1].match is not None or not entry.values:
            return None
        lines = self.layout.lines
        at = {other.position: lines.index(line) for line, other in assigned.items()}
        low = at[max(before)] if (before := [position for position in at if position < entry.position]) else -1
        high = at[min(after)] if (after := [position for position in at if position > entry.position]) else len(lines)
        missing = [line for line in lines[low + 1 : high] if line.label and line not in assigned]
        if len(missing) != 1 or missing[0].label is None:
            return None
        text = without_numbering(without_notes(plain(entry.name)))
        official = without_numbering(without_notes(plain(self.edition.labels[self.part][missing[0].label].text.zh)))
        if SequenceMatcher(None, text, official).ratio() < _ALIKE:
            return None
        self.ordered.add(entry.labels[-1].origin)
        self._report_label(entry.labels[-1], [missing[0].label])
        return missing[0]

    def _unlabelled_line(self, entry: Entry, assigned: dict[Line, Entry]) -> Line | None:
        """Return a line for which the form prints no label, once its header has been passed."""
        if any(token.match is None for token in entry.labels):
            return None
        enough = (
            2 if entry.has_figures else 1
        )  # a row of figures may be short of some, blanks beside a header are padding
        free = (line for line in self.layout.lines if line.label is None and line not in assigned)
        return next((line for line in free if enough * len(entry.values) >= len(line.figures)), None)

    def _repeated(self, earlier: Entry, entry: Entry, line: Line) -> None:
        same = [token.text for token in earlier.values if token.text] == [
            token.text for token in entry.values if token.text
        ]
        cells = _listing(entry.values)
        if same:
            self.result.remarks.append(Remark("extra-row", entry.origin, (), {"label": entry.name, "cells": cells}))
        else:
            details = {"row": self._title(line), "cells": cells}
            self.result.remarks.append(Remark("conflicting-row", entry.origin, self._paths(line), details))

    def _extra(self, entry: Entry) -> None:
        values = entry.values
        while values and values[-1].kind is Kind.BLANK and len(values) > self.layout.most_figures:
            values = values[:-1]
        names = entry.unknown or entry.labels[-1:]
        while values and len(names) > 1 and len(values) < self.layout.most_figures:
            names, values = names[:-1], [names[-1], *values]  # a text among the values of a row is no label
        label = " ".join(token.text for token in names)
        row = ExtraRow(self.part, label, tuple(_plain_value(token) for token in values), entry.origin)
        self.result.extra_rows.append(row)
        self.result.remarks.append(Remark("extra-row", entry.origin, (), {"label": label, "cells": _listing(values)}))

    def _strays(self) -> None:
        """Report texts that stand among the labels of rows that were recognised."""
        told = {id(token) for entry in self.unassigned for token in entry.labels}
        for token in (token for entry in self.entries for token in entry.unknown):
            if id(token) not in told and token.origin not in self.ordered:
                self.result.remarks.append(Remark("extra-row", token.origin, (), {"label": token.text, "cells": "空"}))

    # --- columns ------------------------------------------------------------------------------------

    def _columns(self) -> dict[str, int]:
        """Return the position of each column that the header puts in another order than the form."""
        begin = min((entry.position for entry, _ in self.assigned), default=0)
        header = [token for entry in self.entries for token in entry.labels if entry.position <= begin]
        for token in (token for entry in self.entries for token in entry.labels):
            if token.match and token.match.unit:
                self.units.update(dict.fromkeys(self._keys(token), token.match.unit))
        seen: list[str] = []
        for token in header:
            keys = self._keys(token)
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
        for entry, line in self.assigned:
            surplus = len(entry.values) - len(line.figures)
            if surplus > 0:
                first, last = entry.values[0].kind is Kind.BLANK, entry.values[-1].kind is Kind.BLANK
                leading += first and not last
                trailing += last and not first
        return leading > trailing

    def _figures(self, entry: Entry, line: Line, columns: dict[str, int], *, padding_leads: bool) -> None:
        values = _fit(entry.values, len(line.figures), leading=padding_leads or line.label is None)
        if values is None:
            cells = {
                "row": self._title(line),
                "expected": len(line.figures),
                "found": len(entry.values),
                "cells": _listing(entry.values),
            }
            self.result.remarks.append(Remark("unreadable-row", entry.origin, self._paths(line), cells))
            return
        for place, figure in enumerate(line.figures):
            number = place
            if columns and len(line.figures) == self.layout.most_figures:
                number = columns.get(figure.rsplit(".", 1)[-1], place)
            self._figure(f"{self.part}.{figure}", figure, values[number])

    def _figure(self, path: str, figure: str, token: Token) -> None:
        value = token.value
        if value is None:
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
        for entry in self.entries:
            for token in entry.labels:
                keys = self._keys(token)
                if not keys or plain(token.text) in reported:
                    continue
                officials = {plain(self.edition.labels[self.part][key].text.zh) for key in keys}
                if plain(token.text) not in officials:
                    reported.add(plain(token.text))
                    self._report_label(token, list(keys))

    def _report_label(self, token: Token, keys: list[str]) -> None:
        label = Text.join([self.edition.labels[self.part][key].text for key in keys], zh="/", en=" / ")
        paths = tuple(path for key in keys if key in self.lines for path in self._paths(self.lines[key]))
        self.result.remarks.append(Remark("label", token.origin, paths, {"raw": token.text, "label": label}))

    def _title(self, line: Line) -> Text:
        return self.edition.row_title(self.part, line.label) if line.label else self.edition.parts[self.part].short

    def _paths(self, line: Line) -> tuple[str, ...]:
        return tuple(f"{self.part}.{figure}" for figure in line.figures)


def _fit(values: list[Token], width: int, *, leading: bool) -> list[Token] | None:
    """Drop surplus blanks from the ends of a row; None when the rest is not `width` cells.

    Blanks before the first value may be padding or empty cells; `leading` says which this table has.
    """
    surplus = len(values) - width
    if surplus < 0:
        return None
    blank = [token.kind is Kind.BLANK for token in values]
    lead = next((n for n, is_blank in enumerate(blank) if not is_blank), len(values))
    trail = next((n for n, is_blank in enumerate(reversed(blank)) if not is_blank), len(values))
    before = min(lead, surplus) if leading else max(0, surplus - trail)
    if before > lead or surplus - before > trail:
        return None
    return values[before : before + width]


def _from_first_figure(values: list[Token]) -> list[Token]:
    first = next((number for number, token in enumerate(values) if token.kind is not Kind.BLANK), len(values))
    return values[first:]


def _listing(tokens: list[Token]) -> str:
    return "｜".join(token.text or "空" for token in tokens)


def _plain_value(token: Token) -> Number | str | None:
    if token.value is None:
        return token.text
    return token.value.number if token.value.note is None else token.text
