"""`govreport rules` and `govreport explain`: what is checked, with the severities of the site, in either language."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from mkdocs_govreport.cli import main
from mkdocs_govreport.editions import Rule, load_catalogue
from mkdocs_govreport.output.wrapping import wrapped
from tests.documents import write

CATALOGUE = load_catalogue()
RULES = list(CATALOGUE.rules.values())
FORMS = Path(__file__).parent / "fixtures" / "editions"
SITE = "plugins:\n  - govreport:\n      rules: {carry-over: error, in-force: off}\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder that has the given `mkdocs.yml`, or none."""

    def run(*arguments: str, site: str | None = None, width: int = 120) -> Result:
        monkeypatch.chdir(write(tmp_path, {"mkdocs.yml": site} if site else {}))
        monkeypatch.setenv("COLUMNS", str(width))
        return CliRunner().invoke(main, list(arguments))

    return run


def listed(result: Result) -> dict[str, dict[str, Any]]:
    document = json.loads(result.stdout)
    assert document["version"] == 1
    return {rule["rule"]: rule for rule in document["rules"]}


def line_of(result: Result, rule: str) -> str:
    return next(line for line in result.stdout.splitlines() if re.search(rf" {rule} ", line))


# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_every_rule_with_code_name_and_title(run: Run, language: str) -> None:
    result = run("rules", "--language", language)
    rows = [line.split()[:2] for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    for rule in RULES:
        assert [rule.code, rule.name] in rows
        assert rule.title.into(language).split()[0] in line_of(result, rule.name)


def test_the_table_is_chinese_by_default(run: Run) -> None:
    assert line_of(run("rules"), "application-balance").split()[-3:] == ["错误", "官方格式", "报告"]


def test_the_json_has_all_fields_of_a_rule_in_both_languages(run: Run) -> None:
    rules = listed(run("rules", "--format", "json"))

    assert rules.keys() == CATALOGUE.rules.keys()
    for name, rule in CATALOGUE.rules.items():
        for key in ("title", "explanation", "why", "exceptions", "remedy", "reference"):
            text = getattr(rule, key)
            assert rules[name][key] == {"zh": text.zh, "en": text.en}


def test_the_json_does_not_depend_on_the_language(run: Run) -> None:
    assert run("rules", "--format", "json").stdout == run("rules", "--format", "json", "--language", "en").stdout


def test_a_severity_of_the_site_is_shown_beside_the_default(run: Run) -> None:
    result = run("rules", site=SITE)

    assert "错误（默认警告）" in line_of(result, "carry-over")
    assert "关闭（默认警告）" in line_of(result, "in-force")
    assert "默认" not in line_of(result, "application-balance")


def test_the_json_has_the_severity_in_force_and_the_default(run: Run) -> None:
    rule = listed(run("rules", "--format", "json", "--rule", "carry-over=info"))["carry-over"]

    assert (rule["severity"], rule["default_severity"]) == ("info", "warning")


def test_a_scope_lists_the_rules_of_that_scope(run: Run) -> None:
    rules = listed(run("rules", "--format", "json", "--scope", "years", "--scope", "agencies"))

    assert rules.keys() == {rule.name for rule in RULES if rule.scope in {"years", "agencies"}}


def test_an_edition_lists_the_rules_that_it_is_checked_by(run: Run) -> None:
    rules = listed(run("rules", "--format", "json", "--edition", "2019"))

    assert "carry-over" in rules
    assert "label" in rules
    assert "in-force" not in rules


def test_the_equations_of_a_rule_are_stated_for_each_edition(run: Run) -> None:
    equations = listed(run("rules", "--format", "json"))["result-total"]["equations"]

    assert [equation["editions"] for equation in equations] == [["2019"], ["2021"]]
    assert [equation["equation"]["zh"].count("＋") for equation in equations] == [18, 20]
    assert [[len(titles) for titles in equation["for_each"]] for equation in equations] == [[7], [7]]


def test_an_edition_that_there_is_not_exits_2_and_names_those_there_are(run: Run) -> None:
    result = run("rules", "--edition", "2020", "--language", "en")

    assert result.exit_code == 2
    assert result.stderr == 'There is no edition "2020"; there are: 2019, 2021\n'


def test_a_further_edition_adds_its_rules(run: Run) -> None:
    rules = listed(run("rules", "--format", "json", "--editions", str(FORMS), "--edition", "2031"))

    assert {"channel-total", "opening-balance", "label"} <= rules.keys()
    assert "applicant-total" not in rules


def test_options_that_cannot_be_used_exit_2(run: Run) -> None:
    for command in (["rules"], ["explain", "label"]):
        result = run(*command, "--rule", "lable=off")
        assert result.exit_code == 2
        assert "lable" in result.stderr


# --- explain --------------------------------------------------------------------------------------


def paragraphs(result: Result) -> str:
    """What was printed without line ends and indents: Chinese is broken anywhere."""
    return "".join(result.stdout.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_explained_with_all_its_fields(rule: Rule, language: str, run: Run) -> None:
    result = run("explain", rule.name, "--language", language)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule.code} {rule.name}\n")
    for text in (rule.title, rule.explanation, rule.why, rule.exceptions, rule.remedy, rule.reference):
        assert "".join(text.into(language).split()) in paragraphs(result)


def test_a_rule_is_found_by_its_code(run: Run) -> None:
    assert run("explain", "t203").stdout == run("explain", "application-balance").stdout


def test_an_equation_is_stated_in_words_and_for_what_it_holds(run: Run) -> None:
    result = run("explain", "carry-over")

    assert "上年的四、结转下年度＝二、上年结转" in paragraphs(result)
    assert "逐项核对（7项）：自然人、商业企业" in paragraphs(result)


def test_an_equation_of_one_edition_names_it(run: Run) -> None:
    assert "2021年版：上年的现行有效 ＋ 制发 ＝ 废止 ＋ 现行有效" in run("explain", "in-force").stdout


def test_the_example_of_an_equation_is_what_a_finding_says(run: Run) -> None:
    assert "行政复议：结果维持 3 ＋ 结果纠正 0 ＋ 其他结果 0 ＋ 尚未审结 0 ＝ 3，总计 4，相差 -1" in run(
        "explain", "outcome-total"
    ).stdout.replace("\n  ", "")


def test_the_example_of_a_message_leaves_its_places_open(run: Run) -> None:
    assert 'The part "…" is missing. Add it with its heading.' in run("explain", "S101", "--language", "en").stdout
    for rule in RULES:
        assert "{" not in run("explain", rule.name).stdout


def test_the_severity_in_force_is_told_and_how_to_change_it(run: Run) -> None:
    result = run("explain", "carry-over", "--language", "en", site=SITE)

    assert "Severity  error (default warning)\n" in result.stdout
    assert "carry-over: warning" in result.stdout


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(language: str, width: int, run: Run) -> None:
    for rule in ("result-total", "label", "stray-link"):
        lines = run("explain", rule, "--language", language, width=width).stdout.splitlines()
        assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(
    ("typed", "meant"), [("cary-over", "carry-over"), ("aplicant-totl", "applicant-total"), ("blank", "blank-cell")]
)
def test_a_name_that_is_nearly_one_is_answered_with_it(typed: str, meant: str, run: Run) -> None:
    result = run("explain", typed, "--language", "en")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f'There is no rule "{typed}". Did you mean {meant}')


