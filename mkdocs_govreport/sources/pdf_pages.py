"""What stands on the pages of a PDF: a program of its own, fed a file and stopped when it takes too long.

It reads the file from standard input and writes JSON, nothing else: for each page its size, its tables as rows of
cells, the lines of text outside them, and how much of it is pictures and signs without a meaning. It knows
nothing of the package, so that starting it costs no more than the library that parses the file.
"""

from __future__ import annotations

import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the top left corner of the page."""

_SAME = 3.0  # points by which the ends of rules differ that were drawn to meet
_GLUED = 0.12  # share of the size of a sign up to which a gap is none
_GAP = 0.8  # share of the size from which on a gap parts words
_ROOM = 8.0  # points of padding that a full line of a cell may leave beside one more sign


class Word(NamedTuple):
    """Signs that touch one another."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height at which the signs stand."""
        return (self.top + self.bottom) / 2


def main() -> None:
    """Read a file, within the megabytes of memory and the pages that the arguments allow."""
    megabytes, most_pages = int(sys.argv[1]), int(sys.argv[2])
    _limit_memory(megabytes)
    try:
        found = _read(sys.stdin.buffer.read(), most_pages)
    except MemoryError:
        found = {"problem": "memory"}
    except ImportError:
        found = {"problem": "support"}
    json.dump(found, sys.stdout)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def _read(data: bytes, most_pages: int) -> dict[str, Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > most_pages:
                return {"problem": "pages", "found": len(pdf.pages)}
            pages = []
            for page in pdf.pages:
                pages.append(_page(page))
                page.close()
            return {"pages": pages}
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser of hostile files may raise
        causes = list(_causes(error))
        # Without memory the interpreter may fail to make the error that says so.
        if any(isinstance(cause, (MemoryError, SystemError)) for cause in causes):
            raise MemoryError from error
        is_locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        return {"problem": "password" if is_locked else "broken"}


def _causes(error: BaseException | None) -> Iterator[object]:
    """Return an error with those that it was made of: the library wraps those of the parser."""
    while error is not None:
        yield from (error, *error.args)
        error = error.__cause__ or error.__context__


def _page(page: Any) -> dict[str, Any]:
    words = _words(page.chars)
    closings = list(_closings(page))
    settings = {"explicit_horizontal_lines": [line for _, line in closings]} if closings else {}
    tables = [table.rows for table in page.find_tables(settings)]
    tables = [rows for rows in tables if sum(1 for row in rows for cell in row.cells if cell) > 1]
    inside: dict[Box, list[Word]] = defaultdict(list)
    boxes = [cell for rows in tables for row in rows for cell in row.cells if cell]
    open_at = [(side, line["top"]) for side, line in closings]
    outside = [
        word for word in words if not _put(word, boxes, inside) and not _put_beyond(word, boxes, open_at, inside)
    ]
    area = float(page.width) * float(page.height)
    pictures = sum(abs(float(image["width"]) * float(image["height"])) for image in page.images)
    return {
        "width": float(page.width),
        "height": float(page.height),
        "pictures": min(1.0, pictures / area) if area else 0.0,
        "signs": sum(len(word.text) for word in words),
        "unmapped": sum(1 for char in page.chars if char["text"].startswith("(cid:")),
        "tables": [[[_cell(cell, inside[cell]) for cell in row.cells if cell] for row in rows] for rows in tables],
        "lines": [_line(line) for line in _lines(outside)],
    }


def _words(chars: Iterable[Any]) -> list[Word]:
    """Join signs that touch; a number that runs over the rule of its cell stays one number."""
    words: list[Word] = []
    for char in chars:
        text, size = char["text"], float(char["size"]) or 1.0
        box = (float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"]))
        last = words[-1] if words else None
        if text.isspace():
            continue
        if (
            last
            and abs(last.middle - (box[1] + box[3]) / 2) < _GLUED * size
            and abs(box[0] - last.right) < _GLUED * size
        ):
            top, bottom = min(last.top, box[1]), max(last.bottom, box[3])
            words[-1] = Word(last.text + text, last.left, top, box[2], bottom, max(last.size, size))
        else:
            words.append(Word(text, *box, size))
    return words


# --- rules ----------------------------------------------------------------------------------------------


def _closings(page: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Close the cells that a page break cuts: browsers leave them open at the foot and at the head of a page."""
    from pdfplumber.table import merge_edges

    edges = merge_edges([edge for edge in page.edges if edge["orientation"]], _SAME, _SAME, _SAME, _SAME)
    vertical = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for side in ("top", "bottom"):
        ends: dict[float, list[Any]] = defaultdict(list)
        for edge in sorted(vertical, key=lambda edge: edge[side]):
            at = next((known for known in reversed(ends) if abs(known - edge[side]) <= _SAME), edge[side])
            ends[at].append(edge["x0"])
        for at, places in ends.items():
            left, right = min(places), max(places)
            if right - left > _SAME and not any(
                abs(edge["top"] - at) <= _SAME and edge["x0"] <= left + _SAME and edge["x1"] >= right - _SAME
                for edge in level
            ):
                ends_at = {"x0": left, "x1": right, "top": at, "bottom": at, "doctop": at, "y0": -at, "y1": -at}
                yield side, {"object_type": "line", "width": right - left, "height": 0, **ends_at}


def _put(word: Word, boxes: list[Box], inside: dict[Box, list[Word]]) -> bool:
    """Put a word into the cell in which its middle is, or, where that is in none, its beginning."""
    for across in ((word.left + word.right) / 2, word.left + word.size / 4):
        for box in boxes:
            if box[0] <= across <= box[2] and box[1] <= word.middle <= box[3]:
                inside[box].append(word)
                return True
    return False


def _put_beyond(word: Word, boxes: list[Box], open_at: list[tuple[str, float]], inside: dict[Box, list[Word]]) -> bool:
    """Put a word that has slipped over the open end of a cell at a page break into that cell."""
    for side, at in open_at:
        beyond = word.middle - at if side == "bottom" else at - word.middle
        if 0 <= beyond < 1.5 * word.size:
            for box in boxes:
                across = box[0] <= (word.left + word.right) / 2 <= box[2]
                if across and abs(box[1 if side == "top" else 3] - at) <= _SAME:
                    inside[box].append(word)
                    return True
    return False


# --- text -----------------------------------------------------------------------------------------------


def _lines(words: list[Word]) -> list[list[Word]]:
    """Put words into lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and abs(lines[-1][-1].middle - word.middle) < 0.45 * min(word.size, lines[-1][-1].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _joined(words: list[Word]) -> str:
    """Write a line; a gap that is wider than between signs becomes a space."""
    text = words[0].text
    for before, word in pairwise(words):
        text += " " * _is_apart(before, word) + word.text
    return text


def _is_apart(before: Word, word: Word) -> bool:
    return word.left - before.right > _GAP * word.size


def _line(words: list[Word]) -> dict[str, Any]:
    return {
        "text": _joined(words),
        "left": words[0].left,
        "right": words[-1].right,
        "top": min(word.top for word in words),
        "bottom": max(word.bottom for word in words),
        "size": max(word.size for word in words),
        "gaps": sum(1 for before, word in pairwise(words) if _is_apart(before, word)),
    }


def _cell(box: Box, words: list[Word]) -> dict[str, Any]:
    """Write a cell; a line that leaves no room for the next sign was wrapped, so nothing stands between the two."""
    text = ""
    room = size = 0.0
    for line in _lines(words):
        joined = _joined(line)
        text += " " * (room > size / 2 and text[-1:].isascii() and joined[0].isascii()) + joined
        room, size = box[2] - box[0] - _ROOM - (line[-1].right - line[0].left), line[-1].size
    return {
        "text": text,
        "box": box,
        "full": bool(words) and room < size,
        "first": min((word.top for word in words), default=None),
        "last": max((word.bottom for word in words), default=None),
    }


if __name__ == "__main__":
    main()
