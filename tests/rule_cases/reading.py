"""Reports that break the rules of reading, identity and form, and neighbours that do not."""

from __future__ import annotations

from pathlib import Path

from tests.documents import EXAMPLE, ROOT, Files, changed, dumped, sound_document
from tests.rule_cases.case import SOUND, TEXT, Case
from tests.support.distinct import distinct_report
from tests.support.layouts import source_of, write
from tests.support.office_files import docx, p, run, word_body
from tests.support.pdfs import Sheet, pdf
from tests.support.workbooks import opened, saved, workbook

WORD_BODY = word_body(source_of(distinct_report("2021")))
WORD = docx(WORD_BODY)
PAGE = write(distinct_report("2021"), "html")
LIST = write(distinct_report("2021"), "csv").decode()
SUQIAN_2023 = (EXAMPLE / "reports/suqian/2023.md").read_bytes()
REGISTRY = "agencies:\n  - {id: qinghe, name: 青禾区, aliases: [云川市青禾区]}\n"
TWO_OF_A_NAME = (
    "agencies:\n  - {id: qinghe, name: 青禾区, region: 云川市}\n  - {id: other, name: 青禾区, region: 云川市}\n"
)

TABLE_2_OF_2019 = """第二十条第（一）项 | | | |
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
规章 | 0 | 0 | 0 |
规范性文件 | 3 | 3 | 12 |
第二十条第（五）项 | | | |
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
行政许可 | 10 | -2 | 300 |
其他对外管理服务事项 | 5 | 0 | 60 |
第二十条第（六）项 | | | |
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
行政处罚 | 8 | 0 | 7 |
行政强制 | 2 | 0 | 0 |
第二十条第（八）项 | | | |
信息内容 | 上一年项目数量 | 本年增/减 |
行政事业性收费 | 1 | 0 |
第二十条第（九）项 | | | |
信息内容 | 采购项目数量 | 采购总金额 |
政府集中采购 | 4 | 1265656 |
"""


def text_with(*replacements: tuple[str, str]) -> Files:
    return {"reports/青禾区/2023.txt": changed(TEXT, *replacements)}


def document_with(path: str, value: object) -> Files:
    document = sound_document()
    node = document
    *parents, last = path.split(".")
    for key in parents:
        node = node[key]
    node[last] = value
    return {"reports/宿迁市/2024.json": dumped(document)}


def lines_between(first: str, last: str) -> str:
    """The lines of the sound text from the one that begins with `first` to the one that begins with `last`."""
    lines = TEXT.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(first))
    end = next(number for number, line in enumerate(lines) if number > start and line.startswith(last))
    return "".join(lines[start : end + 1])


WORKBOOK = saved(workbook(distinct_report("2021")))
PDF = (ROOT / "tests/fixtures/formats/libreoffice_2021.pdf").read_bytes()


def workbook_with(cell: str, value: object = "审核", *, hidden: bool = False) -> bytes:
    """A sound workbook with one more cell, in a sheet of its own that may be hidden."""
    book = opened(WORKBOOK)
    sheet = book.create_sheet("附")
    sheet[cell] = value
    sheet.sheet_state = "hidden" if hidden else "visible"
    return saved(book)


PARTIALLY = "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4 | 0 | 0 | 0 | 0 | 0 | 4 | |"
WITH_TABLE_2_OF_2019 = changed(TEXT, (lines_between("第二十条第(一)项", "行政事业性收费"), TABLE_2_OF_2019))

# The picture of a figure, in place of it: a clerk sees a number there.
FIGURE = run("11")
PICTURE = WORD_BODY.replace(FIGURE, "<w:r><w:drawing/></w:r>", 1)