def test_a_name_like_no_other_is_answered_with_where_they_are_listed(run: Run) -> None:
    result = run("explain", "xyzzy")

    assert result.exit_code == 2
    assert result.stderr == "没有名为“xyzzy”的规则。用 govreport rules 可以列出全部规则。\n"


def test_a_rule_of_a_further_edition_is_explained_with_what_is_taken_for_granted(run: Run) -> None:
    result = run("explain", "channel-total", "--editions", str(FORMS))

    assert result.exit_code == 0
    assert "版本  2031年版（虚构）\n" in result.stdout
    assert "这一版本的数据没有说明。" in result.stdout


def test_an_equation_of_every_cell_is_stated_for_rows_and_columns(tmp_path: Path, run: Run) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    rules = tmp_path / "forms/2031/rules.yml"
    same = (
        "  same-as-before:\n    code: X302\n    severity: info\n    standing: inferred\n"
        "    title: {zh: 与上年相同, en: The same as last year}\n    explanation: {zh: 每个数与上年相同。, en: All as last year.}\n"
        "    each: {stage: stages, column: columns}\n"
        '    left: ["previous:applications.{stage}.{column}"]\n    right: ["applications.{stage}.{column}"]\n'
    )
    rules.write_text(rules.read_text(encoding="utf-8") + same, encoding="utf-8")
    result = run("explain", "X302", "--editions", str(tmp_path / "forms"), "--language", "en")

    assert "last year's figure of the same cell = figure of the same cell" in result.stdout
    assert "Each of these 6 × 4: " in result.stdout
    assert "Scope     years\n" in result.stdout


# --- lines ----------------------------------------------------------------------------------------


def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens() -> None:
    text = "报告已经公布、不能再改的，在 waivers.yml 中登记“理由”（如“机构合并”）。"

    for width in range(12, 60):
        lines = list(wrapped(text, width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。、”）" or line[-1] in "“（" for line in lines), lines


def test_a_word_is_not_broken() -> None:
    assert list(wrapped("record the reason in waivers.yml", 14)) == ["record the", "reason in", "waivers.yml"]
