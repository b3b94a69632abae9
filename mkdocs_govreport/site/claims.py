"""The numbers of the prose as a report's page shows them: marked where they stand, and listed with what the tables have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mkdocs_govreport.checks import percentage, phrase_of
from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.claims import SHARE
from mkdocs_govreport.claims.judge import total, within
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Claim, Mention, Report, Verdict

_SYMBOLS = {Verdict.AGREES: "✓", Verdict.DISAGREES: "✗", Verdict.UNJUDGED: "?"}
# Private characters stand for the marks while Markdown is converted and made harmless; those of a report are dropped.
_BEGIN, _END, _FIRST = "\ue010", "\ue011", 0xE100
_MOST = 0xF8FF - _FIRST
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MARK = re.compile(f"([{_BEGIN}{_END}])([{chr(_FIRST)}-\uf8ff])")
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")


@dataclass(frozen=True, slots=True)
class CellView:
    """A figure of a table: what it is, its value, and the address of its cell."""

    title: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim: the passage, the figures with what they make, and what these say to it.

    `anchor` is its id in the list, `place` that of its mark in the prose.
    """

    number: int
    anchor: str
    place: str
    kind: str
    symbol: str
    verdict: str
    phrase: str
    cells: tuple[CellView, ...]
    sum: str
    zeros: int


def claim_views(claims: Sequence[Claim], report: Report, catalogue: Catalogue, messages: Messages) -> list[ClaimView]:
    """Make the claims of a report, in the order of its text."""
    return [_view(index, claim, report, catalogue, messages) for index, claim in enumerate(claims[:_MOST], 1)]


def _view(index: int, claim: Claim, report: Report, catalogue: Catalogue, messages: Messages) -> ClaimView:
    cells, sum_, zeros = _sides(claim, report, catalogue, messages)
    return ClaimView(
        number=index,
        anchor=f"claim-{index}",
        place=f"said-{index}",
        kind=claim.verdict.value,
        symbol=_SYMBOLS[claim.verdict],
        verdict=messages(f"claim-{claim.verdict}"),
        phrase=phrase_of(claim, report),
        cells=cells,
        sum=sum_,
        zeros=zeros,
    )


def _sides(
    claim: Claim, report: Report, catalogue: Catalogue, messages: Messages
) -> tuple[tuple[CellView, ...], str, int]:
    """Return the figures that a claim is judged by, what they make, and how many of them are 0 and not shown."""
    if claim.readings:
        reading = _meant(claim, report)
        cells = _cells(reading, report, catalogue, messages)
        result = total(reading, numbers_of(report))
        return cells, f"＝ {number(result)}" if len(cells) > 1 else "", len(reading) - len(cells)
    paths = [path for item in claim.items for path in item.paths]
    cells = _cells(tuple(dict.fromkeys(paths)), report, catalogue, messages)
    values = [_written(item) for item in claim.items]
    if claim.rule == SHARE:
        part, whole = claim.items
        decimals = len(claim.raw.partition(".")[2].rstrip("%"))
        return cells, f"{values[0]} ÷ {values[1]} ＝ {percentage(part.low, whole.low, decimals + 1)}", 0
    added = " ＋ ".join(values)
    if len(values) > 1 and all(item.low == item.high for item in claim.items):
        added += f" ＝ {number(sum((item.low or 0) for item in claim.items))}"
    return (
        cells,
        f"{added} ≤ {claim.raw}" if claim.partial and claim.verdict is Verdict.AGREES and not _whole(claim) else added,
        0,
    )


def _whole(claim: Claim) -> bool:
    return sum((item.low or 0) for item in claim.items) == claim.high


def _meant(claim: Claim, report: Report) -> tuple[str, ...]:
    """Return the reading that agrees, else the likeliest."""
    numbers = numbers_of(report)
    sums = [(reading, total(reading, numbers)) for reading in claim.readings]
    fitting = [reading for reading, value in sums if value is not None and within(value, claim.low, claim.high)]
    return (fitting or [claim.readings[0]])[0]


