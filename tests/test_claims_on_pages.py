"""The numbers of the prose on the page of a report: marked where they stand, linked to their cells, and listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from tests.documents import changed, dumped, sound_document, sound_text
from tests.support.site import THEMES, Built, Site

_LINE = "转办不超过一个工作日。\n"
SAID = (
    "全年收到政府信息公开申请37件，办结34件，其中予以公开17件、部分公开4件。行政复议3件。\n"
    "发布信息90条，其中政策60条、动态40条。\n"
)


def built_with(folder: Path, sentences: str, theme: str = "mkdocs", **options: object) -> Built:
    text = changed(sound_text(), (_LINE, _LINE + sentences))
    built = Site(folder, theme, options).write({"reports/qinghe/2023.txt": text}).build()
    assert built.error is None, built.log
    return built


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    return built_with(tmp_path_factory.mktemp("claims"), SAID).page("reports/qinghe/2023/")


def marks(page: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """The passages that are marked, with their kind and the address that they lead to."""
    links = page.xpath("//div[contains(@class, 'gr-prose')]//a[contains(@class, 'gr-claim')]")
    return {link.text_content(): (link.get("class").split("gr-")[-1], link.get("href")) for link in links}


def test_a_claim_that_agrees_leads_to_its_cell(page: html.HtmlElement) -> None:
    assert marks(page)["办结34件"] == ("agrees", "#applications.total_processed.total")


def test_a_claim_that_disagrees_is_marked_as_such(page: html.HtmlElement) -> None:
    assert marks(page)["收到政府信息公开申请37件"] == ("disagrees", "#applications.new_received.total")


def test_every_address_of_a_claim_is_on_the_page(page: html.HtmlElement) -> None:
    addresses = page.xpath("//a[contains(@class, 'gr-claim')]/@href | //sup[contains(@class, 'gr-said')]/a/@href")
    addresses += page.xpath("//table[contains(@class, 'gr-claims')]//a/@href")

    assert len(addresses) > 10
    for address in addresses:
        assert page.get_element_by_id(address.removeprefix("#")) is not None


def test_the_list_has_every_claim_with_both_sides_and_the_verdict(page: html.HtmlElement) -> None:
    rows = page.xpath("//table[contains(@class, 'gr-claims')]/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]

    assert cells[0] == ["1", "收到政府信息公开申请37件", "一、本年新收·总计 36", "✗ 不一致"]
    assert ["办结34件", "三、（七）总计·总计 34", "✓ 相符"] in [row[1:] for row in cells]
    assert ["90条，其中政策60条、动态40条", "60 ＋ 40 ＝ 100", "✗ 不一致"] in [row[1:] for row in cells]
    assert len(cells) == len(page.xpath("//sup[contains(@class, 'gr-said')]"))


def test_a_mark_tells_by_a_sign_what_it_tells_by_colour(page: html.HtmlElement) -> None:
    signs = {
        mark.get("class").split("gr-")[-1]: mark.text_content()[0]
        for mark in page.xpath("//sup[contains(@class, 'gr-said')]")
    }

    assert signs == {"agrees": "✓", "disagrees": "✗"}


def test_the_text_of_the_prose_is_what_it_was(page: html.HtmlElement) -> None:
    (paragraph,) = [p for p in page.xpath("//div[contains(@class, 'gr-prose')]/p") if "申请37件" in p.text_content()]
    for mark in paragraph.xpath(".//sup"):
        mark.drop_tree()

    assert paragraph.text_content() == SAID.split("\n")[0]


def test_the_search_index_has_the_prose_without_marks(tmp_path: Path) -> None:
    built = built_with(tmp_path, SAID)
    index = json.loads((built.output / "search/search_index.json").read_text(encoding="utf-8"))
    texts = " ".join(entry["text"] for entry in index["docs"])

    assert "收到政府信息公开申请37件，办结34件" in texts
    assert "✗" not in texts


def test_a_report_without_claims_has_no_list(tmp_path: Path) -> None:
    page = built_with(tmp_path, "全年平稳。\n").page("reports/qinghe/2023/")

    assert page.xpath("//table[contains(@class, 'gr-claims')]") == []
    assert page.xpath("//*[@id='claims']") == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_list_is_on_the_page_in_any_theme(theme: str, tmp_path: Path) -> None:
    page = built_with(tmp_path, SAID, theme).page("reports/qinghe/2023/")

    assert len(page.xpath("//*[@id='claims']")) == 1


def test_the_list_speaks_english(tmp_path: Path) -> None:
    page = built_with(tmp_path, SAID, language="en").page("reports/qinghe/2023/")

    assert "Numbers in the prose" in page.text_content()
    assert "✗ disagrees" in " ".join(page.text_content().split())


MARKDOWN = {
    "across emphasis": "**收到政府信息公开申请37**件",
    "within emphasis": "**收到政府信息公开申请37件**",
    "in a link": "[收到政府信息公开申请37件](https://example.org/)",
    "across a link": "收到[政府信息公开申请](https://example.org/)37件",
    "in a list": "- 收到政府信息公开申请37件\n- 办结34件",
    "in a quotation": "> 收到政府信息公开申请37件",
    "with private characters": "\ue010\ue100收到政府信息公开申请37件\ue011\ue101",
    "with markup": "<b onclick=alert(1)>收到政府信息公开申请37件</b><script>alert(2)</script>",
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN.keys())
def test_marks_never_break_the_elements_of_the_prose(text: str, tmp_path: Path) -> None:
    document = sound_document()
    document["narrative"]["overview"] = text
    built = Site(tmp_path).write({"reports/suqian/2024.json": dumped(document)}).build()
    assert built.error is None, built.log
    raw = (built.output / "reports/suqian/2024/index.html").read_text(encoding="utf-8")
    page = built.page("reports/suqian/2024/")

    assert page.xpath("//a//a") == []
    assert "alert(" not in "".join(page.xpath("//div[contains(@class, 'gr-prose')]//@*"))
    prose = raw[raw.index('<div class="gr-prose"') :].split("</div>")[0]
    assert not [character for character in prose if "\ue000" <= character <= "\uf8ff"]
    assert balanced(prose)


def balanced(source: str) -> bool:
    """Whether every element ends within the one that it began in."""
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*?>", source.partition(">")[2]):
        if name in {"br", "hr"}:
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def test_a_page_whose_prose_disagrees_does_not_say_that_all_agrees(tmp_path: Path) -> None:
    document = sound_document()
    document["narrative"]["overview"] = "收到政府信息公开申请37件，都按期答复，并逐件回访。"
    page = Site(tmp_path).write({"reports/suqian/2024.json": dumped(document)}).build().page("reports/suqian/2024/")
    findings = " ".join(page.text_content().split())

    assert "有 1 处数字对不上" in findings
    assert "没有发现不符" not in findings
    assert page.xpath("//details[@open]")
