"""The rules as data: every entry that is shipped is complete, in both languages, and says something of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mkdocs_govreport.editions import Blanks, Rule, RuleScope, Standing, load_catalogue, schemas_root
from mkdocs_govreport.model import Severity, Text
from tests.rule_cases import CASES

CATALOGUE = load_catalogue()
RULES = list(CATALOGUE.rules.values())
SCHEMA = CATALOGUE.schemas["urn:mkdocs-govreport:rule"]
FAMILIES = sorted((schemas_root() / "rules").glob("*.yml"))
OF_EDITIONS = sorted((schemas_root() / "editions").glob("*/rules.yml"))
PROSE = ("title", "explanation", "why", "exceptions", "remedy", "reference")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r'"[^"]*"')
"""What English quotes of a report or the form may be Chinese."""


def entries_of(path: Path) -> dict[str, Any]:
    """The entries of a file; an edition sets a rule that it does not take over to null."""
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    return {name: entry for name, entry in rules.items() if entry is not None}


ENTRIES = [
    pytest.param(entry, id=f"{path.parent.name}/{path.stem}:{name}")
    for path in [*FAMILIES, *OF_EDITIONS]
    for name, entry in entries_of(path).items()
]
of_rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def own_texts(rule: Rule) -> dict[str, Text]:
    texts = {name: getattr(rule, name) for name in (*PROSE, "message")}
    return {name: text for name, text in texts.items() if text is not None}


# --- complete -------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_has_every_key_in_both_languages(entry: dict[str, Any]) -> None:
    complete = {**SCHEMA, "allOf": [{"$ref": "#/$defs/complete"}]}

    assert [error.message for error in Draft202012Validator(complete).iter_errors(entry)] == []


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_what_is_no_equation_has_a_message(path: Path) -> None:
    assert [name for name, entry in entries_of(path).items() if "message" not in entry] == []


@pytest.mark.parametrize("path", [*FAMILIES, *OF_EDITIONS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_name_stands_twice_in_a_file(path: Path) -> None:
    names = re.findall(r"^  ([a-z-]+):$", path.read_text(encoding="utf-8").split("\nrules:", 1)[1], re.MULTILINE)

    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_rule_that_is_loaded_stands_in_a_file() -> None:
    assert {name for path in [*FAMILIES, *OF_EDITIONS] for name in entries_of(path)} == CATALOGUE.rules.keys()


# --- texts ----------------------------------------------------------------------------------------


@of_rules
def test_the_texts_of_a_rule_are_chinese_and_english(rule: Rule) -> None:
    for name, text in own_texts(rule).items():
        assert CHINESE.search(text.zh), name
        assert re.search(r"[A-Za-z]", text.en), name
        assert not CHINESE.search(QUOTED.sub("", text.en)), name


@of_rules
def test_the_texts_of_a_rule_have_no_space_at_their_ends_and_no_line_ends(rule: Rule) -> None:
    for name, text in own_texts(rule).items():
        for written in (text.zh, text.en):
            assert written == " ".join(written.split()), name


@of_rules
@pytest.mark.parametrize("name", ["explanation", "why", "exceptions", "remedy"])
def test_what_is_said_of_a_rule_is_in_whole_sentences(rule: Rule, name: str) -> None:
    text = getattr(rule, name)

    assert text.zh.endswith("。")
    assert text.en.endswith(".")


@of_rules
def test_nothing_said_of_a_rule_is_said_twice(rule: Rule) -> None:
    for language in ("zh", "en"):
        texts = [getattr(rule, name).into(language) for name in ("explanation", "why", "exceptions", "remedy")]
        assert len(set(texts)) == len(texts)


@of_rules
def test_the_message_of_a_rule_has_the_same_names_in_both_languages(rule: Rule) -> None:
    if rule.message is not None:
        zh, en = (
            {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            for text in (rule.message.zh, rule.message.en)
        )
        assert zh == en


@of_rules
def test_texts_outside_the_message_leave_nothing_to_fill_in(rule: Rule) -> None:
    for name in PROSE:
        assert not re.search(r"[{}]", getattr(rule, name).zh + getattr(rule, name).en), name


@of_rules
def test_a_rule_that_is_called_official_names_the_form_or_the_law(rule: Rule) -> None:
    if rule.standing is Standing.OFFICIAL:
        assert re.search(r"条例|格式|〔20\d\d〕", rule.reference.zh)
        assert re.search(r"Regulations|form|[Nn]otice", rule.reference.en)


# --- codes and words ------------------------------------------------------------------------------


def test_no_two_rules_have_one_code() -> None:
    assert [code for code, count in Counter(rule.code for rule in RULES).items() if count > 1] == []


@of_rules
def test_a_name_is_of_lower_case_words(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_the_codes_of_a_family_begin_with_one_letter(path: Path) -> None:
    assert len({entry["code"][0] for entry in entries_of(path).values()}) == 1


def test_equations_of_one_letter_are_of_one_scope() -> None:
    scopes: dict[str, set[str]] = {}
    for path in OF_EDITIONS:
        for entry in entries_of(path).values():
            scopes.setdefault(entry["code"][0], set()).add(entry["scope"])

    assert [letter for letter, found in scopes.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("key", "words"), [("scope", RuleScope), ("standing", Standing), ("blanks", Blanks), ("severity", Severity)]
)
def test_the_words_of_the_schema_are_those_of_the_program(key: str, words: Any) -> None:
    assert set(SCHEMA["properties"][key]["enum"]) == set(words)


@of_rules
def test_an_edition_that_a_rule_names_exists(rule: Rule) -> None:
    assert set(rule.editions) <= CATALOGUE.editions.keys()


@of_rules
def test_an_equation_with_a_blank_is_not_assessable(rule: Rule) -> None:
    if rule.message is None:
        assert rule.blanks is Blanks.NOT_ASSESSABLE


@of_rules
def test_a_rule_has_reports_that_break_it_and_others_that_do_not(rule: Rule) -> None:
    assert rule.name in CASES
    assert CASES[rule.name].sound
