"""The page of the rules, written from the data of the editions: it cannot say what the program does not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs_govreport.editions import Catalogue, Edition, Equation, Operand, Rule, Scope, load_catalogue
from mkdocs_govreport.editions.equations import Relation
from mkdocs_govreport.model import Text

_RELATIONS = {Relation.EQUAL: ("＝", "="), Relation.AT_LEAST: ("≥", "≥")}
_SCOPES = {
    Scope.PREVIOUS: Text("上年的{figure}", "last year's {figure}"),
    Scope.MEMBERS: Text("各下级单位{figure}之和", "sum of the members' {figure}"),
}
_SAME_FIGURE = Text("此数", "same figure")  # where every binding changes all that names it

MARKER = "<!-- rules -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the rules where the marker stands."""
    return markdown.replace(MARKER, "\n\n".join(rules_page(load_catalogue()))) if MARKER in markdown else markdown


def rules_page(catalogue: Catalogue) -> Iterator[str]:
    """Yield the blocks of the page: all rules in a table, then each rule."""
    rows = [
        f"| [{rule.code}](#{rule.name}) | `{rule.name}` | {rule.title.zh} | {rule.title.en} "
        f"| {rule.severity.value} | {rule.standing} |"
        for rule in catalogue.rules.values()
    ]
    head = ["| Code | Name | 规则 | Rule | Default | Standing |", "| --- | --- | --- | --- | --- | --- |"]
    yield "\n".join([*head, *rows])
    for rule in catalogue.rules.values():
        yield from _rule(rule, catalogue)


def _rule(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    yield f"## {rule.code} {rule.name} {{ #{rule.name} }}"
    yield f"**{rule.title.zh}** — {rule.title.en}"
    facts = [f"Default: `{rule.severity.value}`", f"Standing: {rule.standing}"]
    if rule.reference:
        facts.append(f"Reference: {rule.reference.zh} ({rule.reference.en})")
    yield "  \n".join(facts)
    yield rule.explanation.zh
    yield rule.explanation.en
    if rule.message:
        yield f"> {_escaped(rule.message.zh)}\n>\n> {_escaped(rule.message.en)}"
    yield from _equations(rule, catalogue)


def _escaped(message: str) -> str:
    """Show names in braces as they stand: attribute lists would take them."""
    return message.replace("{", "&#123;").replace("}", "&#125;")


def _equations(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    """Yield the equation of a rule, once for editions in which it reads the same."""
    editions_of: dict[tuple[str, ...], list[Edition]] = {}
    for edition in catalogue.editions.values():
        equations = [equation for equation in edition.equations if equation.rule == rule.name]
        if equations:
            editions_of.setdefault(tuple(_in_words(equations, edition)), []).append(edition)
    for blocks, editions in editions_of.items():
        if len(editions_of) > 1 or len(editions) < len(catalogue.editions):
            yield f"In the {' and the '.join(edition.title.en for edition in editions)}:"
        yield from blocks


def _in_words(equations: list[Equation], edition: Edition) -> Iterator[str]:
    first = equations[0]
    bound = {value for _, value in first.binding}
    left, right = (_side(operands, bound, edition) for operands in (first.left, first.right))
    zh, en = _RELATIONS[first.relation]
    yield f"`{left.zh} {zh} {right.zh}`"
    yield f"`{left.en} {en} {right.en}`"
    for position, (name, _) in enumerate(first.binding):
        keys = dict.fromkeys(equation.binding[position][1] for equation in equations)
        titles = Text.join([edition.row_title(first.part, key) for key in keys])
        yield f"For each {name.replace('_', ' ')} ({len(keys)}): {titles.zh}"


def _side(operands: Iterable[Operand], bound: set[str], edition: Edition) -> Text:
    return Text.join([_term(operand, bound, edition) for operand in operands], zh=" ＋ ", en=" + ")


def _term(operand: Operand, bound: set[str], edition: Edition) -> Text:
    """Name a figure by what tells it from the others of its equation: what every binding changes is left out."""
    part, *keys = operand.path.split(".")
    names = [edition.row_title(part, key) for key in keys if key not in bound]
    title = Text.join(names, zh="·", en=" · ") if names else _SAME_FIGURE
    return _SCOPES[operand.scope].format(figure=title) if operand.scope in _SCOPES else title
