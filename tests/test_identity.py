"""Whose report it is and of which year, however its name, its path, its title and its last lines are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.model import Origin, Report, Severity
from mkdocs_govreport.pipeline import Result, Settings, load_one
from mkdocs_govreport.registry import Agency, Registry
from mkdocs_govreport.sources import READERS, Document, Field, Limits
from tests.documents import changed, check_folder, load, only, rules_of, settings, sound_document, sound_text
from tests.support.site import Site

# A report that says neither whose it is nor of which year.
_, _, _BODY = sound_text().split("\n", 2)
OVERVIEW = _BODY.split("\n")[1]
NAMELESS = changed(_BODY, (OVERVIEW, "公开栏目按月更新，办事指南随改随换。"))
TITLE = "慈化镇人民政府2023年政府信息公开工作年度报告"

CIHUA = Agency("cihua", "慈化镇", region="江西省宜春市袁州区", kind="township")
REGISTRY = Registry(
    (
        CIHUA,
        Agency("yuanzhou", "宜春市袁州区人民政府", region="江西省宜春市袁州区", kind="government"),
        Agency("dongmen", "东门街道", region="江西省宜春市袁州区", parent="yuanzhou"),
        Agency("caizheng", "宜春市财政局", region="江西省宜春市", kind="department"),
        Agency("renshe", "宜春市人力资源和社会保障局", aliases=("宜春市人社局",), region="江西省宜春市"),
        Agency("kaifaqu", "宜春经济开发区管理委员会", region="江西省宜春市", kind="zone"),
        Agency("baoshui", "天津港保税区", region="天津市", kind="zone"),
        Agency("jia", "城关镇", region="河北省石家庄市甲县"),
        Agency("yi", "乙县城关镇人民政府", region="河北省石家庄市乙县"),
        Agency("longtan", "龙潭乡", parent="xinxian"),
        Agency("xinxian", "新县人民政府", region="河南省信阳市"),
    )
)


def loaded(text: str = NAMELESS, file: str = "a.txt", registry: Registry | None = None, sidecar: str = "") -> Result:
    """Load a text under the folder of all reports."""
    known = Settings(settings().catalogue, registry or Registry())
    return load_one(text.encode(), f"reports/{file}", known, sidecar.encode() or None)


def report_of(text: str = NAMELESS, file: str = "a.txt", registry: Registry | None = None, sidecar: str = "") -> Report:
    report = loaded(text, file, registry, sidecar).report
    assert report is not None
    return report


def basis(report: Report, field: str) -> str | None:
    found = report.inferred.get(field)
    return found.value if found else None


# --- names and the registry ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("慈化镇", "cihua"),
        ("慈化镇人民政府", "cihua"),
        ("慈化镇政府", "cihua"),
        ("袁州区慈化镇", "cihua"),
        ("袁州区慈化镇人民政府", "cihua"),
        ("宜春市袁州区慈化镇人民政府", "cihua"),
        ("江西省宜春市袁州区慈化镇", "cihua"),
        ("江西宜春袁州区慈化镇", "cihua"),
        ("江西省袁州区慈化镇", "cihua"),
        ("慈 化 镇", "cihua"),
        ("慈化镇（本级）", "cihua"),
        ("慈化镇人民政府(本级)", "cihua"),
        ("慈化鎮人民政府", "cihua"),
        ("cihua", "cihua"),
        ("袁州区", "yuanzhou"),
        ("袁州区人民政府", "yuanzhou"),
        ("江西省宜春市袁州区人民政府", "yuanzhou"),
        ("袁州區人民政府", "yuanzhou"),
        ("宜春市袁州区汇总", "yuanzhou"),
        ("东门街道办事处", "dongmen"),
        ("东门街道办", "dongmen"),
        ("袁州区东门街道办事处", "dongmen"),
        ("東門街道辦事處", "dongmen"),
        ("宜春市财政局", "caizheng"),
        ("江西省宜春市财政局", "caizheng"),
        ("宜春市財政局", "caizheng"),
        ("宜春市人社局", "renshe"),
        ("宜春经济开发区", "kaifaqu"),
        ("宜春经济开发区管委会", "kaifaqu"),
        ("天津港保税区管委会", "baoshui"),
        ("天津市天津港保税区管理委员会", "baoshui"),
        ("甲县城关镇", "jia"),
        ("乙县城关镇", "yi"),
        ("石家庄市乙县城关镇人民政府", "yi"),
        ("新县龙潭乡", "longtan"),
        ("信阳市新县龙潭乡人民政府", "longtan"),
        # Another body, another place, or one that cannot be told.
        ("慈化镇人民政府办公室", None),
        ("慈化镇财政所", None),
        ("萍乡市慈化镇", None),
        ("湖南省慈化镇", None),
        ("化镇", None),
        ("财政局", None),
        ("市财政局", None),
        ("袁州区财政局", None),
        ("江西省财政局", None),
        ("人社局", None),
        ("经济开发区", None),
        ("街道办事处", None),
        ("人民政府", None),
        ("袁州区人民政府办公室", None),
        ("袁州区委", None),
    ],
)
def test_a_name_means_an_agency_of_the_registry(name: str, expected: str | None) -> None:
    agency = REGISTRY.find(name)
    report = report_of(f"{name}2023年政府信息公开工作年度报告\n{NAMELESS}", registry=REGISTRY)

    assert (agency.id if agency else None) == expected
    assert (report.agency_id if expected else report.agency) == (expected or name.replace(" ", ""))


def test_a_name_that_several_agencies_may_have_is_not_guessed() -> None:
    registry = Registry((Agency("jia", "甲县城关镇", region="甲县"), Agency("yi", "乙县城关镇", region="乙县")))
    finding = only(
        loaded(TITLE.replace("慈化镇", "城关镇") + "\n" + NAMELESS, registry=registry).findings, "ambiguous-agency"
    )

    assert finding.fails
    assert "甲县城关镇（甲县，jia）、乙县城关镇（乙县，yi）" in finding.message.zh
    assert "甲县城关镇 (甲县, jia), 乙县城关镇 (乙县, yi)" in finding.message.en


@pytest.mark.parametrize(
    "file",
    ["乙县/城关镇/2023.txt", "乙县/城关镇2023.txt", "2023/乙县/城关镇.txt", "乙县城关镇/2023.txt", "yi/2023.txt"],
)
def test_folders_tell_which_of_several_agencies_a_name_means(file: str) -> None:
    registry = Registry((Agency("jia", "城关镇", region="甲县"), Agency("yi", "城关镇", region="乙县")))

    assert report_of(file=file, registry=registry).agency_id == "yi"


def test_the_signature_tells_which_of_several_agencies_a_title_means() -> None:
    registry = Registry((Agency("jia", "城关镇", region="甲县"), Agency("yi", "城关镇", region="乙县")))
    text = f"城关镇2023年政府信息公开工作年度报告\n{NAMELESS}\n乙县城关镇人民政府\n2024年1月15日\n"
    result = loaded(text, registry=registry)

    assert result.report is not None
    assert result.report.agency_id == "yi"
    assert "落款" in only(result.findings, "identity-inferred").message.zh


def test_a_name_that_is_written_differently_in_the_registry_may_be_that_of_either() -> None:
    registry = Registry((Agency("jia", "城关镇", region="甲县"), Agency("yi", "城关镇人民政府", region="乙县")))

    for name in ("城关镇", "城关镇人民政府", "城关镇政府"):
        assert {agency.id for agency in registry.candidates(name)} == {"jia", "yi"}


def test_two_bodies_of_one_place_each_have_their_own_name() -> None:
    registry = Registry(
        (Agency("qu", "滨海新区人民政府", region="天津市"), Agency("guan", "滨海新区管理委员会", region="天津市"))
    )

    assert [
        getattr(registry.find(name), "id", None) for name in ("滨海新区人民政府", "滨海新区管委会", "滨海新区")
    ] == [
        "qu",
        "guan",
        None,
    ]


def test_the_scopes_of_one_agency_may_be_two_entries() -> None:
    registry = Registry((Agency("own", "宿迁市（本级）"), Agency("all", "宿迁市（汇总）")))

    assert [getattr(registry.find(name), "id", None) for name in ("宿迁市(本级)", "宿迁市（汇总）", "宿迁市")] == [
        "own",
        "all",
        None,
    ]


def test_an_alias_is_taken_literally() -> None:
    registry = Registry((Agency("jia", "甲县城关镇", region="甲县", aliases=("城关镇",)), Agency("yi", "乙县城关镇")))

    assert report_of(file="城关镇/2023.txt", registry=registry).agency_id == "jia"


# --- paths --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "agency", "year"),
    [
        ("慈化镇/2023.txt", "慈化镇", 2023),
        ("慈化镇/2023年.txt", "慈化镇", 2023),
        ("慈化镇/2023年度.txt", "慈化镇", 2023),
        ("慈化镇/2023年度报告.txt", "慈化镇", 2023),
        ("慈化镇/2023年政府信息公开工作年度报告.txt", "慈化镇", 2023),
        ("慈化镇/二〇二三年年报.txt", "慈化镇", 2023),
        ("慈化镇/2023/年报.txt", "慈化镇", 2023),
        ("慈化镇/2023/2023.txt", "慈化镇", 2023),
        ("2023/慈化镇.txt", "慈化镇", 2023),
        ("2023年/慈化镇人民政府.txt", "慈化镇人民政府", 2023),
        ("2023年政府信息公开年报/01慈化镇.txt", "慈化镇", 2023),
        ("慈化镇2023.txt", "慈化镇", 2023),
        ("慈化镇_2023_final.txt", "慈化镇", 2023),
        ("慈化镇 2023 (1).txt", "慈化镇", 2023),
        ("慈化镇2023-定稿.txt", "慈化镇", 2023),
        ("2023-慈化镇-副本.txt", "慈化镇", 2023),
        ("2023年政府信息公开年报-慈化镇.txt", "慈化镇", 2023),
        ("慈化镇2023年政府信息公开年报（2024年1月发布）.txt", "慈化镇", 2023),
        ("慈化镇2023年年报20240115.txt", "慈化镇", 2023),
        ("慈化镇2023年年报 2024-01-15.txt", "慈化镇", 2023),
        ("慈化镇2023年年报2024.1.15.txt", "慈化镇", 2023),
        ("慈政字〔2024〕3号 慈化镇2023年度报告.txt", "慈化镇", 2023),
        ("附件1：慈化镇人民政府2023年政府信息公开工作年度报告（定稿）（1）.txt", "慈化镇人民政府", 2023),
        ("3.慈化镇人民政府2023年政府信息公开工作年度报告.txt", "慈化镇人民政府", 2023),
        ("袁州区水利局2023年度政府信息公开工作年度报告.txt", "袁州区水利局", 2023),
        ("慈化镇人民政府信息公开年报2023.txt", "慈化镇人民政府", 2023),
        ("慈化鎮2023年年報.txt", "慈化镇", 2023),
        ("附城镇2023.txt", "附城镇", 2023),
        ("2023/袁州区-慈化镇.txt", "袁州区慈化镇", 2023),
        # What may be a date, a number or anything, and what names nobody.
        ("慈化镇20240115.txt", "慈化镇", None),
        ("慈化镇〔2024〕3号.txt", "慈化镇", None),
        ("慈化镇2024年1月15日.txt", "慈化镇", None),
        ("慈化镇2022-2023.txt", "慈化镇", None),
        ("慈化镇.txt", "慈化镇", None),
        ("2023年政府信息公开工作年度报告.txt", None, 2023),
        ("2023.txt", None, 2023),
        ("2023/2023.txt", None, 2023),
        ("年报/2023.txt", None, 2023),
        ("新建文档2023.txt", None, None),
        ("扫描件2024年.txt", None, 2024),
        ("2023座谈会纪要.txt", None, None),
        ("2023/新建文档.txt", None, None),
        ("新建文档-慈化镇2023.txt", None, None),
        ("文件1203.txt", None, None),
        ("党政办2023.txt", None, None),
        ("镇政府办公室2023.txt", None, None),
    ],
)
def test_a_path_tells_agency_and_year(file: str, agency: str | None, year: int | None) -> None:
    report = report_of(file=file)

    assert (report.agency, report.year) == (agency, year)


def test_what_a_file_name_hints_at_is_said_to_be_inferred() -> None:
    result = loaded(file="慈化镇2023.txt")
    messages = {finding.message.zh for finding in result.findings if finding.rule == "identity-inferred"}

    assert messages == {"机关“慈化镇”是从文件名推断的，请核对。", "年度“2023”是从文件名推断的，请核对。"}
    assert {finding.severity for finding in result.findings} == {Severity.INFO}


def test_a_path_of_the_form_agency_and_year_leaves_nothing_to_check() -> None:
    result = loaded(file="慈化镇/2023.txt")

    assert result.findings == ()
    assert result.report is not None
    assert dict(result.report.inferred) == {"agency": "path", "year": "path", "processing_fee": "text"}


def test_a_title_in_the_file_name_only_is_the_title() -> None:
    report = report_of(file=f"附件1：{TITLE}（定稿）（1）.txt")

    assert (report.title, basis(report, "title")) == (TITLE, "file_name")


def test_a_hint_in_a_file_name_yields_to_the_title() -> None:
    report = report_of(f"{TITLE}\n{NAMELESS}", "慈化镇2024.txt")

    assert (report.year, basis(report, "year")) == (2023, "title")


# --- contradictions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "sidecar", "title", "used", "told"),
    [
        ("慈化镇/2022.txt", "", TITLE, 2022, "文件路径为“2022”、标题为“2023”"),
        ("慈化镇/2022.txt", "year: 2023", TITLE, 2023, "元数据为“2023”、文件路径为“2022”、标题为“2023”"),
        ("a.txt", "", f"{TITLE}\n统计期限为2022年1月1日至2022年12月31日。", 2023, "标题为“2023”、统计期限为“2022”"),
        ("2022年政府信息公开年报-慈化镇.txt", "", TITLE, 2023, "标题为“2023”、文件名为“2022”"),
    ],
)
def test_years_that_contradict_are_both_said(file: str, sidecar: str, title: str, used: int, told: str) -> None:
    result = loaded(f"{title}\n{NAMELESS}", file, sidecar=sidecar)
    finding = only(result.findings, "identity-conflict")

    assert result.report is not None
    assert result.report.year == used
    assert finding.severity is Severity.WARNING
    assert told in finding.message.zh
    assert f"已采用“{used}”" in finding.message.zh


@pytest.mark.parametrize(
    "file", ["2024/慈化镇.txt", "慈化镇2024.txt", "慈化镇20240115.txt", "慈化镇/2023.txt", "a.txt"]
)
def test_a_year_that_may_be_that_of_publication_contradicts_nothing(file: str) -> None:
    assert "identity-conflict" not in rules_of(loaded(f"{TITLE}\n{NAMELESS}", file).findings)


def test_agencies_that_contradict_are_both_said() -> None:
    result = loaded(f"{TITLE}\n{NAMELESS}", "dongmen/2023.txt", REGISTRY)
    finding = only(result.findings, "identity-conflict")

    assert result.report is not None
    assert result.report.agency_id == "dongmen"
    assert "文件路径为“dongmen”、标题为“慈化镇人民政府”，已采用“东门街道”" in finding.message.zh


@pytest.mark.parametrize("folder", ["慈化镇", "袁州区慈化镇", "cihua", "慈化镇人民政府"])
def test_two_forms_of_a_name_do_not_contradict(folder: str) -> None:
    for registry in (REGISTRY, None):
        assert "identity-conflict" not in rules_of(
            loaded(f"{TITLE}\n{NAMELESS}", f"{folder}/2023.txt", registry).findings
        )


# --- titles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        ("慈化镇人民政府2023年政府信息公开工作年度报告", "慈化镇人民政府", 2023),
        ("慈化镇人民政府关于2023年度政府信息公开工作的报告", "慈化镇人民政府", 2023),
        ("慈化镇2023年政府信息公开年报", "慈化镇", 2023),
        ("慈化镇2023年政府信息公开报告", "慈化镇", 2023),
        ("慈化镇2023年度信息公开工作报告", "慈化镇", 2023),
        ("2023年慈化镇人民政府信息公开工作年度报告", "慈化镇人民政府", 2023),
        ("2023年度慈化镇政府信息公开工作年度报告", "慈化镇", 2023),
        ("慈化镇人民政府政府信息公开工作年度报告（2023年度）", "慈化镇人民政府", 2023),
        ("慈化镇政府信息公开工作2023年度报告", "慈化镇", 2023),
        ("慈化镇二〇二三年政府信息公开工作年度报告", "慈化镇", 2023),
        ("慈化镇二○二三年度政府信息公开工作年度报告", "慈化镇", 2023),
        ("慈化镇二零二三年政府信息公开工作年度报告", "慈化镇", 2023),
        ("《慈化镇2023年政府信息公开工作年度报告》", "慈化镇", 2023),
        ("“慈化镇2023年政府信息公开工作年度报告”", "慈化镇", 2023),
        ("慈化鎮２０２３年政府資訊公開工作年度報告", None, 2023),
        ("慈化鎮2023年政府信息公開工作年度報告", "慈化鎮", 2023),
        ("慈化镇人民政府\n2023年政府信息公开工作\n年度报告", "慈化镇人民政府", 2023),
        ("慈化镇人民政府\n2023年政府信息公开工作年度报告", "慈化镇人民政府", 2023),
        ("慈化镇人民政府\n政府信息公开工作年度报告\n（2023年度）", "慈化镇人民政府", 2023),
        ("慈化镇政府信息公开工作年度报告\n（2023年度）", "慈化镇", 2023),
        ("慈化镇2023年政府信息公开工作\n年度报告", "慈化镇", 2023),
        ("2023年政府信息公开工作年度报告", None, 2023),
        ("政府信息公开工作年度报告（2023年）", None, 2023),
        ("慈化镇人民政府政府信息公开工作年度报告", "慈化镇人民政府", None),
        ("我镇2023年政府信息公开工作年度报告", None, 2023),
        ("首页>信息公开>慈化镇2023年政府信息公开工作年度报告", None, 2023),
        ("云川市门户网站\n2023年政府信息公开工作年度报告", None, 2023),
        ("政府信息公开工作年度报告", None, None),
    ],
)
def test_a_title_tells_agency_and_year(lines: str, agency: str | None, year: int | None) -> None:
    report = report_of(f"{lines}\n{NAMELESS}")

    assert (report.agency, report.year) == (agency, year)
    if agency and year:
        assert report.title == lines.replace("\n", "")
        assert "introduction" not in report.narrative


def test_a_title_in_traditional_characters_finds_its_agency() -> None:
    report = report_of(f"江西省宜春市袁州區慈化鎮2023年政府信息公開工作年度報告\n{NAMELESS}", registry=REGISTRY)

    assert (report.agency, report.agency_id, report.year) == ("慈化镇", "cihua", 2023)


# --- sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "start", "end", "year"),
    [
        ("本报告统计期限为2023年1月1日至2023年12月31日。", "2023-01-01", "2023-12-31", 2023),
        ("统计期限：2023年1月1日-12月31日。", "2023-01-01", "2023-12-31", 2023),
        ("所列数据的统计期限自2023年1月1日起至2023年12月31日止。", "2023-01-01", "2023-12-31", 2023),
        ("统计期限为二〇二三年一月一日至十二月三十一日。", "2023-01-01", "2023-12-31", 2023),
        ("统计时限为2023.1.1-2023.12.31。", "2023-01-01", "2023-12-31", 2023),
        ("本镇新设，统计期限为2021年3月1日至12月31日。", "2021-03-01", "2021-12-31", 2021),
        ("统计期限为2022年7月1日至2023年12月31日。", "2022-07-01", "2023-12-31", 2023),
        ("统计期限为2022年7月1日至2023年6月30日。", "2022-07-01", "2023-06-30", None),
        ("统计期限为2023年1月1日至2023年2月30日。", "2023-01-01", None, 2023),
        ("統計期限為2023年1月1日至2023年12月31日。", "2023-01-01", "2023-12-31", 2023),
    ],
)
def test_a_period_as_it_is_written(sentence: str, start: str | None, end: str | None, year: int | None) -> None:
    report = report_of(f"{sentence}\n{NAMELESS}", "慈化镇.txt")

    assert (report.period_start, report.period_end, report.year) == (start, end, year)


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("本报告由总口管理区编制。", "总口管理区"),
        ("今年以来，慈化镇坚持以公开促规范。", "慈化镇"),
        ("本报告由本机关编制。", None),
        ("本报告由党政综合办公室编制。", None),
        ("全镇坚持以公开促规范。", None),
        ("甲镇坚持公开。乙镇坚持公开。", None),
    ],
)
def test_a_sentence_tells_the_agency_if_it_names_one(sentence: str, agency: str | None) -> None:
    assert report_of(f"{sentence}\n{NAMELESS}", "2023.txt").agency == agency


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("宜春市袁州区人民政府坚持公开。", "yuanzhou"),
        ("2023年，天津港保税区认真落实要求。", "baoshui"),
        ("报告可在袁州区人民政府门户网站查阅。", None),
        ("按照袁州区委、区政府要求开展工作。", None),
        ("慈化镇人民政府办公室负责汇总。", None),
    ],
)
def test_the_text_tells_an_agency_of_the_registry_if_it_speaks_of_its_work(sentence: str, expected: str | None) -> None:
    assert report_of(f"{sentence}\n{NAMELESS}", "2023.txt", REGISTRY).agency_id == expected


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2023年公开信息三百条。", 2023),
        ("2023年公开信息三百条，比2022年多。", None),
        ("2024年将继续推进。", None),
        ("2023年公开信息三百条。2024年将继续推进。", 2023),
    ],
)
def test_the_only_year_of_which_the_text_speaks_is_that_of_the_report(sentence: str, year: int | None) -> None:
    assert report_of(f"{sentence}\n{NAMELESS}", "慈化镇.txt").year == year


# --- publication --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "published_on", "publisher"),
    [
        (
            "发布时间：2024-01-15 10:20 来源：慈化镇人民政府 浏览次数：123次 字体：[大 中 小]",
            "2024-01-15",
            "慈化镇人民政府",
        ),
        ("发布日期:2024-1-5 9:05 信息来源:慈化镇党政办 点击数:12", "2024-01-05", "慈化镇党政办"),
        ("日期：2024年1月15日", "2024-01-15", None),
        ("公开日期：2024/01/15 公开机构：慈化镇人民政府", "2024-01-15", "慈化镇人民政府"),
        ("成文日期：2024-01-10 发布日期：2024-01-15", "2024-01-15", None),
        ("2024-01-15 10:20 来源：慈化镇人民政府", "2024-01-15", "慈化镇人民政府"),
        ("來源：慈化鎮人民政府 發佈時間：2024-01-15", "2024-01-15", "慈化鎮人民政府"),
        ("来源：本站 发布时间：2024-01-15", "2024-01-15", None),
        ("2024年1月15日", "2024-01-15", None),
        ("（2024年1月15日）", "2024-01-15", None),
        ("发布时间：2024-13-45", None, None),
        ("时间紧、任务重，2024-01-15前完成。", None, None),
    ],
)
def test_the_line_under_a_title(line: str, published_on: str | None, publisher: str | None) -> None:
    report = report_of(f"{TITLE}\n{line}\n{NAMELESS}")

    assert (report.published_on, report.publisher) == (published_on, publisher)
    assert basis(report, "published_on") == ("line" if published_on else None)


def test_a_line_of_the_web_page_is_neither_prose_nor_residue() -> None:
    result = loaded(f"{TITLE}\n来源：慈化镇人民政府 发布时间：2024-01-15\n{NAMELESS}")

    assert result.report is not None
    assert "introduction" not in result.report.narrative
    assert result.findings == ()


@pytest.mark.parametrize(
    ("ending", "published_on"),
    [
        ("慈化镇人民政府\n2024年1月15日", "2024-01-15"),
        ("慈化镇人民政府\n二〇二四年一月十五日", "2024-01-15"),
        ("慈化镇人民政府 2024年1月15日", "2024-01-15"),
        ("2024年1月15日", "2024-01-15"),
        ("慈化镇人民政府\n2023年12月29日", "2023-12-29"),
        ("慈化镇人民政府\n2021年1月15日", None),
        ("慈化镇人民政府\n2024年2月30日", None),
        ("报告已于2024年1月15日", None),
    ],
)
def test_the_date_of_the_signature(ending: str, published_on: str | None) -> None:
    report = report_of(f"{TITLE}\n{NAMELESS}\n{ending}\n")

    assert report.published_on == published_on
    assert basis(report, "published_on") == ("signature" if published_on else None)
    assert ending.split("\n")[-1] in report.narrative["other_matters"]


def test_the_date_of_publication_ranks_above_that_of_the_signature() -> None:
    text = f"{TITLE}\n发布时间：2024-01-30\n{NAMELESS}\n慈化镇人民政府\n2024年1月15日\n"

    assert report_of(text).published_on == "2024-01-30"


def test_a_signature_tells_the_agency_and_not_the_year() -> None:
    report = report_of(f"{NAMELESS}\n慈化镇人民政府\n2024年1月15日\n")

    assert (report.agency, basis(report, "agency"), report.year) == ("慈化镇人民政府", "signature", None)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.example.gov.cn/art/1.html", "https://www.example.gov.cn/art/1.html"),
        ("HTTP://example.gov.cn/a?b=1", "HTTP://example.gov.cn/a?b=1"),
        ("javascript:alert(1)", None),
        ("file:///c:/a.doc", None),
        ("www.example.gov.cn", None),
    ],
)
@pytest.mark.parametrize("place", ["text", "sidecar"])
def test_only_web_addresses_are_addresses(place: str, address: str, expected: str | None) -> None:
    if place == "text":
        assert report_of(f"{TITLE}\n原文链接：{address}\n{NAMELESS}").source_url == expected
    else:
        result = loaded(f"{TITLE}\n{NAMELESS}", sidecar=f'source_url: "{address}"')
        assert result.report is not None
        assert result.report.source_url == expected
        assert ("schema" in rules_of(result.findings)) == (expected is None)


@pytest.fixture
def stating(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the reader of text say what the reader of a web page finds in its meta tags."""

    def state(**fields: str) -> None:
        stated = {name: Field(value, Origin("page")) for name, value in fields.items()}
        reader = READERS[".txt"]

        def read(data: bytes, file: str, limits: Limits) -> Document:
            document = reader(data, file, limits)
            assert isinstance(document, Document)
            return replace(document, stated=stated)

        monkeypatch.setitem(READERS, ".txt", read)

    return state


