"""OpenDocument texts: what LibreOffice shows is what is read, and what it does not show is said."""

from __future__ import annotations

import pytest

from mkdocs_govreport.model import Report
from mkdocs_govreport.pipeline import Result
from mkdocs_govreport.sources import Grid, read
from tests.documents import only, rules_of
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.layouts import source_of
from tests.support.loading import EDITIONS, load
from tests.support.office_files import fodt, odt, open_document_table, open_document_text, tp

REPORT = distinct_report("2021")
SOURCE = source_of(REPORT)
BODY = open_document_text(SOURCE)
PATH = "proactive_disclosure.licences.decisions"
VALUE = str(REPORT.figures[PATH].value)
FILE = "inbox/report.odt"
TABLES = [table for _, _, table in SOURCE.parts if table]
STYLES = (
    '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="s" style:family="text" style:parent-style-name="t"/>'
    '<style:style style:name="t" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="n" style:family="text"><style:text-properties style:text-position="0% 100%"/></style:style>'
)


def changed(*replacements: tuple[str, str]) -> str:
    """The text of the report with each piece of XML replaced; each must be there once."""
    body = BODY
    for old, new in replacements:
        assert body.count(old) == 1, (body.count(old), old)
        body = body.replace(old, new)
    return body


def loaded(text: str, **parts: str) -> Result:
    return load(odt(text, **{"automatic": STYLES, **parts}), FILE)


def report_of(result: Result) -> Report:
    assert result.report is not None, [finding.message.zh for finding in result.findings]
    return result.report


def assert_is_the_report(result: Result) -> None:
    assert content(report_of(result)) == content(REPORT)
    assert rules_of(result.findings) == set()


SHOWN = {
    "spans": f"<text:p>{''.join(f'<text:span>{digit}</text:span>' for digit in VALUE)}</text:p>",
    "white space of the XML": f"<text:p>\n  {VALUE}\n  </text:p>",
    "spaces and TAB": f'<text:p><text:s text:c="999999999"/><text:tab/>{VALUE}<text:s/></text:p>',
    "link and field": f"<text:p><text:a><text:expression>{VALUE}</text:expression></text:a></text:p>",
    "note": f"<text:p>{VALUE}<text:note><text:note-citation>1</text:note-citation><text:note-body>{tp('注')}</text:note-body></text:note></text:p>",
    "comment": f"<text:p>{VALUE}<office:annotation>{tp('核')}</office:annotation><office:annotation-end/></text:p>",
    "pinyin over it": f"<text:p><text:ruby><text:ruby-base>{VALUE}</text:ruby-base><text:ruby-text>ba</text:ruby-text></text:ruby></text:p>",
    "frame": f"<text:p><draw:frame><draw:text-box>{tp(VALUE)}</draw:text-box></draw:frame></text:p>",
    "shape": f"<text:p><draw:custom-shape>{tp(VALUE)}</draw:custom-shape></text:p>",
    "white space that cannot be seen": f"<text:p>{VALUE[0]}\u200b{VALUE[1:]}\ufeff</text:p>",
    "section and list": f"<text:section><text:list><text:list-item>{tp(VALUE)}</text:list-item></text:list></text:section>",
    "position that is none": f'<text:p><text:span text:style-name="n">{VALUE}</text:span></text:p>',
}


@pytest.mark.parametrize("xml", SHOWN.values(), ids=SHOWN)
def test_a_figure_is_read_as_it_is_shown(xml: str) -> None:
    assert_is_the_report(loaded(changed((tp(VALUE), xml))))


def test_a_raised_mark_is_no_digit_but_a_remark() -> None:
    result = loaded(changed((tp(VALUE), f'<text:p>{VALUE}<text:span text:style-name="s">1</text:span></text:p>')))

    figure = report_of(result).figures[PATH]
    assert (figure.value, figure.note) == (int(VALUE), "1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (tp(VALUE), f'<text:p>{VALUE}<text:span text:style-name="h">91</text:span></text:p>'),
        (tp(VALUE), f'{tp(VALUE)}<text:section text:display="none">{tp("91")}</text:section>'),
        (f"{tp('行政许可')}</table:table-cell>", f"{tp('行政许可')}</table:table-cell><table:covered-table-cell>{tp('91')}</table:covered-table-cell>"),
    ],
    ids=["span", "section", "covered cell"],
)  # fmt: skip
def test_hidden_text_is_left_out_and_reported(old: str, new: str) -> None:
    result = loaded(changed((old, new)))

    assert content(report_of(result)) == content(REPORT)
    assert "“91”" in only(result.findings, "hidden-text").message.zh


def test_a_hidden_row_is_left_out_and_reported() -> None:
    row = f'<table:table-row table:visibility="collapse"><table:table-cell>{tp("91")}</table:table-cell></table:table-row>'
    result = loaded(BODY.replace("</table:table>", f"{row}</table:table>", 1))

    assert content(report_of(result)) == content(REPORT)
    assert "“91”" in only(result.findings, "hidden-text").message.zh


def test_tracked_changes_are_read_as_accepted_and_reported_at_their_cell() -> None:
    regions = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:insertion><office:change-info/></text:insertion></text:changed-region>'
        f'<text:changed-region text:id="b"><text:deletion><office:change-info><dc:creator>甲</dc:creator></office:change-info>{tp("77")}</text:deletion>'
        "</text:changed-region></text:tracked-changes>"
    )
    new = f'<text:p><text:change-start text:change-id="a"/>{VALUE}<text:change-end text:change-id="a"/><text:change text:change-id="b"/></text:p>'
    result = loaded(regions + changed((tp(VALUE), new)))

    assert content(report_of(result)) == content(REPORT)
    finding = only(result.findings, "tracked-changes")
    assert "77" in finding.message.zh
    assert "甲" not in finding.message.zh
    assert finding.origin is not None
    assert finding.origin[4:7] == report_of(result).figures[PATH].origin[4:7]


