"""Word files: what Word shows is what is read, and what it does not show is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mkdocs_govreport.model import Figure, Origin, Report
from mkdocs_govreport.pipeline import Result
from mkdocs_govreport.sources import Grid, read
from tests.documents import only, rules_of
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.layouts import Table, source_of
from tests.support.loading import EDITIONS, load
from tests.support.office_files import docx, numbered, p, run, tbl, tc, tr, word_body, word_table

REPORT = distinct_report("2021")
SOURCE = source_of(REPORT)
BODY = word_body(SOURCE)
PATH = "proactive_disclosure.licences.decisions"
VALUE = str(REPORT.figures[PATH].value)
FILE = "inbox/report.docx"
TABLES = [table for _, _, table in SOURCE.parts if table]
TEXT_BOX = (
    "<w:r><mc:AlternateContent>"
    '<mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="甲"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="甲">{run(text)}</w:ins>'


def changed(*replacements: tuple[str, str], body: str = BODY) -> str:
    """The body of the report with each piece of XML replaced; each must be there once."""
    for old, new in replacements:
        assert body.count(old) == 1, (body.count(old), old)
        body = body.replace(old, new)
    return body


def loaded(body: str, **parts: str) -> Result:
    return load(docx(body, **parts), FILE)


def report_of(result: Result) -> Report:
    assert result.report is not None, [finding.message.zh for finding in result.findings]
    return result.report


def assert_is_the_report(result: Result) -> None:
    assert content(report_of(result)) == content(REPORT)
    assert rules_of(result.findings) == set()


# --- text of a cell ----------------------------------------------------------------------------------

SHOWN = {
    "one digit a run": "".join(run(digit) for digit in VALUE),
    "marks between runs": f'<w:bookmarkStart w:id="0" w:name="_GoBack"/>{run(VALUE)}<w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellStart"/>',
    "white space that does not count": f"<w:r><w:t>\n  {VALUE}\n</w:t></w:r>",
    "full width and TAB": f"<w:r><w:tab/></w:r>{run(VALUE.translate(str.maketrans('0123456789', '０１２３４５６７８９')))}",
    "link": f"<w:hyperlink>{run(VALUE)}</w:hyperlink>",
    "smart tag": f"<w:smartTag><w:customXml>{run(VALUE)}</w:customXml></w:smartTag>",
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{run(VALUE)}</w:sdtContent></w:sdt>",
    "simple field": f'<w:fldSimple w:instr="= 1">{run(VALUE)}</w:fldSimple>',
    "field": field("begin") + instruction("=SUM(ABOVE)") + field("separate") + run(VALUE) + field("end"),
    "field in a field's instruction": field("begin") + instruction("IF") + field("begin") + instruction("REF a")
    + field("separate") + run("999") + field("end") + instruction("= 1") + field("separate") + run(VALUE) + field("end"),
    "field without result": field("begin") + instruction("XE 许可") + field("end") + run(VALUE),
    "end of a field that began before": run(VALUE) + field("end"),
    "footnote": run(VALUE) + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
    "comment": f'<w:commentRangeStart w:id="0"/>{run(VALUE)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    "formula": f"<m:oMath><m:r><m:t>{VALUE}</m:t></m:r></m:oMath>",
    "text box": TEXT_BOX.format(p(VALUE)),
    "alternatives, the first without text": (
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:r><w:drawing/></w:r></mc:Choice>'
        f"<mc:Fallback>{run(VALUE)}</mc:Fallback></mc:AlternateContent>"
    ),
    "shown though its style is hidden": run(VALUE, '<w:vanish w:val="0"/>'),
    "digits of a symbol font": "".join(f'<w:r><w:sym w:font="Symbol" w:char="F03{digit}"/></w:r>' for digit in VALUE),
    "pinyin over it": f"<w:r><w:ruby><w:rt>{run('ling')}</w:rt><w:rubyBase>{run(VALUE)}</w:rubyBase></w:ruby></w:r>",
    "all of it raised": run(VALUE, '<w:vertAlign w:val="superscript"/>'),
    "attributes without a namespace": f'<w:r><w:rPr><w:vanish val="false"/></w:rPr><w:t>{VALUE}</w:t></w:r>',
    "a field that never ends": field("begin") + run(VALUE),
}  # fmt: skip


@pytest.mark.parametrize("xml", SHOWN.values(), ids=SHOWN)
def test_a_figure_is_read_as_word_shows_it(xml: str) -> None:
    assert_is_the_report(loaded(changed((run(VALUE), xml))))


CHANGED = {
    "inserted": inserted(VALUE),
    "deleted beside it": run(VALUE) + deleted("9"),
    "replaced": deleted("1827") + inserted(VALUE),
    "replaced in several runs": deleted("1827") + f'<w:ins w:id="5">{"".join(run(digit) for digit in VALUE)}</w:ins>',
    "moved here": f'<w:moveTo w:id="3">{run(VALUE)}</w:moveTo><w:moveFrom w:id="4">{run("77")}</w:moveFrom>',
    "inserted in a link": f'<w:hyperlink><w:ins w:id="2">{run(VALUE)}</w:ins></w:hyperlink>',
}


@pytest.mark.parametrize("xml", CHANGED.values(), ids=CHANGED)
def test_a_tracked_change_is_read_as_accepted_and_reported_at_its_cell(xml: str) -> None:
    result = loaded(changed((run(VALUE), xml)))
    finding = only(result.findings, "tracked-changes")

    assert content(report_of(result)) == content(REPORT)
    assert finding.origin is not None
    assert finding.origin[4:7] == report_of(result).figures[PATH].origin[4:7]


def test_a_finding_of_a_tracked_change_has_what_was_and_what_came_instead() -> None:
    result = loaded(changed((run(VALUE), CHANGED["replaced in several runs"])))

    assert f"1827 / {VALUE}" in only(result.findings, "tracked-changes").message.zh


def test_two_paragraphs_whose_parting_a_tracked_change_removes_are_one() -> None:
    mark = p(run(VALUE[0]), properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    result = loaded(changed((p(VALUE), mark + p(VALUE[1:]))))

    assert report_of(result).figures[PATH].value == int(VALUE)
    assert rules_of(result.findings) == {"tracked-changes"}


def test_two_paragraphs_of_digits_are_no_number() -> None:
    result = loaded(changed((p(VALUE), p(VALUE[0]) + p(VALUE[1:]))))

    assert report_of(result).figures[PATH].value is None
    assert "value-form" in rules_of(result.findings)


def test_a_change_of_format_is_no_tracked_change() -> None:
    old = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"

    assert_is_the_report(loaded(changed((run(VALUE), run(VALUE, old)))))


@pytest.mark.parametrize("how", ["run", "character style", "paragraph style"])
def test_hidden_text_is_left_out_and_reported(how: str) -> None:
    style = '<w:style w:type="{}" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = {
        "run": p(run("9", "<w:vanish/>"), VALUE),
        "character style": p(run("9", '<w:rStyle w:val="h"/>'), VALUE),
        "paragraph style": p("9", properties='<w:pStyle w:val="h"/>') + p(VALUE),
    }[how]
    result = loaded(changed((p(VALUE), hidden)), styles=style.format(how.split()[0]))

    assert report_of(result).figures[PATH].value == int(VALUE)
    finding = only(result.findings, "hidden-text")
    assert "“9”" in finding.message.zh


def test_a_raised_mark_is_no_digit_but_a_remark() -> None:
    result = loaded(changed((run(VALUE), run(VALUE) + run("1", '<w:vertAlign w:val="superscript"/>'))))

    figure = report_of(result).figures[PATH]
    assert (figure.value, figure.note) == (int(VALUE), "1")


@pytest.mark.parametrize(
    "xml",
    [
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    ],
    ids=["fraction", "symbol that only its font can tell"],
)
def test_what_is_no_number_is_not_made_one(xml: str) -> None:
    result = loaded(changed((run(VALUE), xml)))

    assert report_of(result).figures[PATH].value is None
    assert "value-form" in rules_of(result.findings)


def test_the_prompt_of_a_content_control_is_a_blank() -> None:
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入数字')}</w:sdtContent></w:sdt>"
    )
    result = loaded(changed((run(VALUE), prompt)))

    assert report_of(result).figures[PATH].value is None
    assert rules_of(result.findings) == {"blank-cell"}


def test_a_hyphen_that_does_not_break_is_a_minus() -> None:
    report = distinct_report("2019")
    path = "proactive_disclosure.licences.change"
    report = replace(report, figures={**report.figures, path: Figure(-70707, Origin("x"))})
    value = "-70707"
    minus = f"<w:r><w:noBreakHyphen/><w:t>{value[1:]}</w:t></w:r>"
    result = loaded(changed((run(value), minus), body=word_body(source_of(report))))

    assert report_of(result).figures[path].value == report.figures[path].value


def test_a_label_broken_over_lines_and_paragraphs_is_a_label() -> None:
    broken = p("<w:r><w:t>商业</w:t><w:br/></w:r>") + p("企业")

    assert_is_the_report(loaded(changed((p("商业企业"), broken))))


# --- tables -------------------------------------------------------------------------------------------

ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>")


def row_with(text: str, body: str = BODY) -> str:
    """The XML of the row in which a text stands."""
    return next(row for row in ROW.findall(body) if run(text) in row)


@pytest.mark.parametrize(
    "wrapper", ["<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"]
)
@pytest.mark.parametrize("level", ["table", "row", "cell"])
def test_what_wraps_a_table_a_row_or_a_cell_is_seen_through(level: str, wrapper: str) -> None:
    xml = {"table": word_table(TABLES[1]), "row": row_with(VALUE), "cell": tc(p(VALUE), '<w:gridSpan w:val="3"/>')}[
        level
    ]

    assert_is_the_report(loaded(changed((xml, wrapper.format(xml)))))


def test_a_row_that_a_tracked_change_removes_is_dropped_and_reported() -> None:
    again = row_with(VALUE).replace("<w:trPr>", '<w:trPr><w:del w:id="1"/>').replace(VALUE, "91")
    result = loaded(changed((row_with(VALUE), row_with(VALUE) + again)))

    assert content(report_of(result)) == content(REPORT)
    assert "91" in only(result.findings, "tracked-changes").message.zh


def test_a_cell_that_a_tracked_change_removes_is_dropped_and_reported() -> None:
    cell = tc(p(VALUE), '<w:gridSpan w:val="3"/>')
    result = loaded(changed((cell, tc("91", "<w:cellDel/>") + cell)))

    assert content(report_of(result)) == content(REPORT)
    assert "91" in only(result.findings, "tracked-changes").message.zh


def test_a_hidden_row_is_dropped_and_reported() -> None:
    again = row_with(VALUE).replace("<w:trPr>", "<w:trPr><w:hidden/>").replace(VALUE, "91")
    result = loaded(changed((row_with(VALUE), row_with(VALUE) + again)))

    assert content(report_of(result)) == content(REPORT)
    assert "91" in only(result.findings, "hidden-text").message.zh


def test_text_in_the_covered_part_of_a_merged_cell_is_reported() -> None:
    result = loaded(BODY.replace(tc(p(), "<w:vMerge/>"), tc(p("旧文字"), "<w:vMerge/>"), 1))

    assert content(report_of(result)) == content(REPORT)
    assert "旧文字" in only(result.findings, "hidden-text").message.zh


def test_cells_merged_in_the_old_way_are_one() -> None:
    cell = tc(p(VALUE), '<w:gridSpan w:val="3"/>')
    old = tc(p(VALUE), '<w:hMerge w:val="restart"/>') + tc(p(), '<w:hMerge w:val="continue"/>') * 2

    assert_is_the_report(loaded(changed((cell, old))))


def test_a_row_that_begins_late_keeps_its_cells() -> None:
    row = row_with("科研机构")
    late = row.replace("<w:trPr>", '<w:trPr><w:gridBefore w:val="3"/><w:gridAfter w:val="1"/>')
    late = re.sub(
        r"<w:tc><w:tcPr>(?:<w:gridSpan w:val=\"3\"/>)?<w:vMerge/></w:tcPr><w:p><w:pPr></w:pPr></w:p></w:tc>", "", late
    )

    assert_is_the_report(loaded(changed((row, late))))


def split_after(row: int, table: Table, *, header: int = 0) -> str:
    """A table that is cut in two after a row; the second part begins with the header again."""
    rows = ROW.findall(word_table(table))
    return tbl(*rows[:row]) + p("（续表）" if header else "") + tbl(*rows[:header], *rows[row:])


@pytest.mark.parametrize("row", [4, 10, 20])
@pytest.mark.parametrize("header", [0, 3])
def test_a_table_that_is_cut_in_two_is_read_as_one(row: int, header: int) -> None:
    result = loaded(changed((word_table(TABLES[1]), split_after(row, TABLES[1], header=header))))

    assert content(report_of(result))["figures"] == content(REPORT)["figures"]


@pytest.mark.parametrize("strict", [False, True])
def test_the_tables_in_the_cells_of_a_table_that_frames_them(strict: bool) -> None:
    frame = tbl(tr(tc(BODY + p()), tc()), tr(tc(p("（盖章）"))))
    result = load(docx(tbl(tr(tc(frame + p()))), strict=strict), FILE)

    assert content(report_of(result))["figures"] == content(REPORT)["figures"]
    assert [figure.origin.table for figure in report_of(result).figures.values()] == [
        {part: number for number, part in enumerate(REPORT.edition_of, 1)}[path.split(".")[0]]
        for path in REPORT.figures
    ]


def test_one_table_within_a_cell_of_the_row_beside_its_heading() -> None:
    framed = tbl(tr(tc(p("附表")), tc(word_table(TABLES[0]) + p())))
    result = loaded(changed((word_table(TABLES[0]), framed)))

    assert content(report_of(result))["figures"] == content(REPORT)["figures"]
    assert "附表" in report_of(result).narrative["proactive_disclosure"]


def test_a_table_in_a_text_box() -> None:
    assert_is_the_report(loaded(changed((word_table(TABLES[2]), p(TEXT_BOX.format(word_table(TABLES[2]) + p()))))))


def test_a_table_of_one_column_is_text_in_a_frame() -> None:
    heading = p("六、其他需要报告的事项", properties='<w:pStyle w:val="2"/>')
    result = loaded(changed((heading, tbl(tr(tc(heading + p("框里的话。")))))))

    assert "框里的话。" in report_of(result).narrative["other_matters"].split("\n\n")
    assert rules_of(result.findings) == set()


def test_a_table_that_is_none_of_the_forms_is_kept_in_the_prose() -> None:
    other = tbl(tr("栏目", "条数"), tr("通知|公告", "31"), width=2)
    result = loaded(BODY + other)

    assert "| 通知\\|公告 | 31 |" in report_of(result).narrative["other_matters"]


def test_a_row_without_a_value_stays_a_row_of_blanks() -> None:
    blank = replace(
        REPORT, figures={path: figure._replace(value=None) for path, figure in REPORT.figures.items() if path}
    )
    result = loaded(word_body(source_of(blank)))

    assert report_of(result).figures.keys() == REPORT.figures.keys()
    assert {figure.value for figure in report_of(result).figures.values()} == {None}
    assert rules_of(result.findings) >= {"blank-cell"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_form_as_it_is_issued_is_blank_and_not_zero(edition: str) -> None:
    form = distinct_report(edition)
    form = replace(
        form,
        figures={path: figure._replace(value=None) for path, figure in form.figures.items()},
        narrative=dict.fromkeys(form.narrative, ""),
        title="政府信息公开工作年度报告",
    )
    result = loaded(word_body(source_of(form)))

    report = report_of(result)
    assert set(report.edition_of.values()) == {edition}
    assert {path: figure.value for path, figure in report.figures.items()} == dict.fromkeys(form.figures)
    blanks = {path for finding in result.findings if finding.rule == "blank-cell" for path in finding.paths}
    assert blanks == set(form.figures)


# --- text ---------------------------------------------------------------------------------------------

STYLE = (
    '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:pPr>{properties}</w:pPr></w:style>'
)
PLAIN_HEADING = "工作总体情况"


def heading_style(name: str = "x", properties: str = "", based: str = "") -> str:
    return STYLE.format(id="x", name=name, properties=properties, based=based)


@pytest.mark.parametrize(
    "styles",
    [
        heading_style("heading 1"),
        heading_style("Heading 3"),
        heading_style("标题 2"),
        heading_style("公文标题", '<w:outlineLvl w:val="0"/>'),
        heading_style("公文标题", based='<w:basedOn w:val="b"/>')
        + STYLE.format(id="b", name="heading 1", based="", properties=""),
    ],
    ids=["built-in", "case", "localised", "outline level", "based on one"],
)
def test_a_heading_by_its_style_opens_a_part_though_its_number_is_missing(styles: str) -> None:
    heading = p("一、总体情况", properties='<w:pStyle w:val="2"/>')
    unnumbered = p("总体情况部分", properties='<w:pStyle w:val="x"/>')
    result = loaded(changed((heading, unnumbered)), styles=styles)

    assert report_of(result).narrative["overview"] == REPORT.narrative["overview"]
    assert only(result.findings, "label").origin is not None


def test_body_text_on_a_style_of_headings_is_no_heading() -> None:
    styles = heading_style("heading 1")
    body = p("总体情况部分", properties='<w:pStyle w:val="x"/><w:outlineLvl w:val="9"/>') + BODY

    assert "总体情况部分" in report_of(loaded(body, styles=styles)).narrative["introduction"]


def test_styles_based_on_one_another_in_a_circle() -> None:
    styles = heading_style(based='<w:basedOn w:val="x"/>')
    result = loaded(p("引言。", properties='<w:pStyle w:val="x"/>') + BODY, styles=styles)

    assert "引言。" in report_of(result).narrative["introduction"]


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
)
LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum><w:abstractNum w:abstractNumId="9">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)
"""Two lists of the official numbering, which count apart, one of bullets, and one that begins again at three."""


def with_automatic_numbers(body: str) -> str:
    """The body with the numbers of headings and of labels in tables made automatic."""

    def automatic(match: re.Match[str]) -> str:
        before, number, text = match.groups()
        depth = 0 if number.endswith("、") else 1 if number.endswith("）") else 2
        return numbered(text, 1) if before.startswith("<w:p>") else "</w:tcPr>" + numbered(text, 4, depth)

    heading, label = '<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr>', "</w:tcPr><w:p><w:pPr></w:pPr>"
    text = '<w:r><w:rPr></w:rPr><w:t xml:space="preserve">([一二三四五六七]、|（[一二三四五六七]）|[1-9]\\.)([^<]*)</w:t></w:r></w:p>'
    automatic_body, count = re.subn(f"({heading}|{label}){text}", automatic, body)
    assert count > 20
    return automatic_body


def test_headings_and_labels_whose_numbers_are_automatic() -> None:
    body = with_automatic_numbers(BODY)
    assert "、总体情况" not in body

    result = loaded(body, numbering=LISTS)

    assert_is_the_report(result)


def prose_of(body: str, **parts: str) -> str:
    return (
        report_of(loaded(BODY + body, **parts))
        .narrative["other_matters"]
        .removeprefix(REPORT.narrative["other_matters"] + "\n\n")
    )


def test_numbers_that_word_counts_are_written_out() -> None:
    items = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("丁", 1, 2) + numbered("戊", 1)
    items += numbered("己", 3) + numbered("庚", 3) + numbered("2次", 1, 2)

    assert (
        prose_of(items, numbering=LISTS)
        == "一、甲\n\n（一）乙\n\n（二）丙\n\n1.丁\n\n二、戊\n\n三、己\n\n四、庚\n\n1\\. 2次"
    )


def test_bullets_make_a_list() -> None:
    items = numbered("甲*乙", 2) + numbered("丙", 2) + p("丁")

    assert prose_of(items, numbering=LISTS) == "- 甲\\*乙\n- 丙\n\n丁"


def test_numbers_that_the_style_of_a_paragraph_gives() -> None:
    lists = LISTS.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="x"/>')
    styles = heading_style(properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    styled, bare = '<w:pStyle w:val="x"/>', '<w:pStyle w:val="x"/><w:numPr><w:numId w:val="0"/></w:numPr>'

    assert (
        prose_of(p("甲", properties=styled) + p("乙", properties=bare), numbering=lists, styles=styles)
        == "（一）甲\n\n乙"
    )


def test_a_line_broken_in_a_paragraph_is_a_line_of_its_own() -> None:
    heading = p("六、其他需要报告的事项", properties='<w:pStyle w:val="2"/>')
    broken = p("<w:r><w:t>上一部分的结尾。</w:t><w:br/><w:t>六、其他需要报告的事项</w:t></w:r>")
    result = loaded(changed((heading, broken)))

    assert report_of(result).narrative["other_matters"] == REPORT.narrative["other_matters"]
    assert report_of(result).narrative["problems_and_improvements"].endswith("上一部分的结尾。")


def test_a_text_box_is_read_once() -> None:
    title = p(run(SOURCE.title))
    body = changed((p(SOURCE.title, properties='<w:pStyle w:val="1"/>'), p(TEXT_BOX.format(title))))

    assert_is_the_report(loaded(body))


def test_a_table_of_contents_is_no_heading() -> None:
    styles = heading_style("toc 1")
    lines = "".join(
        p(f"<w:r><w:t>{heading}</w:t><w:tab/><w:t>{page}</w:t></w:r>", properties='<w:pStyle w:val="x"/>')
        for page, (heading, _, _) in enumerate(SOURCE.parts, 1)
    )

    assert_is_the_report(loaded(p(SOURCE.title) + lines + BODY.split("</w:p>", 1)[1], styles=styles))


def test_headers_footers_notes_and_the_title_of_the_template_are_no_text() -> None:
    others = {
        name: f'<x xmlns:w="w"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></x>'
        for name, text in {
            "word/header1.xml": "内部资料", "word/footer1.xml": "第1页", "word/footnotes.xml": "脚注",
            "word/comments.xml": "批注", "docProps/core.xml": "某某局2009年度总结",
        }.items()
    }  # fmt: skip

    assert_is_the_report(load(docx(BODY, others=others), FILE))


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("strict", [False, True])
def test_every_figure_of_both_standards_with_its_place(edition: str, strict: bool) -> None:
    report = distinct_report(edition)
    result = load(docx(word_body(source_of(report)), strict=strict), FILE)

    assert content(report_of(result)) == content(report)
    assert all(
        figure.origin.table and figure.origin.row and figure.origin.cell
        for figure in report_of(result).figures.values()
    )


@pytest.mark.parametrize("suffix", [".docx", ".DOCX", ".docm", ".dotx"])
def test_the_endings_of_word(suffix: str) -> None:
    result = load(docx(BODY), f"inbox/report{suffix}")

    assert_is_the_report(result)


@pytest.mark.parametrize("part", ["word/document2.xml", "Word/Document.xml", "content/main.xml"])
def test_the_text_is_found_by_what_the_package_says(part: str) -> None:
    assert_is_the_report(load(docx(BODY, part=part), FILE))


def test_a_text_in_a_file_within_the_file_is_an_error_that_says_what_to_do() -> None:
    finding = only(loaded(p("前言") + '<w:altChunk r:id="r9"/>').findings, "damaged")

    assert "用 Word 打开" in finding.message.zh


def test_the_cells_of_a_grid_are_the_rows_own() -> None:
    document = read(docx(word_table(TABLES[1])), FILE)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))

    assert [[cell.text for cell in row] for row in grid.rows] == [[cell.text for cell in row] for row in TABLES[1].rows]
