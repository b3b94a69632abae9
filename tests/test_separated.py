"""Values parted by commas, semicolons or TABs: sheets that somebody saved, and lists of values of ours."""

from __future__ import annotations

import csv
import io

import pytest

from mkdocs_govreport.writers import WRITERS
from tests.documents import changed, dumped, load, only, rules_of, sound_document
from tests.support.loading import CATALOGUE, report_in

SHEET = """云川市青禾区2023年政府信息公开工作年度报告,,,,
一、总体情况,,,,
本年公开信息1206条，收到申请0件。,,,,
二、主动公开政府信息情况,,,,
第二十条第（一）项,,,,
信息内容,本年制发件数,本年废止件数,现行有效件数,
规章,,,,
行政规范性文件,3,1,"1,204",
第二十条第（五）项,,,,
信息内容,本年处理决定数量,,,
行政许可,1846,,,
第二十条第（六）项,,,,
信息内容,本年处理决定数量,,,
行政处罚,95（其中2件已撤销）,,,
行政强制,4,,,
第二十条第（八）项,,,,
信息内容,本年收费金额（单位：万元）,,,
行政事业性收费,12.5,,,
三、收到和处理政府信息公开申请情况,,,,
本年没有收到申请。,,,,
"""
PART = "proactive_disclosure"


def figures_of(text: str | bytes, name: str = "青禾区/2023.csv") -> dict[str, object]:
    result = load(text, name)
    assert result.report is not None, [finding.message.zh for finding in result.findings]
    return {path.removeprefix(f"{PART}."): figure.value for path, figure in result.report.figures.items()}


FIGURES = figures_of(SHEET)


# --- sheets that somebody saved --------------------------------------------------------------------


def test_a_saved_sheet_has_its_figures() -> None:
    assert FIGURES["normative_documents.in_force"] == 1204
    assert FIGURES["licences.decisions"] == 1846
    assert str(FIGURES["administrative_fees.amount_wan_yuan"]) == "12.5"


def test_a_row_without_figures_is_blank_and_not_left_out() -> None:
    assert {path: value for path, value in FIGURES.items() if path.startswith("regulations.")} == {
        "regulations.issued": None,
        "regulations.repealed": None,
        "regulations.in_force": None,
    }


def test_headings_and_sentences_of_a_sheet_are_prose() -> None:
    report = load(SHEET, "青禾区/2023.csv").report
    assert report is not None

    assert report.narrative == {
        "overview": "本年公开信息1206条，收到申请0件。",
        PART: "",
        "applications": "本年没有收到申请。",
    }


def test_a_figure_has_the_line_and_the_column_of_its_cell() -> None:
    report = load(SHEET, "青禾区/2023.csv").report
    assert report is not None
    origin = report.figures[f"{PART}.normative_documents.in_force"].origin

    assert (origin.line, origin.raw) == (8, "1,204")
    assert SHEET.splitlines()[7][origin.column - 1 :].startswith("1,204")


def test_a_remark_beside_a_figure_is_kept() -> None:
    report = load(SHEET, "青禾区/2023.csv").report
    assert report is not None

    assert report.figures[f"{PART}.penalties.decisions"].note == "其中2件已撤销"


@pytest.mark.parametrize("separator", [";", "\t"], ids=["semicolon", "TAB"])
def test_the_separator_is_told_from_the_rows(separator: str) -> None:
    rows = csv.reader(io.StringIO(SHEET))
    text = "\n".join(separator.join(row) for row in rows)

    assert figures_of(text) == FIGURES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_that_spreadsheets_save_in_are_read(encoding: str) -> None:
    assert figures_of(SHEET.encode(encoding)) == FIGURES


def test_a_table_of_tabs_is_read_by_its_ending() -> None:
    text = "\n".join("\t".join(row) for row in csv.reader(io.StringIO(SHEET)))

    assert figures_of(text, "青禾区/2023.tsv") == FIGURES


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_the_ends_of_lines_do_not_matter(end: str) -> None:
    assert figures_of(SHEET.replace("\n", end).encode()) == FIGURES


def test_a_line_break_in_a_quoted_cell_is_none_of_the_sheet() -> None:
    wrapped = changed(SHEET, ("信息内容,本年制发件数,", '信息内容,"本年制\n发件数",'))
    report = load(wrapped, "青禾区/2023.csv").report
    assert report is not None

    assert figures_of(wrapped) == FIGURES
    assert report.figures[f"{PART}.normative_documents.in_force"].origin.line == 9


def test_a_quotation_mark_that_is_not_closed_takes_in_nothing() -> None:
    assert figures_of(changed(SHEET, ("行政强制,4,", '"行政强制,4,')))["licences.decisions"] == 1846


@pytest.mark.parametrize(("cell", "held"), [('"18"46', "18 46"), ('"1846"件', 1846)])
def test_what_follows_a_closing_quotation_mark_is_not_lost(cell: str, held: str | int) -> None:
    result = load(changed(SHEET, ("行政许可,1846", f"行政许可,{cell}")), "青禾区/2023.csv")

    assert result.report is not None
    figure = result.report.figures.get(f"{PART}.licences.decisions")
    assert (figure and figure.value) == held or str(held) in "".join(finding.message.zh for finding in result.findings)


