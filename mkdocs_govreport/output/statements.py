"""Equations of rules in words, as rows and columns are called, and as a finding would put them."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_govreport.checks.arithmetic.formulas import formula
from mkdocs_govreport.editions import Catalogue, Edition, Equation, Operand, Relation, Rule, Scope
from mkdocs_govreport.model import Term, Text

_ITSELF = Text("同一格的数", "figure of the same cell")
_OF = {
    Scope.REPORT: Text("{title}", "{title}"),
    Scope.PREVIOUS: Text("上年的{title}", "last year's {title}"),
    Scope.MEMBERS: Text("各下级单位的{title}之和", "the members' {title} together"),
}
_STANDS = {Relation.EQUAL: Text(" ＝ ", " = "), Relation.AT_LEAST: Text(" ≥ ", " ≥ ")}

_Each = tuple[tuple[Text, ...], ...]
"""The titles of the members of each set for whose members an equation is stated."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An equation in words: `sides` as sums, stated for each of the rows and columns in `each`, which differ by edition."""

    sides: Text
    each: tuple[tuple[tuple[Edition, ...], _Each], ...]

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions in which it reads so."""
        return tuple(edition for editions, _ in self.each for edition in editions)


def statements(rule: Rule, catalogue: Catalogue) -> tuple[Statement, ...]:
    """State the equation of a rule, once for the editions in which it reads the same."""
    found: dict[Text, dict[_Each, list[Edition]]] = {}
    for edition in catalogue.editions.values():
        equations = [equation for equation in edition.equations if equation.rule == rule.name]
        if equations:
            sides, each = _stated(equations, edition)
            found.setdefault(sides, {}).setdefault(each, []).append(edition)
    return tuple(
        Statement(sides, tuple((tuple(editions), each) for each, editions in by_each.items()))
        for sides, by_each in found.items()
    )


def off_by_one(equation: Equation, edition: Edition) -> Text:
    """Write the finding of figures of which all but one on either side are 0, and those differ by 1."""
    year = edition.first_year + 1
    terms = tuple(
        Term(
            operand.path,
            edition.figure_title(operand.path),
            side,
            0 if number else value,
            year - 1 if operand.scope is Scope.PREVIOUS else year,
            None,
        )
        for side, value, operands in (("left", 3, equation.left), ("right", 4, equation.right))
        for number, operand in enumerate(operands)
    )
    return formula(equation, terms, edition, year)


def _stated(equations: list[Equation], edition: Edition) -> tuple[Text, _Each]:
    """Put in words what the equations of a rule have in common, and the rows and columns that they are about."""
    first = equations[0]
    bound = {value for _, value in first.binding}
    left, right = (
        Text.join([_operand_title(operand, bound, edition) for operand in operands], zh=" ＋ ", en=" + ")
        for operands in (first.left, first.right)
    )
    each = tuple(
        tuple(edition.row_title(first.part, key) for key in dict.fromkeys(e.binding[place][1] for e in equations))
        for place in range(len(first.binding))
    )
    sign = _STANDS[first.relation]
    return Text(left.zh + sign.zh + right.zh, left.en + sign.en + right.en), each


def _operand_title(operand: Operand, bound: set[str], edition: Edition) -> Text:
    """Name a figure by what tells it from the others of its equation: what every binding changes is left out."""
    part, *keys = operand.path.split(".")
    open_keys = [key for key in keys if key not in bound]
    title = Text.join([edition.row_title(part, key) for key in open_keys], zh="·", en=" · ") if open_keys else _ITSELF
    return _OF[operand.scope].format(title=title)
