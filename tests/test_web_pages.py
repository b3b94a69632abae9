"""Web pages as sites, browsers and office programs write them: the report that is in them, and nothing of the site."""

from __future__ import annotations

import base64
import quopri
import random
import re
from collections.abc import Callable

import pytest

from mkdocs_govreport.model import Report
from mkdocs_govreport.sources import Document, read
from tests.support.distinct import distinct_report
from tests.support.generate import content, random_report
from tests.support.layouts import write
from tests.support.loading import load, report_in

WRITTEN = random_report(random.Random(5), "2021", agency="云川市青禾区", year=2023)
TITLE = WRITTEN.title
PAGE = write(WRITTEN, "html").decode()
BODY = PAGE[PAGE.index("<body>") + 6 : PAGE.index("</body>")]
PIECES = re.split(r"\n(?=<)", BODY)


def in_page(body: str, head: str = "") -> str:
    return f"<html><head><title>年报</title>{head}</head><body>{body}</body></html>"


def each_cell(change: Callable[[str], str]) -> Callable[[], str]:
    return lambda: re.sub(r"(?<=>)[^<>]*(?=</td>)", lambda match: change(match[0]), PAGE)


def figures_only(change: Callable[[str], str]) -> Callable[[], str]:
    return each_cell(lambda text: change(text) if text.isdecimal() else text)


MENU = "".join(
    f'<tr><td><a href="/{n}">{name}</a></td></tr>' for n, name in enumerate(("机构设置", "政策文件", "财政信息"))
)


def in_layout_tables() -> str:
    inner = f"<table width=760><tr><td width=180 valign=top><table>{MENU}</table></td><td>{BODY}</td></tr></table>"
    return in_page(f"<table><tr><td><img src=top.jpg></td></tr><tr><td>{inner}</td></tr></table>")


def rows_of_a_layout_table() -> str:
    return in_page("<table>" + "".join(f"<tr><td>{piece}</td></tr>" for piece in PIECES) + "</table>")


def prose_in_a_table_of_text() -> str:
    before, heading, rest = BODY.partition("<h2>二")
    return in_page(f"<table><tr><td>{before}</td></tr></table>{heading}{rest}")


