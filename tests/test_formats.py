"""Files that other programs made of a report whose figures are all different."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest

from mkdocs_govreport.canonical import plain_number
from mkdocs_govreport.checks import place_text
from mkdocs_govreport.model import Report
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.layouts import write
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.loading import EDITIONS, load

FORMATS = Path(__file__).parent / "fixtures/formats"
TEXT_FORMATS = ("docx", "odt")
FILTERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt:writer8", "fodt": "fodt:OpenDocument Text Flat XML"}


def assert_read_right(data: bytes, suffix: str, report: Report) -> None:
    """Every figure is that of the report and its origin points at the cell in which LibreOffice put it."""
    result = load(data, f"inbox/report.{suffix}")

    assert result.report is not None, [finding.message.zh for finding in result.findings]
    assert [finding.message.zh for finding in result.findings] == []
    assert content(result.report) == content(report)
    tables = lxml.html.document_fromstring(write(report, "html").decode()).findall(".//table")
    for path, figure in result.report.figures.items():
        _, _, _, _, table, row, cell = figure.origin[:7]
        printed = tables[table - 1].findall(".//tr")[row - 1].findall("td")[cell - 1].text_content()
        assert printed == figure.origin.raw, path
        assert place_text(figure.origin).zh == f"第{table}张表第{row}行第{cell}格"


@pytest.mark.parametrize("edition", EDITIONS)
def test_all_figures_of_the_report_differ(edition: str) -> None:
    figures = distinct_report(edition).figures

    assert len({figure.value for figure in figures.values()}) == len(figures)


@pytest.mark.parametrize("suffix", TEXT_FORMATS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_file_that_libreoffice_made_once(edition: str, suffix: str) -> None:
    expected = json.loads((FORMATS / f"{edition}.json").read_text(encoding="utf-8"))
    result = load((FORMATS / f"libreoffice_{edition}.{suffix}").read_bytes(), f"inbox/report.{suffix}")

    assert result.report is not None
    assert {path: plain_number(figure.value) for path, figure in result.report.figures.items()} == expected
    assert result.findings == ()


@needs_libreoffice
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("suffix", FILTERS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_file_that_libreoffice_makes(edition: str, suffix: str, tmp_path: Path) -> None:
    report = distinct_report(edition)
    page = tmp_path / "report.html"
    page.write_bytes(write(report, "html"))

    assert_read_right(convert(page, FILTERS[suffix], reader="HTML (StarWriter)"), suffix, report)


@needs_libreoffice
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize(("suffix", "target"), [("docx", "odt"), ("odt", "docx")])
def test_a_file_of_the_tests_that_libreoffice_opens_and_saves(suffix: str, target: str, tmp_path: Path) -> None:
    report = distinct_report("2021")
    file = tmp_path / f"report.{suffix}"
    file.write_bytes(write(report, "word" if suffix == "docx" else "open_document"))

    assert_read_right(convert(file, FILTERS[target]), target, report)
