"""Rules in words: what commands, the page of a portal and the documentation say of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from mkdocs_govreport.editions import Catalogue, Edition, Rule, RuleScope
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Severity, Text
from mkdocs_govreport.output.statements import Statement, off_by_one, statements

_OPEN = Text("…", "…")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in one language, with the severity in force and the one that it has by default."""

    rule: Rule
    code: str
    name: str
    title: str
    severity: Severity
    severity_text: str
    standing: str
    scope: str
    blanks: str
    editions: str
    explanation: str
    why: str
    exceptions: str
    remedy: str
    reference: str
    example: str
    statements: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of one scope."""

    scope: RuleScope
    title: str
    rules: tuple[RuleWords, ...]


def listed_rules(
    catalogue: Catalogue, scopes: Collection[RuleScope] = (), edition: str | None = None
) -> tuple[Rule, ...]:
    """Return the rules by scope and code: those of some scopes and of one edition, if these are given."""
    order = list(RuleScope)
    chosen = [
        rule
        for rule in catalogue.rules.values()
        if (not scopes or rule.scope in scopes)
        and (edition is None or edition in {held.id for held in editions_of(rule, catalogue)})
    ]
    return tuple(sorted(chosen, key=lambda rule: (order.index(rule.scope), rule.code)))


def editions_of(rule: Rule, catalogue: Catalogue) -> tuple[Edition, ...]:
    """Return the editions that a rule is for: those that it names, those that state it, or all."""
    editions = tuple(catalogue.editions.values())
    if rule.editions:
        return tuple(edition for edition in editions if edition.id in rule.editions)
    return tuple(edition for edition in editions if rule.name in edition.rules) or editions


def rule_groups(catalogue: Catalogue, severities: Mapping[str, Severity], messages: Messages) -> Iterator[RuleGroup]:
    """Yield all rules in words, scope by scope."""
    rules = listed_rules(catalogue)
    for scope in RuleScope:
        words = tuple(rule_words(rule, catalogue, severities, messages) for rule in rules if rule.scope is scope)
        if words:
            yield RuleGroup(scope, messages(f"rules-of-{scope.value}"), words)


def rule_words(rule: Rule, catalogue: Catalogue, severities: Mapping[str, Severity], messages: Messages) -> RuleWords:
    """Say everything about a rule in the language of `messages`."""
    language = messages.language
    return RuleWords(
        rule=rule,
        code=rule.code,
        name=rule.name,
        title=rule.title.into(language),
        severity=severities.get(rule.name, rule.severity),
        severity_text=severity_text(rule, severities, messages),
        standing=messages(f"standing-{rule.standing.value}"),
        scope=messages(f"scope-{rule.scope.value}"),
        blanks=messages(f"blanks-{rule.blanks.value}"),
        editions=_named(editions_of(rule, catalogue), catalogue, messages),
        explanation=rule.explanation.into(language),
        why=rule.why.into(language),
        exceptions=rule.exceptions.into(language),
        remedy=rule.remedy.into(language),
        reference=rule.reference.into(language),
        example=example_message(rule, catalogue).into(language),
        statements=tuple(_statement_words(statement, catalogue, messages) for statement in statements(rule, catalogue)),
    )


def severity_text(rule: Rule, severities: Mapping[str, Severity], messages: Messages) -> str:
    """Name the severity in force, and the default where the site has set another."""
    inforce = severities.get(rule.name, rule.severity)
    word = messages(inforce.value)
    return word if inforce is rule.severity else word + messages("rule-default", severity=messages(rule.severity.value))


def example_message(rule: Rule, catalogue: Catalogue) -> Text:
    """Return what a finding of a rule says: its message with the places left open, or its equation with small figures."""
    if rule.message is not None:
        names = {name for _, name, _, _ in Formatter().parse(rule.message.zh + rule.message.en) if name}
        return rule.message.format(**dict.fromkeys(names, _OPEN))
    for edition in reversed(editions_of(rule, catalogue)):
        equation = next((equation for equation in edition.equations if equation.rule == rule.name), None)
        if equation is not None:
            return off_by_one(equation, edition)
    return rule.title


def rules_document(rules: Iterable[Rule], catalogue: Catalogue, severities: Mapping[str, Severity]) -> dict[str, Any]:
    """Return rules as data, in both languages."""
    return {"version": 1, "rules": [_rule_document(rule, catalogue, severities) for rule in rules]}


def _rule_document(rule: Rule, catalogue: Catalogue, severities: Mapping[str, Severity]) -> dict[str, Any]:
    texts = ("title", "explanation", "why", "exceptions", "remedy", "reference")
    return {
        "rule": rule.name,
        "code": rule.code,
        "severity": severities.get(rule.name, rule.severity).value,
        "default_severity": rule.severity.value,
        "standing": rule.standing.value,
        "scope": rule.scope.value,
        "blanks": rule.blanks.value,
        "editions": [edition.id for edition in editions_of(rule, catalogue)],
        **{name: _both(getattr(rule, name)) for name in texts},
        "message": _both(rule.message) if rule.message else None,
        "equations": [
            {
                "editions": [edition.id for edition in editions],
                "equation": _both(statement.sides),
                "for_each": [[_both(title) for title in titles] for titles in each],
            }
            for statement in statements(rule, catalogue)
            for editions, each in statement.each
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _named(editions: Collection[Edition], catalogue: Catalogue, messages: Messages) -> str:
    if len(editions) == len(catalogue.editions):
        return messages("rule-all-editions")
    return Text.join([edition.title for edition in editions]).into(messages.language)


def _statement_words(statement: Statement, catalogue: Catalogue, messages: Messages) -> tuple[str, tuple[str, ...]]:
    """Return the equation and for what it is stated, each with its editions where they are fewer."""
    language = messages.language
    sides = statement.sides.into(language)
    if len(statement.editions) < len(catalogue.editions):
        sides = messages("rule-in", editions=_named(statement.editions, catalogue, messages), text=sides)
    lines = []
    for editions, each in statement.each:
        if each:
            listed = Text.join([Text.join(list(titles)) for titles in each], zh="；", en="; ").into(language)
            count = " × ".join(str(len(titles)) for titles in each)
            line = messages("rule-each", count=count, members=listed)
            if len(editions) < len(statement.editions):
                line = messages("rule-in", editions=_named(editions, catalogue, messages), text=line)
            lines.append(line)
    return sides, tuple(lines)
