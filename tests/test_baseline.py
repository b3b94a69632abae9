"""A baseline records the faults that were there when a portal was taken over: new ones fail, mended ones are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_govreport import cli
from tests.documents import Files, changed, write
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.records import FAULTY, FAULTY_OTHERWISE, NAME, WAIVER, waivers
from tests.support.site import Site

WRITE = ("check", "--baseline", "baseline.json", "--write-baseline")
PRUNE = ("check", "--prune-baseline")
OTHER = "reports/白石镇/2023.txt"
OTHER_FAULTY: Files = {OTHER: changed(str(FAULTY[NAME]), ("云川市青禾区", "白石镇"))}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, list(arguments))
    return result.exit_code, result.output


def entries() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(Path("baseline.json").read_text(encoding="utf-8"))["findings"]
    return found


@pytest.fixture
def taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write(tmp_path, FAULTY))
    assert run(*WRITE)[0] == 0
    return tmp_path


def test_what_was_there_does_not_fail(taken_over: Path) -> None:
    code, output = run("check", "--strict")

    assert code == 0
    assert "列入基线 1 处" in output


def test_the_summary_and_the_status_say_so(taken_over: Path) -> None:
    document = json.loads(run("check", "--format", "json")[1])

    assert document["summary"]["baselined"] == 1
    assert [finding["status"] for finding in document["findings"]] == ["baselined"]


def test_a_new_fault_of_another_report_fails(taken_over: Path) -> None:
    write(taken_over, OTHER_FAULTY)

    assert run("check")[0] == 1


def test_a_new_fault_of_the_same_report_fails(taken_over: Path) -> None:
    write(taken_over, {NAME: changed(str(FAULTY[NAME]), ("2 | 0 | 1 | 0 | 3", "2 | 0 | 1 | 0 | 4"))})

    assert run("check")[0] == 1


def test_another_wrong_figure_at_the_same_place_fails(taken_over: Path) -> None:
    write(taken_over, FAULTY_OTHERWISE)

    assert run("check")[0] == 1


def test_a_line_before_it_makes_no_new_finding(taken_over: Path) -> None:
    write(taken_over, {NAME: changed(str(FAULTY[NAME]), ("一、总体情况", "目录\n\n一、总体情况"))})

    assert run("check", "--strict")[0] == 0


def test_what_was_mended_is_told_until_it_is_pruned(taken_over: Path) -> None:
    write(taken_over, SOUND)
    code, output = run("check", "--strict")
    assert code == 1
    assert "stale-baseline" in output

    assert run(*PRUNE)[0] == 0
    assert entries() == []
    assert run("check", "--strict")[0] == 0


def test_pruning_keeps_what_is_there_still(taken_over: Path) -> None:
    assert run(*PRUNE)[0] == 0
    assert len(entries()) == 1


def test_pruning_lets_no_new_finding_in(taken_over: Path) -> None:
    write(taken_over, OTHER_FAULTY)
    run(*PRUNE)

    assert {entry["file"] for entry in entries()} == {NAME}


def test_pruning_without_a_baseline_cannot_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, SOUND))

    assert run(*PRUNE)[0] == 2


def test_what_was_mended_of_reports_that_are_not_checked_is_not_told(taken_over: Path) -> None:
    write(taken_over, {OTHER: changed(TEXT, ("云川市青禾区", "白石镇"))})

    assert run("check", "reports/白石镇", "--strict")[0] == 0


def test_writing_for_some_reports_keeps_the_entries_of_others(taken_over: Path) -> None:
    write(taken_over, OTHER_FAULTY)
    run("check", "reports/白石镇", "--write-baseline")

    assert {entry["file"] for entry in entries()} == {NAME, OTHER}


def test_a_waived_finding_is_not_in_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {**FAULTY, **waivers(WAIVER)}))
    run(*WRITE)

    assert entries() == []


def test_what_is_wrong_with_records_is_not_in_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {**SOUND, **waivers(WAIVER)}))
    run(*WRITE)

    assert entries() == []


def test_two_slips_of_the_same_wording_are_two_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = changed(TEXT, ("五、存在", "扫一扫看全文\n五、存在"), ("没有收取", "扫一扫看全文\n没有收取"))
    monkeypatch.chdir(write(tmp_path, {NAME: text}))
    run(*WRITE)
    assert len(entries()) == 2

    write(tmp_path, {NAME: changed(text, ("一、总体情况", "扫一扫看全文\n一、总体情况"))})
    assert run("check", "--strict")[0] == 1


def test_it_has_a_line_for_each_finding_in_a_steady_order(taken_over: Path) -> None:
    write(taken_over, OTHER_FAULTY)
    run(*WRITE)
    first = Path("baseline.json").read_text(encoding="utf-8")
    run(*WRITE)

    assert Path("baseline.json").read_text(encoding="utf-8") == first
    assert len(first.splitlines()) == 4
    assert [entry["file"] for entry in entries()] == sorted([NAME, OTHER])


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "{}", '{"version": 1, "findings": [{}]}'])
def test_a_baseline_that_cannot_be_used_is_an_error(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {**SOUND, "baseline.json": text}))
    code, output = run("check")

    assert code == 1
    assert "faulty-record" in output


def test_a_build_honours_it_and_shows_readers_what_is_known(taken_over: Path) -> None:
    built = Site(taken_over).build(strict=True)

    assert built.error is None, built.log
    page = built.text("reports/青禾区/2023/")
    assert "既有问题" in page
    assert "各数相符" not in page


def test_a_build_fails_on_what_is_new(taken_over: Path) -> None:
    write(taken_over, FAULTY_OTHERWISE)

    assert Site(taken_over).build().error is not None