# --- tables -------------------------------------------------------------------------------------------


def test_cells_and_rows_that_are_stated_once_for_many() -> None:
    cells = f'<table:table-cell>{tp("甲")}</table:table-cell><table:table-cell table:number-columns-repeated="3">{tp("0")}</table:table-cell>'
    text = f'<table:table><table:table-row table:number-rows-repeated="2">{cells}</table:table-row></table:table>'
    (grid,) = read(odt(text), FILE).blocks

    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "0", "0", "0"]] * 2
    assert grid.rows[1][3].origin[4:7] == (1, 2, 4)


def test_the_rows_of_a_cell_that_was_split_are_rows() -> None:
    def cell(text: str) -> str:
        return f"<table:table-cell>{text}</table:table-cell>"

    def rows(*rows: str) -> str:
        return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)

    inner = rows(cell(tp("规章")) + cell(tp("1")), cell(tp("文件")) + cell(tp("2")))
    split = f'<table:table table:is-sub-table="true">{inner}</table:table>'
    (grid,) = read(odt(f"<table:table>{rows(cell(tp('甲')) + cell(split), cell(tp('乙')))}</table:table>"), FILE).blocks

    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "规章", "1"], ["文件", "2"], ["乙"]]


def test_the_tables_in_a_table_that_frames_them() -> None:
    frame = f"<table:table><table:table-row><table:table-cell>{BODY}</table:table-cell></table:table-row></table:table>"

    assert_is_the_report(loaded(frame))


def test_header_rows_and_groups_of_rows_are_rows() -> None:
    table = open_document_table(TABLES[1])
    head, _, rest = table.partition("<table:table-row>")
    first, end, others = rest.partition("</table:table-row>")
    grouped = f"{head}<table:table-header-rows><table:table-row>{first}{end}</table:table-header-rows><table:table-rows>{others}"
    grouped = grouped.replace("</table:table>", "</table:table-rows></table:table>")

    assert_is_the_report(loaded(changed((table, grouped))))


# --- text ---------------------------------------------------------------------------------------------

LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)


def item(*content: str, start: int | None = None) -> str:
    value = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{value}>{''.join(content)}</text:list-item>"


def listed(*items: str, style: str = "L", attributes: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named} {attributes}>{''.join(items)}</text:list>"


def prose_of(text: str) -> str:
    narrative = report_of(loaded(BODY + text, automatic=STYLES + LISTS)).narrative["other_matters"]
    return narrative.removeprefix(REPORT.narrative["other_matters"] + "\n\n")


def test_numbers_that_are_counted_are_written_out() -> None:
    inner = listed(item(tp("乙")), item(tp("丙"), listed(item(tp("丁")), style="")), style="")
    text = listed(item(tp("甲"), tp("续"), inner), item(tp("戊")))
    text += tp("间") + listed(item(tp("己")), attributes='text:continue-numbering="true"')
    text += listed(item(tp("庚"), start=5)) + listed(f"<text:list-header>{tp('题')}</text:list-header>", item(tp("辛")))

    assert prose_of(text) == "\n\n".join(
        ["一、甲", "续", "（一）乙", "（二）丙", "1.丁", "二、戊", "间", "三、己", "五、庚", "题", "一、辛"]
    )


def test_bullets_make_a_list() -> None:
    assert prose_of(listed(item(tp("甲")), item(tp("乙")), style="B") + tp("丙")) == "- 甲\n- 乙\n\n丙"


def test_headings_that_are_numbered_by_their_level() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format=""/>'
        '<text:outline-level-style text:level="2" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:outline-style>'
    )
    body = BODY
    for heading, _, _ in SOURCE.parts:
        body = body.replace(f">{heading}<", f">{heading[2:]}<")

    assert_is_the_report(loaded(body, styles=outline))


def test_a_table_of_contents_is_no_heading() -> None:
    lines = "".join(tp(heading) for heading, _, _ in SOURCE.parts)

    assert_is_the_report(
        loaded(f"<text:table-of-content><text:index-body>{lines}</text:index-body></text:table-of-content>{BODY}")
    )


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_with_its_place_packed_and_as_one_file(edition: str) -> None:
    report = distinct_report(edition)
    text = open_document_text(source_of(report))
    for data, file in ((odt(text), FILE), (fodt(text), "inbox/report.fodt")):
        result = load(data, file)
        assert content(report_of(result)) == content(report)
        assert all(figure.origin.table and figure.origin.cell for figure in report_of(result).figures.values())


def test_a_spreadsheet_under_the_name_of_a_text_is_an_error() -> None:
    spreadsheet = {
        "content.xml": '<x xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:spreadsheet/></o:body></x>'
    }
    finding = only(load(odt("", others=spreadsheet), FILE).findings, "damaged")

    assert "内容与扩展名不符" in finding.message.zh


def test_a_text_under_a_password_is_an_error() -> None:
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>", "content.xml": b"\x01\x02"}

    assert "密码" in only(load(odt("", others=manifest), FILE).findings, "damaged").message.zh