def test_what_a_page_states_ranks_above_its_text_and_below_the_metadata(stating: Callable[..., None]) -> None:
    stating(published_on="2024-01-20 08:30", publisher="袁州区政务公开办", source_url="https://example.gov.cn/1.html")
    text = f"{TITLE}\n发布时间：2024-01-30 来源：慈化镇\n{NAMELESS}"
    report = report_of(text, sidecar="publisher: 慈化镇党政办")

    assert (report.published_on, basis(report, "published_on")) == ("2024-01-20", "page")
    assert (report.publisher, basis(report, "publisher")) == ("慈化镇党政办", None)
    assert (report.source_url, basis(report, "source_url")) == ("https://example.gov.cn/1.html", "page")


def test_what_a_page_states_and_nobody_can_understand_is_passed_over(stating: Callable[..., None]) -> None:
    stating(published_on="昨天", source_url="javascript:alert(1)", publisher="")
    result = loaded(f"{TITLE}\n{NAMELESS}")

    assert result.findings == ()
    assert result.report is not None
    assert (result.report.published_on, result.report.source_url, result.report.publisher) == (None, None, None)


def test_the_title_that_a_page_states_tells_what_the_text_does_not(stating: Callable[..., None]) -> None:
    stating(title=f"{TITLE}_袁州区人民政府")
    report = report_of()

    assert (report.title, report.agency, report.year) == (TITLE, "慈化镇人民政府", 2023)