ODD: dict[str, Callable[[], str]] = {
    "a page inside a form": lambda: in_page(f"<form id=aspnetForm><input type=hidden name=__VIEWSTATE value=9>{BODY}</form>"),
    "layout tables around it, with a menu": in_layout_tables,
    "each piece in a row of a layout table": rows_of_a_layout_table,
    "prose in a table of one cell": prose_in_a_table_of_text,
    "rows of tables inside forms": lambda: PAGE.replace("<table>", "<table><form>").replace("</table>", "</form></table>"),
    "a field that can be edited": lambda: in_page(f'<div contenteditable="true">{BODY}</div>'),
    "nothing closed": lambda: re.sub(r"</(?:td|tr|p)>", "", PAGE),
    "header cells throughout": lambda: PAGE.replace("<td", "<th").replace("</td>", "</th>"),
    "captions": lambda: PAGE.replace("<table>", "<table><caption> </caption>"),
    "tags in capitals": lambda: re.sub(r"</?[a-z0-9]+", lambda match: match[0].upper(), PAGE),
    "fonts and centred lines": each_cell(lambda text: f"<center><font face=宋体>{text}</font></center>"),
    "a digit a span": figures_only(lambda text: "".join(f"<span lang=EN-US>{digit}</span>" for digit in text)),
    "tags that nobody knows": figures_only(lambda text: "".join(f"<st1:chmetcnv>{digit}</st1:chmetcnv>" for digit in text)),
    "paragraphs in cells": each_cell(lambda text: f"\n  <p class=MsoNormal>{text}</p>\n  "),
    "several blocks in a cell": each_cell(lambda text: f"<div><p>{text}</p><p>&nbsp;</p></div>"),
    "labels broken by br": each_cell(lambda text: text if text.isdecimal() else f"{text[:3]}<br>\n{text[3:]}"),
    "labels broken into paragraphs": each_cell(
        lambda text: text if text.isdecimal() else f"<p>{text[:3]}</p><p>{text[3:]}</p>"
    ),
    "a table of one cell around a figure": figures_only(lambda text: f"<table><tr><td>{text}</td></tr></table>"),
    "fields that hold the figures": figures_only(lambda text: f'<input type="text" size="3" value="{text}">'),
    "no spans": lambda: re.sub(r" (?:row|col)span=\"\d+\"", "", PAGE),
    "spans that are wrong": lambda: re.sub(r"span=\"\d+\"", 'span="7"', PAGE),
    "spans that are no numbers": lambda: re.sub(r"span=\"\d+\"", 'span="ａ²"', PAGE),
    "hidden elements": each_cell(lambda text: f'{text}<span hidden> </span><i style="DISPLAY: none"></i>'),
    "hidden lines of the site": lambda: PAGE.replace("<h2>", '<div style="color:red;display:none">加载中3</div><h2>'),
    "comments for old browsers": lambda: PAGE.replace("<h2>", "<!--[if IE 6]><p>7</p><![endif]--><![if !IE]><h2>").replace("</h2>", "</h2><![endif]>"),
    "islands of XML": lambda: PAGE.replace("<h2>", "<xml><w:WordDocument><w:Zoom>100</w:Zoom></w:WordDocument></xml><h2>"),
    "an XML declaration": lambda: f'<?xml version="1.0" encoding="gb2312"?>\n{PAGE}',
    "CDATA in a script": lambda: PAGE.replace("<h2>", "<script>//<![CDATA[\nif (a<b) { x('<table>'); }\n//]]></script><h2>"),
    "lines that end anywhere": lambda: PAGE.replace("政府", "政\n  府"),
    "white space that cannot be seen": each_cell(lambda text: f"&nbsp;\u200b{text}\ufeff&#8203;&emsp;"),
    "deep nesting": lambda: in_page("<div><span>" * 400 + BODY + "</span></div>" * 400),
    "tags that are never closed": lambda: PAGE.replace("<p>", "<p><font size=3><b>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_odd_markup_changes_nothing(kind: str) -> None:
    result = load(ODD[kind]().encode(), "inbox/report.html")

    assert [(finding.rule, finding.message.zh) for finding in result.findings] == []
    assert result.report is not None
    assert content(result.report) == content(WRITTEN)


@pytest.mark.parametrize("suffix", [".html", ".htm", ".shtml", ".xhtml", ".HTML"])
def test_the_endings_of_web_pages(suffix: str) -> None:
    assert content(report_in(PAGE.encode(), f"inbox/report{suffix}")) == content(WRITTEN)


# --- the site around the report -------------------------------------------------------------------

HEADER = """<div class="header"><a href="/">首页</a> | <a href="/zwgk">政务公开</a> 今天是2024年3月1日 星期五
<form><input type="text" value="请输入关键字"><input type=submit value="搜索"></form>
<ul><li>政务公开</li><li>办事服务</li></ul></div>
<div class="bread">您现在的位置：<a>首页</a> &gt; <a>政府信息公开年报</a></div>
<div class="side"><ul><li>云川市白鹿区2022年政府信息公开工作年度报告</li><li>云川市松溪区2021年政府信息公开工作年度报告</li></ul></div>
"""
UNDER_TITLE = """<div class="info"><span>来源：区政府办公室</span> <span>发布时间：2024-01-25 09:30</span>
<span>浏览次数：<script>count()</script>128</span> 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>"""
AFTER = """<div class="tools"><p>【打印本页】 【关闭窗口】</p><p>分享到： 微信 微博</p><p>扫一扫在手机打开当前页</p></div>
<p>上一篇：云川市白鹿区2023年政府信息公开工作年度报告</p><p>下一篇：没有了</p>
<div class=related><h3>相关文章</h3><ul><li>关于召开座谈会的通知</li><li>青禾区2019年年度报告</li></ul></div>
<table><tr><td>网站地图</td><td>联系我们</td><td>2024</td></tr></table>
<div id="footer"><p>主办：云川市青禾区人民政府办公室</p><p>云ICP备05000000号 网站标识码：0000000000</p><p>您访问的链接即将离开本网站，是否继续访问？</p></div>"""
TITLE_LINE = f"<h1>{TITLE}</h1>"
REPORT = BODY.replace(TITLE_LINE, "")

SITES = {
    "the content in an element of its own": f"{HEADER}{TITLE_LINE}{UNDER_TITLE}<div id=zoom>{REPORT}</div>{AFTER}",
    "the title inside": f"{HEADER}<div class=a>{TITLE_LINE}{UNDER_TITLE}{REPORT}</div>{AFTER}",
    "the title twice": f"{HEADER}{TITLE_LINE}{UNDER_TITLE}<div><p>{TITLE}</p>{REPORT}</div>{AFTER}",
    "in tables": f"<table><tr><td>{HEADER}</td></tr><tr><td>{TITLE_LINE}</td></tr><tr><td>{UNDER_TITLE}</td></tr>"
    f"<tr><td><div>{REPORT}</div></td></tr><tr><td>{AFTER}</td></tr></table>",
    "a part a section": f"{HEADER}<article>{TITLE_LINE}{UNDER_TITLE}<section>"
    + REPORT.replace("<h2>", "</section><section><h2>")
    + f"</section></article>{AFTER}",
    "everything in a form": f"<form>{HEADER}{TITLE_LINE}{UNDER_TITLE}<div>{REPORT}</div>{AFTER}</form>",
}


@pytest.mark.parametrize("site", SITES)
def test_the_lines_of_a_site_are_no_part_of_the_report(site: str) -> None:
    result = load(in_page(SITES[site]).encode(), "inbox/report.html")

    assert [(finding.rule, finding.message.zh) for finding in result.findings] == []
    assert result.report is not None
    expected = content(WRITTEN)
    expected["identity"] |= {"published_on": "2024-01-25", "publisher": "区政府办公室"}
    assert content(result.report) == expected


def test_lines_of_the_site_in_the_element_of_the_report_are_dropped_at_its_ends() -> None:
    page = in_page(f"<div>{TITLE_LINE}<p>【字体：大 中 小】</p>{REPORT}<p>打印本页 关闭窗口</p><p>上一条：无</p></div>")

    assert content(report_in(page.encode(), "inbox/report.html")) == content(WRITTEN)


def test_a_line_like_those_of_a_site_between_the_parts_is_kept() -> None:
    page = PAGE.replace("<h2>三", "<p>分享到：微信</p><h2>三")

    assert report_in(page.encode(), "a.html").narrative["proactive_disclosure"].endswith("分享到：微信")


@pytest.mark.parametrize("tag", ["div", "section", "td"])
def test_an_introduction_in_an_element_of_its_own_is_kept(tag: str) -> None:
    introduction, heading, rest = REPORT.partition("<h2>")
    frame = f"<table><tr><td>{introduction}</td></tr></table>" if tag == "td" else f"<{tag}>{introduction}</{tag}>"
    page = in_page(f"{HEADER}{TITLE_LINE}{frame}<div>{heading}{rest}</div>{AFTER}")

    assert content(report_in(page.encode(), "inbox/report.html")) == content(WRITTEN)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("figure", ["8060", "8,060", "8060件", "80601"])
def test_a_row_of_the_form_outside_the_element_of_the_report_is_not_lost(figure: str, before: bool) -> None:
    row = f"<div><table><tr><td>4.保护第三方合法权益</td><td>{figure}</td></tr></table></div>"
    menu = "<table><tr><td>行政许可</td><td>行政处罚</td></tr></table>"
    page = in_page(f"{menu}{row * before}<div>{TITLE_LINE}{REPORT}</div>{row * (not before)}{menu}")
    result = load(page.encode(), "青禾区/2023.html")
    assert result.report is not None
    told = [*result.report.narrative.values(), *(finding.message.zh for finding in result.findings)]

    assert any(figure in text for text in told)
    assert not any("行政许可 行政处罚" in text for text in told)


def test_the_last_part_in_an_element_of_its_own_is_kept() -> None:
    start = REPORT.index("</h2>", REPORT.index("<h2>六")) + 5
    page = in_page(f"{TITLE_LINE}<div>{REPORT[:start]}</div><div>{REPORT[start:]}</div>")

    assert content(report_in(page.encode(), "inbox/report.html")) == content(WRITTEN)


# --- what a page states of itself ------------------------------------------------------------------


def document(page: str, file: str = "report.html") -> Document:
    source = read(page.encode(), file)
    assert isinstance(source, Document)
    return source


def stated(page: str) -> dict[str, object]:
    return {name: field.value for name, field in document(page).stated.items()}


def test_the_fields_that_government_sites_carry() -> None:
    head = f"""<meta name="SiteName" content="云川市人民政府"><META NAME="ArticleTitle" CONTENT="{TITLE}">
<meta name="PubDate" content="2024-1-5 09:30"><meta name="ContentSource" content="区政府办公室">
<meta name="Url" content="http://www.yunchuan.example/2023.html"><meta name="ColumnName" content="年报">"""

    assert stated(in_page(BODY, head)) == {
        "title": TITLE,
        "published_on": "2024-01-05",
        "publisher": "区政府办公室",
        "source_url": "http://www.yunchuan.example/2023.html",
    }


def test_what_is_stated_has_its_line() -> None:
    field = document(in_page(BODY, '\n<meta name="PubDate" content="2024年01月05日">')).stated["published_on"]

    assert (field.value, field.origin.line, field.origin.raw) == ("2024-01-05", 2, "2024年01月05日")


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/1"><meta property="og:url" content="https://a.example/2">', "https://a.example/1"),
        ('<meta property="og:url" content="https://a.example/2">', "https://a.example/2"),
        ("<!-- saved from url=(0021)https://a.example/3 -->", "https://a.example/3"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<meta name="url" content="/zwgk/1.html">', None),
        ('<!-- saved from url=(0014)about:internet -->', None),
    ],
)  # fmt: skip
def test_the_address_of_a_page_is_one_of_the_web(head: str, address: str | None) -> None:
    assert stated(in_page(BODY, head)).get("source_url") == address


@pytest.mark.parametrize("date", ["", "昨天", "2024", "1月25日", "20240125"])
def test_a_date_that_is_none_is_not_guessed(date: str) -> None:
    assert "published_on" not in stated(in_page(BODY, f'<meta name="PubDate" content="{date}">'))


# --- what is not shown ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    ["<del>{}</del>", "<s>{}</s>", '<span style="display:none">{}</span>', "<b hidden>{}</b>", "<i style='mso-hide:all'>{}</i>"],
)  # fmt: skip
def test_text_that_a_table_does_not_show_is_not_read_and_said_so(hidden: str) -> None:
    page = re.sub(r">(\d+)</td>", lambda match: f">{hidden.format(77)}{match[1]}</td>", PAGE, count=2)
    result = load(page.encode(), "inbox/report.html")

    assert result.report is not None
    assert content(result.report) == content(WRITTEN)
    assert [(finding.rule, "2处" in finding.message.zh) for finding in result.findings] == [("hidden-text", True)]


