"""Pages, Word files and workbooks that reports are written as: what people change in them is what is read."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from openpyxl import load_workbook

from mkdocs_govreport.model import Figure, Origin, Report
from mkdocs_govreport.pipeline.load import load_one
from mkdocs_govreport.writers import WRITERS
from tests.documents import changed, dumped, load, rules_of, sound_document
from tests.support.generate import content, random_report
from tests.support.loading import CATALOGUE, EDITIONS, SETTINGS, report_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PART = "overview"
PROSE = "前一段。\n\n**加粗**的一段。\n\n- 第一项\n- 第二项\n\n后一段，见[链接](https://example.org/)。"


def report_with(prose: str = PROSE, *, title: str | None = None) -> Report:
    """A real report with other prose in its first part."""
    report = report_in(dumped(sound_document()), "宿迁市/2024.json")
    return replace(report, narrative={**report.narrative, PART: prose}, title=title or report.title)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def edited(format_: str, report: Report, old: str, new: str) -> bytes:
    """Write a report and change a text in it, as somebody does who opens it."""
    data = WRITERS[format_](report, CATALOGUE)
    if format_ == "html":
        head, _, body = data.decode().partition("</head>")
        return f"{head}</head>{changed(body, (old, new))}".encode()
    name = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet2.xml"}[format_]
    parts = parts_of(data)
    # XML may write a character by its number.
    text = parts[name].decode().encode("ascii", "xmlcharrefreplace").decode()
    references = tuple(part.encode("ascii", "xmlcharrefreplace").decode() for part in (old, new))
    parts[name] = changed(text, references).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part, text in parts.items():
            package.writestr(part, text)
    return packed.getvalue()


def read(data: bytes, format_: str) -> Report:
    return report_in(data, f"inbox/report.{format_}")


documents = pytest.mark.parametrize("format_", ["html", "docx"])
every_format = pytest.mark.parametrize("format_", WRITERS)


# --- what people change -----------------------------------------------------------------------------


@documents
def test_a_figure_that_was_changed_is_read_as_it_stands(format_: str) -> None:
    changed_figure = edited(format_, report_with(), "1573179", "1573180")

    assert read(changed_figure, format_).figures["proactive_disclosure.licences.decisions"].value == 1573180


@documents
def test_a_paragraph_that_was_changed_is_read_as_it_stands_and_its_neighbours_keep_their_spelling(format_: str) -> None:
    written = edited(format_, report_with(), "的一段。", "的另一段。")

    assert read(written, format_).narrative[PART] == changed(PROSE, ("**加粗**的一段", "加粗的另一段"))


@documents
def test_a_list_that_lost_an_item_has_lost_it(format_: str) -> None:
    written = edited(format_, report_with(), "第二项", "")

    assert "第二项" not in read(written, format_).narrative[PART]


@documents
def test_the_same_text_twice_keeps_two_spellings(format_: str) -> None:
    prose = "重点\n\n**重点**\n\n`重点`\n\n重点"

    assert read(WRITERS[format_](report_with(prose), CATALOGUE), format_).narrative[PART] == prose


@documents
def test_next_years_report_written_over_this_one_is_next_years(format_: str) -> None:
    written = edited(format_, report_with(), "宿迁市2024年", "宿迁市2025年")

    assert read(written, format_).year == 2025


def test_prose_that_was_changed_in_a_workbook_is_read_as_it_stands() -> None:
    written = edited("xlsx", report_with(), "**加粗**的一段", "**加粗**的另一段")

    assert read(written, "xlsx").narrative[PART] == changed(PROSE, ("的一段", "的另一段"))


@pytest.mark.parametrize("spellings", ["", "[", "3", '{"a": 1}', "[1]", "[[[], 2]]", "[[[1], 2]]", "[" * 100_000])
def test_kept_spellings_that_are_none_do_not_matter(spellings: str) -> None:
    page = WRITERS["html"](report_with("前一段。"), CATALOGUE).decode()
    meta = f'<meta name="govreport:spellings" content="{html.tostring(html.Element("a", x=spellings)).decode()[6:-6]}">'

    assert read(changed(page, ("<title>", f"{meta}<title>")).encode(), "html").narrative[PART] == "前一段。"


def test_fields_that_are_not_known_are_told() -> None:
    page = WRITERS["html"](report_with(), CATALOGUE).decode()
    result = load(changed(page, ("<title>", '<meta name="govreport:agnecy" content="甲"><title>')), "a/2024.html")

    assert "unknown-field" in rules_of(result.findings)


# --- what there is and what there is not ------------------------------------------------------------


@every_format
@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=6)
@given(seed=st.integers(0, 2**32 - 1))
def test_figures_that_are_absent_are_not_blank(format_: str, edition: str, seed: int) -> None:
    rng = random.Random(seed)
    report = random_report(rng, edition, blanks=0.2)
    kept = {path: figure for path, figure in report.figures.items() if rng.random() < 0.7}
    kept |= {path: figure for path, figure in report.figures.items() if path.endswith(".total")}
    report = replace(report, figures={path: figure for path, figure in report.figures.items() if path in kept})

    assert content(read(WRITERS[format_](report, CATALOGUE), format_)) == content(report)


@every_format
def test_a_remark_beside_a_blank_stays(format_: str) -> None:
    report = report_with()
    path = "proactive_disclosure.licences.decisions"
    report = replace(report, figures={**report.figures, path: Figure(None, Origin("x"), "由上级统计")})

    assert content(read(WRITERS[format_](report, CATALOGUE), format_))["figures"][path] == (None, "由上级统计")


@every_format
def test_a_table_under_no_heading_stays_under_none(format_: str) -> None:
    report = report_with()
    narrative = {part: text for part, text in report.narrative.items() if part != "applications"}
    report = replace(report, narrative=narrative)

    assert content(read(WRITERS[format_](report, CATALOGUE), format_)) == content(report)


@every_format
def test_a_long_remark_stays(format_: str) -> None:
    note = "其中修订" * 100
    report = report_with()
    path = "proactive_disclosure.licences.decisions"
    report = replace(report, figures={**report.figures, path: Figure(22, Origin("x"), note)})

    assert content(read(WRITERS[format_](report, CATALOGUE), format_))["figures"][path] == (22, note)


@every_format
def test_a_paragraph_longer_than_a_cell_stays_whole(format_: str) -> None:
    prose = "=" + "一段很长的话，" * 6000 + "。"
    report = report_with(prose)

    assert read(WRITERS[format_](report, CATALOGUE), format_).narrative[PART] == prose


@every_format
def test_characters_that_a_file_cannot_hold_are_replaced_and_told(format_: str) -> None:
    report = replace(report_with("控制\x00字符\x1b与\ud800代理"), publisher="办\x01公室")
    result = load_one(WRITERS[format_](report, CATALOGUE), f"a/2024.{format_}", SETTINGS)
    assert result.report is not None

    assert result.report.narrative[PART] == "控制\ufffd字符\ufffd与\ufffd代理"
    assert result.report.publisher == "办\ufffd公室"


@every_format
def test_so_little_of_a_report_that_it_is_none_is_written_all_the_same(format_: str) -> None:
    report = Report("x", EDITIONS[-1], {}, {}, {"introduction": "只有引言。"}, agency="青禾区", year=2023)

    assert "只有引言" in WRITERS[format_](report, CATALOGUE).decode("utf-8", "replace") or format_ in {"docx", "xlsx"}


PIECES = st.sampled_from(
    ["年度报告", "5件", " ", "  ", "\n", "\n\n", "\n\n", "- ", "1. ", "*", "**", "_", "`", "```\n", "~~~\n", "# ", "### ",
     "=", "===\n", "---\n", "\t", "<b>", "</b>", "<script>alert(1)</script>", "<!-- 注 -->", "&amp;", "&", "|",
     "| a | b |\n| --- | --- |\n| 1 | 2 |", "“引号”", "\\", "[a](b)", "[甲](https://a.example)", "![图](x.png)", "[x]",
     "[x]: http://a.example", "    ", "> ", "=1+1", "+1", "-2", "@SUM(A1)", "＝1", "'", "{{x}}", "<br>", "\r\n",
     "<table><tr><td>1</td></tr></table>", "\u3000", "\u00a0", "https://a.example/?a=1&b=2"]
)  # fmt: skip


@every_format
@settings(max_examples=8)
@given(prose=st.lists(st.lists(PIECES, min_size=1, max_size=12).map("".join), min_size=3, max_size=3))
def test_prose_stays_as_it_is_written_whatever_it_is(format_: str, prose: list[str]) -> None:
    document = sound_document()
    for part, text in zip(("overview", "applications", "other_matters"), prose, strict=True):
        document["narrative"][part] = text
    report = report_in(dumped(document), "宿迁市/2024.json")

    assert content(read(WRITERS[format_](report, CATALOGUE), format_)) == content(report)


# --- the files ----------------------------------------------------------------------------------------


@every_format
def test_the_same_report_gives_the_same_bytes(format_: str) -> None:
    assert WRITERS[format_](report_with(), CATALOGUE) == WRITERS[format_](report_with(), CATALOGUE)


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_nothing_in_a_file_tells_when_it_was_made(format_: str) -> None:
    data = WRITERS[format_](report_with(), CATALOGUE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms:" not in re.sub(rb"xmlns:\w+=", b"", parts_of(data)["docProps/core.xml"]).replace(
        b'"http://purl.org/dc/terms/"', b""
    )


def rows_in_word(data: bytes) -> list[list[etree._Element]]:
    body = etree.fromstring(parts_of(data)["word/document.xml"])
    return [table.findall(f"{W}tr") for table in body.iter(f"{W}tbl")]


def test_the_tables_of_a_word_file_have_the_merged_cells_of_the_form() -> None:
    tables = rows_in_word(WRITERS["docx"](report_with("前一段。"), CATALOGUE))
    layouts = CATALOGUE.editions["2021"].layouts.values()

    for rows, layout in zip(tables, layouts, strict=True):
        assert len(rows) == len(layout.rows)
        for row, cells in zip(rows, layout.rows, strict=True):
            begun = [cell for cell in row.iter(f"{W}tc") if cell.find(f".//{W}vMerge[@{W}val='continue']") is None]
            spans = [cell.find(f".//{W}gridSpan") for cell in begun]
            assert [1 if span is None else int(span.get(f"{W}val")) for span in spans] == [c.columns for c in cells]
            assert sum(int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")) == sum(
                int(width.get(f"{W}w")) for width in row.getparent().iter(f"{W}gridCol")
            )


def test_headers_are_repeated_on_the_next_page_and_no_row_is_broken() -> None:
    _, applications, reviews = rows_in_word(WRITERS["docx"](report_with("前一段。"), CATALOGUE))

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in applications] == [True] * 3 + [False] * 25
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in reviews] == [True] * 3 + [False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in applications + reviews)


def test_a_word_file_has_the_page_and_the_typefaces_of_official_documents() -> None:
    parts = parts_of(WRITERS["docx"](report_with(), CATALOGUE))
    size = etree.fromstring(parts["word/document.xml"]).find(f".//{W}pgSz")

    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    for typeface in ("方正小标宋简体", "黑体", "仿宋_GB2312"):
        assert typeface in parts["word/styles.xml"].decode()
        assert f'w:name="{typeface}"' in parts["word/fontTable.xml"].decode()


def test_prose_is_set_in_a_word_file() -> None:
    prose = "**粗**、*斜*、[链接](https://example.org/a?b=1&c=2)\n\n### 小标题\n\n1. 甲\n2. 乙\n\n| 栏 | 目 |\n| --- | --- |\n| 1 | 2 |"
    parts = parts_of(WRITERS["docx"](report_with(prose), CATALOGUE))
    body = etree.fromstring(parts["word/document.xml"])
    set_as = {run.findtext(f"{W}t"): {child.tag.removeprefix(W) for child in run.find(f"{W}rPr")} for run in body.iter(f"{W}r") if run.find(f"{W}rPr") is not None}  # fmt: skip

    assert set_as["粗"] == {"b"}
    assert set_as["斜"] == {"i"}
    assert b'Target="https://example.org/a?b=1&amp;c=2"' in parts["word/_rels/document.xml.rels"]
    items = [p for p in body.iter(f"{W}p") if p.find(f".//{W}numPr") is not None]
    assert ["".join(p.itertext()) for p in items] == ["甲", "乙"]
    assert "**" not in "".join(body.itertext())


def test_two_lists_count_each_for_itself() -> None:
    body = etree.fromstring(
        parts_of(WRITERS["docx"](report_with("1. 甲\n2. 乙\n\n中间。\n\n1. 丙"), CATALOGUE))["word/document.xml"]
    )
    numbers = [number.get(f"{W}val") for number in body.iter(f"{W}numId")]

    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_page_needs_nothing_else_and_runs_nothing() -> None:
    attacks = (
        '<script>alert(1)</script> <img src="https://a.example/x.png" onerror="alert(1)"> [x](javascript:alert(1))'
    )
    page = WRITERS["html"](
        replace(report_with(attacks, title='"><script>alert(2)</script>'), publisher='"><script>'), CATALOGUE
    )
    root = html.fromstring(page)

    assert not list(root.iter("script", "img", "link", "iframe", "object", "embed", "form"))
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or (a in {"src", "srcset", "style"} and e.tag != "col")]  # fmt: skip
    assert all(
        a.get("href", "").startswith(("http://", "https://", "mailto:")) for a in root.iter("a") if a.get("href")
    )
    assert "default-src 'none'" in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_a_workbook_has_the_tables_of_the_form_with_numbers_in_them() -> None:
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](report_with(), CATALOGUE)))
    sheet = book["申请办理"]

    assert book.sheetnames == ["说明", "正文", "主动公开", "申请办理", "复议诉讼"]
    assert sheet["A1"].value == "三、收到和处理政府信息公开申请情况"
    assert {"A2:C4", "D2:J2", "E3:I3", "A7:A28", "B9:B16"} <= {str(span) for span in sheet.merged_cells.ranges}
    assert (sheet["D5"].value, sheet["D5"].number_format) == (3440, "#,##0")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (9, 1, "$1:$4")
