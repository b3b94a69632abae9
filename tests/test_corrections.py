"""No published figure changes silently: what differs from what was published has a correction that says so."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mkdocs_govreport import cli
from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Severity
from mkdocs_govreport.records import published_entries, read_published, write_lines
from tests.documents import EXAMPLE, Files, changed, check_folder, load, only, rules_of, write
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.records import CORRECTION, FAULTY, GRANTED, NAME, but, corrections, published
from tests.support.site import Site

LICENCES = "proactive_disclosure.licences.decisions"
AGREEING: Files = {NAME: changed(TEXT, ("行政许可 | 1846", "行政许可 | 1850"))}
WHITE = {"reports/白石镇/2023.txt": changed(TEXT, ("云川市青禾区", "白石镇"))}


def logged(*steps: tuple[int | None, int | None]) -> Files:
    """A log in which the licences are corrected step by step."""
    return corrections(
        *(
            but(CORRECTION, date=f"2024-03-{day:02}", figures={LICENCES: {"from": before, "to": after}})
            for day, (before, after) in enumerate(steps, 5)
        )
    )


def findings(folder: Path, *files: Files) -> list[str]:
    merged = {name: content for each in files for name, content in each.items()}
    return [f"{f.rule}: {f.message.zh}" for f in check_folder(folder, merged).findings]


# --- what has changed -----------------------------------------------------------------------------


def test_what_has_not_changed_is_not_told(tmp_path: Path) -> None:
    assert findings(tmp_path, SOUND, published(SOUND)) == []


def test_a_silent_change_is_an_error_with_both_figures(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {**AGREEING, **published(SOUND)})
    finding = only(portal.findings, "unlogged-change")

    assert finding.fails
    assert finding.paths == (LICENCES,)
    assert "行政许可·处理决定 1,846 → 1,850" in finding.message.zh
    assert (finding.file, finding.agency, finding.year) == (NAME, "云川市青禾区", 2023)
    assert finding.origin is not None
    assert finding.origin.raw == "1850"


def test_all_changes_of_a_report_are_one_finding(tmp_path: Path) -> None:
    text = changed(TEXT, ("行政许可 | 1846", "行政许可 | 1850"), ("12.5", "12.75"))
    portal = check_folder(tmp_path, {NAME: text, **published(SOUND)})

    assert len(only(portal.findings, "unlogged-change").paths) == 2


def test_a_figure_that_has_become_blank_has_changed(tmp_path: Path) -> None:
    text = changed(TEXT, ("行政许可 | 1846", "行政许可 | /"))

    assert any("1,846 → 空" in finding for finding in findings(tmp_path, {NAME: text}, published(SOUND)))


def test_a_report_that_was_not_published_has_not_changed(tmp_path: Path) -> None:
    assert findings(tmp_path, SOUND, WHITE, published(WHITE)) == []


def test_the_place_of_a_figure_is_no_change(tmp_path: Path) -> None:
    moved = {NAME: changed(TEXT, ("一、总体情况", "目录\n\n一、总体情况"))}

    assert findings(tmp_path, moved, published(SOUND)) == []


# --- what the log says ----------------------------------------------------------------------------


SOUND_LOGS = {
    "one step": [(1846, 1850)],
    "two steps": [(1846, 1848), (1848, 1850)],
    "an older step that was published": [(1840, 1846), (1846, 1850)],
}
WRONG_LOGS: dict[str, tuple[list[tuple[int | None, int | None]], str]] = {
    "another new value": ([(1846, 1851)], "更正后（to）登记为 1,851，应为 1,850"),
    "another old value": ([(1845, 1850)], "更正前（from）登记为 1,845，应为 1,846"),
    "a blank that was none": ([(None, 1850)], "更正前（from）登记为 空，应为 1,846"),
    "a gap between two steps": ([(1846, 1848), (1849, 1850)], "更正前（from）登记为 1,849，应为 1,848"),
    "a wrong step after one that was published": ([(1840, 1846), (1845, 1850)], "登记为 1,845，应为 1,846"),
}


@pytest.mark.parametrize("log", SOUND_LOGS)
def test_a_change_is_logged_by(log: str, tmp_path: Path) -> None:
    assert findings(tmp_path, AGREEING, published(SOUND), logged(*SOUND_LOGS[log])) == []


@pytest.mark.parametrize("log", WRONG_LOGS)
def test_a_change_is_not_logged_by(log: str, tmp_path: Path) -> None:
    steps, said = WRONG_LOGS[log]
    (finding,) = findings(tmp_path, AGREEING, published(SOUND), logged(*steps))

    assert finding.startswith("faulty-correction")
    assert said in finding


def test_a_correction_stays_when_the_report_is_published_again(tmp_path: Path) -> None:
    assert findings(tmp_path, AGREEING, published(AGREEING), logged((1846, 1850))) == []


def test_a_second_change_needs_a_second_correction(tmp_path: Path) -> None:
    again = {NAME: changed(TEXT, ("行政许可 | 1846", "行政许可 | 1900"))}
    (finding,) = findings(tmp_path, again, published(AGREEING), logged((1846, 1850)))

    assert finding.startswith("unlogged-change")
    assert "1,850 → 1,900" in finding


def test_a_correction_of_what_the_report_does_not_have_is_faulty(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, SOUND, published(SOUND), logged((1846, 1850)))

    assert finding.startswith("faulty-correction")


def test_a_figure_is_named_by_its_title_too(tmp_path: Path) -> None:
    log = corrections(but(CORRECTION, figures={"行政许可·处理决定": {"from": 1846, "to": 1850}}))

    assert findings(tmp_path, AGREEING, published(SOUND), log) == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (but(CORRECTION, reason=None), "reason 缺少此项"),
        (but(CORRECTION, agency="青和区"), "没有名为“青和区”的机关"),
        (but(CORRECTION, figures={"applications.granted.people": {"from": 1, "to": 2}}), "没有数字"),
        (but(CORRECTION, figures={GRANTED: {"from": 17}}), "to 缺少此项"),
        (but(CORRECTION, figures=None), "写明更正的数字"),
        (but(CORRECTION, date="2024-13-01"), "没有这一天"),
        (but(CORRECTION, figures=None, removed=True), "没有撤下"),
    ],
)
def test_a_faulty_correction_is_told_with_its_line(entry: dict[str, Any], said: str, tmp_path: Path) -> None:
    finding = only(check_folder(tmp_path, {**SOUND, **corrections(entry)}).findings, "faulty-correction")

    assert said in finding.message.zh
    assert finding.file == "corrections.yml"
    assert finding.origin is not None
    assert finding.origin.line


# --- reports that are gone ------------------------------------------------------------------------


def test_a_published_report_that_is_gone_is_a_warning(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {**SOUND, **published({**SOUND, **WHITE})})
    finding = only(portal.findings, "removed-report")

    assert finding.severity is Severity.WARNING
    assert "白石镇2023年" in finding.message.zh


def test_a_report_that_was_taken_down_with_a_reason_is_not_told(tmp_path: Path) -> None:
    registry = {"agencies.yml": "agencies:\n  - {id: 白石镇, name: 白石镇}\n  - {id: 青禾区, name: 云川市青禾区}\n"}
    log = corrections(but(CORRECTION, agency="白石镇", figures=None, removed=True))

    assert findings(tmp_path, SOUND, registry, published({**SOUND, **WHITE}), log) == []


# --- the record of what was published -------------------------------------------------------------


@pytest.mark.parametrize("path", ["suqian/2024.yaml", "zongkou/2020.txt", "cihua/2023.txt"])
def test_what_is_written_reads_back_as_the_same_figures(path: str, tmp_path: Path) -> None:
    report = load((EXAMPLE / "reports" / path).read_bytes(), path).report
    assert report is not None
    write_lines(tmp_path / "published.json", "reports", published_entries([report]))

    (values,) = read_published(tmp_path / "published.json", load_catalogue()).values()
    assert values == numbers_of(report)
    assert not any(isinstance(value, float) for value in values.values())


def test_an_amount_with_decimals_is_the_same_after_it_was_written(tmp_path: Path) -> None:
    report = load((EXAMPLE / "reports/suqian/2024.yaml").read_bytes(), "suqian/2024.yaml").report
    assert report is not None
    write_lines(tmp_path / "published.json", "reports", published_entries([report]))
    (values,) = read_published(tmp_path / "published.json", load_catalogue()).values()

    assert Decimal("72701.2578") in values.values()


def test_a_row_with_a_value_too_many_is_no_record(tmp_path: Path) -> None:
    record = json.loads(str(published(SOUND)["published.json"]))
    next(iter(record["reports"][0]["figures"]["review_and_litigation"].values()))["review"].append(0)
    portal = check_folder(tmp_path, {**SOUND, "published.json": json.dumps(record)})

    assert rules_of(portal.findings) == {"faulty-record"}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, list(arguments))
    return result.exit_code, result.output


def test_publish_writes_a_line_for_each_report_in_a_steady_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, {**SOUND, **WHITE}))
    assert run("publish")[0] == 0
    first = Path("published.json").read_text(encoding="utf-8")
    assert run("publish")[0] == 0

    assert Path("published.json").read_text(encoding="utf-8") == first
    assert len(first.splitlines()) == 4
    assert [entry["agency"] for entry in json.loads(first)["reports"]] == sorted(["白石镇", "青禾区"])


@pytest.mark.parametrize("files", [FAULTY, {**AGREEING, **published(SOUND)}], ids=["an error", "a silent change"])
def test_publish_refuses_reports_with(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, files))
    before = Path("published.json").read_text(encoding="utf-8") if Path("published.json").exists() else None

    assert run("publish")[0] == 1
    assert (Path("published.json").read_text(encoding="utf-8") if Path("published.json").exists() else None) == before


def test_publish_takes_a_change_that_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {**AGREEING, **published(SOUND), **logged((1846, 1850))}))

    assert run("publish")[0] == 0
    assert run("check", "--strict")[0] == 0


def test_neither_a_check_nor_a_build_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, SOUND))
    run("check")
    Site(tmp_path).build()

    assert not Path("published.json").exists()


def test_a_part_of_the_reports_is_compared_and_the_rest_is_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, {**AGREEING, **WHITE, **published({**SOUND, **WHITE})}))

    assert run("check", "reports/白石镇", "--strict")[0] == 0
    assert run("check", "reports/青禾区")[0] == 1


# --- on pages -------------------------------------------------------------------------------------


def test_the_page_of_a_report_has_its_corrections_escaped(tmp_path: Path) -> None:
    log = corrections(
        but(
            CORRECTION,
            figures={LICENCES: {"from": 1846, "to": 1850}},
            reason="<b>来函</b>更正",
            evidence="https://www.example.gov.cn/",
        )
    )
    site = Site(tmp_path)
    site.write({name: str(content) for name, content in {**AGREEING, **log, **published(SOUND)}.items()})
    built = site.build(strict=True)
    assert built.error is None, built.log
    page = built.page("reports/青禾区/2023/")
    (row,) = page.xpath("//h2[@id='corrections']/following-sibling::div[1]//tbody/tr")

    assert [cell.text_content() for cell in row.xpath("td")][:5] == [
        "2024-03-05",
        "行政许可·处理决定",
        "1,846",
        "1,850",
        "<b>来函</b>更正 查看依据",
    ]
    assert page.get_element_by_id(row.xpath("td[2]/a/@href")[0].removeprefix("#")).text_content() == "1,850"


def test_a_page_without_corrections_has_no_such_section(tmp_path: Path) -> None:
    site = Site(tmp_path).write({NAME: TEXT})

    assert not site.build().page("reports/青禾区/2023/").xpath("//*[@id='corrections']")


def test_a_silent_change_stops_a_build(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({name: str(content) for name, content in {**AGREEING, **published(SOUND)}.items()})

    assert site.build().error is not None


def test_no_rule_of_records_is_told_where_there_are_none(tmp_path: Path) -> None:
    assert rules_of(check_folder(tmp_path, SOUND).findings) == set()


# --- the example ----------------------------------------------------------------------------------


def test_the_records_of_the_example_are_those_of_its_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    document = json.loads(run("check", "--format", "json")[1])
    told = [finding["message"] for finding in document["findings"] if finding["code"].startswith("W9")]

    assert told == []
    assert document["summary"]["waived"]


def test_the_example_shows_a_waiver_and_a_correction(tmp_path: Path) -> None:
    built = Site(tmp_path).build_config(EXAMPLE / "mkdocs.yml")

    assert built.error is None, built.log
    assert "不代填 0" in built.text("reports/yunchuan-jiaoyuju/2023/")
    assert "不代填 0" in built.text("reports/2023/")
    assert "原公布的是上年的现行有效数" in built.text("reports/yunchuan-zhujianju/2024/")
