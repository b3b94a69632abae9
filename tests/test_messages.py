"""Every text in both languages, each with the same names to fill in, none missing and none left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from mkdocs_govreport.editions import Rule, load_catalogue
from mkdocs_govreport.messages import load_messages
from mkdocs_govreport.model import Severity, Text
from tests.documents import ROOT

PACKAGE = ROOT / "mkdocs_govreport"
RULES = list(load_catalogue().rules.values())
ZH, EN = load_messages("zh"), load_messages("en")

CALL = re.compile(r"""(?<![a-zA-Z])_?(?:messages|self|t)\(\s*(f?)["']([^"']+)["']""")
"""A string asked for by its key: `messages("…")` in Python, `t("…")` in templates."""


def names_in(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


FORMATTED = re.compile(r"""\bf["']([a-z-]{3,}\{[^"']+)["']""")
"""A key that is put together, such as `f"kind-{agency.kind}"`."""


def sources() -> str:
    """The code and the templates of the package."""
    files = [path for kind in ("*.py", "*.html", "*.jinja*") for path in sorted(PACKAGE.rglob(kind))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_both_languages_have_the_same_keys() -> None:
    assert list(ZH) == list(EN)


@pytest.mark.parametrize("key", ZH)
def test_a_string_has_the_same_names_to_fill_in(key: str) -> None:
    assert names_in(ZH[key]) == names_in(EN[key])


@pytest.mark.parametrize("key", ZH)
def test_no_string_is_empty(key: str) -> None:
    assert ZH[key].strip()
    assert EN[key].strip()


def test_every_key_that_is_asked_for_exists() -> None:
    asked = {key for formatted, key in CALL.findall(sources()) if not formatted}

    assert asked
    assert asked <= set(ZH)


def test_every_key_that_exists_is_used() -> None:
    text = sources()
    quoted = set(re.findall(r"""["']([a-z-]+)["']""", text)) | set(Severity)
    patterns = [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(key))) for key in FORMATTED.findall(text)]

    assert [key for key in ZH if key not in quoted and not any(pattern.fullmatch(key) for pattern in patterns)] == []


def rule_name(rule: Rule) -> str:
    return rule.name


def texts_of(rule: Rule) -> list[Text]:
    return [text for text in (rule.title, rule.explanation, rule.reference, rule.message) if text is not None]


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_a_rule_is_written_in_both_languages(rule: Rule) -> None:
    for text in texts_of(rule):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_the_message_of_a_rule_has_the_same_names_in_both_languages(rule: Rule) -> None:
    if rule.message is not None:
        assert names_in(rule.message.zh) == names_in(rule.message.en)


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_a_rule_has_a_message_unless_it_is_an_equation(rule: Rule) -> None:
    equations = {equation.rule for edition in load_catalogue().editions.values() for equation in edition.equations}

    assert (rule.message is None) == (rule.name in equations)


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_the_message_of_a_rule_ends_as_a_sentence(rule: Rule) -> None:
    if rule.message is not None:
        assert rule.message.zh.endswith("。")
        assert rule.message.en.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_the_message_of_a_rule_says_what_to_do(rule: Rule) -> None:
    if rule.message is not None and "{problem}" not in rule.message.zh:  # a problem says it itself
        assert re.search(r"请|应|办法", rule.message.zh)


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_chinese_has_chinese_punctuation(rule: Rule) -> None:
    for text in texts_of(rule):
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", text.zh), text.zh


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_english_of_a_text_in_code_has_no_chinese(path: Path) -> None:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Text" and len(call.args) == 2:
            literals = [node.value for node in ast.walk(call.args[1]) if isinstance(node, ast.Constant)]
            assert not re.search(r"[\u4e00-\u9fff“”]", "".join(map(str, literals))), literals
