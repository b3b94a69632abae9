"""Rules as users see them, and how an entry of the data becomes one; `schemas/rule.schema.json` describes entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mkdocs_govreport.editions.errors import CatalogueError
from mkdocs_govreport.model import Severity, Text

RULE_SCHEMA = "rule.schema.json"


class RuleScope(StrEnum):
    """What has to be known to judge a rule, in the order in which rules are listed."""

    REPORT = "report"
    PROSE = "prose"
    YEARS = "years"
    AGENCIES = "agencies"
    RECORDS = "records"
    FILE = "file"


class Standing(StrEnum):
    """On what ground a rule rests."""

    OFFICIAL = "official"
    FORM = "form"
    ARITHMETIC = "arithmetic"
    PRACTICE = "practice"
    OBSERVED = "observed"
    INFERRED = "inferred"
    TOOL = "tool"


class Blanks(StrEnum):
    """What a blank cell does to a rule."""

    IRRELEVANT = "irrelevant"
    FINDING = "finding"
    NOT_ASSESSABLE = "not_assessable"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as users see it: its name and code, what it demands, on what ground, and how much it weighs.

    `editions` is empty for all. `explanation` says what is checked, `why` why it matters, `exceptions` what breaks it
    legitimately, `remedy` how to mend or waive it, `reference` the text behind it. `message` is the template of its
    findings; equations have none, they state themselves.
    """

    name: str
    code: str
    scope: RuleScope
    severity: Severity
    standing: Standing
    blanks: Blanks
    title: Text
    explanation: Text
    why: Text
    exceptions: Text
    remedy: Text
    reference: Text
    editions: tuple[str, ...] = ()
    message: Text | None = None


def read_rule(name: str, entry: Mapping[str, Any], schema: Mapping[str, Any]) -> Rule:
    """Make a rule of an entry; what the entry does not say is as the schema of entries has it.

    Raises:
        CatalogueError: when the entry lacks a key that it needs, or has a word where another is needed.
    """
    defaults = {key: known["default"] for key, known in schema["properties"].items() if "default" in known}
    given = {"scope": _usual_scope(entry), **defaults, **entry}
    try:
        return Rule(
            name=name,
            code=given["code"],
            scope=RuleScope(given["scope"]),
            severity=Severity(given["severity"]),
            standing=Standing(given["standing"]),
            blanks=Blanks(given["blanks"]),
            title=read_text(given["title"]),
            explanation=read_text(given["explanation"]),
            why=read_text(given["why"]),
            exceptions=read_text(given["exceptions"]),
            remedy=read_text(given["remedy"]),
            reference=read_text(given["reference"]),
            editions=tuple(given.get("editions", ())),
            message=read_text(given["message"]) if given.get("message") else None,
        )
    except KeyError as error:
        raise CatalogueError(f"rule {name}: {error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise CatalogueError(f"rule {name}: {error}") from error


def check_entry(name: str, entry: Any, schema: Mapping[str, Any]) -> None:
    """Refuse an entry of a further edition that is not of the form of entries.

    Raises:
        CatalogueError: with the rule, the key and what is wrong with it.
    """
    from jsonschema import Draft202012Validator  # late: few sites have further editions, and it takes long to import

    for error in Draft202012Validator(schema).iter_errors(entry):
        key = ".".join(map(str, error.absolute_path))
        raise CatalogueError(f"rule {name}: {f'{key}: ' if key else ''}{error.message}")


def distinct_rules(common: Iterable[Rule], of_editions: Iterable[Rule]) -> dict[str, Rule]:
    """Return all rules by name; of a rule that several editions state, the last.

    Raises:
        CatalogueError: when a name or a code is given twice.
    """
    rules: dict[str, Rule] = {}
    for rule in common:
        if rule.name in rules:
            raise CatalogueError(f"rule {rule.name}: there are two of the name")
        rules[rule.name] = rule
    taken = set(rules)
    for rule in of_editions:
        if rule.name in taken:
            raise CatalogueError(f"rule {rule.name}: rules.yml takes the name of a rule that all editions have")
        rules[rule.name] = rule
    names: dict[str, str] = {}
    for rule in rules.values():
        other = names.setdefault(rule.code, rule.name)
        if other != rule.name:
            raise CatalogueError(f"rule {rule.name}: the code {rule.code} is that of {other}")
    return rules


def read_text(data: Mapping[str, str]) -> Text:
    """Read a text; one that is not translated is the same in both languages."""
    return Text(data["zh"], data.get("en", data["zh"]))


def _usual_scope(entry: Mapping[str, Any]) -> RuleScope:
    figures = [*entry.get("left", ()), *entry.get("right", ())]
    return RuleScope.YEARS if any(":" in figure for figure in figures) else RuleScope.REPORT