def test_a_title_that_says_nothing_does_not_hide_that_of_the_text(stating: Callable[..., None]) -> None:
    stating(title="政府信息公开年报")
    report = report_of(f"{TITLE}\n{NAMELESS}")

    assert (report.title, report.year) == (TITLE, 2023)


# --- the processing fee -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收取信息处理费0元。", {"amount_yuan": 0}),
        ("本年度收取信息处理费共计1,250.5元。", {"amount_yuan": 1250.5}),
        ("发出收费通知2件，总金额350元，实际收取200元。", {"cases": 2, "amount_yuan": 200}),
        ("本机关发出收费通知的件数为0件、总金额0元，实际收取的总金额为0元。", {"cases": 0, "amount_yuan": 0}),
        ("2023年未发出收费通知，未收取信息处理费。", {"cases": 0, "amount_yuan": 0}),
        ("没有收取信息处理费。", {"amount_yuan": 0}),
        ("本機關無收取信息處理費情況。", {"amount_yuan": 0}),
        ("收取信息处理费0.2万元。", {"amount_yuan": 2000}),
        ("上年收取信息处理费30元。", {}),
        ("2022年收取信息处理费30元。", {}),
        ("收取信息处理费约200元。", {}),
        ("收取信息处理费200余元。", {}),
        ("收取信息处理费30元。实际收取50元。", {}),
        ("发出收费通知2件，总金额350元。", {"cases": 2}),
        ("根据《政府信息公开信息处理费管理办法》，按件计收。", {}),
        ("行政事业性收费12.5万元。", {}),
        ("无。", {}),
    ],
)
def test_the_processing_fee_if_it_is_stated_plainly(sentence: str, expected: dict[str, float]) -> None:
    report = report_of(f"{TITLE}\n{changed(NAMELESS, ('没有收取信息处理费。', sentence))}")

    assert report.processing_fee == expected
    assert basis(report, "processing_fee") == ("text" if expected else None)