CASES = {
    "unread-cell": Case({"reports/青禾区/2023.docx": docx(PICTURE)}, {"reports/青禾区/2023.docx": WORD}),
    "hidden-cells": Case(
        {"reports/青禾区/2023.xlsx": workbook_with("A1", hidden=True)}, {"reports/青禾区/2023.xlsx": WORKBOOK}
    ),
    "uncalculated": Case(
        {"reports/青禾区/2023.xlsx": workbook_with("B99", "=1+1")}, {"reports/青禾区/2023.xlsx": WORKBOOK}
    ),
    "pdf-support": Case({}, {"reports/青禾区/2023.pdf": PDF}),
    "no-text": Case({"reports/青禾区/2023.pdf": pdf(Sheet().picture())}, {"reports/青禾区/2023.pdf": PDF}),
    "faulty-row": Case(
        {"reports/青禾区/2023.csv": f"{LIST}五、其他,,3,\n"}, {"reports/青禾区/2023.csv": f"{LIST}remarks,,3,\n"}
    ),
    "missing-sources": Case({}),
    "stray-link": Case(
        {**SOUND, "reports/白石镇/2023.txt": Path("/etc/hostname")},
        {**SOUND, "reports/白石镇/2023.txt": Path("../青禾区/2023.txt")},
    ),
    "unsupported-format": Case({"reports/青禾区/2023.wps": b"\xd0\xcf\x11\xe0"}),
    "damaged": Case({"reports/青禾区/2023.docx": WORD[:2000]}, {"reports/青禾区/2023.docx": WORD}),
    "tracked-changes": Case(
        {"reports/青禾区/2023.docx": docx("<w:p><w:ins>" + run("甲") + "</w:ins></w:p>" + WORD_BODY)},
        {"reports/青禾区/2023.docx": WORD},
    ),
    "hidden-text": Case(
        {"reports/青禾区/2023.docx": docx(p(run("甲", "<w:vanish/>")) + WORD_BODY)},
        {"reports/青禾区/2023.docx": docx(p(run("甲", '<w:vanish w:val="false"/>')) + WORD_BODY)},
    ),
    "misnamed": Case({"reports/青禾区/2023.doc": PAGE}, {"reports/青禾区/2023.html": PAGE}),
    "too-large": Case(
        {"reports/青禾区/2023.txt": TEXT + "\n甲 | " + "长" * 20_001 + " |"},
        {"reports/青禾区/2023.txt": TEXT + "\n甲 | " + "长" * 20_000 + " |"},
    ),
    "empty-file": Case({"reports/青禾区/2023.txt": " \n"}),
    "undecodable": Case(
        {"reports/青禾区/2023.txt": b"\x81\x00\xff\xfe\xfd"}, {"reports/青禾区/2023.txt": TEXT.encode("gb18030")}
    ),
    "broken-syntax": Case({"reports/青禾区/2023.json": '{"agency": '}),
    "not-a-report": Case({"reports/青禾区/2023.txt": "关于召开座谈会的通知"}),
    "unreadable": Case({}),
    "internal-error": Case({}),
    "registry": Case({**SOUND, "agencies.yml": "agencies: 3"}, {**SOUND, "agencies.yml": REGISTRY}),
    "unknown-field": Case(
        {**SOUND, "reports/青禾区/2023.txt.meta.yml": "agnecy: 青禾区\n"},
        {**SOUND, "reports/青禾区/2023.txt.meta.yml": "agency: 青禾区\n"},
    ),
    "identity": Case({"reports/a.txt": TEXT.split("\n", 2)[2]}, {"reports/a.txt": TEXT}),
    "identity-inferred": Case({"reports/a.txt": TEXT.split("\n", 1)[1]}),
    "unknown-agency": Case(
        {**SOUND, "agencies.yml": "agencies:\n  - {id: linlan, name: 临澜区}\n"}, {**SOUND, "agencies.yml": REGISTRY}
    ),
    "duplicate-report": Case(
        {**SOUND, "reports/青禾区/2023.text": TEXT},
        {**SOUND, "reports/青禾区/2022.txt": TEXT.replace("2023年", "2022年")},
    ),
    "ambiguous-agency": Case(
        {"reports/青禾区/2023.txt": TEXT, "agencies.yml": TWO_OF_A_NAME},
        {"reports/qinghe/2023.txt": TEXT, "agencies.yml": TWO_OF_A_NAME},
    ),
    "identity-conflict": Case({"reports/青禾区/2022.txt": TEXT}, {"reports/青禾区/2023年度.txt": TEXT}),
    "orphan-sidecar": Case(
        {**SOUND, "reports/青禾区/2023.meta.yml": "publisher: 青禾区\n"},
        {**SOUND, "reports/青禾区/2023.txt.meta.yml": "publisher: 青禾区\n"},
    ),
    "missing-part": Case(text_with(("六、其他需要报告的事项\n", ""))),
    "missing-table": Case(text_with((lines_between("行政复议 |", "2 | 0 | 1"), ""))),
    "missing-row": Case(text_with(("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n", ""))),
    "value-form": Case(text_with(("行政许可 | 1846", "行政许可 | 1846.5")), text_with(("12.5", "12.75"))),
    "unreadable-row": Case(text_with((PARTIALLY, PARTIALLY.replace("| 4 | |", "| 4").replace("4 | 0", "4", 1)))),
    "conflicting-row": Case(text_with((PARTIALLY, f"{PARTIALLY}\n{PARTIALLY.replace('4', '5')}"))),
    "schema": Case(document_with("remarks", "无")),
    "blank-cell": Case(text_with(("行政许可 | 1846", "行政许可 | /")), text_with(("行政许可 | 1846", "行政许可 | 0"))),
    "label": Case(text_with(("1.属于国家秘密", "1.属于国家机密")), text_with(("1.属于国家秘密", "1、属于 国家秘密"))),
    "extra-row": Case(text_with(("行政强制 | 4 | ||", "行政强制 | 4 | ||\n其他对外管理服务 | 3 | ||"))),
    "column-order": Case(
        text_with(
            (
                "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
                "科研机构 | 商业企业 | 社会公益组织 | 法律服务机构 | 其他",
            )
        )
    ),
    "residue": Case({"reports/青禾区/2023.txt": f"{TEXT}\n扫一扫在手机打开当前页"}),
    "unit": Case(text_with(("12.5", "125000元")), text_with(("12.5", "12.5万元"))),
    "glued-cells": Case(text_with(("(一)予以公开 | 14 | 3 | 0 | 0 | 0 | 0 | 17 |", "(一)予以公开 | 143000017 |"))),
    "undecided-cells": Case(
        text_with(("行政规范性文件 | 5 | 2 | 31", "行政规范性文件 | 5231")),
        text_with(("行政规范性文件 | 5 | 2 | 31", "行政规范性文件 | 000")),
    ),
    "lost-figures": Case(text_with((lines_between("2 | 0 | 1", "五、"), "五、存在的主要问题及改进情况\n"))),
    "edition-year": Case({"reports/青禾区/2020.txt": TEXT.replace("2023年", "2020年")}),
    "mixed-editions": Case({"reports/青禾区/2023.txt": WITH_TABLE_2_OF_2019}),
}
