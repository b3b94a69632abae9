"""A waiver lets a finding about a published report stand, with its reason, and hides nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_govreport import cli
from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Finding, Severity, Status
from mkdocs_govreport.output.data import findings_document
from mkdocs_govreport.pipeline import Portal
from tests.documents import Files, changed, check_folder, dumped, only, sound_document, write
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.records import FAULTY, GRANTED, NAME, WAIVER, but, waivers
from tests.support.site import Site

REVIEW = "review_and_litigation.review"
AMOUNT = "proactive_disclosure.licences.decisions"


def waived(portal: Portal) -> list[Finding]:
    return [finding for finding in portal.findings if finding.status is Status.WAIVED]


def check(folder: Path, files: Files, *entries: dict[str, Any]) -> Portal:
    return check_folder(folder, {**files, **waivers(*entries)})


def told(portal: Portal) -> str:
    (finding,) = [finding for finding in portal.findings if finding.code.startswith("W9")]
    return f"{finding.rule}: {finding.message.zh}"


def text_with(*replacements: tuple[str, str]) -> Files:
    return {NAME: changed(str(FAULTY[NAME]), *replacements)}


# --- what it covers -------------------------------------------------------------------------------


def test_a_waived_finding_does_not_fail(tmp_path: Path) -> None:
    portal = check(tmp_path, FAULTY, WAIVER)

    assert [finding.rule for finding in waived(portal)] == ["applicant-total"]
    assert portal.failing == ()
    assert [finding.rule for finding in portal.findings if finding.status is Status.OPEN] == []


def test_a_waived_finding_has_the_reason(tmp_path: Path) -> None:
    entry = but(WAIVER, expires="9999-12-31", evidence="https://www.example.gov.cn/a")
    (finding,) = waived(check(tmp_path, FAULTY, entry))

    assert finding.waiver is not None
    assert (finding.waiver.reason, finding.waiver.author) == ("原文如此，已去函核对", "云川市政务公开办")
    assert finding.waiver.evidence == "https://www.example.gov.cn/a"
    assert finding.waiver.figures == ((GRANTED, 17),)


@pytest.mark.parametrize("named", ["（一）予以公开·自然人", "(一)予以公开 · 自然人", GRANTED])
def test_a_figure_is_named_by_its_path_or_by_its_title(named: str, tmp_path: Path) -> None:
    assert waived(check(tmp_path, FAULTY, but(WAIVER, figures={named: 17})))


@pytest.mark.parametrize("rule", ["applicant-total", "T201", "t201"])
def test_a_rule_is_named_by_its_name_or_its_code(rule: str, tmp_path: Path) -> None:
    assert waived(check(tmp_path, FAULTY, but(WAIVER, rule=rule)))


@pytest.mark.parametrize("agency", ["qinghe", "青禾区", "云川市青禾区", "青禾区人民政府"])
def test_an_agency_is_named_as_the_registry_knows_it(agency: str, tmp_path: Path) -> None:
    registry = {"agencies.yml": "agencies:\n  - {id: qinghe, name: 青禾区, region: 云川市}\n"}

    assert waived(check(tmp_path, {**FAULTY, **registry}, but(WAIVER, agency=agency)))


def test_a_report_without_identity_is_named_by_its_file(tmp_path: Path) -> None:
    files = {"reports/a.txt": TEXT.split("\n", 2)[2]}
    entry = but(WAIVER, rule="identity", agency=None, year=None, figures=None, file="reports/a.txt", about="无法确定")

    assert [finding.rule for finding in waived(check(tmp_path, files, entry))] == ["identity"]


def test_a_warning_can_be_waived(tmp_path: Path) -> None:
    files = {NAME: changed(TEXT, ("行政许可 | 1846", "行政许可 | /"))}
    portal = check(tmp_path, files, but(WAIVER, rule="blank-cell", figures={AMOUNT: None}))

    assert portal.count(Severity.WARNING) == 0
    assert len(waived(portal)) == 1


def test_what_could_not_be_read_of_a_cell_is_named_as_it_stands(tmp_path: Path) -> None:
    files = {NAME: changed(TEXT, ("行政许可 | 1846", "行政许可 | 一千余"))}
    entry = but(WAIVER, rule="value-form", figures={AMOUNT: "一千余"})

    assert [finding.rule for finding in waived(check(tmp_path, files, entry))] == ["value-form"]


# --- what it does not cover -----------------------------------------------------------------------


NO_COVER = {
    "another year": but(WAIVER, year=2022),
    "another rule": but(WAIVER, rule="application-balance"),
    "another figure": but(WAIVER, figures={"applications.new_received.total": 32}),
    "another value": but(WAIVER, figures={GRANTED: 16}),
    "one figure of several with another value": but(WAIVER, figures={GRANTED: 17, "applications.granted.total": 18}),
}


@pytest.mark.parametrize("case", NO_COVER)
def test_a_finding_is_not_covered_by_a_waiver_for(case: str, tmp_path: Path) -> None:
    portal = check(tmp_path, FAULTY, NO_COVER[case])

    assert waived(portal) == []
    assert only(portal.findings, "applicant-total").fails


def test_a_waiver_dies_when_a_figure_changes_and_says_from_what_to_what(tmp_path: Path) -> None:
    portal = check(tmp_path, text_with(("(一)予以公开 | 17 | 3", "(一)予以公开 | 18 | 3")), WAIVER)

    assert waived(portal) == []
    assert "unused-waiver" in told(portal)
    assert "（一）予以公开·自然人 登记为 17，现为 18" in told(portal)


@pytest.mark.parametrize(
    "fault",
    [
        ("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0", "2.重复申请 | 1 | 0 | 0 | 0 | 0 | 0 | 0"),
        ("(一)予以公开 | 17 | 3 | 0", "(一)予以公开 | 17 | 3 | 1"),
        ("(一)予以公开 | 17 | 3", "(一)予以公开 | 17 | 4"),
    ],
    ids=["in the same column", "in the same row", "in the same row and not zero before"],
)
def test_another_fault_that_meets_the_waived_one_does_not_hide_behind_it(
    fault: tuple[str, str], tmp_path: Path
) -> None:
    assert check(tmp_path, text_with(fault), WAIVER).failing


SUQIAN = "reports/宿迁市/2024.json"
WRONG_GRANTED = but(WAIVER, agency="宿迁市", year=2024, figures={"applications.granted.natural_person": 1409})


@pytest.mark.parametrize("part", ["applications", "review_and_litigation"])
def test_no_other_wrong_figure_of_a_report_hides_behind_a_waiver(part: str, tmp_path: Path) -> None:
    hidden = []
    for path in load_catalogue().editions["2021"].figures(part)[::4]:
        document = sound_document()
        document["applications"]["granted"]["natural_person"] = 1409
        _, row, column = path.split(".")
        if path != "applications.granted.natural_person":
            document[part][row][column] += 2
            if not check(tmp_path, {SUQIAN: dumped(document)}, WRONG_GRANTED).failing:
                hidden.append(path)

    assert hidden == []


def test_a_wrong_figure_alone_is_covered_where_the_others_are_sound(tmp_path: Path) -> None:
    document = sound_document()
    document["applications"]["granted"]["natural_person"] = 1409

    assert len(waived(check(tmp_path, {SUQIAN: dumped(document)}, WRONG_GRANTED))) == 1


def review_with(**figures: int) -> Files:
    document = sound_document()
    document["review_and_litigation"]["review"] |= figures
    return {"reports/宿迁市/2024.json": dumped(document)}


REVIEW_WAIVER = but(WAIVER, rule="outcome-total", agency="宿迁市", year=2024, figures={f"{REVIEW}.total": 171})


def test_figures_that_no_other_relation_holds_in_place_must_be_named(tmp_path: Path) -> None:
    portal = check(tmp_path, review_with(total=171), REVIEW_WAIVER)

    assert waived(portal) == []
    assert "faulty-waiver" in told(portal)
    assert f"{REVIEW}.upheld: 88" in told(portal)
    assert "difference: -1" in told(portal)


@pytest.mark.parametrize(
    "bound",
    [
        {"difference": -1},
        {"difference": 1},
        {
            "figures": {
                f"{REVIEW}.{column}": value
                for column, value in {
                    "upheld": 88,
                    "corrected": 18,
                    "other_result": 28,
                    "pending": 36,
                    "total": 171,
                }.items()
            }
        },
    ],
    ids=["the difference", "the difference the other way round", "all figures"],
)
def test_a_sum_that_stands_alone_is_waived_with(bound: dict[str, Any], tmp_path: Path) -> None:
    assert len(waived(check(tmp_path, review_with(total=171), but(REVIEW_WAIVER, **bound)))) == 1


def test_a_waiver_dies_when_the_difference_changes(tmp_path: Path) -> None:
    portal = check(tmp_path, review_with(total=171, upheld=89, pending=36), but(REVIEW_WAIVER, difference=-2))

    assert waived(portal) == []


def test_a_waiver_without_figures_quotes_the_message(tmp_path: Path) -> None:
    files = {NAME: changed(TEXT, ("六、其他需要报告的事项\n", ""))}
    entry = but(WAIVER, rule="missing-part", figures=None)

    assert "about" in told(check(tmp_path / "without", files, entry))
    assert len(waived(check(tmp_path / "with", files, but(entry, about="其他需要报告的事项")))) == 1


def test_a_quotation_that_fits_two_findings_covers_neither(tmp_path: Path) -> None:
    text = changed(TEXT, ("六、其他需要报告的事项\n", ""), ("五、存在的主要问题及改进情况\n", ""))
    portal = check(tmp_path, {NAME: text}, but(WAIVER, rule="missing-part", figures=None, about="缺"))

    assert waived(portal) == []


def test_a_rule_that_the_same_cause_breaks_besides_is_told_the_rule_to_name(tmp_path: Path) -> None:
    assert "applicant-total" in told(check(tmp_path, FAULTY, but(WAIVER, rule="result-total")))


def test_records_cannot_be_waived(tmp_path: Path) -> None:
    assert "faulty-waiver" in told(check(tmp_path, SOUND, but(WAIVER, rule="unused-waiver")))


# --- what is wrong with a waiver ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (but(WAIVER, reason=None), "reason 缺少此项"),
        (but(WAIVER, reason=" "), "reason 应"),
        (but(WAIVER, rule="aplicant-total"), "没有名为“aplicant-total”的规则"),
        (but(WAIVER, agency="青和区"), "没有名为“青和区”的机关"),
        (but(WAIVER, agency=None), "写明是哪份报告"),
        (but(WAIVER, date="2024-02-30"), "没有这一天"),
        (but(WAIVER, date="三月二日"), "写成“2026-03-02”的样子"),
        (but(WAIVER, figures={"applications.granted.people": 17}), "没有数字“applications.granted.people”"),
        (but(WAIVER, evidence="javascript:alert(1)"), "evidence 应"),
        (but(WAIVER, reasons="错字"), "reasons 没有这个字段"),
    ],
)
def test_a_faulty_waiver_is_told_and_covers_nothing(entry: dict[str, Any], said: str, tmp_path: Path) -> None:
    portal = check(tmp_path, FAULTY, entry)
    finding = only(portal.findings, "faulty-waiver")

    assert said in finding.message.zh
    assert finding.file == "waivers.yml"
    assert finding.origin is not None
    assert finding.origin.line
    assert waived(portal) == []


def test_a_faulty_waiver_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    portal = check(tmp_path, FAULTY, but(WAIVER, author=None), WAIVER)

    assert len(waived(portal)) == 1


def test_the_line_is_that_of_the_entry(tmp_path: Path) -> None:
    text = "waivers:\n" + yaml.safe_dump([WAIVER], allow_unicode=True) + yaml.safe_dump([but(WAIVER, rule="x")])
    portal = check_folder(tmp_path, {**FAULTY, "waivers.yml": text})
    line = text.splitlines().index("  rule: x") + 1

    assert only(portal.findings, "faulty-waiver").origin.line == line  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "# 暂无\n", "waivers: []\n"])
def test_a_file_without_entries_is_none(text: str, tmp_path: Path) -> None:
    assert check_folder(tmp_path, {**SOUND, "waivers.yml": text}).findings == ()


@pytest.mark.parametrize("text", ["waivers: 3\n", "waivers:\n  - {rule: a\n", "- 1\n", "reasons: []\n"])
def test_a_file_that_is_none_is_told(text: str, tmp_path: Path) -> None:
    assert "faulty-waiver" in {f.rule for f in check_folder(tmp_path, {**SOUND, "waivers.yml": text}).findings}


def test_a_waiver_holds_through_its_last_day_and_not_after(tmp_path: Path) -> None:
    today = date.today().isoformat()
    until_today = check(tmp_path / "a", FAULTY, but(WAIVER, expires=today))
    expired = check(tmp_path / "b", FAULTY, but(WAIVER, expires="2024-12-31"))

    assert len(waived(until_today)) == 1
    assert only(expired.findings, "expired-waiver").fails
    assert only(expired.findings, "applicant-total").fails


# --- at the terminal and for programs -------------------------------------------------------------


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    monkeypatch.chdir(write(folder, files))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, list(arguments))
    return result.exit_code, result.output


def test_check_passes_and_counts_what_is_waived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path, monkeypatch, {**FAULTY, **waivers(WAIVER)})
    code, output = run("check", "--strict")

    assert code == 0
    assert "已说明 1 处" in output


def test_a_waiver_of_a_report_that_is_not_checked_is_not_unused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {"reports/白石镇/2023.txt": changed(TEXT, ("云川市青禾区", "白石镇"))}
    in_folder(tmp_path, monkeypatch, {**FAULTY, **other, **waivers(WAIVER)})

    assert run("check", "reports/白石镇", "--strict")[0] == 0


def test_the_waivers_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"records/known.yml": waivers(WAIVER)["waivers.yml"]}
    site = "plugins:\n  - govreport: {waivers: records/known.yml}\n"
    in_folder(tmp_path, monkeypatch, {**FAULTY, **files, "mkdocs.yml": site})

    assert run("check")[0] == 0


def test_waivers_that_are_set_and_do_not_exist_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = "plugins:\n  - govreport: {waivers: records/known.yml}\n"
    in_folder(tmp_path, monkeypatch, {**SOUND, "mkdocs.yml": site})
    code, output = run("check")

    assert code == 1
    assert "records/known.yml" in output


def test_the_document_of_a_waived_finding_is_valid_and_has_the_waiver(tmp_path: Path) -> None:
    document = json.loads(json.dumps(findings_document(check(tmp_path, FAULTY, WAIVER), "zh")))
    schema = load_catalogue().schemas["urn:mkdocs-govreport:findings"]
    (finding,) = document["findings"]

    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert document["summary"]["waived"] == 1
    assert finding["status"] == "waived"
    assert finding["waiver"] == {
        "reason": "原文如此，已去函核对",
        "author": "云川市政务公开办",
        "date": "2024-03-02",
        "expires": None,
        "evidence": None,
    }


def test_a_finding_keeps_its_fingerprint_when_it_is_waived(tmp_path: Path) -> None:
    documents = [
        findings_document(check_folder(tmp_path / name, files), "zh")
        for name, files in {"open": FAULTY, "waived": {**FAULTY, **waivers(WAIVER)}}.items()
    ]

    assert len({document["findings"][0]["fingerprint"] for document in documents}) == 1


# --- on pages -------------------------------------------------------------------------------------


WAIVED = "//li[contains(@class, 'gr-waived')]"
REGISTRY: Files = {"agencies.yml": "agencies:\n  - {id: qinghe, name: 云川市青禾区}\n"}


def site_with(folder: Path, *entries: dict[str, Any]) -> Site:
    files = {**FAULTY, **waivers(*entries), **REGISTRY}
    return Site(folder, options={"agencies": "agencies.yml"}).write(
        {k: v for k, v in files.items() if isinstance(v, str | bytes)}
    )


def test_a_build_with_a_waived_error_passes_and_shows_the_reason(tmp_path: Path) -> None:
    entry = but(WAIVER, reason="原文<b>如此</b>", evidence="https://www.example.gov.cn/a?b=1&c=2")
    built = site_with(tmp_path, entry).build(strict=True)
    assert built.error is None, built.log
    (finding,) = built.page("reports/qinghe/2023/").xpath(WAIVED)

    assert "原文<b>如此</b>" in finding.text_content()
    assert "云川市政务公开办，2024-03-02" in finding.text_content()
    assert "（一）予以公开·自然人 17" in finding.text_content()
    assert not finding.xpath(".//dd//b")
    assert finding.xpath(".//dl//a/@href") == ["https://www.example.gov.cn/a?b=1&c=2"]


def test_the_cell_of_a_waived_finding_leads_to_it(tmp_path: Path) -> None:
    page = site_with(tmp_path, WAIVER).build().page("reports/qinghe/2023/")
    (target,) = page.xpath("//a[contains(@class, 'gr-flag gr-waived')]/@href")

    assert page.get_element_by_id(target.removeprefix("#")).xpath(".//*[@class='gr-waiver']")


def test_the_index_of_the_year_lists_what_is_waived(tmp_path: Path) -> None:
    page = site_with(tmp_path, WAIVER).build().page("reports/2023/")
    (section,) = page.xpath("//section[h2[@id='waived']]")

    assert "原文如此，已去函核对" in section.text_content()
    assert section.xpath(".//li//a/@href")[0].endswith("qinghe/2023/#finding-1")


def test_a_report_is_not_said_to_agree_when_a_finding_is_waived(tmp_path: Path) -> None:
    text = site_with(tmp_path, WAIVER).build().text("reports/qinghe/2023/")

    assert "没有发现不符" in text
    assert "除已说明的问题外" in text
    assert "各数相符" not in text


def test_what_is_wrong_with_waivers_is_for_editors_and_not_on_pages(tmp_path: Path) -> None:
    built = site_with(tmp_path, WAIVER, but(WAIVER, year=2022)).build()

    assert built.error is None
    assert "没有这份报告" in built.log
    assert "没有这份报告" not in built.text("")
