"""PDF: tables over page breaks, paragraphs over line ends, and files from which nothing can be read."""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.pipeline import Result, Settings, load_one
from mkdocs_govreport.sources import DEFAULT_LIMITS, Document, Grid, Limits, Paragraph, read
from mkdocs_govreport.sources.radicals import without_radicals
from tests.documents import only, rules_of, settings
from tests.support import programs
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.loading import EDITIONS, load
from tests.support.pdfs import HEIGHT, Sheet, pdf, written

SAMPLES = Path(__file__).parent / "fixtures" / "formats"
FILE = "inbox/report.pdf"

needs_chromium = pytest.mark.skipif(programs.CHROMIUM is None, reason="Chromium is not installed")
needs_libreoffice = pytest.mark.skipif(programs.SOFFICE is None, reason="LibreOffice is not installed")
each_edition = pytest.mark.parametrize("edition", EDITIONS)


def document(*sheets: Sheet) -> Document:
    source = read(pdf(*sheets), FILE)
    assert isinstance(source, Document)
    return source


def paragraphs(*sheets: Sheet) -> list[str]:
    return [block.text for block in document(*sheets).blocks if isinstance(block, Paragraph)]


def grids(*sheets: Sheet) -> list[list[list[str]]]:
    blocks = document(*sheets).blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]


def limited(**limits: int) -> Settings:
    return replace(settings(), limits=Limits(**limits))


def prose(top: float = 100, lines: int = 3) -> Sheet:
    """A page with a paragraph, so that it is not taken for a scan."""
    sheet = Sheet().text(90, top, "本年度各科室按月整理办事指南并逐项核对公示栏目，群众查询更方便。")
    for number in range(1, lines):
        sheet.text(90, top + 100 * number, f"第{number}段另起一行，与上文无关，单独成段。")
    return sheet


@pytest.fixture(scope="module")
def printed() -> Iterator[Callable[[str], bytes]]:
    with programs.chromium() as to_pdf:
        yield to_pdf


# --- files of other programs ------------------------------------------------------------------------------


@needs_chromium
@pytest.mark.browser
@pytest.mark.xdist_group("printing")
@pytest.mark.parametrize("style", ["PLAIN", "NARROW", "VERTICAL", "SPACED", "CLOSE"])
@each_edition
def test_what_chromium_prints_is_read(edition, style, printed):
    report = distinct_report(edition, is_plain=True)
    text = programs.page(report, getattr(programs, style), thousands=style == "SPACED")
    result = load(printed(text), FILE)

    assert result.findings == ()
    assert content(result.report) == content(report)
    assert all(figure.origin.page and figure.origin.row for figure in result.report.figures.values())


@needs_chromium
@pytest.mark.browser
@pytest.mark.xdist_group("printing")
@each_edition
def test_tables_without_rules_are_read_from_their_words(edition, printed):
    report = distinct_report(edition, is_plain=True)
    result = load(printed(programs.page(report, programs.UNRULED, ruled=False)), FILE)

    assert {path: figure.value for path, figure in result.report.figures.items()} == {
        path: figure.value for path, figure in report.figures.items()
    }


@needs_chromium
@pytest.mark.browser
@pytest.mark.xdist_group("printing")
@pytest.mark.parametrize("above", [60, 380, 660])
@pytest.mark.parametrize("style", ["PLAIN", "NARROW"])
def test_wherever_a_page_breaks_blanks_stay_blanks_and_figures_stay_where_they_are(style, above, printed):
    report = distinct_report("2021", is_plain=True)
    rng = random.Random(above)
    figures = {
        path: figure._replace(value=None) if rng.random() < 0.25 else figure for path, figure in report.figures.items()
    }
    text = programs.page(
        replace(report, figures=figures), f"{getattr(programs, style)} body {{ padding-top: {above}px }}"
    )
    result = load(printed(text), FILE)

    assert {path: figure.value for path, figure in result.report.figures.items()} == {
        path: figure.value for path, figure in figures.items()
    }


@needs_libreoffice
@pytest.mark.xdist_group("libreoffice")
@each_edition
def test_what_libreoffice_exports_is_read(edition, tmp_path):
    report = distinct_report(edition, is_plain=True)
    result = load(programs.by_libreoffice(programs.page(report), "pdf", tmp_path), FILE)

    assert result.findings == ()
    assert content(result.report) == content(report)


@each_edition
def test_a_sample_of_libreoffice_is_read(edition):
    report = distinct_report(edition, is_plain=True)
    result = load((SAMPLES / f"libreoffice_{edition}.pdf").read_bytes(), FILE)

    assert result.findings == ()
    assert content(result.report) == content(report)
    assert {figure.origin.page for figure in result.report.figures.values()} == {1, 2, 3}