def _written(mention: Mention) -> str:
    return number(mention.low) if mention.low == mention.high else mention.raw


def _cells(paths: tuple[str, ...], report: Report, catalogue: Catalogue, messages: Messages) -> tuple[CellView, ...]:
    numbers = numbers_of(report)
    shown = [path for path in paths if numbers.get(path)] or list(paths[:1])
    return tuple(
        CellView(
            catalogue.edition_of(report, path).figure_title(path).into(messages.language),
            number(numbers.get(path)),
            f"#{path}" if path in numbers else "",
        )
        for path in shown
    )


def with_places(text: str, part: str, claims: Sequence[Claim]) -> str:
    """Return the Markdown of a part with private characters where its claims begin and end."""
    marks: list[tuple[int, int, int, str]] = []
    for index, claim in enumerate(claims[:_MOST]):
        if claim.part == part:
            sign = chr(_FIRST + index)
            if claim.readings:
                marks.append((claim.start, 1, index, _BEGIN + sign))
            marks.append((claim.end, 0, 0 if claim.readings else 1, _END + sign))
    pieces = []
    last = 0
    for place, _, _, mark in sorted(marks):
        pieces += [_PRIVATE.sub("", text[last:place]), mark]
        last = place
    return "".join([*pieces, _PRIVATE.sub("", text[last:])])


def without_marks(html: str) -> str:
    """Return prose without the private characters of marks, for the search index."""
    return _PRIVATE.sub("", html)


def with_marks(html: str, views: Sequence[ClaimView]) -> str:
    """Put the marks of claims into converted prose: a link to the cell, and the number of the claim in the list.

    Where elements begin or end within a passage, or it stands in a link, it has its number alone.
    """
    pieces: list[str] = []
    last = 0
    begins: dict[str, int] = {}
    for match in _MARK.finditer(html):
        pieces.append(html[last : match.start()])
        last = match.end()
        index = ord(match[2]) - _FIRST
        if index >= len(views):
            continue
        if match[1] == _BEGIN:
            begins[match[2]] = len(pieces)
            pieces.append("")
            continue
        view = views[index]
        begin = begins.get(match[2])
        linked = begin is not None and _is_whole("".join(pieces[begin:])) and not _in_link("".join(pieces[:begin]))
        if linked and begin is not None:
            address = view.cells[0].address if len(view.cells) == 1 and view.cells[0].address else f"#{view.anchor}"
            pieces[begin] = (
                f'<a class="gr-claim gr-{view.kind}" href="{escape(address)}" title="{escape(_title(view))}">'
            )
            pieces.append("</a>")
        pieces.append(_note(view, linked=not _in_link("".join(pieces))))
    return _PRIVATE.sub("", "".join([*pieces, html[last:]]))


def _title(view: ClaimView) -> str:
    cells = " ＋ ".join(f"{cell.title} {cell.value}" for cell in view.cells)
    return f"{view.verdict}：{cells} {view.sum}".strip()


def _note(view: ClaimView, *, linked: bool) -> str:
    text = f"{view.symbol}{view.number}"
    if linked:
        label = escape(f"{view.number} {view.verdict}")
        text = f'<a id="{view.place}" href="#{view.anchor}" aria-label="{label}">{text}</a>'
    return f'<sup class="gr-said gr-{view.kind}">{text}</sup>'


def _is_whole(html: str) -> bool:
    """Whether no element begins or ends in a piece of HTML without its other end, and no link is in it."""
    open_: list[str] = []
    for closing, name in _TAG.findall(html):
        if name in {"a", "p", "li", "td", "th", "tr"}:
            return False
        if name == "br":
            continue
        if not closing:
            open_.append(name)
        elif not open_ or open_.pop() != name:
            return False
    return not open_


def _in_link(html: str) -> bool:
    return html.count("<a ") > html.count("</a>")
