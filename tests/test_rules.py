"""Every rule has a report that breaks it and a neighbouring one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Finding, Severity, Status
from mkdocs_govreport.options import OptionsError, parse_rules
from mkdocs_govreport.pipeline import load_portal
from tests.documents import changed, check_folder, dumped, load, only, rules_of, settings, sound_document
from tests.rule_cases import CASES
from tests.rule_cases.case import SOUND, TEXT
from tests.rule_cases.reading import SUQIAN_2023, WITH_TABLE_2_OF_2019, document_with

ELSEWHERE = {"unreadable", "internal-error", "pdf-support"}
"""Rules that a file alone does not break: it takes a system that will not read it, a fault of ours, or lacks a library."""


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert CASES.keys() == load_catalogue().rules.keys()


@pytest.mark.parametrize("rule", [rule for rule in CASES if rule not in ELSEWHERE])
def test_the_broken_reports_of_a_rule_are_found(rule: str, tmp_path: Path) -> None:
    assert rule in rules_of(check_folder(tmp_path, CASES[rule].broken).findings)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that exists and cannot be read")
def test_a_file_that_the_system_will_not_read_is_found(tmp_path: Path) -> None:
    assert "unreadable" in rules_of(load_portal(["/proc/self/mem"], tmp_path, settings()).findings)


@pytest.mark.parametrize("rule", CASES)
def test_the_sound_neighbour_of_a_rule_passes(rule: str, tmp_path: Path) -> None:
    assert rule not in rules_of(check_folder(tmp_path, CASES[rule].sound).findings)


def test_the_sound_report_has_no_finding_at_all(tmp_path: Path) -> None:
    assert check_folder(tmp_path, SOUND).findings == ()


# --- severities ---------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["error", "warning", "info"])
@pytest.mark.parametrize("rule", ["blank-cell", "outcome-total"])
def test_the_severity_of_a_rule_is_what_the_site_sets(rule: str, word: str, tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES[rule].broken, {rule: word})

    assert {f.severity for f in portal.findings if f.rule == rule and f.status is Status.OPEN} == {Severity(word)}


@pytest.mark.parametrize("rule", [rule for rule in CASES if rule not in ELSEWHERE])
def test_a_rule_that_is_off_says_nothing(rule: str, tmp_path: Path) -> None:
    assert rule not in rules_of(check_folder(tmp_path, CASES[rule].broken, {rule: "off"}).findings)


def test_off_that_yaml_made_false_is_off() -> None:
    assert parse_rules({"label": False}) == {"label": Severity.OFF}


def test_a_word_that_is_no_severity_is_refused() -> None:
    with pytest.raises(OptionsError, match="fatal"):
        parse_rules({"label": "fatal"})


# --- blanks -------------------------------------------------------------------------------------


def blank_in(path: str) -> list[Finding]:
    report = load(document_with(path, None)["reports/宿迁市/2024.json"], "宿迁市/2024.json")
    assert report.report is not None
    assert report.report.figures[path].value is None
    return list(report.findings)


def test_a_blank_is_not_zero(tmp_path: Path) -> None:
    # 0 would satisfy all equations of this row and column.
    portal = check_folder(tmp_path, document_with("applications.denied_third_party_rights.research_institution", None))

    assert {finding.rule for finding in portal.findings if finding.status is Status.NOT_ASSESSABLE} == {
        "applicant-total",
        "result-total",
    }


def test_what_cannot_be_assessed_is_neither_error_nor_warning(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("applications.granted.total", None))

    assert (portal.count(Severity.ERROR), portal.not_assessable) == (0, 2)


def test_what_cannot_be_assessed_names_the_figures_it_lacks(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("review_and_litigation.review.pending", None))
    finding = next(finding for finding in portal.findings if finding.status is Status.NOT_ASSESSABLE)

    assert finding.paths == ("review_and_litigation.review.pending",)
    assert "行政复议·尚未审结" in finding.message.zh


# --- one cause, one finding ---------------------------------------------------------------------


def arithmetic(portal_findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in portal_findings if finding.terms and finding.status is Status.OPEN]


def test_one_wrong_figure_is_one_finding_with_the_rules_that_it_breaks(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("applications.granted.natural_person", 1409))
    (finding,) = arithmetic(portal.findings)

    assert [finding.rule, *(breach.rule for breach in finding.also_breaks)] == ["applicant-total", "result-total"]


def test_the_figure_that_alone_explains_a_finding_is_named_with_the_right_value(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("applications.granted.natural_person", 1409))
    (explanation,) = arithmetic(portal.findings)[0].explanations

    assert explanation.confidence == "certain"
    assert [(change.path, change.before, change.after) for change in explanation.changes] == [
        ("applications.granted.natural_person", 1409, 1408)
    ]


def test_two_causes_are_two_findings(tmp_path: Path) -> None:
    document = sound_document()
    document["applications"]["granted"]["natural_person"] += 1
    document["review_and_litigation"]["review"]["total"] += 1
    portal = check_folder(tmp_path, {"reports/宿迁市/2024.json": dumped(document)})

    assert [finding.rule for finding in arithmetic(portal.findings)] == ["applicant-total", "outcome-total"]


def test_a_finding_has_both_sides_and_their_difference(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("review_and_litigation.review.total", 171))
    (finding,) = arithmetic(portal.findings)

    assert (finding.expected, finding.actual, finding.imbalance) == (170, 171, -1)


def test_a_finding_has_the_terms_of_its_equation_with_their_places(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, document_with("review_and_litigation.review.total", 171))
    (finding,) = arithmetic(portal.findings)

    assert [(term.path.rsplit(".", 1)[1], term.side, term.value) for term in finding.terms] == [
        ("upheld", "left", 88),
        ("corrected", "left", 18),
        ("other_result", "left", 28),
        ("pending", "left", 36),
        ("total", "right", 171),
    ]
    assert all(term.origin is not None and term.origin.line for term in finding.terms)


def test_a_finding_says_so_when_the_total_balances_and_a_column_does_not(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["application-balance"].broken)
    findings = [finding for finding in portal.findings if finding.rule == "application-balance"]

    assert findings
    assert all("总计一栏却是平衡的" in finding.message.zh for finding in findings)
    assert all("Total does balance" in finding.message.en for finding in findings)


# --- across years -------------------------------------------------------------------------------


def test_published_figures_of_two_years_hold_together(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["carry-over"].sound)

    assert len(portal.reports) == 2
    assert arithmetic(portal.findings) == []
    assert portal.not_assessable == 0


def test_a_broken_carry_over_is_one_finding_with_both_sides_of_each_column(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["carry-over"].broken)
    finding = only(portal.findings, "carry-over")
    sides = [
        tuple((term.year, term.value) for term in terms)
        for terms in (finding.terms, *(breach.terms for breach in finding.also_breaks))
    ]

    assert sides == [((2023, 122), (2024, 121)), ((2023, 119), (2024, 118))]
    assert (finding.expected, finding.actual) == (122, 121)


def test_a_broken_carry_over_is_a_warning_and_names_the_year(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["carry-over"].broken)
    finding = only(portal.findings, "carry-over")

    assert finding.severity is Severity.WARNING
    assert "2023年四、结转下年度 119" in finding.message.zh
    assert finding.file == "reports/宿迁市/2024.json"


def test_a_broken_in_force_names_both_years(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["in-force"].broken)
    finding = only([f for f in portal.findings if f.terms], "in-force")

    assert {term.year for term in finding.terms} == {2023, 2024}
    assert abs(finding.imbalance or 0) == 1


def test_the_report_of_another_agency_is_no_predecessor(tmp_path: Path) -> None:
    files = {"reports/别处/2023.txt": TEXT, **document_with("title", None)}

    assert arithmetic(check_folder(tmp_path, files).findings) == []


def test_a_report_two_years_older_is_no_predecessor(tmp_path: Path) -> None:
    older = SUQIAN_2023.decode().replace("2023", "2022").replace("| 118 | 3 |", "| 119 | 2 |")

    assert "carry-over" not in rules_of(
        check_folder(tmp_path, {"reports/宿迁市/2022.md": older, **document_with("title", None)}).findings
    )


def test_a_blank_of_last_year_is_said_to_be_last_years(tmp_path: Path) -> None:
    row = "| 四、结转下年度继续办理 |  |  | 118 | 3 |"
    last_year = changed(SUQIAN_2023.decode(), (row, row.replace("118", "/")))
    portal = check_folder(tmp_path, {"reports/宿迁市/2023.md": last_year, **document_with("title", None)})
    finding = next(
        f for f in portal.findings if f.rule == "carry-over" and f.status is Status.NOT_ASSESSABLE and f.year == 2024
    )

    assert "缺 2023年四、结转下年度·自然人" in finding.message.zh
    assert "of 2023" in finding.message.en
    assert finding.origin is not None
    assert (finding.origin.file, finding.origin.raw) == ("reports/宿迁市/2024.json", "118")


# --- editions -----------------------------------------------------------------------------------


def test_tables_of_two_editions_are_checked_each_by_its_own() -> None:
    result = load(WITH_TABLE_2_OF_2019)
    assert result.report is not None

    assert result.report.edition == "2021"
    assert result.report.edition_of["proactive_disclosure"] == "2019"
    assert rules_of(result.findings) == {"mixed-editions"}


def test_a_table_of_another_edition_may_have_its_negative_change() -> None:
    result = load(WITH_TABLE_2_OF_2019)
    assert result.report is not None

    assert result.report.figures["proactive_disclosure.licences.change"].value == -2


def test_a_row_missing_from_a_table_of_another_edition_is_named() -> None:
    finding = only(load(changed(WITH_TABLE_2_OF_2019, ("行政强制 | 2 | 0 | 0 |\n", ""))).findings, "missing-row")

    assert "行政强制" in finding.message.zh


# --- what stands in a cell ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("1,846", 1846, None),
        ("1，846", 1846, None),
        ("１８４６", 1846, None),
        ("1846件", 1846, None),
        ("2笔", 2, None),
        ("1 846", None, "value-form"),
        ("一千余", None, "value-form"),
        ("-3", -3, "value-form"),
        ("18.5", None, "value-form"),
        ("无", None, "blank-cell"),
        ("—", None, "blank-cell"),
        ("1846①", 1846, None),
        ("1846²", 1846, None),
    ],
)
def test_a_count_as_it_is_written(written: str, value: int | None, rule: str | None) -> None:
    result = load(changed(TEXT, ("行政许可 | 1846", f"行政许可 | {written}")))
    assert result.report is not None

    if rule != "value-form" or value is not None:
        assert result.report.figures["proactive_disclosure.licences.decisions"].value == value
    assert rules_of(result.findings) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("written", "value", "converted"),
    [
        ("984361元", "98.4361", True),
        ("547.9659万元", "547.9659", False),
        ("1,265,656.00元", "126.5656", True),
        ("0元", "0", True),
    ],
)
def test_an_amount_is_converted_to_the_unit_of_the_form(written: str, value: str, converted: bool) -> None:
    result = load(changed(TEXT, ("12.5", written)))
    assert result.report is not None

    assert str(result.report.figures["proactive_disclosure.administrative_fees.amount_wan_yuan"].value) == value
    assert ("unit" in rules_of(result.findings)) is converted


def test_an_amount_is_converted_from_the_unit_that_its_header_states() -> None:
    result = load(changed(TEXT, ("本年收费金额(单位:万元)", "本年收费金额(单位:元)"), ("12.5", "984361")))
    assert result.report is not None

    path = "proactive_disclosure.administrative_fees.amount_wan_yuan"
    assert str(result.report.figures[path].value) == "98.4361"
    assert only(result.findings, "unit").paths == (path,)


def test_a_count_in_yuan_is_no_count() -> None:
    finding = only(load(changed(TEXT, ("行政许可 | 1846", "行政许可 | 1846元"))).findings, "value-form")

    assert "件" in finding.message.zh


def test_a_remark_in_a_cell_is_kept_beside_the_number() -> None:
    result = load(changed(TEXT, ("行政规范性文件 | 5", "行政规范性文件 | 5（其中修订1件）")))
    assert result.report is not None

    figure = result.report.figures["proactive_disclosure.normative_documents.issued"]
    assert (figure.value, figure.note) == (5, "其中修订1件")
    assert rules_of(result.findings) == set()


def test_columns_in_another_order_are_read_by_their_headers() -> None:
    result = load(CASES["column-order"].broken["reports/青禾区/2023.txt"])
    assert result.report is not None

    assert result.report.figures["applications.new_received.research_institution"].value == 5
    assert result.report.figures["applications.new_received.commercial_enterprise"].value == 0


def test_a_repaired_label_is_reported_with_both_wordings() -> None:
    finding = only(load(CASES["label"].broken["reports/青禾区/2023.txt"]).findings, "label")

    assert "1.属于国家机密" in finding.message.zh
    assert "1.属于国家秘密" in finding.message.zh


def test_an_extra_row_is_kept_with_its_figures() -> None:
    result = load(CASES["extra-row"].broken["reports/青禾区/2023.txt"])
    assert result.report is not None

    (row,) = result.report.extra_rows
    assert (row.part, row.label, row.values[0]) == ("proactive_disclosure", "其他对外管理服务", 3)
