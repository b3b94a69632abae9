"""What a value cell says: a number with its unit and remark, a blank, or neither."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from mkdocs_govreport.editions import Unit, Wording
from mkdocs_govreport.model import Number

_NUMBER = re.compile(
    r"^(?P<number>[-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*"
    r"(?P<unit>[^\s\d(),.]{1,6})?\s*(?:\((?P<note>.*)\))?$"
)
# The number of a footnote right behind a figure; NFKC would make it a digit of the figure.
_RAISED = re.compile(r"(?<=\d)\s*([\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u2473\u24ea-\u24ff\u2776-\u2793]+)\s*$")
_NOTED_BLANK = re.compile(r"^(?P<blank>[^\s\d()]{1,3})\s*\((?P<note>.*)\)$")
_MAY_BE_NOTED = re.compile(r"\s*\S{1,40}\s*[(（]")
_GLUED = re.compile(r"^(?=.*\d)[-/\u2212\d][-/\u2212\d,.\s]*[-/\u2212\d]$")
_MARKS = frozenset("-/\u2212\uff0d\uff0f")
_LONGEST = 200  # of a value without a remark
_WORDS = re.compile("[\u4e00-\u9fff]{4}")  # more than may stand before the remark of a blank


@dataclass(frozen=True, slots=True)
class Value:
    """A value cell that was understood: `number` is None for a blank, also for one with a remark; `unit` where the cell names one."""

    number: Number | None
    unit: Unit | None = None
    note: str | None = None


class ValueReader:
    """Reads value cells by the wording of published reports."""

    def __init__(self, wording: Wording) -> None:
        """Index the markers of blanks and the names of units."""
        self._blanks = wording.blanks
        self._longest_blank = max(map(len, wording.blanks), default=0)
        self._units = {name: unit for unit in wording.units.values() for name in unit.names}
        self._simplified = wording.characters.simplified
        self._memory: dict[str, Value | None] = {}

    def read(self, text: str) -> Value | None:
        """Read a cell; None when it is neither a number nor a blank."""
        try:
            return self._memory[text]
        except KeyError:
            value = self._read(text)
            if len(self._memory) < 20_000:
                self._memory[text] = value
            return value

    def is_glued(self, text: str) -> bool:
        """Whether a text that is no value is digits and marks alone, as of several cells written together."""
        begins = text[:1].isdigit() or text[:1] in _MARKS  # most texts are told apart by this
        return (
            begins and len(text) <= _LONGEST and _GLUED.match(unicodedata.normalize("NFKC", text).strip()) is not None
        )

    def unit(self, name: str) -> Unit | None:
        """Return the unit of that name."""
        return self._units.get(name)

    def _read(self, text: str) -> Value | None:
        if len(text) > self._longest_blank and _WORDS.match(text):
            return None  # most labels and all prose
        if len(text) > _LONGEST and not _MAY_BE_NOTED.match(text):
            return None
        if not text.isascii():
            text = _RAISED.sub(r"（\1）", text)
        normal = unicodedata.normalize("NFKC", text).strip()
        if self._simplified(normal) in self._blanks or text.strip() in self._blanks:
            return Value(None)
        match = _NUMBER.match(normal)
        if not match:
            noted = _NOTED_BLANK.match(normal)
            return Value(None, None, _note(text)) if noted and noted["blank"] in self._blanks else None
        unit = None
        if match["unit"]:
            unit = self._units.get(self._simplified(match["unit"]))
            if unit is None:
                return None
        return Value(to_number(match["number"]), unit, _note(text) if match["note"] is not None else None)


def _note(text: str) -> str:
    """Return the remark in brackets as it is written, with its own punctuation."""
    start = min(position for position in (text.find("("), text.find("（")) if position >= 0)
    return text[start + 1 :].strip().removesuffix(")").removesuffix("）").strip()


def to_number(text: str) -> Number:
    """Turn digits with thousands marks and decimals into a number; a whole one is an int."""
    number = Decimal(text.replace(",", "").replace("\u2212", "-"))
    return int(number) if number == number.to_integral_value() else number
