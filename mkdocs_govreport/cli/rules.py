"""`govreport rules` and `govreport explain`: what is checked, and why."""

from __future__ import annotations

import difflib
import json
import sys
from typing import Any

import click

from mkdocs_govreport.cli.site import EXIT_NOT_DONE, catalogue_options, print_data, rules_in_force, terminal_width
from mkdocs_govreport.editions import Catalogue, Rule, RuleScope
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Text
from mkdocs_govreport.output.rule_text import render_rule, render_rule_table
from mkdocs_govreport.output.rules import listed_rules, rule_words, rules_document

_LIKENESS = 0.5
_SUGGESTIONS = 3


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    help="Text for people or JSON for programs.",
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in RuleScope]),
    help="Only rules of this scope; may be given several times.",
)
@click.option("--edition", metavar="ID", help="Only rules for this edition of the form.")
@catalogue_options
def rules(format_: str, scopes: tuple[str, ...], edition: str | None, **given: Any) -> None:
    """List the rules that reports are checked by, with the severities in force.

    Exits 0, or 2 when there is no such edition.
    """
    catalogue, severities, messages = rules_in_force(given)
    if edition is not None and edition not in catalogue.editions:
        click.echo(messages("edition-unknown", edition=edition, known=", ".join(catalogue.editions)), err=True)
        sys.exit(EXIT_NOT_DONE)
    listed = listed_rules(catalogue, tuple(map(RuleScope, scopes)), edition)
    if format_ == "json":
        document = rules_document(listed, catalogue, severities)
        print_data(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
        return
    words = [rule_words(rule, catalogue, severities, messages) for rule in listed]
    click.echo(render_rule_table(words, messages, colour=sys.stdout.isatty(), width=terminal_width()), nl=False)


@click.command()
@click.argument("rule", metavar="RULE")
@catalogue_options
def explain(rule: str, **given: Any) -> None:
    """Say all about a rule, by its name or its code.

    Exits 0, or 2 when there is no such rule.
    """
    catalogue, severities, messages = rules_in_force(given)
    found = _named(rule, catalogue)
    if found is None:
        click.echo(_unknown(rule, catalogue, messages), err=True)
        sys.exit(EXIT_NOT_DONE)
    words = rule_words(found, catalogue, severities, messages)
    click.echo(render_rule(words, messages, colour=sys.stdout.isatty(), width=terminal_width()), nl=False)


def _named(name: str, catalogue: Catalogue) -> Rule | None:
    wanted = name.strip().casefold()
    return next((r for r in catalogue.rules.values() if wanted in {r.name.casefold(), r.code.casefold()}), None)


def _unknown(name: str, catalogue: Catalogue, messages: Messages) -> str:
    """Say that there is no such rule, and which are called nearly so."""
    wanted = name.strip().casefold()
    names = {key.casefold(): rule.name for rule in catalogue.rules.values() for key in (rule.name, rule.code)}
    names |= {rule.title.into(messages.language).casefold(): rule.name for rule in catalogue.rules.values()}
    near = dict.fromkeys(names[key] for key in difflib.get_close_matches(wanted, names, _SUGGESTIONS, _LIKENESS))
    listed = Text.join([Text(found, found) for found in near]).into(messages.language)
    hint = messages("rule-near", names=listed) if near else messages("rule-list")
    return f"{messages('rule-unknown', name=name)}{hint}"
