"""Seeing through spelling: one plain form for texts that differ only in how they are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟‘’′″「」『』'", '"'))
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD))
_EVEN = {**_QUOTES, **_UNSEEN}
_UNEVEN = re.compile(f"[{''.join(map(chr, _EVEN))}]")
_NUMERAL = "一二三四五六七八九十"
_ARABIC_STOP = re.compile(r"^(\d{1,2})[、.。,:]\s*(?=\D)")
_CHINESE_STOP = re.compile(rf"^([{_NUMERAL}]{{1,3}})[、.,:]\s*")
_ARABIC_STOP_ANYWHERE = re.compile(r"(?<=\d)[、。:](?=\D)")
_CHINESE_STOP_ANYWHERE = re.compile(rf"(?<=[{_NUMERAL}])[.,:](?=\D)")
_NOTE = re.compile(rf"\((?!单位)(?![{_NUMERAL}]{{1,3}}\))[^()]*\)")
_UNIT = re.compile(r"\(单位:?([^()]+)\)")
_NUMBERING = re.compile(rf"^(?:\([{_NUMERAL}\d]{{1,3}}\)|\d{{1,2}}\.|[{_NUMERAL}]{{1,3}}、)")


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
    """Return `text` in NFKC form; the paragraphs of a report are asked for again and again."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return `text` in NFKC form, without white space, with one style of quotes and of numbering.

    What this changes is spelling only: width, spaces, ㈠ for （一）, “1、” for “1.”.
    """
    text = "".join(normal(text).split())
    if _UNEVEN.search(text):
        text = text.translate(_EVEN)
    if text[:1].isdecimal():
        text = _ARABIC_STOP.sub(r"\1.", text)
    return _CHINESE_STOP.sub(r"\1、", text) if text[:1] in _NUMERAL else text


def spread(text: str) -> tuple[str, list[int], frozenset[int]]:
    """Return `text` in plain form with the place of each of its characters, and the places that follow white space.

    Numbering is put in one style wherever it stands, for a text may hold several labels.
    """
    characters: list[str] = []
    places: list[int] = []
    gaps: set[int] = set()
    for place, character in enumerate(text):
        normal = _INVISIBLE.sub("", unicodedata.normalize("NFKC", character))
        if not normal:
            gaps.add(len(characters))
        characters += normal
        places += [place] * len(normal)
    even = "".join(characters).translate(_QUOTES)
    return _CHINESE_STOP_ANYWHERE.sub("、", _ARABIC_STOP_ANYWHERE.sub(".", even)), places, frozenset(gaps)


def remark_end(text: str, start: int) -> int:
    """Return where the bracketed remark or unit that begins at `start` of a plain text ends; `start` if there is none."""
    found = _NOTE.match(text, start) or _UNIT.match(text, start)
    return found.end() if found else start


def without_notes(text: str) -> str:
    """Drop the bracketed remarks of a plain text, except numbering and units; never all of it."""
    shorter = _NOTE.sub("", text)
    return shorter or text


def without_numbering(text: str) -> str:
    """Drop the numbering at the start of a plain text."""
    return _NUMBERING.sub("", text)


def unit_in(text: str) -> str | None:
    """Return the unit that a plain label states, as in 本年收费金额(单位:万元)."""
    match = _UNIT.search(text)
    return match[1] if match else None


def without_unit(text: str) -> str:
    """Drop the unit that a plain label states."""
    return _UNIT.sub("", text)


def ordinal(text: str) -> int | None:
    """Return the number that a plain heading begins with in Chinese numerals (一、 or 第一部分)."""
    match = re.match(rf"^(?:第([{_NUMERAL}]{{1,3}})部分[、:.]?|([{_NUMERAL}]{{1,3}})、)", text)
    numeral = match and (match[1] or match[2])
    return number_of(numeral) if numeral else None


def number_of(numeral: str) -> int | None:
    """Return the number below 100 that a Chinese numeral is; None for digits that only follow one another."""
    if "十" in numeral:
        tens, _, units = numeral.partition("十")
        return (_NUMERAL.index(tens) + 1 if tens else 1) * 10 + (_NUMERAL.index(units) + 1 if units else 0)
    return _NUMERAL.index(numeral) + 1 if len(numeral) == 1 else None
