"""Spreadsheets: what a sheet shows is read from where it stands, and what it hides is said."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.model import Figure, Report, column_letters
from mkdocs_govreport.pipeline import Result
from mkdocs_govreport.sources.number_format import Shape, number_text, shape_of
from tests.documents import only, rules_of
from tests.support.distinct import distinct_report
from tests.support.generate import content, random_report
from tests.support.layouts import Table, source_of
from tests.support.loading import EDITIONS, load, report_in
from tests.support.programs import SOFFICE, by_libreoffice, page
from tests.support.workbooks import Drawing, opened, saved, workbook, workbook_of_parts

SAMPLES = Path(__file__).parent / "fixtures" / "formats"
FILE = "inbox/report.xlsx"
GRANTED = "applications.granted.natural_person"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def assert_read(report: Report, written: Report) -> None:
    assert content(report) == content(written)


def first_sheet(book: Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def changed(change: Callable[[Worksheet, str], object], written: Report | None = None) -> Result:
    """Load a report after a change to its sheet; the change is given the cell of `GRANTED`."""
    written = written or distinct_report("2021", is_plain=True)
    book = workbook(written)
    change(first_sheet(book), where(saved(book), GRANTED))
    return load(saved(book), FILE)


def where(data: bytes, path: str) -> str:
    """Return the cell in which a figure stands, such as C12."""
    return place_text(report_in(data, FILE).figures[path].origin).en.rpartition("cell ")[2]


def granted(result: Result) -> Figure:
    assert result.report is not None
    return result.report.figures[GRANTED]


# --- layouts ------------------------------------------------------------------------------------------


@each_edition
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("empty_rows", [True, False])
def test_a_report_on_one_sheet_is_read(edition, merged, ruled, empty_rows):
    written = distinct_report(edition, is_plain=True)
    result = load(saved(workbook(written, merged=merged, ruled=ruled, empty_rows=empty_rows)), FILE)

    assert result.findings == ()
    assert_read(result.report, written)


@each_edition
@given(seed=st.integers(0, 2**32 - 1), blanks=st.sampled_from([0.1, 0.6, 1.0]), merged=st.booleans())
def test_blanks_stay_blanks_and_move_nothing(edition, seed, blanks, merged):
    written = random_report(random.Random(seed), edition, blanks=blanks, notes=0.1, extra_rows=1)

    assert_read(report_in(saved(workbook(written, merged=merged)), FILE), written)


@each_edition
def test_a_sheet_for_each_part_has_its_heading_in_its_name(edition):
    written = distinct_report(edition, is_plain=True)
    result = load(saved(workbook_of_parts(written)), FILE)

    assert result.findings == ()
    assert_read(result.report, written)


def test_the_name_of_a_sheet_gives_way_to_the_heading_in_it():
    written = distinct_report("2021", is_plain=True)
    book = workbook(written)
    first_sheet(book).title = "二、主动公开的情况"
    for row in first_sheet(book).iter_rows(max_row=1):
        first_sheet(book).unmerge_cells("A1:J1")
        row[0].value = "一、总体情况"
    result = load(saved(book), "青禾区/2023.xlsx")

    assert "label" not in rules_of(result.findings)


@each_edition
def test_a_sheet_for_each_table(edition):
    written = distinct_report(edition, is_plain=True)
    book = workbook(written)
    book.remove(book.worksheets[0])
    tables = [table for _, _, table in source_of(written).parts if table]
    for number, table in enumerate(tables, 2):
        Drawing(book.create_sheet(f"表{number}")).table(table)
    result = load(
        saved(book),
        FILE,
    )

    assert rules_of(result.findings) <= {"missing-part", "identity"}
    assert result.report.figures.keys() == written.figures.keys()
    assert all(figure.value == written.figures[path].value for path, figure in result.report.figures.items())
    assert {figure.origin.sheet for figure in result.report.figures.values()} == {"表2", "表3", "表4"}


def test_a_name_that_is_no_heading_and_an_empty_sheet_are_no_text():
    written = distinct_report("2021", is_plain=True)
    book = workbook(written)
    book.create_sheet("备用")
    book.create_chartsheet("图表")

    assert_read(report_in(saved(book), FILE), written)


@each_edition
def test_every_origin_is_the_cell_of_its_figure(edition):
    data = saved(workbook(distinct_report(edition, is_plain=True)))
    sheet = first_sheet(opened(data))

    for path, figure in report_in(data, FILE).figures.items():
        assert sheet.cell(figure.origin.row, figure.origin.cell).value == figure.value, path
        assert figure.origin.sheet == "Sheet1"
        assert figure.origin.raw == str(figure.value)


def test_a_finding_names_the_sheet_and_the_cell():
    result = changed(lambda sheet, cell: sheet.__setitem__(cell, "约20"))
    origin = only(result.findings, "value-form").origin

    assert place_text(origin).zh == f"工作表“Sheet1”{place_text(origin).en.rpartition(' ')[2]}"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("to", ["xlsx", "ods"])
@each_edition
def test_what_libreoffice_saves_is_read(edition, to, tmp_path):
    written = distinct_report(edition, is_plain=True)
    result = load(by_libreoffice(page(written), to, tmp_path), f"inbox/report.{to}")

    assert result.findings == ()
    assert_read(result.report, written)


@pytest.mark.parametrize("name", ["libreoffice_2021.xlsx", "libreoffice_2019.ods"])
def test_a_sample_of_libreoffice_is_read(name):
    written = distinct_report(name[-9:-5] if name.endswith("xlsx") else name[-8:-4], is_plain=True)
    result = load((SAMPLES / name).read_bytes(), f"inbox/{name}")

    assert result.findings == ()
    assert_read(result.report, written)
    assert all(figure.origin.sheet and figure.origin.row for figure in result.report.figures.values())


# --- values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [80.0, "80", " 80 ", "８０", "80件"])
def test_a_number_is_read_however_it_is_stored(value):
    assert granted(changed(lambda sheet, cell: sheet.__setitem__(cell, value))).value == 80


@pytest.mark.parametrize("number_format", ["#,##0", "0.00", "¥#,##0.00", '0"件"', "General", "0.00E+00", "[Red]0"])
def test_a_number_does_not_depend_on_how_it_is_shown(number_format):
    def change(sheet, cell):
        sheet[cell] = 1265656
        sheet[cell].number_format = number_format

    assert granted(changed(change)).value == 1265656


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(2024, 3, 5), "yyyy-mm-dd", "2024-03-05"),
        (45356, 'm"月"d"日"', "2024-03-05"),
        (0.5, "0%", "50%"),
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
        ("#VALUE!", "General", "#VALUE!"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_what_is_no_number_is_reported_as_it_is_shown(value, number_format, shown):
    def change(sheet, cell):
        sheet[cell] = value
        sheet[cell].number_format = number_format

    result = changed(change)

    assert granted(result).value is None
    assert f"“{shown}”" in only(result.findings, "value-form").message.zh
    assert only(result.findings, "value-form").paths == (GRANTED,)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("80.0", "80"),
        ("59237.244899999998", "59237.2449"),
        ("0.30000000000000004", "0.3"),
        ("1.5E3", "1500"),
        ("1E-4", "0.0001"),
        ("-0", "0"),
        ("1E+300", "1E+300"),
        ("12a", "12a"),
    ],
)
def test_the_digits_of_a_number_are_those_that_a_sheet_shows(stored, shown):
    assert number_text(stored) == shown


@pytest.mark.parametrize(
    ("identifier", "code", "shape"),
    [
        (14, None, Shape.DATE),
        (57, None, Shape.DATE),
        (9, None, Shape.SHARE),
        (3, None, Shape.NUMBER),
        (164, '#,##0"days"', Shape.NUMBER),
        (165, "[Red]#,##0_);(0)", Shape.NUMBER),
        (166, "[h]:mm", Shape.DATE),
        (167, "0.00%", Shape.SHARE),
        (168, "General", Shape.NUMBER),
    ],
)
def test_a_format_makes_a_date_or_a_share_of_a_number(identifier, code, shape):
    assert shape_of(identifier, code) is shape


def test_days_count_from_the_year_of_the_workbook():
    assert number_text("1", Shape.DATE) == "1900-01-01"
    assert number_text("45356", Shape.DATE) == "2024-03-05"
    assert number_text("43894", Shape.DATE, from_1904=True) == "2024-03-05"
    assert number_text("1E20", Shape.DATE) == "1E20"


def test_a_formula_without_a_result_is_reported_and_not_zero():
    result = changed(lambda sheet, cell: sheet.__setitem__(cell, "=SUM(A1:A2)"))
    finding = only(result.findings, "uncalculated")

    assert granted(result).value is None
    assert finding.fails
    assert finding.origin.raw == "=SUM(A1:A2)"
    assert "重新计算并保存" in finding.message.zh
    assert "recalculate, save" in finding.message.en


def test_a_formula_with_a_result_is_its_result():
    written = distinct_report("2021", is_plain=True)
    data = saved(workbook(written))
    cell = where(data, GRANTED)
    value = written.figures[GRANTED].value
    sheet = part_of(data, "xl/worksheets/sheet1.xml").decode()
    begin = sheet.index(f'<c r="{cell}"')
    spoilt = sheet[:begin] + sheet[begin:].replace("<v>", "<f>1+1</f><v>", 1)

    assert granted(load(with_part(data, "xl/worksheets/sheet1.xml", spoilt), FILE)).value == value


def test_a_comment_is_no_text():
    result = changed(lambda sheet, cell: setattr(sheet[cell], "comment", Comment("核对过了", "审核")))

    assert result.findings == ()


# --- what is hidden -------------------------------------------------------------------------------------


def test_a_hidden_sheet_is_not_read_and_said():
    written = distinct_report("2021", is_plain=True)
    book = workbook(written)
    last_year = book.create_sheet("上年")
    Drawing(last_year).table(next(table for _, _, table in source_of(written).parts if isinstance(table, Table)))
    last_year.sheet_state = "hidden"
    result = load(saved(book), FILE)

    assert "“上年”" in only(result.findings, "hidden-cells").message.zh
    assert_read(result.report, written)


def test_a_hidden_row_is_not_read_and_said():
    def hide(sheet, cell):
        sheet.row_dimensions[sheet[cell].row].hidden = True

    result = changed(hide)

    assert GRANTED not in result.report.figures
    assert "请取消隐藏" in only(result.findings, "hidden-cells").message.zh


def test_a_hidden_column_is_not_read_and_said():
    def hide(sheet, cell):
        sheet.column_dimensions[sheet[cell].column_letter].hidden = True

    result = changed(hide)

    assert "列" in only(result.findings, "hidden-cells").message.zh
    assert "unreadable-row" in rules_of(result.findings)


def test_what_a_merged_cell_covers_is_said():
    written = distinct_report("2021", is_plain=True)
    data = saved(workbook(written))
    sheet = part_of(data, "xl/worksheets/sheet1.xml").decode()
    cell = '<c r="B1" t="inlineStr"><is><t>旧标题</t></is></c>'
    buried, times = re.subn('(<c r="A1".*?</c>)', rf"\1{cell}", sheet)
    assert times == 1
    result = load(with_part(data, "xl/worksheets/sheet1.xml", buried), FILE)

    assert "B1" in only(result.findings, "hidden-cells").message.zh
    assert_read(result.report, written)


def test_hiding_what_is_empty_is_not_worth_a_word():
    def hide(sheet, cell):
        sheet.row_dimensions[sheet.max_row + 5].hidden = True
        sheet.column_dimensions["AA"].hidden = True

    assert changed(hide).findings == ()


# --- files that are hostile or broken -------------------------------------------------------------------


def part_of(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def with_part(data: bytes, name: str, part: str | bytes) -> bytes:
    source, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for other in source.namelist():
            package.writestr(other, part if other == name else source.read(other))
    return file.getvalue()


def with_sheet(rows: str, after: str = "") -> bytes:
    return with_part(saved(Workbook()), "xl/worksheets/sheet1.xml", SHEET.format(rows, after))


def test_a_lone_far_cell_costs_nothing():
    written = distinct_report("2021", is_plain=True)
    book = workbook(written)
    first_sheet(book)["XFD1048576"] = "."
    begin = time.monotonic()
    result = load(saved(book), FILE)

    assert time.monotonic() - begin < 5
    assert {path: figure.value for path, figure in result.report.figures.items()} == {
        path: figure.value for path, figure in written.figures.items()
    }


def test_a_far_cell_beside_a_table_adds_one_column_and_not_thousands():
    written = distinct_report("2021", is_plain=True)
    result = changed(lambda sheet, cell: sheet.__setitem__(f"XFD{sheet[cell].row}", "见附件"), written)

    assert result.report is not None
    assert len(result.report.figures) >= len(written.figures) - 7
    assert any("见附件" in finding.message.zh for finding in result.findings)


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ("".join(f'<row r="{row}"><c r="A{row}"/></row>' for row in range(1, 600_000)), ""),
        ("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 110_000)), ""),
        (
            "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 60_000)),
            '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:XFD1048575"/></mergeCells>',
        ),
        (
            "".join(
                f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="{column_letters(row)}{row}"><v>1</v></c></row>'
                for row in range(2, 1_000)
            ),
            "",
        ),
    ],
    ids=["a million rows", "too many cells", "merged over and over", "a diagonal"],
)
def test_a_sheet_out_of_all_proportion_is_refused(rows, after):
    result = load(with_sheet(rows, after), FILE)

    assert rules_of(result.findings) == {"too-large"}


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SHEET.format("", "")

    finding = only(load(with_part(saved(Workbook()), "xl/worksheets/sheet1.xml", bomb), FILE).findings, "damaged")
    assert "DTD" in finding.message.zh


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".ods"])
@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["cut", "text", "old"],
)
def test_a_broken_workbook_is_a_finding_with_a_remedy(suffix, data):
    assert "重新另存" in only(load(data, f"inbox/report{suffix}").findings, "damaged").message.zh


def test_another_package_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<x/>")

    assert "内容与扩展名不符" in only(load(file.getvalue(), FILE).findings, "damaged").message.zh


def test_a_cell_that_no_sheet_has_is_damage():
    assert rules_of(load(with_sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'), FILE).findings) == {"damaged"}


def test_a_workbook_of_empty_sheets_is_empty():
    assert rules_of(load(saved(Workbook()), FILE).findings) == {"empty-file"}
