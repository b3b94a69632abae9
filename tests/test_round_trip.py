"""Converting a report to any format and reading it again loses nothing and adds nothing."""

import io
import json
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.model import ExtraRow, Figure, Origin
from mkdocs_govreport.writers import WRITERS
from tests.support.generate import content, random_report
from tests.support.layouts import file_of, write
from tests.support.loading import CATALOGUE, EDITIONS, report_in
from tests.support.office_files import packed

SEEDS = st.integers(0, 2**32 - 1)
HYBRIDS = [
    (edition, {part: other})
    for edition, other in permutations(EDITIONS, 2)
    for part in CATALOGUE.editions[edition].tables
    if part != CATALOGUE.editions[edition].lead_table
    and CATALOGUE.editions[edition].layouts[part].rows != CATALOGUE.editions[other].layouts[part].rows
]
# In each row of a square of zigzags every format follows another one: together they hold every pair, once.
_STEPS = [place // 2 if place % 2 == 0 else -(place + 1) // 2 for place in range(len(WRITERS))]
ROUTES = [tuple(list(WRITERS)[(start + step) % len(WRITERS)] for step in _STEPS) for start in range(len(WRITERS))]
ROUTES += [tuple(reversed(route)) for route in ROUTES]
MARKDOWN = {
    "heading": "### （一）组织领导",
    "list": "- 第一项\n- 第二项",
    "nested list": "1. 第一项\n    - 其中之一\n    - 其中之二\n2. 第二项",
    "table": "| 栏目 | 情况 |\n| --- | --- |\n| 动态 | 良好 |",
    "table with escaped pipe": "| 栏目 | 情况 |\n| --- | --- |\n| 动\\|态 | 良好 |",
    "fence": "```\n代码 | 竖线\n\n# 不是标题\n```",
    "quote": "> 引文\n> 续行",
    "lines": "第一行\n第二行\n第三行",
    "hard break": "第一行  \n第二行",
    "emphasis": "**加粗**、*斜体*、`代码`、[链接](https://example.org/?a=1&b=2)",
    "image": "![图片](image.png)",
    "html": '<p class="x">段落</p>',
    "entity": "&lt;标签&gt; 与 &amp;",
    "thematic break": "上一段\n\n---\n\n下一段",
    "footnote": "一句话[^1]。\n\n[^1]: 说明。",
    "indented": "    四个空格开头",
}


def in_file(data, name, change):
    """Replace a text in a file, or in that part of a package."""
    old, new = (text.encode() for text in change)
    if not data.startswith(b"PK"):
        return data.replace(old, new)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed(
            {part: package.read(part).replace(old, new if part == name else old) for part in package.namelist()}
        )


def again(report, format_):
    """Write a report and read what was written."""
    return report_in(WRITERS[format_](report, CATALOGUE), file_of(format_))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format_", WRITERS)
@given(seed=SEEDS, blanks=st.sampled_from([0.0, 0.2, 1.0]), notes=st.sampled_from([0.0, 0.3]), extra=st.integers(0, 3))
def test_nothing_is_lost(edition, format_, seed, blanks, notes, extra):
    report = random_report(random.Random(seed), edition, blanks=blanks, notes=notes, extra_rows=extra, odd_prose=True)

    assert content(again(report, format_)) == content(report)


@pytest.mark.parametrize(("edition", "tables"), HYBRIDS)
@pytest.mark.parametrize("format_", WRITERS)
@given(seed=SEEDS)
def test_tables_of_two_editions_stay_what_they_are(edition, tables, format_, seed):
    report = random_report(random.Random(seed), edition, other_tables=tables, odd_prose=True)

    assert content(again(report, format_)) == content(report)


@pytest.mark.parametrize("route", ROUTES, ids="-".join)
def test_any_way_round_through_all_formats(route):
    number = ROUTES.index(route)
    edition = EDITIONS[number % len(EDITIONS)]
    report = random_report(random.Random(number), edition, blanks=0.1, notes=0.1, extra_rows=2, odd_prose=True)
    read = report

    for format_ in route:
        read = again(read, format_)

    assert content(read) == content(report)


def test_the_routes_go_from_every_format_to_every_other():
    assert {pair for route in ROUTES for pair in pairwise(route)} == set(permutations(WRITERS, 2))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format_", WRITERS)
@given(seed=SEEDS)
def test_converting_twice_writes_the_same_text(edition, format_, seed):
    report = random_report(random.Random(seed), edition, blanks=0.1, notes=0.1, extra_rows=2, odd_prose=True)
    once = again(report, format_)

    assert WRITERS[format_](again(once, format_), CATALOGUE) == WRITERS[format_](once, CATALOGUE)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format_", ["yaml", "json"])
@pytest.mark.parametrize("layout", ["pipes", "html", "md", "yaml"])
def test_canonical_documents_keep_the_first_origin(edition, format_, layout):
    report = random_report(random.Random(11), edition, blanks=0.1, notes=0.1, extra_rows=1)
    first = report_in(write(report, layout), file_of(layout))

    converted = again(again(first, format_), format_)

    assert to_document(converted, CATALOGUE)["origin"] == to_document(first, CATALOGUE)["origin"]


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("block", MARKDOWN.values(), ids=MARKDOWN.keys())
def test_prose_that_is_markdown_stays_as_it_is_written(format_, block):
    report = random_report(random.Random(2), EDITIONS[-1])
    narrative = dict.fromkeys(report.narrative, f"前一段。\n\n{block}\n\n后一段。")
    narrative["introduction"] = report.narrative["introduction"]
    report = replace(report, narrative=narrative)

    assert content(again(report, format_))["narrative"] == narrative


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize(
    "values",
    [
        (1, 2, 3),
        (1, None, 3),
        (None, None, 3),
        (1, None, None),
        (1,),
        (),
        ("若干", 2, 3),
        ("12（含上级）", 2, 3),
        (Decimal("1.25"), -3, 0),
        ("竖|线", "星*号", 1),
        (None, None, None),
    ],
    ids=str,
)
def test_rows_that_the_form_does_not_have_keep_their_values(format_, values):
    report = random_report(random.Random(4), EDITIONS[0])
    row = ExtraRow(CATALOGUE.editions[EDITIONS[0]].tables[0], "便民告示牌更新情况", values, Origin("x"))

    assert content(again(replace(report, extra_rows=(row,)), format_))["extra_rows"] == [(row.part, row.label, values)]


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("note", ["其中修订16件", "含（上级）转来", "a|b*c_d<e&f", "1,2"])
def test_remarks_beside_figures_stay(format_, note):
    report = random_report(random.Random(4), EDITIONS[-1])
    path = next(iter(report.figures))
    report = replace(report, figures={**report.figures, path: Figure(22, Origin("x"), note)})

    assert content(again(report, format_))["figures"][path] == (22, note)


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("value", [Decimal("59237.2449"), Decimal("0.1"), Decimal("1234567890.5678"), 10**15])
def test_money_keeps_every_digit(format_, edition, value):
    report = random_report(random.Random(4), edition)
    part = CATALOGUE.editions[edition].tables[0]
    layout = CATALOGUE.editions[edition].layouts[part]
    path = next(f"{part}.{figure}" for figure in layout.figures if layout.unit(figure) != "item")
    report = replace(report, figures={**report.figures, path: Figure(value, Origin("x"))})

    assert content(again(report, format_))["figures"][path] == (value, None)


@pytest.mark.parametrize("format_", WRITERS)
def test_all_of_the_identity_stays(format_):
    report = replace(
        random_report(random.Random(4), EDITIONS[-1]),
        agency_id="yunting",
        title="云亭镇2023年政府信息公开工作年度报告：“*特刊*” #1 | 附 <表>",
        published_on="2024-01-09",
        publisher="云亭镇：办公室 #3",
        source_url="https://example.org/a?b=1&c=2#d",
        processing_fee={"cases": 2, "amount_yuan": Decimal("30.5")},
    )

    assert content(again(report, format_)) == content(report)


@pytest.mark.parametrize("format_", WRITERS)
def test_what_only_the_text_tells_is_not_stated_by_being_converted(format_):
    report = replace(random_report(random.Random(4), EDITIONS[-1], year=2023), period_start=None, period_end=None)
    ends = "来源：云川市人民政府网站\n\n云亭镇人民政府\n\n2024年1月20日"
    report = replace(report, narrative={**report.narrative, "other_matters": f"无。\n\n{ends}"})

    assert content(again(report, format_)) == content(report)
    assert content(again(again(report, "docx"), format_)) == content(report)


@pytest.mark.parametrize("format_", ["md", "docx", "html"])
def test_a_date_that_is_written_into_a_converted_report_is_read(format_):
    report = replace(random_report(random.Random(4), EDITIONS[-1], year=2023), published_on=None)
    signed = replace(report, narrative={**report.narrative, "other_matters": "无。\n\n2024年1月20日"})
    data = WRITERS[format_](signed, CATALOGUE)
    files = {"md": "report.md", "docx": "word/document.xml", "html": "report.html"}
    changed = in_file(data, files[format_], ("2024年1月20日", "2024年2月21日"))

    assert report_in(changed, f"inbox/report.{format_}").published_on == "2024-02-21"


@pytest.mark.parametrize("format_", WRITERS)
def test_a_report_without_a_table_or_a_part_stays_without(format_):
    report = random_report(random.Random(4), EDITIONS[-1])
    part = CATALOGUE.editions[EDITIONS[-1]].tables[0]
    figures = {path: figure for path, figure in report.figures.items() if not path.startswith(f"{part}.")}
    editions = {name: edition for name, edition in report.edition_of.items() if name != part}
    narrative = {name: text for name, text in report.narrative.items() if name != "other_matters"}
    report = replace(report, figures=figures, edition_of=editions, narrative=narrative)

    assert content(again(report, format_)) == content(report)


@pytest.mark.parametrize("format_", WRITERS)
def test_an_empty_part_is_not_a_missing_one(format_):
    report = random_report(random.Random(4), EDITIONS[-1])
    report = replace(report, narrative={**report.narrative, "other_matters": ""})

    assert content(again(report, format_))["narrative"]["other_matters"] == ""


@pytest.mark.parametrize("indent", [None, 2, "\t"], ids=repr)
def test_figures_of_json_have_their_place_however_it_is_indented(indent):
    document = to_document(random_report(random.Random(4), EDITIONS[-1], notes=0.1), CATALOGUE, origins=False)
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    lines = text.splitlines()

    for figure in report_in(text.encode(), "inbox/report.json").figures.values():
        origin = figure.origin
        assert origin.raw == str(figure.value)
        assert lines[origin.line - 1][origin.column - 1 :].startswith(origin.raw)
