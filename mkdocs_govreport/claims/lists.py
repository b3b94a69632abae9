"""Lists with their total: 共 N 条，其中 a、b、c."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mkdocs_govreport.claims.found import Found
from mkdocs_govreport.claims.lexer import Kind, Token
from mkdocs_govreport.claims.numbers import NumberReader
from mkdocs_govreport.editions import ClaimWording

_OPENING = re.compile(r"[,，;:、(]?")
_PARTING = re.compile(r"[,，、;)]")
_WEIGHT = {"、": 0, ",": 1, "，": 1, ";": 2, ")": 3}
_BRACKET = re.compile(r"\([^()]*\)")
_COLON = re.compile(r"[:]")
_FEWEST = 2  # items of a list that claims to be whole


class FoundList(NamedTuple):
    """A total with the items of its list; `partial` where the items may be some of what was counted."""

    start: int
    end: int
    total: Token
    items: tuple[Token, ...]
    partial: bool


class ListReader:
    """Finds lists with totals in sentences."""

    def __init__(self, wording: ClaimWording, numbers: NumberReader) -> None:
        """Compile what opens a list."""
        self._numbers = numbers
        self._wording = wording
        self._some = re.compile(wording.lists.some)
        self._whole = re.compile(wording.lists.whole)

    def read(self, text: str, tokens: Sequence[Token]) -> Iterator[FoundList]:
        """Yield the lists of a sentence."""
        numbers = [token for token in tokens if token.kind is Kind.NUMBER and token.amount.unit]
        forbidden = [token for token in tokens if token.kind in {Kind.COMPARED, Kind.EACH}]
        for number in numbers:
            opened = self._opened(text, number)
            if opened is None:
                continue
            start, partial = opened
            items, end, whole = self._items(text, number, numbers, start)
            if any(number.start < token.start < end for token in forbidden if token.kind is Kind.COMPARED):
                continue
            bare = not partial and text[start - 1] == ":" and start - 1 == number.end
            if items and (partial or (len(items) >= _FEWEST and (whole or not bare))):
                yield FoundList(number.start, items[-1].end, number, tuple(items), partial or not whole)
        yield from self._summed(text, numbers)

    def _opened(self, text: str, number: Token) -> tuple[int, bool] | None:
        """Return where the items of a list begin, and whether the words leave open that there are more."""
        opening = _OPENING.match(text, number.end)
        position = opening.end() if opening else number.end
        for pattern, partial in ((self._whole, False), (self._some, True)):
            match = pattern.match(text, position)
            if match:
                colon = _COLON.match(text, match.end())
                return (colon.end() if colon else match.end()), partial
        if _COLON.match(text, number.end):
            return number.end + 1, False
        return None

    def _items(self, text: str, total: Token, numbers: Sequence[Token], start: int) -> tuple[list[Token], int, bool]:
        """Return the items from `start`, where they end, and whether nothing was left out up to the end of the sentence."""
        items: list[Token] = []
        by_start = {token.start: token for token in numbers}
        position = begin = start
        weight = 3 if text[start - 1] == ":" else 2
        unit = total.amount.unit
        while position < len(text):
            stop = _next_stop(text, position)
            label_and_number = text[begin:stop]
            inside = [by_start[place] for place in range(position, stop) if place in by_start]
            if (
                len(label_and_number) > self._wording.lists.longest_item
                or (items and self._wording.lists.another.match(label_and_number))
                or (begin != start and self._some.match(label_and_number))
            ):
                return items, begin, False
            if not inside:
                if text[stop : stop + 1] != "、":
                    return items, begin, stop >= len(text) and not label_and_number
                position = stop + 1
                continue
            item = inside[0]
            rest = text[item.end : stop]
            if len(inside) > 1 or item.amount.unit != unit or item.start == begin:
                return items, begin, False
            if rest:
                ends = rest.startswith(("。", "!", "?"))
                items.append(item)
                return items, item.end, ends
            items.append(item)
            if stop < len(text) and _WEIGHT[text[stop]] >= weight + (len(items) > 1):
                return items, item.end, False
            weight = min(weight, _WEIGHT[text[stop]]) if stop < len(text) else weight
            position = begin = stop + 1
            bracket = _BRACKET.match(text, item.end)
            if bracket:
                position = begin = bracket.end() + 1
        return items, len(text), True

    def _summed(self, text: str, numbers: Sequence[Token]) -> Iterator[FoundList]:
        """Yield sums that follow their terms: a、b，两项合计 N."""
        for index, number in enumerate(numbers):
            match = self._wording.lists.several.search(text[: number.start])
            if not match:
                continue
            count = int(self._numbers.value(match["count"]) or 0)
            terms = [term for term in numbers[:index] if term.end <= match.start()][-count:]
            gap = text[terms[-1].end : match.start()] if terms else "-"
            same = all(t.amount.unit == number.amount.unit for t in terms)
            if len(terms) == count and same and gap in {",", "，", "、", ""}:
                yield FoundList(terms[0].start, number.end, number, tuple(terms), partial=False)


def _next_stop(text: str, position: int) -> int:
    depth = 0
    for place in range(position, len(text)):
        character = text[place]
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif not depth and _PARTING.match(character):
            return place
    return len(text)


def told_as_list(found: Sequence[Found], text: str) -> Iterator[tuple[Found, list[Found]]]:
    """Yield figures that a sentence lists after their whole without saying so: 收到 13 件，公开 10 件，结转 3 件."""
    for index, head in enumerate(found):
        if head.token is None or head.figures[0].adds:
            continue
        items = []
        end = head.end
        for one in found[index + 1 :]:
            if one.token is None or text[end : one.start] not in {",", "，", "、", ";"}:
                break
            if not (one.figures[0].adds or one.figures[0].alone):
                break
            items.append(one)
            end = one.end
        if len(items) >= _FEWEST:
            yield head, items
