"""From a report to claims: sentence by sentence, each number and each word for none once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from mkdocs_govreport.claims.binding import Binder
from mkdocs_govreport.claims.found import Context, Found
from mkdocs_govreport.claims.judge import figures_verdict, list_verdict, share_verdict, total
from mkdocs_govreport.claims.lexer import Lexer, Token
from mkdocs_govreport.claims.lists import FoundList, ListReader, told_as_list
from mkdocs_govreport.claims.nothing import NothingReader
from mkdocs_govreport.claims.passages import Passage, passages
from mkdocs_govreport.claims.shares import FoundShare, ShareReader
from mkdocs_govreport.editions import Catalogue, Edition
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Claim, Mention, Number, Report, Verdict

FIGURE, NONE, LIST, SHARE = "claimed-figure", "claimed-none", "claimed-list", "claimed-share"


def read_claims(report: Report, catalogue: Catalogue) -> tuple[Claim, ...]:
    """Return the claims of a report in the order of its parts and of where they end, judged by its figures."""
    if not catalogue.editions[report.edition].phrases.subjects:
        return ()
    return claim_reader(catalogue, report.edition).read(report)


@lru_cache(maxsize=16)
def claim_reader(catalogue: Catalogue, edition: str) -> ClaimReader:
    """Return the reader for the reports of an edition."""
    return ClaimReader(catalogue, catalogue.editions[edition])


class ClaimReader:
    """Reads the claims of reports of one edition."""

    def __init__(self, catalogue: Catalogue, edition: Edition) -> None:
        """Compile the phrases once."""
        wording = catalogue.wording.claims
        self._catalogue = catalogue
        self._edition = edition
        self._wording = wording
        self._lexer = Lexer(edition.phrases, wording)
        self._binder = Binder(edition.phrases, wording)
        self._nothing = NothingReader(edition.phrases, wording, self._binder)
        self._lists = ListReader(wording, self._lexer.numbers)
        self._shares = ShareReader(edition.phrases, wording)

    def read(self, report: Report) -> tuple[Claim, ...]:
        """Return the claims of a report."""
        numbers = numbers_of(report)
        claims: list[Claim] = []
        for part, text in report.narrative.items():
            context = Context(part, report.year)
            for passage in passages(text, self._catalogue, self._lexer.worth):
                topical = bool(
                    self._wording.places.topic.search(passage.text)
                    or self._wording.places.topic.search(passage.heading)
                )
                context.enter(passage, self._edition.phrases, on_topic=topical)
                claims += sorted(
                    _Passage(self, passage, context, numbers).claims(), key=lambda claim: (claim.end, -claim.start)
                )
        return tuple(claims)

    def found(self, passage: Passage, tokens: Sequence[Token], context: Context) -> list[Found]:
        """Return the figures that a sentence tells, and those that it says there were none of."""
        before = replace(context, forbidden=set(context.forbidden))
        told = self._binder.bind(passage, tokens, context)
        none = self._nothing.read(passage, tokens, before)
        apart = [one for one in none if all(one.end <= other.start or other.end <= one.start for other in told)]
        return sorted([*told, *apart], key=lambda one: one.start)


class _Passage:
    """The claims of one sentence."""

    def __init__(
        self, reader: ClaimReader, passage: Passage, context: Context, numbers: Mapping[str, Number | None]
    ) -> None:
        self._reader = reader
        self._passage = passage
        self._context = context
        self._numbers = numbers

    def claims(self) -> Iterator[Claim]:
        passage, reader = self._passage, self._reader
        if reader._wording.places.plans.search(passage.text):
            return
        tokens = reader._lexer.tokens(passage.text)
        found = reader.found(passage, tokens, self._context)
        by_number = {one.token.start: one for one in found if one.token}
        for one in found:
            yield self._figure(one)
        heads = set()
        for listed in reader._lists.read(passage.text, tokens):
            heads.add(listed.total.start)
            yield self._list(listed, by_number)
        for head, items in told_as_list(found, passage.text):
            claim = self._told(head, items)
            if claim and head.token and head.token.start not in heads:
                yield claim
        for share in reader._shares.read(passage.text, tokens, found):
            judged = self._share(share)
            if judged:
                yield judged

    def _figure(self, one: Found) -> Claim:
        amount = one.token.amount if one.token else None
        low, high = (amount.low, amount.high) if amount else (0, 0)
        unit = amount.unit if amount else ""
        low, high = (self._in_unit(value, unit, one.readings[0][0]) for value in (low, high))
        sums = [total(reading, self._numbers) for reading in one.readings]
        empty = high == 0 or (all(value == 0 for value in sums) and (low or 0) > 0)
        raw = self._raw(one.token) if one.token else ""
        verdict = figures_verdict(low, high, one.readings, self._numbers)
        return self._claim(NONE if empty else FIGURE, one.start, one.end, raw, (low, high), verdict, one.readings)

    def _in_unit(self, value: Number | None, unit: str, path: str) -> Number | None:
        """Return an amount of money in the unit of the figure that it is."""
        money = self._reader._wording.money
        if value is None or unit not in money:
            return value
        part, figure = path.split(".", 1)
        own = self._reader._catalogue.wording.units[self._reader._edition.layouts[part].unit(figure)]
        amount = Decimal(value) * money[unit] / own.factor
        return int(amount) if amount == amount.to_integral_value() else amount

    def _list(self, found: FoundList, bound: Mapping[int, Found]) -> Claim:
        head = bound.get(found.total.start)
        items = tuple(self._mention(item) for item in found.items)
        amount = found.total.amount
        limit = self._largest(head.readings) if head else None
        items = self._first_that_add_up(items, amount.low, amount.high)
        verdict = list_verdict(amount.low, amount.high, items, partial=found.partial, bound=limit)
        return self._claim(
            LIST, found.start, found.end, self._raw(found.total), (amount.low, amount.high), verdict, (), items,
            partial=found.partial, bound=limit,
        )  # fmt: skip

    def _first_that_add_up(
        self, items: tuple[Mention, ...], low: Number | None, high: Number | None
    ) -> tuple[Mention, ...]:
        """Leave out what follows items that make up the total: another way to part the same total begins there."""
        running: Number = 0
        for count, item in enumerate(items, 1):
            if item.low is None or item.low != item.high:
                return items
            running += item.low
            if running and low == high == running and count > 1:
                return items[:count]
        return items

    def _told(self, head: Found, items: Sequence[Found]) -> Claim | None:
        """Return a list that does not say that it is one; only that it adds up tells that it is."""
        amount = head.token.amount if head.token else None
        if amount is None or head.token is None or not amount.exact:
            return None
        mentions = self._first_that_add_up(
            tuple(self._mention(item.token) for item in items if item.token), amount.low, amount.high
        )
        if len(mentions) < 2 or sum((mention.low or 0) for mention in mentions) != amount.low:
            return None
        end = items[len(mentions) - 1].end
        return self._claim(
            LIST, head.token.start, end, self._raw(head.token), (amount.low, amount.high), Verdict.AGREES, (), mentions
        )

    def _share(self, found: FoundShare) -> Claim | None:
        amount = found.token.amount
        if found.part is not None:
            part = self._mention(found.part)
            if part.low is None or part.low != part.high:
                return None
            parts = [part]
        else:
            readings = found.figure.readings if found.figure else ()
            parts = [Mention("", value, value, reading) for reading, value in self._sums(readings)]
        wholes = [self._mention(number) for number in found.numbers]
        wholes += [
            Mention("", value, value, reading)
            for figure in found.figures
            for reading, value in self._sums(figure.readings)
        ]
        pairs = [(p, w) for p in parts for w in wholes if p.low is not None and w.low and w.low >= p.low]
        if not pairs:
            return None
        verdicts = [share_verdict(amount.low, amount.high, p.low, w.low) for p, w in pairs]
        best = verdicts.index(Verdict.AGREES) if Verdict.AGREES in verdicts else 0
        return self._claim(
            SHARE,
            found.start,
            found.end,
            self._raw(found.token),
            (amount.low, amount.high),
            verdicts[best],
            (),
            pairs[best],
        )

    def _sums(self, readings: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], Number]]:
        for reading in readings:
            value = total(reading, self._numbers)
            if value is not None:
                yield reading, value

    def _largest(self, readings: Sequence[tuple[str, ...]]) -> Number | None:
        return max((value for _, value in self._sums(readings)), default=None)

    def _mention(self, token: Token) -> Mention:
        return Mention(self._raw(token), token.amount.low, token.amount.high)

    def _raw(self, token: Token) -> str:
        return self._passage.text[token.start : token.end]

    def _claim(
        self,
        rule: str,
        start: int,
        end: int,
        raw: str,
        bounds: tuple[Number | None, Number | None],
        verdict: Verdict,
        readings: tuple[tuple[str, ...], ...],
        items: tuple[Mention, ...] = (),
        *,
        partial: bool = False,
        bound: Number | None = None,
    ) -> Claim:
        place = self._passage.span(start, end)
        return Claim(
            rule, self._context.part, *place, raw, *bounds, readings, verdict, items, partial=partial, bound=bound
        )
