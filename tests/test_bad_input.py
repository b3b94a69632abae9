"""Whatever lies in the folder of reports: a finding that names the file and the remedy, and nothing else is harmed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from mkdocs_govreport.model import Finding
from mkdocs_govreport.pipeline import Portal, load_portal
from tests.documents import (
    EXAMPLE,
    changed,
    check_folder,
    dumped,
    load,
    only,
    rules_of,
    settings,
    sound_document,
    sound_text,
    write,
)

SOUND = sound_text()
GOOD = {"reports/宿迁市/2024.json": dumped(sound_document())}
REGISTRY = "agencies:\n  - {id: suqian, name: 宿迁市}\n  - {id: qinghe, name: 青禾区, parent: suqian}\n"
MARKDOWN = (EXAMPLE / "reports-faulty/liuxi/2023.md").read_text(encoding="utf-8").split("---", 2)[2]
DOCUMENT = dumped(sound_document()).decode()


def found_in(folder: Path, name: str, content: str | bytes, rule: str) -> Finding:
    """Check a bad file beside a good report; return the one finding of `rule`, which must be the only error."""
    portal = check_folder(folder, {**GOOD, f"reports/{name}": content})

    assert [report.agency for report in portal.reports if report.file == "reports/宿迁市/2024.json"] == ["宿迁市"]
    # Some bad files are copies of the good one but for a value, and both are told so.
    assert rules_of(portal.findings_of("reports/宿迁市/2024.json")) <= {"shared-prose"}
    finding = only(portal.findings, rule)
    assert finding.fails
    assert finding.file == f"reports/{name}"
    return finding


def assert_says(finding: Finding, zh: str, en: str) -> None:
    assert zh in finding.message.zh
    assert en in finding.message.en
    assert "Traceback" not in finding.message.zh


# --- files that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\x00\x00"], ids=["0", "space", "bom", "nul"])
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md", ".yaml", ".json"])
def test_an_empty_file(suffix: str, content: bytes, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/2023{suffix}", content, "empty-file")

    assert_says(finding, "请重新导出或删除", "Export it again or remove it")


@pytest.mark.parametrize("suffix", [".txt", ".html", ".md", ".yaml", ".json"])
@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xff\xfe\xfd abc \x81", "报告".encode("utf-16")[:-1]],
    ids=["picture", "no encoding", "half UTF-16"],
)
def test_a_file_that_is_no_text(suffix: str, content: bytes, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/2023{suffix}", content, "undecodable")

    assert_says(finding, "另存为 UTF-8", "save it as UTF-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_text_in_a_usual_encoding_is_read(encoding: str) -> None:
    assert load(SOUND.encode(encoding)).findings == ()


@pytest.mark.parametrize("suffix", [".xyz", ".doc", ".wps", ".ofd", ".DOC"])
def test_a_format_that_is_not_supported(suffix: str, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/2023{suffix}", b"\x01\x02\x03", "unsupported-format")

    assert_says(finding, f"“{suffix.lower()}”", f'"{suffix.lower()}"')
    assert_says(finding, "应为以下格式之一：.docx", "What can be read: .docx")


def test_a_file_without_a_suffix(tmp_path: Path) -> None:
    finding = found_in(tmp_path, "青禾区/2023", "报告", "unsupported-format")

    assert_says(finding, "“2023”", '"2023"')


@pytest.mark.parametrize("name", [".gitkeep", "~$2023.docx", "Thumbs.db", ".cache/2023.txt", ".git/HEAD"])
def test_a_file_that_nobody_put_there_is_passed_over(name: str, tmp_path: Path) -> None:
    assert check_folder(tmp_path, {**GOOD, f"reports/{name}": "x"}).findings == ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_file_without_permission(tmp_path: Path) -> None:
    check_folder(tmp_path, {"reports/青禾区/2023.txt": SOUND})
    (tmp_path / "reports/青禾区/2023.txt").chmod(0)
    finding = only(check_folder(tmp_path, GOOD).findings, "unreadable")

    assert_says(finding, "权限", "permission")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that exists and cannot be read")
def test_a_file_that_the_system_will_not_read(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    portal = load_portal(["/proc/self/mem", "reports"], tmp_path, settings())

    assert_says(only(portal.findings, "unreadable"), "其他报告不受影响", "Other reports are not affected")
    assert len(portal.reports) == 1


# --- YAML, JSON and front matter -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "line", "zh", "en"),
    [
        ("2024.yaml", "agency: 青禾区\nyear: 2024\ntitle: a: b\n", 3, "此处不应有冒号", "a colon that does not belong"),
        ("2024.yaml", "agency: 青禾区\nnarrative:\n\toverview: 无\n", 3, "制表符（Tab）", "a TAB is used"),
        ("2024.yaml", "agency: 青禾区\n  year: 2024\n", 2, "此处不应有冒号", "a colon that does not belong"),
        ("2024.yaml", "agency: '青禾区\nyear: 2024\n", 3, "没有成对", "is not closed"),
        ("2024.yaml", "a: &rows [1]\nb: *rows\n", 1, "不能用别名", "an alias (*) is not allowed"),
        ("2024.yaml", "agency: 甲\nyear: 2024\nagency: 乙\n", 3, "“agency”出现两次", '"agency" is given twice'),
        ("2024.json", '{\n "agency": "青禾区",\n "year": }', 3, "缺少一个值", "a value is missing"),
        ("2024.json", '{\n "agency" "青禾区"}', 2, "缺少冒号", "a colon is missing"),
        ("2024.json", '{"agency": "青禾区"\n "year": 2024}', 2, "缺少逗号", "a comma or a bracket is missing"),
        ("2024.json", '{"year": 2023,\n "year": 2024}', 2, "“year”出现两次", '"year" is given twice'),
        ("2024.md", "---\nagency: 青禾区\nyear: [2024\n---\n\n# 报告\n", 4, "缺少逗号或括号", "a bracket is missing"),
        ("2024.md", "---\n- 青禾区\n---\n\n# 报告\n", 1, "字段: 值", "field: value"),
        ("2024.md", "---\nyear: 2023\nyear: 2024\n---\n\n# 报告\n", 3, "“year”出现两次", '"year" is given twice'),
    ],
)
def test_broken_syntax_is_told_with_its_line(
    name: str, content: str, line: int, zh: str, en: str, tmp_path: Path
) -> None:
    finding = found_in(tmp_path, f"青禾区/{name}", content, "broken-syntax")

    assert_says(finding, zh, en)
    assert_says(finding, "请检查", "Check")
    assert finding.origin is not None
    assert finding.origin.line == line


@pytest.mark.parametrize("name", ["2024.yaml", "2024.json"])
@pytest.mark.parametrize("opening", ["[", "- ", '{"a":'])
def test_nesting_without_end_takes_nothing_with_it(name: str, opening: str, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/{name}", opening * 50_000, "broken-syntax")

    assert not finding.message.zh.isascii()


@pytest.mark.parametrize("name", ["2024.yaml", "2024.json"])
@pytest.mark.parametrize("content", ["[1, 2]", "3", '"报告"', '{"colour": "red"}'])
def test_data_that_is_no_report(name: str, content: str, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/{name}", content, "not-a-report")

    assert_says(finding, "请移出报告目录", "Move the file out of the folder")


@pytest.mark.parametrize("suffix", [".txt", ".html", ".md"])
def test_a_text_that_is_no_report(suffix: str, tmp_path: Path) -> None:
    finding = found_in(tmp_path, f"青禾区/2023{suffix}", "关于召开全区办公室工作座谈会的通知", "not-a-report")

    assert_says(finding, "请移出报告目录", "Move the file out of the folder")


@pytest.mark.parametrize(
    "written", ["NaN", "-Infinity", "1e999999999", "9" * 5000, "1e-999999", '"18件"'], ids=lambda text: text[:9]
)
def test_a_number_that_no_report_can_hold_is_not_computed_with(written: str, tmp_path: Path) -> None:
    content = changed(DOCUMENT, ('"corrected": 18', f'"corrected": {written}'))
    finding = found_in(tmp_path, "青禾区/2023.json", content, "value-form")

    assert finding.paths == ("review_and_litigation.review.corrected",)
    assert "blank-cell" not in rules_of(check_folder(tmp_path, {}).findings)


def test_deep_markup_takes_nothing_with_it(tmp_path: Path) -> None:
    finding = found_in(tmp_path, "青禾区/2023.html", "<table><tr><td>" * 5000 + "x", "too-large")

    assert_says(finding, "标签嵌套的层数", "depth of nested tags")


# --- two reports of one agency and year ------------------------------------------------------------


def test_two_reports_of_one_agency_and_year_are_both_named(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {"reports/青禾区/2023.txt": SOUND, "reports/青禾区/2023.text": SOUND, **GOOD})
    findings = [finding for finding in portal.findings if finding.rule == "duplicate-report"]

    assert {finding.file for finding in findings} == {"reports/青禾区/2023.txt", "reports/青禾区/2023.text"}
    for finding in findings:
        (other,) = {"reports/青禾区/2023.txt", "reports/青禾区/2023.text"} - {finding.file}
        assert_says(finding, other, other)
        assert_says(finding, "请只保留一份", "Keep one")


def test_two_names_of_one_agency_are_one_agency(tmp_path: Path) -> None:
    files = {
        "agencies.yml": "agencies:\n  - {id: qinghe, name: 青禾区, aliases: [云川市青禾区]}\n",
        "reports/青禾区/2023.txt": SOUND,
        "reports/云川市青禾区/2023.txt": SOUND,
    }

    assert "duplicate-report" in rules_of(check_folder(tmp_path, files).findings)


def test_a_name_that_two_agencies_have_is_not_guessed(tmp_path: Path) -> None:
    files = {
        "agencies.yml": "agencies:\n"
        "  - {id: nanjing-gulou, name: 南京市鼓楼区, aliases: [鼓楼区]}\n"
        "  - {id: xuzhou-gulou, name: 徐州市鼓楼区, aliases: [鼓楼区]}\n",
        "reports/鼓楼区/2023.txt": SOUND.replace("云川市青禾区", "鼓楼区"),
        "reports/xuzhou-gulou/2023.txt": SOUND.replace("云川市青禾区", "鼓楼区"),
    }
    portal = check_folder(tmp_path, files)

    assert {report.agency_id for report in portal.reports} == {"鼓楼区", "xuzhou-gulou"}
    finding = only(portal.findings, "ambiguous-agency")
    assert finding.file == "reports/鼓楼区/2023.txt"
    assert_says(
        finding, "南京市鼓楼区（nanjing-gulou）、徐州市鼓楼区（xuzhou-gulou）", "any of: 南京市鼓楼区 (nanjing-gulou)"
    )


# --- the folder --------------------------------------------------------------------------------------


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    finding = only(check_folder(tmp_path, {}).findings, "missing-sources")

    assert finding.fails
    assert_says(finding, "“reports”不存在，或其中没有文件。请检查", '"reports" does not exist or holds no files. Check')


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()

    assert only(check_folder(tmp_path, {}).findings, "missing-sources").fails


def test_a_folder_whose_name_is_a_pattern_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "云川[市]"
    folder.mkdir()

    assert len(check_folder(folder, GOOD).reports) == 1


def test_a_pattern_below_a_folder_whose_name_is_a_pattern(tmp_path: Path) -> None:
    write(tmp_path / "云川[市]", GOOD)

    assert len(load_portal(["reports/*/*.json"], tmp_path / "云川[市]", settings()).reports) == 1


# --- the registry ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("registry", "line", "zh", "en"),
    [
        ("", None, "文件是空的", "the file is empty"),
        ("agencies: [\n", 2, "缺少一个值或括号", "a value or a bracket is missing"),
        ("- 青禾区\n", 1, "应为一组字段，现为列表", "a group of fields instead of a list"),
        ("agencies: 青禾区\n", 1, "agencies 应为列表，现为“青禾区”", 'a list instead of "青禾区"'),
        ("agencies:\n  - {id: a, name: 甲}\n  - {id: a, name: 乙}\n", 3, "id “a” 重复", 'the id "a" is given twice'),
        ("agencies:\n  - {id: a, name: 甲, parent: b}\n", 2, "“b” 不是名录中的 id", 'the parent "b" is no id'),
        ("agencies:\n  - {id: a, name: 甲, parent: a}\n", 2, "“a” 是自己的上级", '"a" is above itself'),
        (
            "agencies:\n  - {id: a, name: 甲, parent: b}\n  - {id: b, name: 乙, parent: a}\n",
            2,
            "“a” 是自己的上级",
            '"a" is above itself',
        ),
        ("agencies:\n  - {id: a}\n", 2, "agencies.0.name 缺少此项", "agencies.0.name: it is missing"),
        ("agencies:\n  - {id: 2023, name: 甲}\n", 2, "agencies.0.id 应为文字", "agencies.0.id: it should be a text"),
        ('agencies:\n  - {id: "2023", name: 甲}\n', 2, "应写成“qinghe-qu”的样子", 'written like "qinghe-qu"'),
        ("agencies:\n  - {id: a, name: 甲, since: 去年}\n", 2, "应为整数，现为“去年”", "an integer instead of"),
        ("agencies:\n  - {id: a, name: 甲, deadline: 1月31日}\n", 2, "应写成“01-31”的样子", 'written like "01-31"'),
        ("agencies:\n  - {id: a, name: 甲, alias: 乙}\n", 2, "agencies.0.alias 没有这个字段", "no such field"),
    ],
)
def test_a_faulty_registry_is_a_finding_and_the_reports_are_read(
    registry: str, line: int | None, zh: str, en: str, tmp_path: Path
) -> None:
    portal = check_folder(tmp_path, {**GOOD, "agencies.yml": registry})
    (finding,) = portal.findings

    assert (finding.rule, finding.file, finding.fails) == ("registry", "agencies.yml", True)
    assert_says(finding, zh, en)
    assert finding.message.en.isascii() or "“" not in finding.message.en
    assert finding.origin is not None
    assert finding.origin.line == line
    assert len(portal.reports) == 1


def test_a_registry_that_does_not_exist(tmp_path: Path) -> None:
    portal = load_portal(["reports"], write(tmp_path, GOOD), settings(), tmp_path / "agencies.yml")

    assert_says(only(portal.findings, "registry"), "文件不存在", "the file does not exist")


def test_a_registry_in_gb18030_is_read(tmp_path: Path) -> None:
    assert check_folder(tmp_path, {**GOOD, "agencies.yml": REGISTRY.encode("gb18030")}).findings == ()


# --- metadata ----------------------------------------------------------------------------------------


def test_a_sidecar_tells_whose_report_it_is(tmp_path: Path) -> None:
    files = {"reports/扫描件.txt": SOUND, "reports/扫描件.txt.meta.yml": "agency: 松岭区\nyear: 2019\n"}
    (report,) = check_folder(tmp_path, files).reports

    assert (report.agency, report.year) == ("松岭区", 2019)


@pytest.mark.parametrize(
    ("sidecar", "rule"),
    [("agency: [\n", "broken-syntax"), ("- a\n", "broken-syntax"), (b"\xff\xfe\xfd", "undecodable")],
)
def test_a_broken_sidecar_is_named_and_the_report_is_read(sidecar: str | bytes, rule: str, tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {"reports/青禾区/2023.txt": SOUND, "reports/青禾区/2023.txt.meta.yml": sidecar})

    assert only(portal.findings, rule).file == "reports/青禾区/2023.txt.meta.yml"
    assert len(portal.reports) == 1


def test_an_unknown_field_of_a_sidecar_is_a_warning_at_its_line(tmp_path: Path) -> None:
    files = {"reports/青禾区/2023.txt": SOUND, "reports/青禾区/2023.txt.meta.yml": "year: 2023\nagnecy: 青禾区\n"}
    finding = only(check_folder(tmp_path, files).findings, "unknown-field")

    assert_says(finding, "“agnecy”", '"agnecy"')
    assert finding.origin is not None
    assert (finding.file, finding.origin.line) == ("reports/青禾区/2023.txt.meta.yml", 2)


def test_an_unknown_field_of_front_matter_is_a_warning_at_its_line() -> None:
    finding = only(load(f"---\nyear: 2023\nauthor: 张三\n---{MARKDOWN}", "柳溪区/2023.md").findings, "unknown-field")

    assert finding.origin is not None
    assert finding.origin.line == 3
    assert_says(finding, "已忽略", "is ignored")


@pytest.mark.parametrize(
    ("field", "value", "zh", "en"),
    [
        ("year", "去年", "应为四位数的年份", "a year of four digits"),
        ("year", "1899", "应为四位数的年份", "a year of four digits"),
        ("agency", "[甲, 乙]", "应为文字", "a text"),
        ("published_on", "2024/3/25", "应写成“2024-01-31”的样子", 'written like "2024-01-31"'),
        ("processing_fee", "12", "应为一组字段", "a group of fields"),
    ],
)
@pytest.mark.parametrize("place", ["front matter", "sidecar"])
def test_metadata_of_the_wrong_kind_is_not_passed_over(place: str, field: str, value: str, zh: str, en: str) -> None:
    if place == "sidecar":
        result = load(SOUND, "青禾区/2023.txt", sidecar=f"{field}: {value}\n")
    else:
        result = load(f"---\n{field}: {value}\n---{MARKDOWN}", "柳溪区/2023.md")
    finding = only(result.findings, "schema")

    assert_says(finding, f"“{field}”", f'"{field}"')
    assert_says(finding, zh, en)
    assert finding.origin is not None
    assert finding.origin.line == (1 if place == "sidecar" else 2)


def test_an_identity_that_cannot_be_told_names_the_three_ways_to_tell_it(tmp_path: Path) -> None:
    finding = found_in(tmp_path, "新建文档.txt", SOUND.split("\n", 2)[2], "identity")

    for way in ("agency, year", "新建文档.txt.meta.yml", "机关/2024.txt", "完整标题"):
        assert way in finding.message.zh
    for way in ("agency, year", "新建文档.txt.meta.yml", "/2024.txt", "full title"):
        assert way in finding.message.en


def test_the_findings_of_other_reports_stay_as_they_are(tmp_path: Path) -> None:
    faulty = {"reports/青禾区/2023.txt": changed(SOUND, ("(一)予以公开 | 14", "(一)予以公开 | 15"))}
    alone = check_folder(tmp_path / "alone", faulty).findings
    bad = {"reports/a.docx": b"PK", "reports/b.txt": b"", "reports/c.yaml": "a: [", "reports/d.md": "无"}
    beside = check_folder(tmp_path / "beside", {**faulty, **bad})

    assert alone
    assert beside.findings_of("reports/青禾区/2023.txt") == alone


# --- whose report it is ------------------------------------------------------------------------------


def test_the_folder_of_all_reports_is_no_agency(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {"reports/2023.txt": SOUND.split("\n", 2)[2]})

    assert "无法确定机关。" in only(portal.findings, "identity").message.zh


def test_a_document_says_itself_whose_report_it_is_whatever_its_name(tmp_path: Path) -> None:
    (report,) = check_folder(tmp_path, {"reports/青禾区/2023.json": dumped(sound_document())}).reports

    assert (report.agency, report.year) == ("宿迁市", 2024)


def test_an_id_of_another_site_does_not_part_the_reports_of_an_agency(tmp_path: Path) -> None:
    files = {"reports/宿迁市/2023.md": (EXAMPLE / "reports/suqian/2023.md").read_bytes(), **GOOD}

    assert {report.agency_id for report in check_folder(tmp_path, files).reports} == {"宿迁市"}


def test_a_document_that_does_not_say_is_identified_by_its_path(tmp_path: Path) -> None:
    document = sound_document() | {"agency": None, "agency_id": None, "year": None}
    (report,) = check_folder(tmp_path, {"reports/青禾区/2023.json": dumped(document)}).reports

    assert (report.agency, report.year) == ("青禾区", 2023)


# --- no file takes for ever --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["甲" + " " * 60_000 + "乙", "| " * 60_000, "（" * 60_000, "由" * 60_000],
    ids=["blanks", "pipes", "brackets", "words"],
)
def test_a_line_without_end_is_read_in_good_time(line: str) -> None:
    start = time.monotonic()
    load(f"一、总体情况\n{line}\n")

    assert time.monotonic() - start < 5


# --- links ----------------------------------------------------------------------------------------


GOOD_TEXT = {"reports/青禾区/2023.txt": SOUND}


def linked(folder: Path, name: str, target: str | Path) -> Portal:
    """Check a folder with one sound report and a link beside it."""
    write(
        folder,
        {**GOOD_TEXT, "outside/2023.txt": SOUND, "outside/2023.txt.meta.yml": "publisher: 外人\n", name: Path(target)},
    )
    return load_portal(["reports"], folder, settings())


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("reports/白石镇/2023.txt", "../../outside/2023.txt"),
        ("reports/白石镇", "../outside"),
        ("reports/白石镇/2023.txt", "nowhere.txt"),
        ("reports/青禾区/2023.txt.meta.yml", "../../outside/2023.txt.meta.yml"),
        ("reports/白石镇/2023.txt", "2023.txt"),
    ],
    ids=["to a file", "to a folder", "to nothing", "of a sidecar", "to itself"],
)
def test_a_link_out_of_the_folder_is_not_followed(name: str, target: str, tmp_path: Path) -> None:
    portal = linked(tmp_path, name, target)

    assert_says(only(portal.findings, "stray-link"), "放入文件本身", "Put the file itself here")
    assert [(report.file, report.publisher) for report in portal.reports] == [("reports/青禾区/2023.txt", None)]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"reports/存档/2023.txt": SOUND, "reports/青禾区": Path("存档")})
    portal = load_portal(["reports"], tmp_path, settings())

    assert {report.file for report in portal.reports} <= {"reports/存档/2023.txt", "reports/青禾区/2023.txt"}
    assert "stray-link" not in {finding.rule for finding in portal.findings}


def test_a_folder_that_contains_itself_is_walked_once(tmp_path: Path) -> None:
    portal = linked(tmp_path, "reports/青禾区/again", ".")

    assert [report.file for report in portal.reports] == ["reports/青禾区/2023.txt"]


def test_a_folder_of_reports_may_itself_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere/青禾区/2023.txt": SOUND, "reports": Path("elsewhere")})
    portal = load_portal(["reports"], tmp_path, settings())

    assert [report.file for report in portal.reports] == ["reports/青禾区/2023.txt"]
    assert portal.findings == ()


def test_a_pattern_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD_TEXT, "outside/2022.txt": SOUND, "reports/青禾区/2022.txt": Path("../../outside/2022.txt")})
    portal = load_portal(["reports/**/*.txt"], tmp_path, settings())

    assert only(portal.findings, "stray-link").file == "reports/青禾区/2022.txt"
