"""Rules for people at a terminal: a table of them, and all about one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.output.rules import RuleWords
from mkdocs_govreport.output.wrapping import wrapped

_INDENT = "  "
_COLUMNS = ("rule-code", "rule-name", "rule-title", "rule-severity", "rule-standing", "rule-scope")


def render_rule_table(rules: Iterable[RuleWords], messages: Messages, *, colour: bool = False, width: int = 100) -> str:
    """Write rules as a table."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for key in _COLUMNS:
        table.add_column(messages(key), no_wrap=key in {"rule-code", "rule-name"}, overflow="fold")
    for words in rules:
        table.add_row(words.code, words.name, words.title, words.severity_text, words.standing, words.scope)
    output, console = _console(colour, width)
    console.print(table)
    return _without_trailing_spaces(output)


def render_rule(words: RuleWords, messages: Messages, *, colour: bool = False, width: int = 100) -> str:
    """Write all about one rule: in paragraphs, then its facts, then what its findings say."""
    output, console = _console(colour, width)
    console.print(Line(f"{words.code} {words.name}", style="bold"), soft_wrap=True)
    console.print(words.title, soft_wrap=True)
    _section(console, messages("rule-explanation"), [words.explanation, *_equations(words)], width)
    _section(console, messages("rule-why"), [words.why], width)
    _section(console, messages("rule-exceptions"), [words.exceptions], width)
    _section(console, messages("rule-remedy"), [words.remedy], width)
    _section(console, messages("rule-reference"), [words.reference], width)
    _section(console, messages("rule-example"), [words.example], width)
    _facts(console, words, messages, width)
    _section(console, messages("rule-change"), [messages("rule-change-text", name=words.name)], width)
    return _without_trailing_spaces(output)


def _equations(words: RuleWords) -> Iterator[str]:
    for equation, members in words.statements:
        yield equation
        yield from members


def _section(console: Console, title: str, paragraphs: Iterable[str], width: int) -> None:
    console.print()
    console.print(Line(title, style="bold"), soft_wrap=True)
    for paragraph in paragraphs:
        for line in wrapped(paragraph, width - len(_INDENT)):
            console.print(_INDENT + line, soft_wrap=True)


def _facts(console: Console, words: RuleWords, messages: Messages, width: int) -> None:
    facts = [
        ("rule-severity", words.severity_text),
        ("rule-standing", words.standing),
        ("rule-scope", words.scope),
        ("rule-blanks", words.blanks),
        ("rule-editions", words.editions),
    ]
    room = max(cell_len(messages(key)) for key, _ in facts) + 2
    console.print()
    for key, fact in facts:
        title = messages(key)
        first, *rest = wrapped(fact, width - room)
        console.print(Line.assemble((title, "bold"), " " * (room - cell_len(title)), first), soft_wrap=True)
        for line in rest:
            console.print(" " * room + line, soft_wrap=True)


def _console(colour: bool, width: int) -> tuple[io.StringIO, Console]:
    output = io.StringIO()
    colours: Literal["standard"] | None = "standard" if colour else None
    return output, Console(
        file=output, force_terminal=colour, color_system=colours, width=width, highlight=False, markup=False
    )


def _without_trailing_spaces(output: io.StringIO) -> str:
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())
