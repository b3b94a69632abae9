"""Claims that disagree, as findings: the phrase, what the table has and where, both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.checks.findings import Findings, place_text
from mkdocs_govreport.claims import LIST
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Claim, Mention, Number, Origin, Report, Severity, Term, Text, Verdict

PlaceOf = Callable[[Claim], Origin]

_LONGEST_PHRASE = 60
_SHOWN_READINGS = 2
_HUNDRED = 100


def check_claims(
    claims: Iterable[Claim], report: Report, catalogue: Catalogue, findings: Findings, place_of: PlaceOf
) -> None:
    """Report the claims that disagree; `place_of` tells where the source has a claim."""
    for claim in claims:
        if claim.verdict is not Verdict.DISAGREES or findings.severity(claim.rule) is Severity.OFF:
            continue
        phrase = phrase_of(claim, report)
        if claim.readings:
            _figures(claim, phrase, report, catalogue, findings, place_of(claim))
        elif claim.rule == LIST:
            _list(claim, phrase, findings, place_of(claim))
        else:
            _share(claim, phrase, report, catalogue, findings, place_of(claim))


def phrase_of(claim: Claim, report: Report) -> str:
    """Return the passage of a claim as it is written, on one line and without the marks of Markdown."""
    text = "".join(report.narrative[claim.part][claim.start : claim.end].replace("\\", "").replace("*", "").split())
    return text if len(text) <= _LONGEST_PHRASE else f"{text[:_LONGEST_PHRASE]}…"


def reading_text(reading: tuple[str, ...], report: Report, catalogue: Catalogue, *, places: bool = False) -> Text:
    """Write a sum of figures with its value; of many figures only those that are not 0."""
    numbers = numbers_of(report)
    shown = [path for path in reading if numbers.get(path)] or list(reading[:1])
    terms = []
    for path in shown:
        title = catalogue.edition_of(report, path).figure_title(path)
        place = place_text(report.figures[path].origin) if places and path in report.figures else Text("", "")
        at = Text(
            f"（{place.zh.strip('（）')}）" if place.zh else "", f" ({place.en.strip(' ()')})" if place.en else ""
        )
        value = number(numbers.get(path))
        terms.append(Text(f"{title.zh} {value}{at.zh}", f"{title.en} {value}{at.en}"))
    text = Text.join(terms, zh=" ＋ ", en=" + ")
    if len(shown) == 1:
        return text
    sum_of_all = number(sum(numbers.get(path) or 0 for path in reading))
    return Text(f"{text.zh} ＝ {sum_of_all}", f"{text.en} = {sum_of_all}")


def _figures(
    claim: Claim, phrase: str, report: Report, catalogue: Catalogue, findings: Findings, origin: Origin
) -> None:
    readings = [reading_text(r, report, catalogue, places=True) for r in claim.readings[:_SHOWN_READINGS]]
    paths = tuple(dict.fromkeys(path for reading in claim.readings for path in reading))
    findings.add(claim.rule, origin, paths, phrase=phrase, figures=Text.join(readings, zh="，或者", en=", or "))
    likeliest = claim.readings[0]
    terms = tuple(
        Term(
            path,
            catalogue.edition_of(report, path).figure_title(path),
            "left",
            figure.value,
            report.year,
            figure.origin,
        )
        for path in likeliest
        if (figure := report.figures.get(path))
    )
    expected = sum((term.value or 0) for term in terms)
    actual = claim.low if claim.low == claim.high else claim.raw
    difference = expected - actual if isinstance(actual, int | Decimal) else None
    findings.items[-1] = replace(
        findings.items[-1], terms=terms, expected=expected, actual=actual, imbalance=difference
    )


def _list(claim: Claim, phrase: str, findings: Findings, origin: Origin) -> None:
    items = sum((item.low or 0) for item in claim.items)
    written = " ＋ ".join(number(item.low) if item.low == item.high else item.raw for item in claim.items)
    total = f"{written} ＝ {number(items)}" if len(claim.items) > 1 else number(items)
    findings.add(claim.rule, origin, (), phrase=phrase, sum=total, total=claim.raw)
    exact = claim.low if claim.low == claim.high else None
    findings.items[-1] = replace(
        findings.items[-1], expected=items, actual=claim.raw if exact is None else exact,
        imbalance=None if exact is None else items - exact,
    )  # fmt: skip


def _share(claim: Claim, phrase: str, report: Report, catalogue: Catalogue, findings: Findings, origin: Origin) -> None:
    part, whole = claim.items
    decimals = len(claim.raw.partition(".")[2].rstrip("%"))
    actual = percentage(part.low, whole.low, decimals + 1)
    values = [_mention_text(mention, report, catalogue) for mention in claim.items]
    paths = tuple(dict.fromkeys(path for mention in claim.items for path in mention.paths))
    findings.add(
        claim.rule, origin, paths, phrase=phrase, part=values[0], whole=values[1], actual=actual, share=claim.raw
    )
    findings.items[-1] = replace(findings.items[-1], expected=actual, actual=claim.raw)


def percentage(part: Number | None, whole: Number | None, decimals: int) -> str:
    """Write what share of a whole a part is."""
    return f"{Decimal(part or 0) * _HUNDRED / Decimal(whole or 1):.{decimals}f}%"


def _mention_text(mention: Mention, report: Report, catalogue: Catalogue) -> Text:
    return reading_text(mention.paths, report, catalogue) if mention.paths else Text(mention.raw, mention.raw)