def test_metadata_prevails_over_the_fee_in_the_text() -> None:
    report = report_of(f"{TITLE}\n{NAMELESS}", sidecar="processing_fee: {cases: 1, amount_yuan: 30}")

    assert report.processing_fee == {"cases": 1, "amount_yuan": 30}
    assert basis(report, "processing_fee") is None


# --- traditional characters in the tables -------------------------------------------------------


TRADITIONAL = str.maketrans(
    "条类处罚强属于国为机关总计复诉讼结转决业构织务数发规设区县镇",
    "條類處罰強屬於國為機關總計復訴訟結轉決業構織務數發規設區縣鎮",
)


def test_labels_and_headings_in_traditional_characters_are_recognised_and_said() -> None:
    before, after = loaded(sound_text()), loaded(sound_text().translate(TRADITIONAL))

    assert before.report is not None
    assert after.report is not None
    assert [(path, figure.value) for path, figure in after.report.figures.items()] == [
        (path, figure.value) for path, figure in before.report.figures.items()
    ]
    assert after.report.narrative.keys() == before.report.narrative.keys()
    assert rules_of(after.findings) == {"label"}
    assert "“三、收到和處理政府信息公开申请情况”" in "".join(finding.message.zh for finding in after.findings)


def test_no_character_of_simplified_text_is_taken_for_a_traditional_one() -> None:
    simplified = settings().catalogue.wording.characters.simplified
    kept_apart = {"於", "後", "徵"}  # in the national set for surnames and one note of the scale
    rows = [bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    characters = [row.decode("gb2312", "ignore") for row in rows]

    assert {character for character in characters if simplified(character) != character} <= kept_apart


# --- files that carry metadata ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sidecar", "expected"),
    [
        ("2023.meta.yml", "2023.txt.meta.yml"),
        ("2023.txt.meta.yaml", "2023.txt.meta.yml"),
        ("2023.txt.META.YML", "2023.txt.meta.yml"),
        ("2024.html.meta.yml", "报告的完整文件名.meta.yml"),
    ],
)
def test_a_sidecar_of_no_report_is_found_with_its_right_name(sidecar: str, expected: str, tmp_path: Path) -> None:
    files = {"reports/慈化镇/2023.txt": f"{TITLE}\n{NAMELESS}", f"reports/慈化镇/{sidecar}": "publisher: 甲\n"}
    finding = only(check_folder(tmp_path, files).findings, "orphan-sidecar")

    assert finding.file == f"reports/慈化镇/{sidecar}"
    assert f"应命名为“{expected}”" in finding.message.zh


