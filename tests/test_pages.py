"""The pages of the portal as HTML: complete, linked, accessible, in either language and any theme."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.messages import load_messages
from tests.documents import EXAMPLE, ROOT, changed, dumped, sound_document, sound_text
from tests.support.site import THEMES, Built, Site

FIXTURES = ROOT / "tests/fixtures"


def example(tmp_path: Path, **options: object) -> Site:
    """A site with the sources of the example portal."""
    return Site(
        tmp_path, options={"reports": str(EXAMPLE / "reports"), "agencies": str(EXAMPLE / "agencies.yml"), **options}
    )


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = example(tmp_path_factory.mktemp("portal")).build()
    assert built.error is None, built.log
    return built


def expanded(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """Lay the cells of a table out on its grid, spans written out."""
    grid: dict[tuple[int, int], html.HtmlElement] = {}
    rows = table.findall(".//tr")
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in grid:
                column += 1
            for below in range(int(cell.get("rowspan", 1))):
                for beside in range(int(cell.get("colspan", 1))):
                    grid[number + below, column + beside] = cell
    width = max(column for _, column in grid) + 1
    return [[grid[row, column] for column in range(width)] for row in range(len(rows))]


@pytest.mark.parametrize("part", ["proactive_disclosure", "applications", "review_and_litigation"])
@pytest.mark.parametrize(("address", "edition"), [("suqian/2024", "2021"), ("zongkou/2020", "2019")])
def test_tables_stand_exactly_in_the_official_layout(portal: Built, address: str, edition: str, part: str) -> None:
    form = load_catalogue().editions[edition]
    table = portal.page(f"reports/{address}/").xpath(f"//table[contains(@class, 'gr-{part}')]")[0]
    rows = table.findall(".//tr")
    layout = form.layouts[part]
    assert len(rows) == len(layout.rows)
    for row, cells in zip(rows, layout.rows, strict=True):
        shape = [(cell.tag, int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))) for cell in row]
        assert shape == [("th" if cell.label else "td", cell.rows, cell.columns) for cell in cells]
        labels = [cell.text_content() for cell in row if cell.tag == "th"]
        assert labels == [form.labels[part][cell.label].text.zh for cell in cells if cell.label]


def test_each_figure_is_associated_with_its_headers(portal: Built) -> None:
    page = portal.page("reports/suqian/2024/")
    cell = page.get_element_by_id("applications.denied_state_secret.research_institution")
    headers = [page.get_element_by_id(name).text_content() for name in cell.get("headers").split()]
    assert headers == [
        "申请人情况",
        "法人或其他组织",
        "科研机构",
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
    ]


def test_captions_name_agency_year_and_table(portal: Built) -> None:
    tables = portal.page("reports/suqian/2024/").xpath("//table[contains(@class, 'gr-statutory')]")
    captions = [caption.text_content() for table in tables for caption in table.iter("caption")]
    assert captions[0] == "宿迁市 2024年 主动公开政府信息情况"
    assert len(captions) == 3


def test_figures_have_thousands_marks_and_blanks_are_no_zeros(portal: Built) -> None:
    page = portal.page("reports/suqian/2024/")
    assert page.get_element_by_id("proactive_disclosure.licences.decisions").text_content() == "1,573,179"
    blank = portal.page("reports/cihua/2023/").get_element_by_id("applications.not_processed_duplicate.natural_person")
    assert "空" in blank.text_content()
    assert "0" not in blank.text_content().replace("10", "")


def test_the_note_in_a_cell_is_shown(portal: Built) -> None:
    assert "（其中修订3件）" in portal.text("reports/yunchuan-caizhengju/2024/")


def test_the_index_has_one_row_an_agency_and_totals(portal: Built) -> None:
    table = portal.page("reports/2023/").find(".//table")
    names = [row.find("th").text_content() for row in table.find("tbody")]
    assert len(names) == len(set(names)) >= 12
    row = next(row for row in table.find("tbody") if "宿迁市" in row.find("th").text_content())
    assert [cell.text_content() for cell in row][2:9] == ["3,511", "96", "3,486", "121", "1,191", "440", "113"]
    columns = list(
        zip(
            *(
                [int(c.get("data-value") or 0) for c in r if "gr-number" in c.get("class", "")]
                for r in table.find("tbody")
            ),
            strict=True,
        )
    )
    totals = [
        int(cell.text_content().replace(",", ""))
        for cell in table.find("tfoot").iter("td")
        if "gr-number" in cell.get("class", "")
    ]
    assert totals == [sum(column) for column in columns]


def test_the_agency_page_has_its_years(portal: Built) -> None:
    rows = portal.page("reports/suqian/").find(".//table").find("tbody")
    assert [row.find("th").text_content() for row in rows] == ["2024年", "2023年"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_of_the_portal_leads_somewhere(tmp_path: Path, theme: str, directory_urls: bool) -> None:
    site = example(tmp_path)
    site.theme = theme
    site.config = {"use_directory_urls": directory_urls}
    built = site.build()
    pages = {
        path: html.document_fromstring(path.read_text(encoding="utf-8"))
        for path in built.output.rglob("*.html")
        if path.name != "404.html"
    }
    ids = {path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.xpath("//*[contains(@class, 'gr-page')]//a/@href"):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            assert target in pages, (path, link)
            assert not parts.fragment or unquote(parts.fragment) in ids[target], (path, link)


@pytest.mark.parametrize("theme", THEMES)
def test_ids_are_unique_and_headers_refer_to_them(tmp_path: Path, theme: str) -> None:
    site = example(tmp_path)
    site.theme = theme
    site.write(
        {
            "docs/two.md": "".join(
                f"<!-- govreport: table agency=suqian year={year} part=applications -->\n\n" for year in (2023, 2024)
            )
        }
    )
    built = site.build()
    for address in ("reports/suqian/2024/", "two/"):
        page = built.page(address)
        assert page.xpath("//table")
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for cell in page.xpath("//td[@headers]"):
            assert set(cell.get("headers").split()) <= set(ids)


def test_pages_speak_english_on_request(tmp_path: Path) -> None:
    built = example(tmp_path, language="en").build()
    ours = [text for text in load_messages("zh").values() if "{" not in text and len(text) > 1]
    own_words = {"年度", "人民政府"}  # also in the names of agencies and reports
    for address in ("reports/2023/", "reports/suqian/"):
        page = built.page(address).xpath("//*[contains(@class, 'gr-page')]")[0]
        for source in page.xpath(
            "//dd | //tbody//th | //tbody//td[not(@data-value)] | //h3 | //*[@aria-current] | //h1"
        ):
            source.text = ""  # names of agencies and regions stay Chinese
        text = page.text_content()
        assert not [word for word in ours if word in text and word not in own_words]
    report = built.text("reports/suqian/2024/")
    assert "Applications newly received this year" in report
    assert "3. Applications received and handled" in report


def test_a_table_or_an_index_can_be_placed_on_any_page(tmp_path: Path) -> None:
    site = Site(tmp_path).write(
        {
            "reports/suqian/2024.json": dumped(sound_document()),
            "docs/own.md": "# 我的页面\n\n<!-- govreport: index year=2024 -->\n\n"
            "<!-- govreport: table agency=宿迁市 year=2024 part=review_and_litigation -->\n\n"
            "```\n<!-- govreport: index -->\n```\n",
        }
    )
    built = site.build()
    page = built.page("own/")
    assert len(page.xpath("//table[contains(@class, 'gr-table')]")) == 2
    assert "<!-- govreport: index -->" in page.xpath("//code")[0].text_content()
    assert page.xpath("//td[contains(@id, 'review_and_litigation.review.total')]")[0].text_content() == "170"


@pytest.mark.parametrize(
    "directive",
    ["table agency=nobody year=2024 part=applications", "table agency=suqian year=1999 part=applications", "chart", "index year=1999", "index yaer=2024", "index region=无此地",
     "table agency=suqian year=2024 part=nothing", "index year=\"2024"],
)  # fmt: skip
def test_a_wrong_directive_is_a_warning_that_names_the_page(tmp_path: Path, directive: str) -> None:
    site = Site(tmp_path).write(
        {
            "reports/suqian/2024.json": dumped(sound_document()),
            "docs/own.md": f"# x\n\n<!-- govreport: {directive} -->\n",
        }
    )
    built = site.build()
    assert built.error is None
    assert any("own.md" in record.getMessage() and record.levelname == "WARNING" for record in built.records)


def test_what_stands_in_a_report_cannot_harm_the_page(tmp_path: Path) -> None:
    evil = sound_document()
    evil["agency"] = '<img src=x onerror="alert(1)">局'
    evil["narrative"]["overview"] = (
        '<script>alert(1)</script>\n\n[点我](javascript:alert(1)) <a href="https://a.example" onclick="x()">可以</a>\n\n'
        "<iframe src='https://b.example'></iframe> <b style='position:fixed'>粗</b> <!-- govreport: chart -->"
    )
    evil["notes"] = {"applications.new_received.total": "<script>alert(2)</script>"}
    built = Site(tmp_path).write({"reports/office/2024.json": dumped(evil)}).build()
    assert built.error is None, built.log
    page = built.page("reports/office/2024/").xpath("//*[contains(@class, 'gr-page')]")[0]
    source = html.tostring(page, encoding="unicode")
    assert "<script" not in source
    assert "<iframe" not in source
    assert "<img" not in source
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on") or name == "style"]
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert page.xpath("//a[@href='https://a.example']")


def test_an_agency_with_odd_characters_in_its_folder_has_its_tables(tmp_path: Path) -> None:
    built = Site(tmp_path).write({"reports/A&B 'x'/2023.txt": sound_text().split("\n", 2)[2]}).build()
    assert built.error is None, built.log
    page = built.page("reports/A&B 'x'/2023/")
    assert len(page.xpath("//table[contains(@class, 'gr-statutory')]")) == 3
    assert not page.find_class("gr-slot-error")


def test_the_text_of_a_wrong_directive_is_not_markup(tmp_path: Path) -> None:
    directive = '<!-- govreport: table agency="<b>x</b>" year=2024 part=applications -->'
    built = (
        Site(tmp_path)
        .write({"reports/suqian/2024.json": dumped(sound_document()), "docs/own.md": f"# x\n\n{directive}\n"})
        .build()
    )
    (error,) = built.page("own/").find_class("gr-slot-error")
    assert "<b>x</b>" in error.text_content()


def test_a_site_overrides_a_template(tmp_path: Path) -> None:
    site = example(tmp_path)
    site.config = {"theme": {"name": "mkdocs", "custom_dir": "overrides"}}
    site.write({"overrides/govreport/agency.html": "<p>自定 {{ agency.name }}</p>"})
    assert "自定 宿迁市" in site.build().text("reports/suqian/")


def test_a_hybrid_says_which_edition_each_table_follows(tmp_path: Path) -> None:
    new, old = sound_text(), (EXAMPLE / "reports/zongkou/2020.txt").read_text(encoding="utf-8")
    start, end = "三、", "四、因政府信息公开工作"
    table = old[old.index("三、行政机关收到") : old.index(end)]
    hybrid = new[: new.index("三、收到和处理")] + table + new[new.index("四、政府信息公开行政复议") :]
    assert start in hybrid
    built = Site(tmp_path).write({"reports/qinghe/2023.txt": hybrid}).build()
    assert built.error is None, built.log
    text = built.text("reports/qinghe/2023/")
    assert "主动公开：2021年版" in text
    assert "申请办理：2019年版（试行）" in text


def test_a_changed_figure_is_shown_at_its_cell_with_both_sides(tmp_path: Path) -> None:
    wrong = changed(sound_text(), ("(一)予以公开 | 14 | 3", "(一)予以公开 | 15 | 3"))
    built = Site(tmp_path).write({"reports/qinghe/2023.txt": wrong}).build(serving=True)
    finding = built.page("reports/qinghe/2023/").get_element_by_id("finding-1")
    links = [link.get("href") for link in finding.iter("a")]
    assert "#applications.granted.natural_person" in links
    assert "#applications.granted.total" in links
    assert "第26行" in finding.text_content()
