"""Files whose names do not say what they are, and files that are not read."""

from __future__ import annotations

import pytest

from mkdocs_govreport.model import Severity
from mkdocs_govreport.sources import READERS
from tests.documents import only, rules_of
from tests.support.distinct import distinct_report
from tests.support.generate import content
from tests.support.layouts import file_of, write
from tests.support.loading import load

REPORT = distinct_report("2021")
PAGE = write(REPORT, "html")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
PROTECTED = OLE + "EncryptedPackage".encode("utf-16-le")
XML = b'<?xml version="1.0" encoding="utf-8"?>\n'


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".DOC", ".wps", ".xls"])
@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        b"\xef\xbb\xbf \r\n" + PAGE,
        XML + PAGE,
        b"<!-- saved by a program --><!-- twice -->" + PAGE.replace(b"<!DOCTYPE html>", b""),
        write(REPORT, "html_gb2312"),
        b"\xff\xfe" + PAGE.decode().encode("utf-16-le"),
    ],
    ids=["plain", "mark of the encoding", "XML", "comments", "GB2312", "UTF-16"],
)
def test_a_web_page_under_the_name_of_an_offices_file_is_read_and_reported(suffix: str, page: bytes) -> None:
    result = load(page, f"inbox/report{suffix}")

    assert result.report is not None
    assert content(result.report) == content(REPORT)
    finding = only(result.findings, "misnamed")
    assert finding.severity is Severity.INFO
    assert f"“{suffix.lower()}”" in finding.message.zh
    assert "“.html”" in finding.message.zh


@pytest.mark.parametrize(
    ("layout", "suffix", "actual"),
    [
        ("word", ".doc", ".docx"),
        ("word", ".odt", ".docx"),
        ("open_document", ".docx", ".odt"),
        ("word", ".wps", ".docx"),
    ],
)
def test_a_package_under_another_name_is_read_as_what_it_is(layout: str, suffix: str, actual: str) -> None:
    result = load(write(REPORT, layout), f"inbox/report{suffix}")

    assert result.report is not None
    assert content(result.report) == content(REPORT)
    assert f"“{actual}”" in only(result.findings, "misnamed").message.zh


@pytest.mark.parametrize("layout", ["word", "open_document", "html", "pipes"])
def test_a_file_of_the_right_name_is_not_reported(layout: str) -> None:
    assert load(write(REPORT, layout), file_of(layout)).findings == ()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_a_text_is_read_as_its_name_says(suffix: str) -> None:
    assert "misnamed" not in rules_of(load(PAGE, f"inbox/report{suffix}").findings)


@pytest.mark.parametrize(
    ("data", "suffix", "actual"),
    [(OLD_WORD, ".docx", ".doc"), (b"{\\rtf1\\ansi}", ".doc", ".rtf"), (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", ".doc", ".mht"),
     (OLE + "Workbook".encode("utf-16-le"), ".doc", ".xls")],
)  # fmt: skip
def test_a_file_that_is_not_read_is_told_by_its_content(data: bytes, suffix: str, actual: str) -> None:
    if actual in READERS:
        pytest.skip(f"{actual} is read")
    finding = only(load(data, f"inbox/report{suffix}").findings, "unsupported-format")

    assert f"“{actual}”" in finding.message.zh
    assert f"扩展名写作“{suffix}”" in finding.message.zh
    assert f'named "{suffix}"' in finding.message.en


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_a_file_under_a_password_is_said_to_be(suffix: str) -> None:
    finding = only(load(PROTECTED, f"inbox/report{suffix}").findings, "damaged")

    assert "设有密码" in finding.message.zh
    assert "password" in finding.message.en


def test_an_empty_word_file_is_empty() -> None:
    assert rules_of(load(b"", "inbox/report.docx").findings) == {"empty-file"}


REMEDIES = {
    "Word 文档（*.docx）": [".doc", ".wps", ".rtf", ".pages", ".wpt"],
    "Excel 工作簿（*.xlsx）": [".xls", ".et", ".numbers"],
    "索取原来的 Word 文件": [".pdf", ".ofd", ".ceb"],
    "图片里的字和数读不出来": [".jpg", ".JPEG", ".png", ".tif", ".bmp", ".heic"],
    "先解压": [".zip", ".rar", ".7z"],
    "快捷方式": [".lnk", ".url"],
    "移出目录": [".mp4", ".exe", ".ppt"],
}


@pytest.mark.parametrize(
    ("remedy", "suffix"), [(remedy, suffix) for remedy, all_ in REMEDIES.items() for suffix in all_]
)
def test_a_format_that_is_not_read_says_how_to_convert_it(remedy: str, suffix: str) -> None:
    if suffix in READERS:
        pytest.skip(f"{suffix} is read")
    finding = only(load(b"\x01\x02\x03", f"inbox/report{suffix}").findings, "unsupported-format")

    assert remedy in finding.message.zh
    assert f"“{suffix.lower()}”" in finding.message.zh
    assert all(readable in finding.message.en for readable in READERS)


@pytest.mark.parametrize("head", [b"<!-- " * 2000, b"<!---->" * 2000, b"<?" * 3000, b"a:b\r\n" * 2000, b" " * 100_000])
def test_telling_the_content_takes_no_time(head: bytes) -> None:
    assert rules_of(load(head, "inbox/report.doc").findings) == {"unsupported-format"}
