"""Pages that other programs wrote: committed samples of each, and new ones where the program is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from mkdocs_govreport.model import Report
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.layouts import write
from tests.support.loading import report_in
from tests.test_browser import CHROMIUM, FLAGS

SAMPLES = Path(__file__).parent / "fixtures" / "pages"
SOFFICE = shutil.which("soffice")


def values(report: Report) -> dict[str, object]:
    return {path: figure.value for path, figure in report.figures.items()}


@pytest.mark.parametrize(
    "name", ["chromium.mhtml", "chromium_inner_text.txt", "chromium_selection.txt", "libreoffice.html"]
)
def test_every_figure_of_a_sample_is_right_and_says_where_it_was_read(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    report = report_in(data, f"inbox/{name}")
    lines = data.decode().splitlines()

    assert values(report) == json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))
    for figure in report.figures.values():
        origin = figure.origin
        assert origin.raw == str(figure.value)
        if name.endswith(".txt"):
            assert origin.line is not None
            assert origin.column is not None
            assert lines[origin.line - 1][origin.column - 1 :].startswith(origin.raw)
        else:
            assert None not in (origin.table, origin.row, origin.cell)


# --- Chromium -----------------------------------------------------------------------------------------

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this system")
LAYOUTS = ("html", "html_nested", "word_html")


def saved_dom(page: Page) -> bytes:
    return page.content().encode()


def saved_archive(page: Page) -> bytes:
    archive: str = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    return archive.encode()


def inner_text(page: Page) -> bytes:
    return str(page.evaluate("document.body.innerText")).encode()


def selection(page: Page) -> bytes:
    script = "getSelection().selectAllChildren(document.body) || getSelection().toString()"
    return str(page.evaluate(script)).encode()


WAYS: dict[str, tuple[str, Callable[[Page], bytes]]] = {
    "saved page": (".html", saved_dom),
    "saved archive": (".mhtml", saved_archive),
    "text of the page": (".txt", inner_text),
    "selected and copied": (".txt", selection),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@needs_chromium
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_what_chromium_makes_of_a_page(edition: str, way: str, layout: str, browser: Browser, tmp_path: Path) -> None:
    written = distinct_report(edition)
    (tmp_path / "page.html").write_bytes(write(written, layout))
    suffix, take = WAYS[way]
    page = browser.new_page()
    try:
        page.goto((tmp_path / "page.html").as_uri())
        read = report_in(take(page), f"inbox/report{suffix}")
    finally:
        page.close()

    assert values(read) == values(written)
    assert (read.title, read.narrative["overview"]) == (written.title, written.narrative["overview"])


# --- LibreOffice --------------------------------------------------------------------------------------


def converted(file: Path, target: str, folder: Path, *arguments: str) -> Path:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [SOFFICE, profile, "--headless", *arguments, "--convert-to", target, "--outdir", str(folder), str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{file.stem}.{target.partition(':')[0]}"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("document", ["odt", "docx"])
@pytest.mark.parametrize("target", ["html:HTML (StarWriter)", "xhtml:XHTML Writer File"])
def test_what_libreoffice_saves_as_a_web_page(target: str, document: str, tmp_path: Path) -> None:
    written = distinct_report("2021")
    source = tmp_path / "source.html"
    source.write_bytes(write(written, "html"))
    first = converted(source, "odt:writer8", tmp_path, "--infilter=HTML (StarWriter)")
    if document == "docx":
        first = converted(first, "docx", tmp_path)
    page = converted(first, target, tmp_path / "out")

    assert content(report_in(page.read_bytes(), f"inbox/report{page.suffix}"))["figures"] == content(written)["figures"]
