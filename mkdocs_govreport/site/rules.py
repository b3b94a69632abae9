"""The page of the rules: how their texts are marked up, and what of it is searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from markupsafe import Markup

from mkdocs_govreport.output.rules import RuleGroup

_CODE = re.compile(r"`([^`]+)`")


def marked(text: str) -> Markup:
    """Return a text of a rule with what stands between backticks marked as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S704 - escaped


def scope_anchor(group: RuleGroup) -> str:
    """Return the id of the heading of a scope."""
    return f"scope-{group.scope.value}"


def rule_headings(groups: Iterable[RuleGroup]) -> Iterator[tuple[str, str, int]]:
    """Yield the headings of the page as (anchor, title, level); the anchor of a rule is its name."""
    for group in groups:
        yield scope_anchor(group), group.title, 2
        for rule in group.rules:
            yield rule.name, rule.title, 3


def searched_rules(groups: Iterable[RuleGroup], title: str) -> str:
    """Return what of the page is searched: each rule by its title, name and code, with what it checks."""
    texts = [f"<h1>{escape(title)}</h1>"]
    for group in groups:
        for rule in group.rules:
            texts.append(f'<h2 id="{escape(rule.name)}">{escape(rule.title)}</h2>')
            texts.append(f"<p>{escape(f'{rule.code} {rule.name} {rule.explanation}')}</p>")
    return "\n".join(texts)