def test_a_finding_names_the_page():
    data = (SAMPLES / "libreoffice_2021.pdf").read_bytes()
    origin = load(data, FILE).report.figures["review_and_litigation.review.upheld"].origin

    assert place_text(origin).zh == "第3页第1张表第4行第1格"
    assert place_text(origin).en == "page 3, table 1, row 4, cell 1"


# --- tables -------------------------------------------------------------------------------------------------


def test_a_blank_in_a_row_is_a_cell():
    sheet = prose(50, 1)
    sheet.grid(60, 100, [80, 60, 60, 60], [(20, ["行政许可", "1,265", "", "7"]), (20, ["行政处罚", "", "", "8"])])

    assert grids(sheet) == [[["行政许可", "1,265", "", "7"], ["行政处罚", "", "", "8"]]]


def test_a_table_goes_on_over_a_page_break_and_its_head_is_not_repeated():
    first, second = prose(50, 1), Sheet()
    first.grid(60, 700, [80, 60], [(20, ["信息内容", "件数"]), (20, ["行政许可", "1"])])
    second.grid(60, 60, [80, 60], [(20, ["信息内容", "件数"]), (20, ["行政处罚", "2"])])

    assert grids(first, second) == [[["信息内容", "件数"], ["行政许可", "1"], ["行政处罚", "2"]]]


def test_another_table_on_the_next_page_is_another_table():
    first, second = prose(50, 1), Sheet()
    first.grid(60, 700, [80, 60], [(20, ["信息内容", "件数"])])
    second.grid(60, 60, [30, 40, 25, 35], [(20, ["甲", "乙", "丙", "丁"])])

    assert len(grids(first, second)) == 2


def test_a_row_that_the_page_break_cuts_is_one_row():
    first, second = prose(50, 1), Sheet()
    first.grid(60, 700, [60, 60, 60], [(16, ["2.没有现成", "5", "6"])])
    second.grid(60, 60, [60, 60, 60], [(16, ["信息需要另", "", ""]), (16, ["3.补正后", "7", ""])])

    assert grids(first, second) == [[["2.没有现成信息需要另", "5", "6"], ["3.补正后", "7", ""]]]


def test_half_a_number_after_the_page_break_is_not_lost():
    first, second = prose(50, 1), Sheet()
    first.grid(60, 700, [60, 28], [(16, ["1.信访举报", "5886"])])
    second.grid(60, 60, [60, 28], [(16, ["", "6"]), (16, ["2.重复申请", "7"])])

    assert grids(first, second) == [[["1.信访举报", "5886"], ["", "6"], ["2.重复申请", "7"]]]


def test_a_row_of_blanks_after_the_page_break_is_a_row():
    first, second = prose(50, 1), Sheet()
    first.grid(60, 700, [60, 60], [(16, ["1.信访举报", "5"])])
    second.grid(60, 60, [60, 60], [(16, ["2.重复申请", ""])])

    assert grids(first, second) == [[["1.信访举报", "5"], ["2.重复申请", ""]]]


def test_cells_that_are_open_at_the_page_break_are_closed():
    first, second = prose(50, 1), Sheet()
    for sheet, top, label, figure in ((first, 760, "（四）无", "5"), (second, 50, "法提供", "")):
        for edge in (60, 110, 160):
            sheet.stroke(edge, top, edge, top + 20)
        sheet.text(63, top + 5, label)
        if figure:
            sheet.text(120, top + 5, figure)
    first.stroke(60, 760, 160, 760)
    second.stroke(60, 70, 160, 70)

    assert grids(first, second) == [[["（四）无法提供", "5"]]]


def test_a_number_that_runs_over_the_rule_stays_one_number():
    sheet = prose(50, 1)
    sheet.grid(60, 100, [80, 28, 60], [(20, ["行政许可", "646721", "8"])])

    assert grids(sheet) == [[["行政许可", "646721", "8"]]]


def test_two_numbers_in_one_cell_are_not_one_number():
    sheet = prose(50, 1)
    sheet.grid(60, 100, [80, 90], [(40, ["行政许可", "12"])])
    sheet.text(143, 118, "34")

    assert grids(sheet) == [[["行政许可", "12 34"]]]


def test_a_number_that_was_wrapped_is_one_number():
    sheet = prose(50, 1)
    sheet.grid(60, 100, [80, 28], [(40, ["行政许可", "5886"])])
    sheet.text(143, 115, "6")

    assert grids(sheet) == [[["行政许可", "58866"]]]


def test_a_frame_around_a_page_is_no_table():
    sheet = prose(100)
    sheet.grid(40, 40, [500], [(700, [""])])

    assert grids(sheet) == []
    assert len(paragraphs(sheet)) == 3


# --- prose --------------------------------------------------------------------------------------------------


