"""How the cells of a table lie on the lines of the form, as one edition has them.

Cells are gathered into entries, a run of labels with the values that follow; an entry is then laid on
the line that its innermost label names, or that the order of the rows calls for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mkdocs_govreport.editions import Edition, Layout, Line
from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.glued_rows import may_be_row
from mkdocs_govreport.recognise.spelling import plain, without_notes, without_numbering
from mkdocs_govreport.recognise.tokens import Kind, Token

_ALIKE = 0.5  # from which similarity on an unknown label may be one that the row order calls for
_SHORT = 6  # characters below which a text right after a row's label is rather its first value


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


class Fitting:
    """The entries of a table laid on the lines of one edition's form.

    `assigned` pairs entries with lines in the order of the form; `unassigned` are entries that no line
    takes, `repeated` those of a line that is taken (with the entry that has it), and `by_order` the
    unknown labels that the row order explains, with the label that the form has there.
    """

    def __init__(self, part: str, edition: Edition, tokens: list[Token]) -> None:
        """Gather and lay out the cells `tokens` of the table `part`."""
        self.part = part
        self.edition = edition
        self.layout: Layout = edition.layouts[part]
        self.lines: dict[str, Line] = {line.label: line for line in self.layout.lines if line.label}
        self.repeated: list[tuple[Entry, Entry, Line]] = []
        self.by_order: list[tuple[Token, str]] = []
        self._unlabelled_width = max((len(line.figures) for line in self.layout.lines if line.label is None), default=0)
        self.entries = self._entries(tokens)
        self.assigned, self.unassigned = self._assign()
        labels = {token.text: self.keys(token) for token in tokens if token.kind in (Kind.LABEL, Kind.TEXT)}
        known = sum(1 for keys in labels.values() if keys)
        # Lines found, less the rows that the edition does not know; then labels.
        self.score = (len(self.assigned) - 0.5 * len(self.unassigned), known)
        self.is_entire = len(self.assigned) == len(self.layout.lines) and known == len(labels)

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
            return 0 < len(_from_first_figure(entry.values)) < self._unlabelled_width
        return 0 < len(entry.values) < len(line.figures) or (
            not entry.values
            and entry.labels[-1].match is not None
            and (len(token.text) < _SHORT or _is_wordless(token.text))
        )

    # --- assigning entries to lines ---------------------------------------------------------------

    def keys(self, token: Token) -> tuple[str, ...]:
        """Return the labels of the form that a token may be."""
        return token.match.keys(self.edition.id, self.part) if token.match else ()

    def _line(self, entry: Entry, taken: Collection[str] = ()) -> Line | None:
        """Return the line that the innermost known row label of an entry names."""
        for token in reversed(entry.labels):
            keys = [key for key in self.keys(token) if key in self.lines]
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
                self.repeated.append((assigned[line], entry, line))
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
        self.by_order.append((entry.labels[-1], missing[0].label))
        return missing[0]

    def _unlabelled_line(self, entry: Entry, assigned: dict[Line, Entry]) -> Line | None:
        """Return a line for which the form prints no label, once its header has been passed."""
        if any(token.match is None for token in entry.labels):
            return None
        enough = (
            2 if entry.has_figures else 1
        )  # a row of figures may be short of some, blanks beside a header are padding
        for line in self.layout.lines:
            if line.label is None and line not in assigned:
                width = len(line.figures)
                if enough * len(entry.values) >= width or may_be_row(entry.values, width):
                    return line
        return None


def _is_wordless(text: str) -> bool:
    """Whether a text is a date, a share, an error of a spreadsheet or the like, whatever its length: no label is."""
    return text.startswith("#") or not any(character.isalpha() for character in text)


def _from_first_figure(values: list[Token]) -> list[Token]:
    first = next((number for number, token in enumerate(values) if token.kind is not Kind.BLANK), len(values))
    return values[first:]
