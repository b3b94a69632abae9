"""The portal in a real browser: no errors, sorting and filtering by mouse and keyboard, accessibility, small screens, print."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.documents import EXAMPLE
from tests.support.site import Site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
CHROMIUM = os.environ.get("GOVREPORT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this system (python3 dev.py test installs it)"),
    pytest.mark.xdist_group("browser"),
]


@dataclass
class Served:
    """A site on a port of this machine."""

    address: str
    browser: Browser

    def open(self, path: str, **context: object) -> Page:
        """Open a page and fail on any error of the console."""
        page = self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}).new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{self.address}/{path}")
        page.wait_for_load_state("networkidle")
        assert errors == []
        return page


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class has
        pass


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def portal(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example portal, as the README's command builds it."""
    yield from _example(browser, tmp_path_factory.mktemp("portal"), "mkdocs.yml", serving=False)


@pytest.fixture(scope="module")
def faulty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The faulty example, as `mkdocs serve` shows it."""
    yield from _example(browser, tmp_path_factory.mktemp("faulty"), "mkdocs-faulty.yml", serving=True)


def _example(browser: Browser, folder: Path, config: str, *, serving: bool) -> Iterator[Served]:
    site = Site(folder)
    built = site.build_config(EXAMPLE / config, serving=serving)
    assert built.error is None, built.log
    server = serve(site.output)
    yield Served(f"http://127.0.0.1:{server.server_port}", browser)
    server.shutdown()


def names(page: Page) -> list[str]:
    return [name for name in page.locator(".gr-list tbody tr:not([hidden]) th").all_inner_texts() if name]


def numbers(page: Page, column: int) -> list[int]:
    cells = page.locator(f".gr-list tbody tr:not([hidden]) > *:nth-child({column})")
    return [int(text.replace(",", "")) for text in cells.all_inner_texts() if text]


def header(page: Page, name: str) -> Locator:
    return page.locator(".gr-list thead th", has_text=name)


def test_the_index_sorts_by_mouse(portal: Served) -> None:
    page = portal.open("reports/2024/")
    header(page, "本年新收").locator("button").click()
    assert numbers(page, 3) == sorted(numbers(page, 3), reverse=True)
    assert header(page, "本年新收").get_attribute("aria-sort") == "descending"
    header(page, "本年新收").locator("button").click()
    assert numbers(page, 3) == sorted(numbers(page, 3))
    assert header(page, "本年新收").get_attribute("aria-sort") == "ascending"


def test_the_index_sorts_and_filters_by_keyboard(portal: Served) -> None:
    page = portal.open("reports/2024/")
    page.locator(".gr-tools input").focus()
    page.keyboard.type("财政")
    assert names(page) == ["云川市财政局"]
    assert "所示 1 个" in page.locator(".gr-list tfoot").inner_text()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert len(names(page)) > 10
    header(page, "本年办结").locator("button").focus()
    page.keyboard.press("Enter")
    assert numbers(page, 5) == sorted(numbers(page, 5), reverse=True)


def test_the_index_filters_by_region_and_says_when_nothing_matches(portal: Served) -> None:
    page = portal.open("reports/2024/")
    page.locator(".gr-tools select").select_option("江苏省宿迁市")
    assert names(page) == ["宿迁市"]
    page.locator(".gr-tools input").fill("没有这个机关")
    assert names(page) == []
    assert page.locator(".gr-empty").is_visible()


def test_totals_follow_the_filter(portal: Served) -> None:
    page = portal.open("reports/2024/")
    page.locator(".gr-tools input").fill("局")
    total = page.locator(".gr-list tfoot td").first.inner_text()
    assert int(total.replace(",", "")) == sum(numbers(page, 3))


def test_the_index_works_without_scripts(portal: Served) -> None:
    page = portal.open("reports/2024/", java_script_enabled=False)
    assert len(names(page)) > 10
    assert page.locator(".gr-tools").count() == 0
    assert page.locator(".gr-list button").count() == 0


def test_a_failing_cell_leads_to_its_finding_and_back(faulty: Served) -> None:
    page = faulty.open("reports/qinghe/2023/")
    page.locator("[id='applications.granted.natural_person'] a").click()
    assert page.url.endswith("#finding-1")
    assert page.locator("#finding-1").is_visible()
    page.locator("#finding-1 .gr-sides a").first.click()
    assert page.url.endswith("#applications.granted.natural_person")


@pytest.mark.parametrize("path", ["", "reports/2024/", "reports/suqian/2024/", "reports/suqian/", "reports/rules/"])
def test_nothing_is_wider_than_a_phone(portal: Served, path: str) -> None:
    page = portal.open(path, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_tables_fit_an_a4_page_in_print(portal: Served) -> None:
    page = portal.open("reports/suqian/2024/", viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    for table in page.locator(".gr-statutory").all():
        box = table.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 721
    assert not page.locator(".gr-breadcrumb").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["", "reports/2024/", "reports/suqian/2024/", "reports/suqian/", "guide/", "reports/rules/"]
)
def test_axe_finds_no_serious_violation(portal: Served, path: str, scheme: str) -> None:
    assert_accessible(portal.open(path, color_scheme=scheme))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_on_a_failing_report(faulty: Served, scheme: str) -> None:
    assert_accessible(faulty.open("reports/qinghe/2023/", color_scheme=scheme))
    assert_accessible(faulty.open("reports/", color_scheme=scheme))


def assert_accessible(page: Page) -> None:
    """Check what is ours on the page; the theme's own header and footer are its authors'."""
    results = Axe().run(page, context={"include": [[".gr-page, .gr-index, .gr-scroll"]]})
    serious = [
        (violation["id"], node["html"][:120], node.get("failureSummary", "")[:300])
        for violation in results.response["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"][:2]
    ]
    assert serious == []
