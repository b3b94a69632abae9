"""What the figures say to a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mkdocs_govreport.model import Mention, Number, Verdict

Numbers = Mapping[str, Number | None]

_HUNDRED = 100


def total(paths: Iterable[str], numbers: Numbers) -> Number | None:
    """Return the sum of figures; None where one is blank or absent."""
    result: Number = 0
    for path in paths:
        value = numbers.get(path)
        if value is None:
            return None
        result += value
    return result


def within(value: Number, low: Number | None, high: Number | None) -> bool:
    """Whether a number is in a range."""
    return (low is None or low <= value) and (high is None or value <= high)


def figures_verdict(
    low: Number | None, high: Number | None, readings: Iterable[tuple[str, ...]], numbers: Numbers
) -> Verdict:
    """Judge a number by what its words may mean: it agrees with one reading, or disagrees with all."""
    sums = [total(reading, numbers) for reading in readings]
    if any(value is not None and within(value, low, high) for value in sums):
        return Verdict.AGREES
    return Verdict.UNJUDGED if any(value is None for value in sums) or not sums else Verdict.DISAGREES


def list_verdict(
    low: Number | None, high: Number | None, items: Iterable[Mention], *, partial: bool, bound: Number | None
) -> Verdict:
    """Judge a total by the sum of its items: equal, or not above it where they may be some."""
    items = list(items)
    least = sum((item.low or 0) for item in items)
    most = None if any(item.high is None for item in items) else sum((item.high or 0) for item in items)
    limit = high if bound is None or high is None else max(high, bound)
    too_much = limit is not None and least > limit
    too_little = not partial and low is not None and most is not None and most < low
    return Verdict.DISAGREES if too_much or too_little else Verdict.AGREES


def share_verdict(low: Number | None, high: Number | None, part: Number | None, whole: Number | None) -> Verdict:
    """Judge a percentage by its part and whole."""
    if part is None or not whole:
        return Verdict.UNJUDGED
    return Verdict.AGREES if within(Decimal(part) * _HUNDRED / Decimal(whole), low, high) else Verdict.DISAGREES
