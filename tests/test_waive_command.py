"""What `govreport waive` prints is a waiver but for the reason, which only people can give."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_govreport import cli
from mkdocs_govreport.editions import load_catalogue
from tests.documents import Files, write
from tests.rule_cases import CASES
from tests.rule_cases.case import SOUND
from tests.rule_cases.records import FAULTY, GRANTED, WAIVER, waivers

WAIVABLE = [
    name
    for name, case in CASES.items()
    if case.broken and load_catalogue().rule(name).scope != "records" and load_catalogue().rule(name).severity != "info"
]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, list(arguments))
    return result.exit_code, result.stdout


def drafted(folder: Path, files: Files, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(write(folder, files))
    code, text = run("waive", "reports")
    assert code == 0
    return text


@pytest.mark.parametrize("rule", WAIVABLE)
def test_with_a_reason_a_draft_covers_its_finding(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = drafted(tmp_path, CASES[rule].broken, monkeypatch)
    filled = text.replace("reason: ''", "reason: 原文如此").replace("author: ''", "author: 甲")
    Path("waivers.yml").write_text(filled, encoding="utf-8")
    code, output = run("check", "--strict")

    assert code == 0, f"{filled}\n{output}"


def test_without_a_reason_it_covers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(tmp_path / "waivers.yml").write_text(drafted(tmp_path, FAULTY, monkeypatch), encoding="utf-8")
    code, output = run("check")

    assert code == 1
    assert "reason 应" in output


def test_it_names_the_figure_that_could_be_told_and_the_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = yaml.safe_load(drafted(tmp_path, FAULTY, monkeypatch))["waivers"]

    assert (entry["rule"], entry["figures"], entry["difference"]) == ("applicant-total", {GRANTED: 17}, 3)


@pytest.mark.parametrize("files", [SOUND, {**FAULTY, **waivers(WAIVER)}], ids=["sound", "waived already"])
def test_there_is_nothing_to_draft(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drafted(tmp_path, files, monkeypatch) == ""


def test_without_files_it_could_not_do_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("waive", "reports")[0] == 2