@pytest.mark.parametrize("mark", ["1", "[1]", "①", "（注1）"])
def test_a_footnote_is_a_remark_and_no_digit(mark: str) -> None:
    path = "applications.new_received.total"
    row = PAGE.index("一、本年新收")
    end = PAGE.index("</td></tr>", row)
    page = f"{PAGE[:end]}<sup>{mark}</sup>{PAGE[end:]}"
    figure = report_in(page.encode(), "a.html").figures[path]

    assert figure.value == WRITTEN.figures[path].value
    assert figure.note is not None


@pytest.mark.parametrize(
    "cell", ["1<br>2", "<p>1</p><p>2</p>", "1<p>2</p>", "<p>1</p>2", "<p>1</p><br>2", "<div><p>1</p>2</div>"]
)
def test_two_lines_of_a_cell_are_not_one_figure(cell: str) -> None:
    path = "applications.new_received.natural_person"
    page = re.sub(r"(一、本年新收[^<]*</td>)<td>\d+</td>", rf"\1<td>{cell}</td>", PAGE)
    result = load(page.encode(), "a.html")

    assert result.report is not None
    assert result.report.figures[path].value is None
    assert any(finding.rule == "value-form" and path in finding.paths for finding in result.findings)


# --- encodings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1", "big5", "unicode", "x-none", None])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_encoding_is_what_the_bytes_are(encoding: str, declared: str | None) -> None:
    page = PAGE.replace('<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "")

    assert content(report_in(page.encode(encoding), "inbox/report.html")) == content(WRITTEN)


@pytest.mark.parametrize("declared", ["big5", "gb2312", None])
def test_traditional_characters_in_big5(declared: str | None) -> None:
    text = "本機關依法主動公開政府資訊，受理申請三件，均已辦結，未發生行政複議與訴訟。"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    source = read(page.encode("big5"), "a.html")

    assert isinstance(source, Document)
    assert [block.text for block in source.blocks] == [text]


def test_what_the_bytes_do_not_tell_the_page_declares() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="hz"')

    assert content(report_in(page.encode("hz"), "inbox/report.html")) == content(WRITTEN)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_wrong_bytes_do_not_refuse_a_page(encoding: str) -> None:
    data = bytearray(PAGE.encode(encoding))
    place = data.index("一、总体情况".encode(encoding))
    paragraph = data.index("。".encode(encoding), place)
    data[paragraph : paragraph + 1] = b"\xff"
    result = load(bytes(data), "inbox/report.html")

    assert result.report is not None
    assert result.report.figures.keys() == WRITTEN.figures.keys()
    assert {finding.rule for finding in result.findings} == {"residue"}


@pytest.mark.parametrize("share", [0.003, 0.2])
def test_a_page_of_wrong_bytes_is_refused(share: float) -> None:
    rng = random.Random(1)
    data = bytearray(PAGE.encode())
    for _ in range(int(len(data) * share)):
        data[rng.randrange(len(data))] = 0xFF

    assert [finding.rule for finding in load(bytes(data), "inbox/report.html").findings] == ["undecodable"]


def test_a_page_in_two_encodings_is_refused() -> None:
    half = len(PAGE) // 2
    data = PAGE[:half].encode() + PAGE[half:].encode("gb18030")

    assert [finding.rule for finding in load(data, "inbox/report.html").findings] == ["undecodable"]


@pytest.mark.parametrize("charset", ["a\x00b", "punycode", "unicode_escape", "no-such-encoding"])
def test_a_page_that_declares_no_encoding_is_read_by_its_bytes(charset: str) -> None:
    data = PAGE.encode("gb18030").replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    assert f'"{charset}"'.encode() in data

    # What is declared is asked only where the bytes leave a doubt.
    rare = "㐀㐁㐂㐃㐄㐅㐆㐇" * (sum(not character.isascii() for character in PAGE) // 32)
    result = load(data + rare.encode("gb18030"), "inbox/report.html")

    assert result.report is not None
    assert result.report.figures.keys() == WRITTEN.figures.keys()


@pytest.mark.parametrize("name", ["a\x1bb", "a\x0cb", "p\x0b"])
def test_a_tag_with_a_control_character_in_its_name_is_dissolved(name: str) -> None:
    result = load(PAGE.replace("总体", f"<{name}>总</{name}>体").encode(), "inbox/report.html")

    assert result.report is not None
    assert result.report.figures.keys() == WRITTEN.figures.keys()


# --- web archives ------------------------------------------------------------------------------------


def archive(
    parts: list[tuple[str, str, bytes]], boundary: str = "=_b", content_type: str = "multipart/related"
) -> bytes:
    lines = [f'MIME-Version: 1.0\r\nContent-Type: {content_type}; boundary="{boundary}"\r\n\r\n'.encode()]
    for kind, encoding, body in parts:
        header = f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        lines += [header.encode(), body, b"\r\n"]
    return b"".join([*lines, f"--{boundary}--\r\n".encode()])


def packed(encoding: str) -> bytes:
    data = PAGE.encode("gb18030")
    return {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](data)


def test_an_archive_with_a_header_that_is_not_in_ascii_is_read() -> None:
    data = archive([("text/html", "8bit", packed("8bit"))]).replace(b"8bit", "8bit 信".encode())

    assert content(report_in(data, "inbox/report.mht")) == content(WRITTEN)


@pytest.mark.parametrize("suffix", [".mht", ".mhtml"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_web_archive(encoding: str, suffix: str) -> None:
    picture = ("image/png", "base64", b"iVBORw0KGgo=")
    data = archive([picture, ('text/html; charset="gb2312"', encoding, packed(encoding)), picture])

    assert content(report_in(data, f"inbox/report{suffix}")) == content(WRITTEN)


def test_a_page_within_the_alternatives_of_a_web_archive() -> None:
    inner = archive(
        [("text/plain", "8bit", b"-"), ("text/html", "base64", packed("base64"))], "inner", "multipart/alternative"
    )
    header, _, body = inner.partition(b"\r\n\r\n")
    kind = header.decode().partition("Content-Type: ")[2]

    assert content(report_in(archive([(kind, "8bit", body)]), "inbox/report.mht")) == content(WRITTEN)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b"\r\n", "empty-file"),
        (b"not an archive", "not-a-report"),
        (archive([("image/png", "base64", b"AAAA")]), "not-a-report"),
        (archive([("text/html", "base64", b"=AA")]), "undecodable"),
        (archive([("text/html", "8bit", b"<p>x")]), "not-a-report"),
        (b"Content-Type: multipart/related\r\n\r\n--x", "not-a-report"),
        (b"Content-Type: multipart/related; boundary=b\r\n\r\n" + b"--b\r\n" * 20_000, "not-a-report"),
        (b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(5000)), "not-a-report"),
    ],
    ids=["empty", "space", "text", "picture", "base64", "other page", "no boundary", "many parts", "deep"],
)  # fmt: skip
def test_a_web_archive_with_no_report_is_a_finding(data: bytes, rule: str) -> None:
    assert [finding.rule for finding in load(data, "a.mht").findings] == [rule]


# --- the whole form, each figure of its own -----------------------------------------------------------


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("layout", ["html", "html_nested", "word_html"])
def test_every_figure_comes_from_its_own_cell(layout: str, edition: str) -> None:
    written: Report = distinct_report(edition)
    figures = report_in(write(written, layout), "inbox/report.html").figures

    assert {path: figure.value for path, figure in figures.items()} == {
        path: figure.value for path, figure in written.figures.items()
    }
