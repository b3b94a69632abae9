"""Automatic numbering of word processors: numbers that a page shows and that stand nowhere in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

BULLET = "bullet"
DEEPEST = 9
"""Levels that a list may have."""

_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LONGEST_PATTERN = 40
_PLACE = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[、.．。)）:：\]】-]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the `kind` of its numerals, the `pattern` of its labels and where it starts.

    In the pattern `%1` stands for the numeral of the first level, `%2` for that of the second.
    """

    kind: str = "decimal"
    pattern: str = ""
    start: int = 1
    decimals_only: bool = False


@dataclass
class Counter:
    """Where the numbering of a list stands; the levels that have been counted so far."""

    counts: list[int] = field(default_factory=list)

    def label(self, levels: Mapping[int, Level], depth: int) -> str:
        """Count one further paragraph at `depth` (from 0) and return its label; none for a bullet."""
        level = levels.get(depth, Level())
        if depth < len(self.counts):
            del self.counts[depth + 1 :]
            self.counts[depth] += 1
        else:
            self._reach(levels, depth)
        if level.kind == BULLET:
            return ""

        def numeral_at(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            kind = "decimal" if level.decimals_only else levels.get(above, Level()).kind
            return numeral(self.counts[above], kind) if above < len(self.counts) else ""

        return _PLACE.sub(numeral_at, level.pattern[:_LONGEST_PATTERN])

    def restart(self, levels: Mapping[int, Level], depth: int, start: int) -> None:
        """Let the next paragraph at `depth` have the number `start`."""
        self._reach(levels, depth)
        self.counts[depth:] = [start - 1]

    def _reach(self, levels: Mapping[int, Level], depth: int) -> None:
        self.counts += [levels.get(above, Level()).start for above in range(len(self.counts), depth + 1)]


def with_label(label: str, text: str) -> str:
    """Put a label before a text, parted from it where the two would run together."""
    if not label.strip():
        return text
    runs_together = not _CLOSED.search(label.rstrip()) or text[:1].isdigit()
    return f"{label.rstrip()} {text}" if runs_together and text else label.rstrip() + text


def numeral(number: int, kind: str) -> str:
    """Write a number as the numerals of that kind; in decimals where they do not go so far."""
    return _KINDS.get(kind, str)(number) or str(number)


def _chinese(digits: str, units: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return digits[0] if number == 0 else ""
        text = ""
        for unit, digit in zip(("", *units), reversed(str(number)), strict=False):
            if digit != "0":
                text = digits[int(digit)] + unit + text
            elif text and not text.startswith(digits[0]):
                text = digits[0] + text
        return text[1:] if text.startswith("一十") else text

    return write


def _digit_by_digit(number: int) -> str:
    return "".join(("〇" + _DIGITS[1:])[int(digit)] for digit in str(number)) if number >= 0 else ""


def _one_of(numerals: str) -> Callable[[int], str]:
    return lambda number: numerals[number - 1] if 0 < number <= len(numerals) else ""


def _letters(number: int) -> str:
    if not 0 < number <= 26 * 9:
        return ""
    return "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return ""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


_counting = _chinese(_DIGITS, "十百千")
_formal = _chinese(_FORMAL_DIGITS, "拾佰仟")
_circled = _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")

_KINDS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
         "japaneseCounting"),
        _counting,
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _digit_by_digit),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}  # fmt: skip
