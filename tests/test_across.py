"""What is judged beyond the figures of one report: what is missing, copied, late, of another year, or unlikely."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_govreport.checks import similarity
from mkdocs_govreport.cli import main
from mkdocs_govreport.model import Finding
from mkdocs_govreport.pipeline import load_portal
from mkdocs_govreport.pipeline.cache import Cache
from tests.documents import Files, changed, check_folder, load, only, rules_of, settings, write
from tests.rule_cases.across import (
    FILE,
    OF_FORESTS,
    OF_GREENS,
    OVERVIEW,
    PROBLEMS,
    TOWNSHIP,
    TWO_AGENCIES,
    TWO_ENTRIES,
    dated,
    registry,
    report,
    two_years,
    with_overview,
)
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.reading import SUQIAN_2023, WITH_TABLE_2_OF_2019, document_with
from tests.support.site import Site


def found(folder: Path, files: Files, rule: str) -> list[Finding]:
    return [finding for finding in check_folder(folder, files).findings if finding.rule == rule]


def command(folder: Path, monkeypatch: pytest.MonkeyPatch, files: Files, site: str, *arguments: str) -> Result:
    """Run `govreport check` in a site whose plugin has the options `site`."""
    options = "".join(f"      {line}\n" for line in ("agencies: agencies.yml", "cache: false", *site.splitlines()))
    monkeypatch.chdir(write(folder, {**files, "mkdocs.yml": f"plugins:\n  - govreport:\n{options}"}))
    return CliRunner().invoke(main, ["check", "--format", "json", *arguments])


def told(result: Result, rule: str) -> list[str]:
    """Return the messages of a rule that a command printed."""
    return [finding["message"] for finding in json.loads(result.stdout)["findings"] if finding["rule"] == rule]


# --- reports that are not there -------------------------------------------------------------------


def test_a_gap_is_found_at_the_later_report_and_names_the_years(tmp_path: Path) -> None:
    files = {**SOUND, "reports/青禾区/2020.txt": report(year=2020)}
    (finding,) = found(tmp_path, files, "year-gap")

    assert (finding.file, finding.year) == (FILE, 2023)
    assert "缺少2021年、2022年的" in finding.message.zh


def test_a_file_that_cannot_be_read_leaves_no_gap(tmp_path: Path) -> None:
    files = {**SOUND, "reports/青禾区/2021.txt": report(year=2021), "reports/青禾区/2022.wps": b"\xd0\xcf\x11\xe0"}

    assert found(tmp_path, files, "year-gap") == []


def test_a_year_in_which_the_agency_was_not_there_is_no_gap(tmp_path: Path) -> None:
    files = {**SOUND, "reports/青禾区/2021.txt": report(year=2021)}

    assert (
        found(tmp_path, {**files, "agencies.yml": registry("id: qinghe, name: 青禾区, since: 2023")}, "year-gap") == []
    )


def test_who_has_not_handed_in_is_found_at_its_line_of_the_registry(tmp_path: Path) -> None:
    entries = registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区")
    (finding,) = found(tmp_path, {**TWO_AGENCIES, "agencies.yml": entries}, "missing-report")

    assert finding.origin is not None
    assert (finding.file, finding.origin.line, finding.agency) == ("agencies.yml", 4, "柳溪区")


def test_several_years_of_an_agency_are_one_finding(tmp_path: Path) -> None:
    files = {f"reports/{name}/{year}.txt": report(name, year) for name in ("青禾区", "临澜区") for year in (2022, 2023)}
    entries = registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区")
    (finding,) = found(tmp_path, {**files, "agencies.yml": entries}, "missing-report")

    assert "2022年、2023年" in finding.message.zh


def test_nobody_is_missing_while_reports_come_in(tmp_path: Path) -> None:
    assert found(tmp_path, {**SOUND, "agencies.yml": registry(*TWO_ENTRIES)}, "missing-report") == []


def test_a_file_that_cannot_be_read_is_not_missing(tmp_path: Path) -> None:
    entries = registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区")
    files = {**TWO_AGENCIES, "reports/liuxi/2023.wps": b"\xd0\xcf\x11\xe0", "agencies.yml": entries}

    assert found(tmp_path, files, "missing-report") == []


def test_a_gap_is_not_said_to_be_missing_as_well(tmp_path: Path) -> None:
    files = {f"reports/{name}/{year}.txt": report(name, year) for name in ("青禾区", "临澜区") for year in (2021, 2023)}
    files |= {f"reports/{name}/2022.txt": report(name, 2022) for name in ("青禾区", "柳溪区")}
    entries = registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区, since: 2022, until: 2022")
    portal = check_folder(tmp_path, {**files, "agencies.yml": entries})

    assert only(portal.findings, "year-gap").agency == "临澜区"
    assert "missing-report" not in rules_of(portal.findings)


def test_an_agency_is_not_expected_before_its_first_report_unless_the_registry_says_so(tmp_path: Path) -> None:
    files = {f"reports/{name}/2022.txt": report(name, 2022) for name in ("青禾区", "临澜区")}
    files |= {f"reports/{name}/2023.txt": report(name) for name in ("青禾区", "临澜区", "柳溪区")}
    new, old = (registry(*TWO_ENTRIES, entry) for entry in ("id: x, name: 柳溪区", "id: x, name: 柳溪区, since: 2022"))

    assert found(tmp_path / "new", {**files, "agencies.yml": new}, "missing-report") == []
    assert len(found(tmp_path / "old", {**files, "agencies.yml": old}, "missing-report")) == 1


def test_a_site_expects_the_years_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**SOUND, "agencies.yml": registry(*TWO_ENTRIES)}
    result = command(tmp_path, monkeypatch, files, "years: [2023]")

    assert len(told(result, "missing-report")) == 1


def test_the_missing_of_several_agencies_are_all_printed_under_the_registry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [f"{place}区" for place in "松溪白鹿石"]
    files = {**SOUND, "agencies.yml": registry(TWO_ENTRIES[0], *(f"id: x{name}, name: {name}" for name in others))}
    command(tmp_path, monkeypatch, files, "years: [2023]")
    printed = CliRunner().invoke(main, ["check"]).stdout

    assert "agencies.yml" in printed.splitlines()  # and no agency beside it
    assert all(f"没有找到{name}2023年的报告" in printed for name in others)


def test_of_files_that_somebody_names_none_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**SOUND, "agencies.yml": registry(*TWO_ENTRIES)}
    result = command(tmp_path, monkeypatch, files, "years: [2023]", FILE)

    assert told(result, "missing-report") == []


def test_between_files_that_somebody_names_there_is_no_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**SOUND, "reports/青禾区/2021.txt": report(year=2021), "agencies.yml": registry(*TWO_ENTRIES)}

    assert told(command(tmp_path, monkeypatch, files, "", FILE, "reports/青禾区/2021.txt"), "year-gap") == []
    assert len(told(command(tmp_path, monkeypatch, files, ""), "year-gap")) == 1


def test_the_folder_of_all_reports_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**SOUND, "agencies.yml": registry(*TWO_ENTRIES)}
    result = command(tmp_path, monkeypatch, files, "years: [2023]", "reports/")

    assert len(told(result, "missing-report")) == 1


# --- prose of others ------------------------------------------------------------------------------


def test_a_copy_is_told_to_both_with_the_share_and_the_longest_passage(tmp_path: Path) -> None:
    shorter = changed(OF_GREENS, ("，随车受理申请并当场登记", ""))
    files = {"reports/临澜区/2023.txt": report("临澜区", overview=shorter), **with_overview(OF_GREENS)}
    one, other = found(tmp_path, files, "shared-prose")

    assert {one.file, other.file} == {FILE, "reports/临澜区/2023.txt"}
    here = one if one.file == FILE else other
    assert "“总体情况”的 94% 与云川市临澜区2023年报告（reports/临澜区/2023.txt）相同" in here.message.zh
    assert "“各街道把补贴名单分组上墙，由村民小组核对签字后归档。窗口人员轮流到档案室值守，…”" in here.message.zh


def test_names_figures_and_punctuation_do_not_make_a_text_ones_own(tmp_path: Path) -> None:
    one = OF_GREENS.replace("青禾区", "青禾区2023年受理31件，青禾区")
    other = OF_GREENS.replace("青禾区", "临澜区2023年受理7件、临澜区").replace("。", "；")
    files = {"reports/临澜区/2023.txt": report("临澜区", overview=other), **with_overview(one)}
    findings = found(tmp_path, files, "shared-prose")

    assert all("的 100%" in finding.message.zh for finding in findings)
    assert len(findings) == 2


def test_phrases_that_everybody_uses_are_no_copy(tmp_path: Path) -> None:
    phrase = "坚持以公开为常态、不公开为例外，推进决策、执行、管理、服务、结果公开。"
    files = {
        "reports/临澜区/2023.txt": report("临澜区", overview=phrase + OF_FORESTS),
        **with_overview(phrase + OF_GREENS),
    }

    assert found(tmp_path, files, "shared-prose") == []


def test_a_short_text_may_be_that_of_others(tmp_path: Path) -> None:
    files = {"reports/临澜区/2023.txt": report("临澜区", overview=OF_FORESTS), **with_overview(OF_GREENS)}

    assert PROBLEMS in files["reports/临澜区/2023.txt"]
    assert found(tmp_path, files, "shared-prose") == []


def test_a_template_of_many_agencies_is_found_at_each(tmp_path: Path) -> None:
    names = [f"{place}{kind}" for place in "云松溪白鹿青石南桥柳竹梅" for kind in ("山镇", "水乡", "岭镇", "川乡")]
    files = {f"reports/{name}/2023.txt": report(name, overview=OF_GREENS) for name in names}

    assert len(found(tmp_path, files, "shared-prose")) == len(names) == 48


def test_the_text_of_the_year_before_last_is_not_compared(tmp_path: Path) -> None:
    files = {"reports/青禾区/2021.txt": report(year=2021, overview=OF_GREENS), **with_overview(OF_GREENS)}

    assert found(tmp_path, files, "repeated-prose") == []


def test_a_text_of_last_year_is_found_at_the_later_report(tmp_path: Path) -> None:
    files = {"reports/青禾区/2022.txt": report(year=2022, overview=OF_GREENS), **with_overview(OF_GREENS)}
    (finding,) = found(tmp_path, files, "repeated-prose")

    assert (finding.file, finding.year) == (FILE, 2023)
    assert "2022年报告（reports/青禾区/2022.txt）" in finding.message.zh


def copies(folder: Path, files: Files) -> list[str]:
    """Check files with a cache; return the messages about copies."""
    portal = load_portal(["reports"], write(folder, files), settings(), cache=Cache(folder / "cache"))
    return [finding.message.zh for finding in portal.findings if finding.rule == "shared-prose"]


def test_copies_are_not_looked_for_again_while_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"reports/临澜区/2023.txt": report("临澜区", overview=OF_GREENS), **with_overview(OF_GREENS)}
    before = copies(tmp_path, files)
    monkeypatch.setattr(similarity, "share", lambda *_: pytest.fail("compared again"))

    assert copies(tmp_path, files) == before
    assert len(before) == 2


def test_a_copy_that_was_mended_is_looked_at_again(tmp_path: Path) -> None:
    files = {"reports/临澜区/2023.txt": report("临澜区", overview=OF_GREENS), **with_overview(OF_GREENS)}
    copies(tmp_path, files)

    assert copies(tmp_path, {**files, **with_overview(OF_FORESTS)}) == []


# --- deadlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "is_late"),
    [
        ("department", "2024-01-31", False),
        ("department", "2024-02-01", True),
        ("部门", "2024-02-01", True),
        ("government", "2024-02-01", False),
        ("人民政府", "2024-04-01", True),
        ("township", "2024-12-01", False),
        ("园区", "2024-12-01", False),
        ("事业单位", "2024-12-01", False),
    ],
)
def test_a_report_is_late_by_the_day_of_its_kind(kind: str, day: str, is_late: bool, tmp_path: Path) -> None:
    files = dated(day, f"id: qinghe, name: 青禾区, kind: {kind}")

    assert bool(found(tmp_path, files, "late")) is is_late


def test_a_township_that_is_called_a_government_has_no_day_by_law(tmp_path: Path) -> None:
    files = {
        "reports/白石镇/2023.txt": report("白石镇"),
        "reports/白石镇/2023.txt.meta.yml": "published_on: 2024-06-01\n",
        "agencies.yml": registry("id: baishi, name: 白石镇人民政府, kind: government"),
    }

    assert found(tmp_path, files, "late") == []


def test_the_day_of_the_registry_comes_before_that_of_the_kind(tmp_path: Path) -> None:
    files = dated("2024-01-16", 'id: qinghe, name: 青禾区, kind: government, deadline: "01-15"')
    (finding,) = found(tmp_path, files, "late")

    assert "比2024-01-15的期限晚1天。期限出自机关名录为该机关规定的期限" in finding.message.zh


def test_the_ground_of_a_day_by_law_is_the_law(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, dated("2024-04-02", "id: qinghe, name: 青禾区, kind: government"), "late")

    assert "《政府信息公开条例》第四十九条" in finding.message.zh
    assert "2024-04-02公布（依据元数据）" in finding.message.zh


def test_a_site_sets_a_day_for_townships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(tmp_path, monkeypatch, dated("2024-01-16", TOWNSHIP), 'deadlines: {乡镇: "01-15"}')
    (message,) = told(result, "late")

    assert "本站为这类机关规定的期限" in message


def test_a_site_switches_a_day_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = dated("2024-12-01", "id: qinghe, name: 青禾区, kind: government")
    result = command(tmp_path, monkeypatch, files, "deadlines: {government: false}")

    assert told(result, "late") == []


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ("deadlines: {旅行社: 01-15}", "旅行社"),
        ("deadlines: {township: 13-01}", "13-01"),
        ("deadlines: {township: 02-29}", "02-29"),
        ("deadlines: {township: 15}", "15"),
        ("deadlines: 01-15", "deadlines"),
        ("years: [二〇二三]", "years"),
        ("years: [23]", "years"),
    ],
)
def test_an_option_that_cannot_be_meant_ends_the_command_with_one_line(
    option: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(tmp_path, monkeypatch, {**SOUND, "agencies.yml": registry(*TWO_ENTRIES)}, option)

    assert result.exit_code == 2
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_build_takes_the_days_and_the_years_of_the_site(tmp_path: Path) -> None:
    files = {**dated("2024-01-16", TOWNSHIP), "agencies.yml": registry(TOWNSHIP, "id: linlan, name: 临澜区")}
    options = {"agencies": "agencies.yml", "deadlines": {"township": "01-15"}, "years": [2023]}
    built = Site(tmp_path, options=options).write(files).build()

    assert "Q703 late" in built.log
    assert "没有找到临澜区2023年的报告" in built.log


def test_a_kind_that_is_not_known_ends_a_build_with_the_kinds_that_are(tmp_path: Path) -> None:
    built = Site(tmp_path, options={"deadlines": {"旅行社": "01-15"}}).write(SOUND).build()

    assert "deadlines: 没有类别 旅行社" in built.log
    assert "township" in built.log


def test_a_day_of_the_registry_that_no_year_has_is_found_at_its_line(tmp_path: Path) -> None:
    entries = registry("id: linlan, name: 临澜区", 'id: qinghe, name: 青禾区, deadline: "06-31"')
    finding = only(check_folder(tmp_path, {**SOUND, "agencies.yml": entries}).findings, "registry")

    assert finding.origin is not None
    assert finding.origin.line == 3
    assert "06-31" in finding.message.zh


def test_a_date_that_is_none_is_not_judged(tmp_path: Path) -> None:
    files = dated("昨天", "id: qinghe, name: 青禾区, kind: government")

    assert not rules_of(check_folder(tmp_path, files).findings) & {"late", "published-early"}


# --- years and notices ----------------------------------------------------------------------------


def test_other_years_in_the_prose_are_normal() -> None:
    prose = (
        "与2021年相比，申请减少三成。\n（一）2022年问题整改情况\n2022年提出的三个问题都已解决，2024年将继续改进。\n"
        "1.2022年12月修订办事指南\n2.《2022年工作要点》解读"
    )

    assert "wrong-year" not in rules_of(load(changed(TEXT, (OVERVIEW, prose))).findings)


@pytest.mark.parametrize("heading", ["（一）2022年主动公开情况", "1.2022年度政策解读", "2、2022年回应关切情况"])
def test_a_heading_within_a_part_that_is_left_from_last_year_is_found(heading: str) -> None:
    finding = only(load(changed(TEXT, (OVERVIEW, f"{heading}\n{OVERVIEW}"))).findings, "wrong-year")

    assert "2022年，报告是2023年的" in finding.message.zh


def test_a_heading_of_the_year_to_come_is_normal() -> None:
    heading = "五、存在的主要问题及2024年改进情况"

    assert "wrong-year" not in rules_of(load(changed(TEXT, ("五、存在的主要问题及改进情况", heading))).findings)


def test_a_heading_of_a_part_has_its_place() -> None:
    finding = only(load(changed(TEXT, ("一、总体情况", "一、2022年总体情况"))).findings, "wrong-year")

    assert finding.origin is not None
    assert finding.origin.line == 3


def test_a_period_that_begins_in_another_year_is_found() -> None:
    text = changed(TEXT, ("统计期限为2023年1月1日", "统计期限为2022年1月1日"))

    assert "起始日" in only(load(text).findings, "wrong-year").message.zh


def test_a_title_of_another_year_is_said_once() -> None:
    result = load(changed(TEXT, ("青禾区2023年政府", "青禾区2022年政府"), ("一、总体情况", "一、2022年总体情况")))

    assert {"identity-conflict", "wrong-year"} & rules_of(result.findings) == {"identity-conflict"}


@pytest.mark.parametrize(
    ("cited", "is_wrong"),
    [
        ("国办公开办函〔2019〕60号", True),
        ("国办公开办函（2019）60号", True),
        ("国办公开办函[2019] 60 号", True),
        ("国办公开办函〔2021〕60号", True),
        ("国办公开办函〔2021〕30号", False),
        ("国办公开办函【2021】30号", False),
        ("国办公开办函〔2020〕12号", False),
        ("国办发〔2019〕60号", False),
        ("国办公开办函〔2021〕30号取代国办公开办函〔2019〕60号", False),
    ],
)
def test_the_notice_is_that_of_the_edition_of_the_tables(cited: str, is_wrong: bool) -> None:
    findings = load(changed(TEXT, (OVERVIEW, f"依照{cited}编制。{OVERVIEW}"))).findings

    assert ("wrong-notice" in rules_of(findings)) is is_wrong


def test_tables_of_two_editions_go_with_either_notice() -> None:
    text = changed(WITH_TABLE_2_OF_2019, (OVERVIEW, f"依照国办公开办函〔2019〕60号编制。{OVERVIEW}"))

    assert "wrong-notice" not in rules_of(load(text).findings)


# --- parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "无", "无。", "暂无问题。", "　", "……"])
def test_a_part_that_says_nothing_is_found(text: str) -> None:
    assert "thin-part" in rules_of(load(changed(TEXT, (PROBLEMS, text))).findings)


def test_nothing_to_report_under_other_matters_is_normal() -> None:
    assert "thin-part" not in rules_of(load(changed(TEXT, ("没有收取信息处理费。", "无。"))).findings)


def test_a_column_too_many_is_one_finding_for_all_rows() -> None:
    lines = TEXT.splitlines()
    header = next(number for number, line in enumerate(lines) if line.startswith("自然人 |"))
    lines[header] = "自然人 | 法人或其他组织 | 总计 | 备注"
    for number in range(header + 2, header + 27):
        lines[number] = lines[number].rstrip(" |") + " | 9"
    findings = load("\n".join(lines)).findings
    finding = only(findings, "extra-column")

    assert rules_of(findings) == {"extra-column"}
    assert "列“备注”，25行因此多出数来" in finding.message.zh
    assert "“一、本年新收”（31｜5｜0｜0｜0｜0｜36｜9）" in finding.message.zh
    assert len(finding.paths) == 25 * 7
    assert finding.origin is not None
    assert finding.origin.line == header + 1


def test_a_row_too_long_under_the_headers_of_the_form_is_a_row_that_cannot_be_read() -> None:
    findings = load(changed(TEXT, ("规章 | 0 | 0 | 0", "规章 | 0 | 0 | 0 | 3"))).findings

    assert rules_of(findings) == {"unreadable-row"}


# --- figures --------------------------------------------------------------------------------------


def test_an_amount_in_another_unit_is_found_at_its_cell(tmp_path: Path) -> None:
    files = two_years("行政事业性收费 | 12.5@行政事业性收费 | 12.5", "@行政事业性收费 | 131240")
    (finding,) = found(tmp_path, files, "unit-jump")

    assert finding.paths == ("proactive_disclosure.administrative_fees.amount_wan_yuan",)
    assert finding.origin is not None
    assert finding.origin.raw == "131240"
    assert "本年为 131,240，2022年为 12.5" in finding.message.zh


def test_an_amount_that_shrinks_to_a_ten_thousandth_is_found(tmp_path: Path) -> None:
    files = two_years("行政事业性收费 | 12.5@行政事业性收费 | 125000", "@行政事业性收费 | 13.1")

    assert len(found(tmp_path, files, "unit-jump")) == 1


def test_the_procurement_of_the_2019_edition_has_no_unit_and_may_jump(tmp_path: Path) -> None:
    files = two_years(
        "政府集中采购 | 4 | 1265656@政府集中采购 | 4 | 130", "@政府集中采购 | 4 | 1265656", WITH_TABLE_2_OF_2019
    )

    assert len(found(tmp_path, files, "unit-jump")) == 1


@pytest.mark.parametrize(("then", "now"), [("0", "131240"), ("/", "131240"), ("12.5", "0"), ("12.5", "900")])
def test_an_amount_without_one_to_compare_or_of_another_size_is_not_found(then: str, now: str, tmp_path: Path) -> None:
    files = two_years(f"行政事业性收费 | 12.5@行政事业性收费 | {then}", f"@行政事业性收费 | {now}")

    assert found(tmp_path, files, "unit-jump") == []


@pytest.mark.parametrize(
    ("then", "now", "is_found"),
    [
        ("1846", "18460", True),
        ("1846", "18463", True),
        ("18460", "1846", True),
        ("1846", "18360", False),
        ("73", "730", False),
    ],
)
def test_a_digit_too_many_is_found_where_the_others_are_last_years(
    then: str, now: str, is_found: bool, tmp_path: Path
) -> None:
    files = two_years(f"行政许可 | 1846@行政许可 | {then}", f"@行政许可 | {now}")

    assert bool(found(tmp_path, files, "tenfold")) is is_found


def test_a_digit_too_many_that_breaks_a_sum_is_said_once(tmp_path: Path) -> None:
    files = {"reports/宿迁市/2023.md": SUQIAN_2023, **document_with("applications.new_received.total", 35110)}
    findings = [finding for finding in check_folder(tmp_path, files).findings if finding.file.endswith("2024.json")]

    assert "application-balance" in rules_of(findings)
    assert "tenfold" not in rules_of(findings)


@pytest.mark.parametrize(
    ("entry", "is_found"),
    [
        ("kind: 乡镇", True),
        ("kind: zone", True),
        ("kind: department, region: 甲县", True),
        ("kind: department, region: 江苏省宿迁市", False),
        ("kind: government, region: 新疆维吾尔自治区", False),
        ("region: 甲县", False),
        ("kind: 事业单位, region: 甲县", False),
    ],
)
def test_regulations_are_found_where_the_registry_says_that_the_body_issues_none(
    entry: str, is_found: bool, tmp_path: Path
) -> None:
    text = changed(TEXT, ("规章 | 0 | 0 | 0", "规章 | 1 | 0 | 1"))
    files = {FILE: text, "agencies.yml": registry(f"id: qinghe, name: 青禾区, {entry}")}

    assert bool(found(tmp_path, files, "regulations-level")) is is_found