def test_padding_on_the_right_is_no_cell() -> None:
    wide = "\n".join(line + "," * 40 for line in SHEET.splitlines())

    assert figures_of(wide) == FIGURES


def test_an_apostrophe_that_guards_a_text_is_not_part_of_it() -> None:
    noted = changed(SHEET, ("行政强制,4,", "行政强制,4,,,\n'+另行统计事项,5,"))
    report = load(noted, "青禾区/2023.csv").report
    assert report is not None

    assert [row.label for row in report.extra_rows] == ["+另行统计事项"]


def test_many_cells_are_too_many() -> None:
    assert rules_of(load("," * 100_001, "青禾区/2023.csv").findings) == {"too-large"}


# --- lists of values --------------------------------------------------------------------------------

LIST = WRITERS["csv"](report_in(dumped(sound_document()), "宿迁市/2024.json"), CATALOGUE).decode("utf-8-sig")
PERSON = "一、本年新收政府信息公开申请数量 · 自然人,"


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_value_has_a_row_with_its_name_in_the_words_of_the_form() -> None:
    names = {row[0]: row[1] for row in rows_of(LIST)}

    assert names["applications.denied_state_secret.natural_person"] == (
        "三、本年度办理结果 - （三）不予公开 - 1.属于国家秘密 · 自然人"
    )
    assert names["review_and_litigation.litigation_direct.upheld"] == "行政诉讼 - 未经复议直接起诉 · 结果维持"
    assert names["proactive_disclosure.licences.decisions"] == "行政许可 · 本年处理决定数量"
    assert all(names.values())


def test_excel_is_told_that_the_list_is_utf_8() -> None:
    assert WRITERS["csv"](report_in(LIST.encode(), "宿迁市/2024.csv"), CATALOGUE).startswith(b"\xef\xbb\xbf")


def test_a_value_changed_in_the_list_is_the_value_that_is_read() -> None:
    result = load(changed(LIST, (f"{PERSON}3440", f'{PERSON}"13,440"')), "宿迁市/2024.csv")
    assert result.report is not None

    figure = result.report.figures["applications.new_received.natural_person"]
    assert (figure.value, figure.origin.raw) == (13440, "13,440")
    line = LIST.splitlines()[figure.origin.line - 1]
    assert line.startswith("applications.new_received.natural_person")


def test_a_list_that_a_spreadsheet_saved_in_its_own_way_is_read() -> None:
    text = "\r\n".join(";".join(f'"{cell}"' for cell in [*row, ""]) for row in rows_of(LIST) if row[0] != "source_url")

    assert load(text.encode("gb18030"), "宿迁市/2024.csv").findings == ()


def test_a_number_that_a_spreadsheet_spoiled_is_not_guessed() -> None:
    finding = only(
        load(changed(LIST, (f"{PERSON}3440", f"{PERSON}3.44E+03")), "宿迁市/2024.csv").findings, "value-form"
    )

    assert "3.44E+03" in finding.message.zh


def test_a_comma_that_parts_a_text_loses_none_of_it() -> None:
    text = changed(LIST, (f"{PERSON}3440,", f"{PERSON}3440,甲,乙"))
    finding = only(load(text, "宿迁市/2024.csv").findings, "faulty-row")

    assert "“乙”" in finding.message.zh
    assert finding.origin is not None
    assert finding.origin.column == len(f"applications.new_received.natural_person,{PERSON}3440,甲,") + 1


def test_cells_at_the_end_of_a_row_may_be_missing() -> None:
    text = "\n".join(line.rstrip(",") for line in LIST.splitlines())

    assert load(text, "宿迁市/2024.csv").findings == load(LIST, "宿迁市/2024.csv").findings == ()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("行政许可", "不是路径"),
        ("applications.new_received.natural_person", "出现两次"),
        ("applications.new_received", "矛盾"),
        ("year.month", "矛盾"),
        ("extra_rows.7.label", "序号"),
        ("extra_rows.999999999.label", "序号"),
        ("a" * 100_000, "不是路径"),
        (".".join("a" * 50), "不是路径"),
    ],
    ids=lambda value: value[:30],
)
def test_a_row_with_a_wrong_path_is_named(path: str, said: str) -> None:
    finding = only(load(f"{LIST}{path},,5,\r\n", "宿迁市/2024.csv").findings, "faulty-row")

    assert said in finding.message.zh
    assert finding.origin is not None
    assert finding.origin.line == LIST.count("\n") + 1


def test_a_remark_beside_a_value_that_is_no_figure_is_not_lost() -> None:
    row = next(line for line in LIST.splitlines() if line.startswith("period_end,"))
    result = load(changed(LIST, (row, f"{row}截至12月")), "宿迁市/2024.csv")

    assert "notes.period_end" in only(result.findings, "unknown-field").message.zh
