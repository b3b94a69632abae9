"""Which cells of a document belong to the statutory tables, and to which; all else is prose.

Cells come from grids, and from paragraphs in which a table was flattened. What is taken here is what
`tables` makes figures of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Origin
from mkdocs_govreport.recognise.flattened import FEWEST_LABELS, FlattenedReader
from mkdocs_govreport.recognise.labels import LabelIndex, Match
from mkdocs_govreport.recognise.narrative import HeadingReader
from mkdocs_govreport.recognise.pieces import Piece, PieceReader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.recognise.tokens import Kind, Token, figures_in
from mkdocs_govreport.recognise.values import Value, ValueReader
from mkdocs_govreport.sources import Cell, Document, Grid, Paragraph, escape_markdown

_STRONG = 4  # characters from which on a label does not occur in other tables by chance
_new = tuple.__new__
_MEMORY = 20_000  # texts of cells that are remembered


@dataclass
class Sorted:
    """A document sorted into the cells of each table, in reading order, and prose."""

    tables: dict[str, list[Token]] = field(default_factory=dict)
    prose: list[Paragraph] = field(default_factory=list)


class CellSorter:
    """Sorts documents by the labels of a catalogue."""

    def __init__(self, catalogue: Catalogue, labels: LabelIndex, values: ValueReader, headings: HeadingReader) -> None:
        """Keep the readers and the parts with tables, in the order of the form."""
        self._labels = labels
        self._values = values
        self._headings = headings
        self._order = list(dict.fromkeys(part for edition in catalogue.editions.values() for part in edition.layouts))
        self._pieces_of = PieceReader(labels)
        self._memory: dict[str, tuple[Kind, Match | None, Value | None]] = {}
        self._flattened = FlattenedReader(labels, values, headings, self._pieces_of)

    def sort(self, document: Document) -> Sorted:
        """Part the cells of the statutory tables from the prose."""
        result = Sorted()
        current: str | None = None
        for piece in self._with_names(self._pieces(document.blocks, result)):
            if isinstance(piece, Paragraph):
                result.prose.append(piece)
                heading = self._headings.read(piece.text, piece.level)
                if heading:
                    current = heading.part if heading.part in self._order else None
            else:
                current = self._assign(piece, current, result.tables)
        return result

    def _with_names(self, pieces: Iterable[Paragraph | list[Token]]) -> Iterator[Paragraph | list[Token]]:
        """Take a name for a heading where it names a part and no heading follows; else it is no text at all."""
        name: Paragraph | None = None
        for piece in pieces:
            if isinstance(piece, Paragraph) and piece.is_name:
                name = piece if self._headings.read(piece.text, piece.level) else None
                continue
            if name and not (isinstance(piece, Paragraph) and self._headings.read(piece.text, piece.level)):
                yield name
            name = None
            yield piece

    def _pieces(self, blocks: Iterable[Paragraph | Grid], result: Sorted) -> Iterator[Paragraph | list[Token]]:
        waiting: list[Paragraph] = []
        for block in self._parted(blocks):
            if isinstance(block, Paragraph) and not block.level:
                waiting.append(block)
                continue
            tokens = [] if isinstance(block, Paragraph) else self._tokens(block)
            is_statutory = self._is_statutory(tokens, result.tables)
            captions: list[Token] = []
            while is_statutory and waiting and (caption := self._caption(waiting[-1])):
                captions.insert(0, caption)
                waiting.pop()
            yield from self._flattened.read(waiting)
            waiting = []
            if is_statutory:
                yield captions + tokens
            else:
                yield from [block] if isinstance(block, Paragraph) else _as_prose(block)
        yield from self._flattened.read(waiting)

    def _parted(self, blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
        """Take the headings of parts out of grids in which they have a row of their own, as in many spreadsheets."""
        for block in blocks:
            headings = {} if isinstance(block, Paragraph) else self._heading_rows(block)
            if isinstance(block, Paragraph) or not headings:
                yield block
                continue
            begin = 0
            for number, cell in headings.items():
                if begin < number:
                    yield Grid(block.rows[begin:number])
                yield Paragraph(cell.text, escape_markdown(cell.text), cell.origin)
                begin = number + 1
            if begin < len(block.rows):
                yield Grid(block.rows[begin:])

    def _heading_rows(self, grid: Grid) -> dict[int, Cell]:
        headings = {}
        for number, row in enumerate(grid.rows):
            if len(row) > 1 and row[0].text and row[1].text:
                continue  # most rows
            filled = [cell for cell in row if cell.text]
            if len(filled) == 1 and self._labels.match(filled[0].text) is None and self._headings.read(filled[0].text):
                headings[number] = filled[0]
        return headings

    def _caption(self, paragraph: Paragraph) -> Token | None:
        """Return a label of the form that stands on a line of its own right before the rows that it heads."""
        match = self._labels.match(paragraph.text) if len(paragraph.text) >= _STRONG else None
        if match is None or self._headings.read(paragraph.text):
            return None
        return Token(Kind.LABEL, paragraph.text, paragraph.origin, match, starts_row=True)

    def _assign(self, tokens: list[Token], current: str | None, tables: dict[str, list[Token]]) -> str | None:
        """Give each cell to the table that its label tells, or to the one before it."""
        if current is None:
            votes = Counter(
                part for token in tokens if token.match for part in token.match.parts if len(token.match.parts) == 1
            )
            current = next(
                (
                    part
                    for token in tokens
                    if token.match
                    for part in self._order
                    if votes[part] and part in token.match.parts
                ),
                None,
            )
        cells: list[Token] | None = None
        for token in tokens:
            if token.match and current not in token.match.parts:
                current = min(
                    token.match.parts,
                    key=lambda part: (self._order.index(part) < self._position(current), self._order.index(part)),
                )
                cells = None
            if cells is None and current is not None:
                cells = tables.setdefault(current, [])
            if cells is not None:
                cells.append(token)
        return current

    def _position(self, part: str | None) -> int:
        return self._order.index(part) if part in self._order else 0

    # --- grids ------------------------------------------------------------------------------

    def _tokens(self, grid: Grid) -> list[Token]:
        tokens: list[Token] = []
        add, memory = tokens.append, self._memory
        for row in grid.rows:
            starts = True
            for text, origin, doubt in row:
                known = memory.get(text)
                if doubt is not None:
                    tokens += self._doubted(Cell(text, origin, doubt), starts=starts)
                elif known is not None:  # most cells there are
                    kind, match, value = known
                    add(_new(Token, (kind, text, origin, match, value, starts, None)))
                else:
                    tokens += self._tokens_of(text, origin, starts=starts)
                starts = False
        return tokens

    def _doubted(self, cell: Cell, *, starts: bool) -> list[Token]:
        """Return a cell of which no figure is made; a label stays one."""
        found = self._tokens_of(cell.text, cell.origin, starts=starts) if cell.text else []
        if found and all(token.kind is Kind.LABEL for token in found):
            return found
        return [Token(Kind.UNREAD, cell.text, cell.origin, starts_row=starts, doubt=cell.doubt)]

    def _tokens_of(self, text: str, origin: Origin, *, starts: bool) -> list[Token]:
        """Return what a cell is; most texts are one token and stand in many reports."""
        kind, value = figures_in(text, self._values)
        if kind is not None:
            found = [Token(kind, text, origin, None, value, starts)]
        else:
            found = list(self._labelled(text, origin, starts=starts))
        if len(found) == 1 and found[0].text == text and found[0].origin is origin and len(self._memory) < _MEMORY:
            self._memory[text] = found[0].kind, found[0].match, found[0].value
        return found

    def _labelled(self, text: str, origin: Origin, *, starts: bool) -> Iterator[Token]:
        match = self._labels.match(text)
        several = self._labels.split(text) if match is None else None
        if several:
            for number, label in enumerate(several):
                yield Token(Kind.LABEL, label, origin, self._labels.match(label), None, starts and number == 0)
            return
        pieces = self._pieces_of.read(text) if match is None else []
        if pieces:
            yield from self._glued(text, origin, pieces, starts=starts)
            return
        match = match or self._labels.match_beginning(text)
        yield Token(Kind.LABEL if match else Kind.TEXT, text, origin, match, None, starts)

    def _glued(self, text: str, origin: Origin, pieces: list[Piece], *, starts: bool) -> Iterator[Token]:
        for number, piece in enumerate(pieces):
            raw = text[piece.start : piece.end].strip()
            column = None if origin.column is None else origin.column + piece.start
            place = origin._replace(raw=raw, column=column)
            kind, value = figures_in(raw, self._values) if piece.kind is Kind.GLUED else (None, None)
            if kind is None:
                kind = Kind.LABEL if piece.match else Kind.TEXT
            if raw:
                yield Token(kind, raw, place, piece.match, value, starts and number == 0)

    def _is_statutory(self, tokens: list[Token], tables: dict[str, list[Token]]) -> bool:
        strong: dict[str, Match] = {}
        for token in tokens:
            if token.match and token.text not in strong and len(plain(token.text)) >= _STRONG:
                strong[token.text] = token.match
                if len(strong) >= FEWEST_LABELS:
                    return True
        # The rest of a table that was cut in two, by a page break for example.
        continues = any(self._labels.names_row(match) and match.parts & tables.keys() for match in strong.values())
        return continues and any(token.kind is Kind.NUMBER for token in tokens)


def _as_prose(grid: Grid) -> Iterator[Paragraph]:
    """Keep a table that is none of the form's as a Markdown table in the prose, one of a single row as a line."""
    filled = [cell for row in grid.rows for cell in row if cell.text]
    if not filled:
        return
    text = " ".join(cell.text for cell in filled)
    if grid.markdown or len(grid.rows) == 1:
        yield Paragraph(text, grid.markdown or escape_markdown(text), filled[0].origin)
        return
    width = max(len(row) for row in grid.rows)
    lines = [
        "| " + " | ".join([escape_markdown(cell.text) for cell in row] + [""] * (width - len(row))) + " |"
        for row in grid.rows
    ]
    lines.insert(1, "|" + " --- |" * width)
    yield Paragraph(text, "\n".join(lines), filled[0].origin)