def test_a_sidecar_in_another_encoding_is_read() -> None:
    data = f"{TITLE}\n{NAMELESS}".encode()
    result = load_one(data, "reports/a.txt", settings(), "publisher: 慈化镇党政办\n".encode("gb18030"))

    assert result.report is not None
    assert result.report.publisher == "慈化镇党政办"


def test_an_empty_sidecar_says_nothing() -> None:
    assert loaded(f"{TITLE}\n{NAMELESS}", sidecar="\n").findings == ()


# --- documents that say so themselves -----------------------------------------------------------


def test_a_canonical_document_keeps_what_was_inferred() -> None:
    first = report_of(f"{TITLE}\n{NAMELESS}\n慈化镇人民政府\n2024年1月15日\n")
    catalogue = settings().catalogue
    document = to_document(first, catalogue)
    again = load(document, "慈化镇人民政府/2023.json").report

    assert document["inferred"]["published_on"] == "signature"
    assert again is not None
    assert to_document(again, catalogue) == document


def test_the_address_of_a_canonical_document_is_a_web_address() -> None:
    result = load(sound_document() | {"source_url": "javascript:alert(1)"})

    assert result.report is not None
    assert result.report.source_url is None
    assert "“source_url”" in only(result.findings, "schema").message.zh


# --- the page of a report -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "inferred", "fee"),
    [
        ("zh", "机关、年度据标题；公布日期据落款；信息处理费据正文", "收取 0 元"),
        (
            "en",
            "Agency, Year by the title; Published on by the signature; Information processing fee by the text",
            "0 yuan",
        ),
    ],
)
def test_the_page_says_what_the_identity_is_based_on(language: str, inferred: str, fee: str, tmp_path: Path) -> None:
    text = f"{TITLE}\n{NAMELESS}\n慈化镇人民政府\n2024年1月15日\n"
    site = Site(tmp_path, options={"language": language}).write({"reports/a.txt": text})
    page = site.build().text("reports/慈化镇人民政府/2023/")

    assert inferred in page
    assert fee in page


def test_the_page_of_a_report_that_states_everything_says_nothing_of_it(tmp_path: Path) -> None:
    metadata = "agency: 慈化镇\nyear: 2023\nprocessing_fee: {amount_yuan: 0}\n"
    files = {"reports/a.txt": f"{TITLE}\n{NAMELESS}", "reports/a.txt.meta.yml": metadata}
    page = Site(tmp_path).write(files).build().text("reports/慈化镇/2023/")

    assert "上列信息的依据" not in page
