"""Other programs open what reports are written as, show all of it on A4, and give it back when they save it."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from mkdocs_govreport.model import Report
from mkdocs_govreport.writers import WRITERS
from mkdocs_govreport.writers.printed import number_text
from tests.documents import ROOT
from tests.support.distinct import distinct_report
from tests.support.loading import CATALOGUE, EDITIONS, report_in
from tests.support.programs import CHROMIUM, SOFFICE

SAMPLES = ROOT / "tests/fixtures/formats"
RESAVED = {"docx": "odt", "xlsx": "ods"}
"""What LibreOffice saves a file as before it saves it in its own format again."""

needs_libreoffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext of poppler is not installed")


def converted(data: bytes, name: str, to: str, folder: Path) -> bytes:
    """Let LibreOffice convert a file."""
    (folder / name).write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    command += ["--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / name).with_suffix(f".{to.partition(':')[0]}").read_bytes()


def figures(report: Report) -> dict[str, object]:
    return {path: figure.value for path, figure in report.figures.items()}


@needs_libreoffice
@needs_poppler
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format_", ["docx", "xlsx", "html"])
def test_libreoffice_shows_every_figure(format_: str, edition: str, tmp_path: Path) -> None:
    report = distinct_report(edition)
    into = "pdf:writer_web_pdf_Export" if format_ == "html" else "pdf"
    pdf = tmp_path / "shown.pdf"
    pdf.write_bytes(converted(WRITERS[format_](report, CATALOGUE), f"report.{format_}", into, tmp_path))
    shown = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    text = "".join(unicodedata.normalize("NFKC", shown.decode()).split()).replace(",", "")

    assert [value for value in figures(report).values() if number_text(value) not in text] == []


@needs_libreoffice
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format_", RESAVED)
def test_what_libreoffice_saves_again_has_the_same_figures(format_: str, edition: str, tmp_path: Path) -> None:
    report = distinct_report(edition)
    between = converted(WRITERS[format_](report, CATALOGUE), f"report.{format_}", RESAVED[format_], tmp_path)
    (tmp_path / f"report.{format_}").unlink()
    again = converted(between, f"report.{RESAVED[format_]}", format_, tmp_path)

    for data, name in ((between, RESAVED[format_]), (again, format_)):
        read = report_in(data, f"inbox/report.{name}")
        assert figures(read) == figures(report), name
        assert read.edition_of == report.edition_of
        assert all(figure.origin.row and figure.origin.cell for figure in read.figures.values())


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("resaved-*.*")), ids=lambda path: path.name)
def test_samples_that_libreoffice_saved_again_have_the_figures(sample: Path) -> None:
    truth = json.loads((SAMPLES / "resaved.json").read_text(encoding="utf-8"))[sample.stem.removeprefix("resaved-")]
    read = report_in(sample.read_bytes(), f"inbox/{sample.name}")

    assert {path: number_text(figure.value) for path, figure in read.figures.items()} == truth


def test_there_are_samples() -> None:
    assert {path.suffix for path in SAMPLES.glob("resaved-*")} == {".docx", ".xlsx"}


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_fits_on_a4_and_on_a_phone_and_asks_for_nothing(edition: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(WRITERS["html"](distinct_report(edition), CATALOGUE))
    asked: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            tab = browser.new_page(viewport={"width": 590, "height": 850})  # 156 mm
            tab.on("request", lambda request: asked.append(request.url))
            tab.emulate_media(media="print")
            tab.goto(page.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            cut = "[...document.querySelectorAll('th, td')].filter(c => c.scrollWidth > c.clientWidth + 1).length"
            assert tab.evaluate(cut) == 0
            heights = tab.evaluate("[...document.querySelectorAll('table.form')].map(t => t.getBoundingClientRect().height)")  # fmt: skip
            assert max(heights) < 225 / 25.4 * 96  # A4 without its margins
        finally:
            browser.close()
    assert asked == [page.as_uri()]
