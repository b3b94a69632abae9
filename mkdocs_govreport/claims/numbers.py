"""Numbers as prose writes them: Arabic or Chinese, with 万 and 亿, and with words that make a range of them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from mkdocs_govreport.editions import ClaimWording, Numerals
from mkdocs_govreport.model import Number

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
PERCENT = "%"
_MYRIAD = 10000  # from which power on a numeral may follow Arabic digits, and rounds
_SEVERAL = 3  # digits from which on a row of them without a power is a number: 三四件 are three or four


class Amount(NamedTuple):
    """A number of a text: from `low` to `high` in its unit; `written` is what stands there."""

    written: str
    low: Number | None
    high: Number | None
    unit: str

    @property
    def exact(self) -> bool:
        """Whether it is one number and no range."""
        return self.low is not None and self.low == self.high


NO_AMOUNT = Amount("", None, None, "")


class NumberReader:
    """Reads numbers by the wording of a catalogue."""

    def __init__(self, wording: ClaimWording) -> None:
        """Compile the pattern of a number with its hedges and its unit."""
        self._numerals: Numerals = wording.numerals
        hedges = wording.hedges
        before = "|".join(f"(?P<b_{name}>{words})" for name, words in hedges.before.items())
        after = "|".join(f"(?P<a_{name}>{words})" for name, words in hedges.after.items())
        units = "|".join(map(re.escape, wording.units))
        large = self._large = "".join(power for power, value in wording.numerals.powers.items() if value >= _MYRIAD)
        self._money = wording.money
        point = wording.numerals.point
        self._chinese = "".join([*wording.numerals.digits, *wording.numerals.powers])
        more = f"(?P<more>(?:{hedges.more})+)?"
        self.pattern = (
            rf"(?:{'|'.join(hedges.before.values())})?"
            rf"(?:{wording.numerals.percent}(?:{_ARABIC}|[{self._chinese}]+(?:{point}[{self._chinese}]+)?)"
            rf"|{_ARABIC}[{large}]?(?:{hedges.more})*(?:{units}|%)?"
            rf"|[{self._chinese}]+(?:{hedges.more})*(?:{units}))"
            rf"(?:{hedges.more})?(?:{'|'.join(hedges.after.values())})?"
        )
        self._whole = re.compile(
            rf"(?:{before})?(?P<percent>{wording.numerals.percent})?"
            rf"(?P<number>{_ARABIC}[{large}]?|[{self._chinese}]+(?:{point}[{self._chinese}]+)?){more}"
            rf"(?P<unit>{units}|%)?(?P<late>{hedges.more})?(?:{after})?"
        )

        self.read = lru_cache(maxsize=4096)(self._read)
        """Return the number that a text is; None for what is no numeral."""

    def _read(self, text: str) -> Amount | None:
        match = self._whole.fullmatch(text)
        value = self.value(match["number"]) if match else None
        if match is None or value is None:
            return None
        numeral, unit = match["number"], match["unit"] or ""
        kinds = [name for name, found in match.groupdict().items() if found and name[:2] in {"b_", "a_"}]
        hedge = "more" if match["more"] or match["late"] else kinds[0][2:] if kinds else ""
        if match["percent"]:
            unit = PERCENT
        if not hedge and (unit == PERCENT or unit in self._money or numeral[-1] in self._large):
            half = Decimal(self._printed_step(numeral, value)) / 2
            return Amount(text, _plain(value - half), _plain(value + half), unit)
        return Amount(text, *_range(value, _last_step(value), hedge), unit)

    def value(self, text: str) -> Number | None:
        """Return the value of a numeral, Arabic, Chinese or mixed."""
        if text[0].isdecimal():
            digits, power = (
                (text[:-1], self._numerals.powers[text[-1]]) if text[-1] in self._numerals.powers else (text, 1)
            )
            return _plain(Decimal(digits.replace(",", "")) * power)
        whole, point, fraction = text.partition(self._numerals.point)
        number = self._chinese_value(whole)
        if not point or number is None:
            return number
        digits = "".join(str(self._numerals.digits[c]) for c in fraction if c in self._numerals.digits)
        return Decimal(f"{number}.{digits}") if len(digits) == len(fraction) else None

    def _chinese_value(self, text: str) -> int | None:
        digits, powers = self._numerals.digits, self._numerals.powers
        if not any(character in powers for character in text):
            if len(text) > 1 and len(text) < _SEVERAL and digits[text[0]]:
                return None
            return int("".join(str(digits[character]) for character in text))
        total = section = digit = 0
        seen_digit = False
        last = 1
        for character in text:
            if character in digits:
                if seen_digit and digit:
                    return None
                digit, seen_digit = digits[character], True
                last = 1 if not digits[character] else last
                continue
            power = powers[character]
            if power >= _MYRIAD:
                total = (total + section + digit) * power if total + section + digit else power
                section = 0
            else:
                section += (digit if seen_digit and digit else 1) * power
            digit, seen_digit, last = 0, False, power
        return total + section + (digit * (last // 10) if seen_digit and digit and last > 10 else digit)

    def _printed_step(self, text: str, value: Number) -> Number:
        """Return one unit of the last digit that is printed."""
        power = self._numerals.powers.get(text[-1], 1) if text[-1] in self._large else 1
        decimals = len(text.rstrip(self._large).partition(".")[2]) if text[0].isdecimal() else _decimals(value)
        return Decimal(power).scaleb(-decimals)


def _decimals(value: Number) -> int:
    return len(str(value).partition(".")[2])


def _last_step(value: Number) -> Number:
    """Return one unit of the last digit that is not 0."""
    if isinstance(value, Decimal):
        return Decimal(1).scaleb(-_decimals(value))
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _range(value: Number, step: Number, hedge: str) -> tuple[Number | None, Number | None]:
    """Return the bounds that words leave to a number: each reaches one unit of its last digit that is not 0."""
    if hedge == "more":
        return (value, None) if step <= 1 else (value + 1, value + step - 1)
    if hedge == "near":
        return max(value - step, 0), value
    if hedge == "around":
        return max(value - step, 0), value + step
    if hedge == "above":
        return value, None
    if hedge == "below":
        return None, value
    return value, value


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value
