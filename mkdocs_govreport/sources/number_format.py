"""What a spreadsheet shows for a number: the number, or the date or share that its format makes of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # ids that programs build in
_SHARES = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_PRECISION = 15  # decimal digits that spreadsheets compute with; what follows is noise of the binary fraction
_LARGEST = 10**30


class Shape(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    DATE = auto()
    SHARE = auto()


def shape_of(identifier: int, code: str | None) -> Shape:
    """Tell what the format of that id, or of that code where a file defines it, makes of a number."""
    if code is None:
        return Shape.DATE if identifier in _DATES else Shape.SHARE if identifier in _SHARES else Shape.NUMBER
    bare = _QUOTED.sub("", code.split(";")[0])
    if "general" in bare.lower():
        return Shape.NUMBER
    return Shape.DATE if _DATE_LETTERS.search(bare) else Shape.SHARE if "%" in bare else Shape.NUMBER


def number_text(stored: str, shape: Shape = Shape.NUMBER, *, from_1904: bool = False) -> str:
    """Write a stored number as its format shows it; text that is no number stays as it is.

    The digits are those that the program computes with: 59237.244899999998 is 59237.2449.
    """
    try:
        value = Decimal(f"{Decimal(stored):.{_PRECISION}g}")
    except (InvalidOperation, ValueError):
        return stored
    if not value.is_finite() or abs(value) >= _LARGEST:
        return stored
    if shape is Shape.DATE:
        return _date(value, from_1904=from_1904) or stored
    return f"{_plain(value * 100)}%" if shape is Shape.SHARE else _plain(value)


def _plain(value: Decimal) -> str:
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: Decimal, *, from_1904: bool) -> str | None:
    """Write a number of days as a date; a 29 February 1900 that never was counts as one of them."""
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 61 else 31)
    try:
        moment = first + timedelta(days=float(value))
    except OverflowError:
        return None
    return f"{moment:%Y-%m-%d}" if value == value.to_integral_value() else f"{moment:%Y-%m-%d %H:%M}"
