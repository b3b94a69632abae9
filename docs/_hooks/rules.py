"""The page of the rules, written from the data of the editions: it cannot say what the program does not do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkdocs_govreport.editions import Catalogue, load_catalogue
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.output.rules import RuleGroup, RuleWords, rule_groups

MARKER = "<!-- rules -->"
_ZH, _EN = Messages("zh"), Messages("en")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the rules where the marker stands."""
    return markdown.replace(MARKER, "\n\n".join(rules_page(load_catalogue()))) if MARKER in markdown else markdown


def rules_page(catalogue: Catalogue) -> Iterator[str]:
    """Yield the blocks of the page: all rules in a table, then each rule, scope by scope."""
    groups = list(
        zip(rule_groups(catalogue, {}, _ZH), rule_groups(catalogue, {}, _EN), strict=True),
    )
    yield "\n".join(_contents(groups))
    for zh, en in groups:
        yield f"## {en.title} · {zh.title} {{ #scope-{en.scope} }}"
        for chinese, english in zip(zh.rules, en.rules, strict=True):
            yield from _rule(chinese, english)


def _contents(groups: list[tuple[RuleGroup, RuleGroup]]) -> Iterator[str]:
    yield "| Code | Name | 规则 | Rule | Default | Standing |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for zh, en in groups:
        for chinese, english in zip(zh.rules, en.rules, strict=True):
            yield (
                f"| [{english.code}](#{english.name}) | `{english.name}` | {chinese.title} | {english.title} "
                f"| {english.severity.value} | {english.rule.standing.value} |"
            )


def _rule(zh: RuleWords, en: RuleWords) -> Iterator[str]:
    yield f"### {en.code} {en.name} {{ #{en.name} }}"
    yield f"**{_cell(zh.title)}** — {_cell(en.title)}"
    yield (
        f"Default `{en.severity.value}` · standing: {en.rule.standing.value} · scope: {en.rule.scope.value} · "
        f"editions: {en.editions} · {en.blanks}"
    )
    rows = [
        ("rule-explanation", zh.explanation, en.explanation),
        *(("rule-equation", *both) for both in zip(_equations(zh), _equations(en), strict=True)),
        ("rule-why", zh.why, en.why),
        ("rule-exceptions", zh.exceptions, en.exceptions),
        ("rule-remedy", zh.remedy, en.remedy),
        ("rule-reference", zh.reference, en.reference),
        ("rule-example", zh.example, en.example),
    ]
    cells = [f"| {_ZH(key)}<br>{_EN(key)} | {_cell(chinese)} | {_cell(english)} |" for key, chinese, english in rows]
    yield "\n".join(["| | 中文 | English |", "| --- | --- | --- |", *cells])


def _equations(words: RuleWords) -> list[str]:
    return ["\n".join([equation, *members]) for equation, members in words.statements]


def _cell(text: str) -> str:
    """Show a text as it stands: attribute lists would take braces, tables bars, HTML what is in angle brackets."""
    for mark, code in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("{", "&#123;"),
        ("}", "&#125;"),
        ("|", "&#124;"),
        ("*", "&#42;"),
    ):
        text = text.replace(mark, code)
    return text.replace("\n", "<br>")
