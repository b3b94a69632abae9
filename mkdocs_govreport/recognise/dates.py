"""Dates as reports write them, in Arabic or Chinese numerals, in full or in part."""

from __future__ import annotations

import re
from datetime import date

from mkdocs_govreport.recognise.spelling import number_of

_DIGITS = {digit: str(value) for value, digits in enumerate(("〇○零Oo0", *"一二三四五六七八九")) for digit in digits}
_YEAR = re.compile(rf"(?!20\d\d)[二2][〇○零Oo0][{''.join(_DIGITS)}\d]{{2}}(?=年)")
_DAY = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_MONTH = re.compile(r"[一二三四五六七八九十]月[一二三四五六七八九十]")
_DATE = re.compile(r"(?:(?P<year>20\d{2})(?:年|[-./]))?(?P<month>\d{1,2})(?:月|[-./])(?P<day>\d{1,2})日?")
_FULL_DATE = re.compile(r"20\d{2}\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|([-./])\d{1,2}\1\d{1,2}(?!\d))")


def with_arabic_dates(text: str) -> str:
    """Return `text` with its years and dates in Arabic numerals: 二〇二三年 becomes 2023年."""
    text = _YEAR.sub(lambda match: "".join(_DIGITS.get(digit, digit) for digit in match[0]), text)
    return _DAY.sub(_arabic_day, text) if _MONTH.search(text) else text


def _arabic_day(match: re.Match[str]) -> str:
    month, day = (_number(numeral) for numeral in match.groups())
    return f"{month}月{day}日" if month and day else match[0]


def _number(numeral: str) -> int | None:
    try:
        return number_of(numeral)
    except ValueError:
        return None  # 十十, or another that is no numeral


def iso_date(text: str, year: str | None = None) -> str | None:
    """Return the date that `text` begins with as ISO 8601; None where the calendar has no such day.

    `year` stands in for one that the date leaves out, as in 2023年1月1日至12月31日.
    """
    match = _DATE.match(text.replace(" ", ""))
    if not match or not (match["year"] or year):
        return None
    try:
        return date(int(match["year"] or year or 0), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> re.Match[str] | None:
    """Return the first full date in `text`, which has Arabic dates."""
    return _FULL_DATE.search(text)
