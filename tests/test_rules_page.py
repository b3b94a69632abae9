"""The page of the rules: all that is checked on the site, at addresses that findings link to."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from mkdocs_govreport.editions import Rule, load_catalogue
from tests.documents import changed, sound_text
from tests.support.site import Built, Site

RULES = list(load_catalogue().rules.values())
REPORT = "reports/青禾区/2023/"
WARNED = {"reports/青禾区/2023.txt": changed(sound_text(), ("1.属于国家秘密", "1.属于国家机密"))}


def built(folder: Path, **options: object) -> Built:
    result = Site(folder, options=options).write(WARNED).build()
    assert result.error is None, result.log
    return result


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("rules"), rules={"carry-over": "error", "in-force": "off"})


def section(site: Built, rule: str) -> html.HtmlElement:
    return site.page("reports/rules/").get_element_by_id(rule)


def text_of(element: html.HtmlElement) -> str:
    return "".join(element.text_content().split())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_section_with_all_its_fields(rule: Rule, site: Built) -> None:
    text = text_of(section(site, rule.name))

    for part in (rule.code, rule.title, rule.explanation, rule.why, rule.exceptions, rule.remedy, rule.reference):
        assert "".join(str(getattr(part, "zh", part)).replace("`", "").split()) in text


def test_the_page_is_in_the_language_of_the_site(tmp_path: Path) -> None:
    english = built(tmp_path, language="en")

    assert english.page("reports/rules/").findtext(".//h1") == "What is checked"
    assert "What is carried over this year" in section(english, "carry-over").text_content()


def test_the_severity_is_that_of_the_site(site: Built) -> None:
    badges = {rule: section(site, rule).xpath("string(.//*[@class='gr-badge'])") for rule in ("carry-over", "in-force")}

    assert badges == {"carry-over": "错误（默认警告）", "in-force": "关闭（默认警告）"}


def test_rules_that_are_off_are_not_counted_among_those_that_are_checked(site: Built) -> None:
    assert f"下列 {len(RULES) - 1} 条规则" in site.text("reports/rules/")


def test_another_severity_makes_a_kept_page_again(tmp_path: Path) -> None:
    built(tmp_path)
    again = built(tmp_path, rules={"carry-over": "info"})

    assert "提示（默认警告）" in section(again, "carry-over").text_content()


def test_an_equation_is_stated_in_words(site: Built) -> None:
    assert "上年的四、结转下年度＝二、上年结转" in text_of(section(site, "carry-over"))


def test_the_code_of_a_finding_leads_to_its_rule(site: Built) -> None:
    (link,) = site.page(REPORT).xpath("//*[contains(@class, 'gr-finding-head')]//a[contains(., 'S111')]/@href")
    page, _, anchor = unquote(urljoin(f"/{REPORT}", link)).partition("#")

    assert anchor == "label"
    assert site.page(page.strip("/")).get_element_by_id(anchor).tag == "section"


@pytest.mark.parametrize("address", ["", "reports/", REPORT])
def test_the_page_is_linked_from_the_front_the_index_and_a_report(address: str, site: Built) -> None:
    links = site.page(address).xpath("//*[contains(@class, 'gr-page')]//a/@href")

    assert "/reports/rules/" in {urljoin(f"/{address}", link) for link in links}


def test_a_search_finds_a_rule_by_its_code_at_its_section(site: Built) -> None:
    entries = json.loads((site.output / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    (entry,) = [entry for entry in entries if "T203" in entry["text"] and "#" in entry["location"]]

    assert entry["location"] == "reports/rules/#application-balance"


def test_an_agency_cannot_take_the_address_of_the_page(tmp_path: Path) -> None:
    registry = {"agencies.yml": "agencies:\n  - {id: rules, name: 青禾区}\n"}
    refused = Site(tmp_path, options={"agencies": "agencies.yml"}).write({**WARNED, **registry}).build()

    assert refused.error is not None
    assert "F007" in refused.log
