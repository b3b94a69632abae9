"""What a report says stays text in every format that findings are written in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from lxml import etree
from markdown import markdown

from mkdocs_govreport.cli import main
from tests.documents import changed, dumped, sound_document, sound_text, write
from tests.test_output_formats import annotations

NASTY = (
    "<script>alert(1)</script>",
    "]]><b>x</b>",
    "::error file=a.txt::x",
    "100%0A::error::x%25",
    "##[error]x ::stop-commands::x",
    "\"quoted\" &amp; 'x', a:b,c=d",
    "[x](javascript:alert) **x** `x` ![y](z) $x$ @someone #1",
    "\x1b[31mred\x1b[0m \x07\x08\x0b\x0c\x85\u2028x",
    "{{ 7*7 }}{% raw %}",
    "=cmd()",
)

Written = Callable[..., str]


@pytest.fixture(params=NASTY)
def written(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Return what is written of a report that says something nasty in a cell, a label, and its folder."""
    nasty: str = request.param
    label = nasty.replace("|", "")
    text = changed(
        sound_text(),
        ("1.属于国家秘密", f"1.属于国家机密{label}"),
        ("(一)予以公开 | 14", f"(一)予以公开 | 14{label}"),
        ("(二)部分公开", f"{label}甲 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |\n(二)部分公开"),
    )
    folder = nasty.replace("/", "")
    document = sound_document() | {"agency": nasty}
    document["applications"]["granted"]["total"] = nasty
    document["extra_rows"] = [{"part": "applications", "label": nasty, "values": [1, 2, 3]}]
    write(
        tmp_path,
        {
            f"reports/{folder}/2023.txt": text,
            "reports/云亭区/2023.txt": text,
            "reports/2024.json": dumped(document),
        },
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    def written(format_: str) -> str:
        arguments = ["check", "reports", "--format", format_, "--language", "en"]
        result = CliRunner().invoke(main, arguments, color=True)  # else commands to a terminal are taken out
        assert result.exit_code == 1, result.output
        return result.stdout

    return written


def found(written: Written) -> list[dict[str, str]]:
    """The open findings, as JSON has them; the cases are worth nothing if no message quotes the report."""
    findings = [finding for finding in json.loads(written("json"))["findings"] if finding["status"] == "open"]
    assert len(findings) > 2
    return findings


def seen(text: str) -> str:
    """A text as formats for people have it: with a mark for each character that cannot be seen."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028]", "\ufffd", text)


def test_the_text_holds_nothing_that_commands_a_terminal(written: Written) -> None:
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", written("text")) == []


def test_github_reads_one_annotation_for_each_finding_and_no_other_command(written: Written) -> None:
    printed = written("github")

    assert sorted((place["file"], text) for _, place, text in annotations(printed)) == sorted(
        (finding["file"], seen(finding["message"])) for finding in found(written)
    )
    assert len([line for line in printed.split("\n") if line.startswith("::")]) == len(found(written))


def test_the_summary_of_a_job_shows_the_text_and_no_markup_of_it(tmp_path: Path, written: Written) -> None:
    written("github")
    html = markdown((tmp_path / "summary.md").read_text(encoding="utf-8"), extensions=["tables"])
    page = BeautifulSoup(html, "lxml")

    allowed = {"html", "body", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag.name for tag in page.find_all()} <= allowed
    assert len(page.select("tbody tr")) == len(found(written))
    assert all(len(row.find_all("td")) == 4 for row in page.select("tbody tr"))


def test_gitlab_and_sarif_hold_the_messages_as_they_are(written: Written) -> None:
    messages = [finding["message"] for finding in found(written)]

    issues = json.loads(written("gitlab"))
    assert all(message in issue["description"] for message, issue in zip(messages, issues, strict=True))
    results = json.loads(written("sarif"))["runs"][0]["results"]
    assert [result["message"]["text"] for result in results if result["kind"] == "fail"] == messages


def test_junit_can_be_parsed_and_holds_the_messages(written: Written) -> None:
    root = etree.fromstring(written("junit").encode())

    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
    }
    messages = [element.get("message") for element in root.iter("failure", "error", "skipped")]
    for finding in found(written):
        assert any(seen(finding["message"]) in message for message in messages), finding["message"]


def test_the_page_has_the_text_and_no_markup_of_it(written: Written) -> None:
    page = BeautifulSoup(written("html"), "lxml")

    assert page.find_all(["script", "b", "img", "a"]) == []
    text = page.get_text()
    for finding in found(written):
        assert seen(finding["message"]) in text
