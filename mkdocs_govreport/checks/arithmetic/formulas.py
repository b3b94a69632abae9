"""Equations in words, with both sides worked out."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_govreport.editions import Catalogue, Edition, Equation
from mkdocs_govreport.model import Change, Number, Report, Term, Text

_MANY = 4  # terms from which on zeros are only counted


def formula(equation: Equation, terms: tuple[Term, ...], edition: Edition, year: int | None) -> Text:
    """Write an equation with the value of each term, both sums and their difference."""
    sides = [[term for term in terms if term.side == side] for side in ("left", "right")]
    sums = [side_sum(terms, side) for side in ("left", "right")]
    left, right = (_side(side, total, equation, edition, year) for side, total in zip(sides, sums, strict=True))
    subject = binding_title(equation, edition)
    difference = number(sums[0] - sums[1])
    if not equation.is_sum:
        return Text(
            f"{subject.zh}：{left.zh}，小于{right.zh}，差 {number(sums[1] - sums[0])}",
            f"{subject.en}: {left.en} is less than {right.en}, by {number(sums[1] - sums[0])}",
        )
    return Text(
        f"{subject.zh}：{left.zh}，{right.zh}，相差 {difference}",
        f"{subject.en}: {left.en}, {right.en}; the difference is {difference}",
    )


def side_sum(terms: tuple[Term, ...], side: str) -> Number:
    """Add up the values of one side."""
    total: Number = 0
    for term in terms:
        if term.side == side and term.value is not None:
            total += term.value
    return total


def binding_title(equation: Equation, edition: Edition) -> Text:
    """Name the row, column or block that an equation is about."""
    return Text.join([edition.row_title(equation.part, value) for _, value in equation.binding])


def number(value: Number | None) -> str:
    """Write a figure with thousands separators, as pages and messages do."""
    return "—" if value is None else f"{value:,}"


def change_words(changes: Sequence[Change], report: Report, catalogue: Catalogue) -> Text:
    """Name each figure with what it is and what it should be."""
    texts = []
    for change in changes:
        title = catalogue.edition_of(report, change.path).figure_title(change.path)
        before, after = number(change.before), number(change.after)
        if change.before is None:
            texts.append(Text(f"“{title.zh}”应为 {after}", f"{title.en} should be {after}"))
        else:
            texts.append(Text(f"“{title.zh}” {before} 应为 {after}", f"{title.en}: {before} should be {after}"))
    return Text.join(texts, zh="、", en=", ")


def term_title(term: Term, equation: Equation, edition: Edition, year: int | None) -> Text:
    """Name a term by what the subject of the equation leaves open."""
    bound = {value for _, value in equation.binding}
    part, *keys = term.path.split(".")
    open_keys = [key for key in keys if key not in bound] or keys[-1:]
    title = Text.join([edition.row_title(part, key) for key in open_keys], zh="·", en=" · ")
    if term.year != year:
        return Text(f"{term.year}年{title.zh}", f"{title.en} of {term.year}")
    return title


def _side(side: list[Term], total: Number, equation: Equation, edition: Edition, year: int | None) -> Text:
    shown = side if len(side) <= _MANY else [term for term in side if term.value] or side[:1]
    names = [(term_title(term, equation, edition, year), number(term.value)) for term in shown]
    zh = " ＋ ".join(f"{name.zh} {value}" for name, value in names)
    en = " + ".join(f"{name.en} {value}" for name, value in names)
    hidden = len(side) - len(shown)
    if hidden:
        zh += f"（其余 {hidden} 项为 0）"
        en += f" (the other {hidden} are 0)"
    if len(side) == 1:
        return Text(zh, en)
    gap = "" if hidden else " "
    return Text(f"{zh}{gap}＝ {number(total)}", f"{en} = {number(total)}")