def test_lines_are_joined_and_paragraphs_are_not():
    sheet = Sheet()
    for number, (left, text) in enumerate(
        [
            (90, "一、总体情况"),
            (110, "本年度各科室按月整理办事指南，逐项核对公示栏目，"),
            (90, "及时登记申请台账和来信来访记录，编印政策问答汇编，"),
            (90, "群众查询更方便。"),
            (110, "另起一段。"),
        ]
    ):
        sheet.text(left, 100 + 20 * number, text)

    assert paragraphs(sheet) == [
        "一、总体情况",
        "本年度各科室按月整理办事指南，逐项核对公示栏目，及时登记申请台账和来信来访记录，编印政策问答汇编，群众查询更方便。",
        "另起一段。",
    ]


def test_a_paragraph_goes_on_over_a_page_break_without_the_running_head_and_the_page_number():
    first, second = Sheet(), Sheet()
    for number, sheet in enumerate((first, second), 1):
        sheet.text(200, 30, "云川市青禾区人民政府").text(290, HEIGHT - 40, f"— {number} —")
    first.text(90, 700, "本年度各科室按月整理办事指南，逐项核对公示栏目，及时登记")
    second.text(90, 80, "申请台账。")

    assert paragraphs(first, second) == ["本年度各科室按月整理办事指南，逐项核对公示栏目，及时登记申请台账。"]


def test_radicals_are_written_as_the_characters_that_they_look_like():
    assert without_radicals("⻘⽲区⼈⺠政府⼯作，⻓期⻅⻚") == "青禾区人民政府工作，长期见页"


# --- files from which nothing can be read ----------------------------------------------------------------------


def assert_only(result: Result, rule: str, zh: str, en: str) -> None:
    assert rules_of(result.findings) == {rule}
    assert zh in only(result.findings, rule).message.zh
    assert en in only(result.findings, rule).message.en


def test_a_scan_is_told_and_what_to_do():
    assert_only(load(pdf(Sheet().picture(), Sheet().picture()), FILE), "no-text", "扫描件", "scan")


def test_a_scan_with_page_numbers_or_a_stamp_is_a_scan():
    pages = [Sheet().picture().text(290, 800, f"— {number} —") for number in range(1, 5)]

    assert_only(load(pdf(*pages), FILE), "no-text", "改用制作该 PDF 的原文件", "the file that the PDF was made from")


def test_fonts_that_do_not_tell_their_characters():
    sheet = Sheet(font="F2")
    for line in range(10):
        sheet.text(90, 100 + 20 * line, "甲乙丙丁戊己庚辛")

    assert_only(load(pdf(sheet), FILE), "no-text", "乱码", "do not say which characters")


def test_a_file_with_a_password():
    assert_only(load((SAMPLES / "password.pdf").read_bytes(), FILE), "damaged", "设有密码", "password")


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"not a PDF", pdf(prose())[:200]], ids=["head", "text", "cut"])
def test_a_broken_file(data):
    assert_only(load(data, FILE), "damaged", "损坏", "damaged")


@pytest.mark.parametrize("data", [b"", b" \n", pdf(Sheet())], ids=["nothing", "space", "an empty page"])
def test_an_empty_file(data):
    assert_only(load(data, FILE), "empty-file", "空", "empty")


def test_too_many_pages():
    result = load_one(pdf(*(prose(lines=1) for _ in range(6))), FILE, limited(pages=5))

    assert_only(result, "too-large", "PDF 的页数为6，超过上限5", "`pages`")


def test_a_file_that_takes_too_long_is_stopped():
    endless = Sheet(["q Q " * 3_000_000])
    begin = time.monotonic()
    result = load_one(pdf(endless), FILE, limited(seconds=1))

    assert_only(result, "too-large", "读取 PDF 的时间（秒）", "`seconds`")
    assert time.monotonic() - begin < 10


@pytest.mark.skipif(importlib.util.find_spec("resource") is None, reason="the system sets no limit of memory")
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not heed the limit of memory")
def test_a_file_that_takes_too_much_memory_is_stopped():
    data = pdf(Sheet([" ".join(f"{n % 600} {n % 800} m {n % 500} {n % 700} l S" for n in range(200_000))]))
    result = load_one(data, FILE, limited(memory_megabytes=150))

    assert_only(result, "too-large", "读取 PDF 占用的内存（MB）", "`memory_megabytes`")


def test_pages_that_hold_one_another_end():
    data = written(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"])

    assert rules_of(load(data, FILE).findings) <= {"damaged", "empty-file"}


def test_without_the_extra_the_finding_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    assert_only(load(pdf(prose()), FILE), "pdf-support", 'pip install "mkdocs-govreport[pdf]"', "not installed")


def _count(data: bytes) -> int:
    source = read(data, FILE, DEFAULT_LIMITS)
    assert isinstance(source, Document)
    return len(source.blocks)


def test_a_worker_process_reads_it_too():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(_count, pdf(prose())).result() == 3
