"""Which findings `govreport check` shows and counts, and how they are told apart from run to run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from mkdocs_govreport.model import Finding, Status
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.formats import FORMATS
from mkdocs_govreport.output.standing import fails
from mkdocs_govreport.pipeline import Portal
from tests.documents import changed, check_folder
from tests.test_output_formats import FAULTY, FOLDER, Check, check, findings

__all__ = ["check"]


def rules(check: Check, *arguments: str) -> set[str]:
    return {finding["rule"] for finding in findings(check, *arguments)}


# --- by rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--ignore", "F"), {"applicant-total", "result-total", "label", "blank-cell"}),
        (("--ignore", "F", "--select", "T"), {"applicant-total", "result-total"}),
        (("--ignore", "F", "--select", "S1"), {"label", "blank-cell"}),
        (("--ignore", "F", "--select", "S111,blank-cell"), {"label", "blank-cell"}),
        (("--ignore", "F", "--select", "label", "--select", "S110"), {"label", "blank-cell"}),
        (("--ignore", "F,T,label"), {"blank-cell"}),
        (("--select", "label"), {"label", "unsupported-format"}),
    ],
)
def test_rules_are_chosen_by_name_by_code_or_by_the_beginning_of_codes(
    arguments: tuple[str, ...], expected: set[str], check: Check
) -> None:
    assert rules(check, *arguments) == expected


def test_a_finding_counts_for_every_rule_that_its_cause_breaks(check: Check) -> None:
    files = {"reports/青禾区/2023.txt": FAULTY}

    for chosen in (("--select", "T202"), ("--ignore", "T201")):
        result = check("--format", "json", *chosen, files=files)
        assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["T201"]
    assert check("--ignore", "T201,T202", files=files).exit_code == 0


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("name", ["no-such-rule", "Z", "T9", "applicant"])
def test_a_rule_that_there_is_not_is_one_clear_line(option: str, name: str, check: Check) -> None:
    result = check(option, name)

    assert result.exit_code == 2
    assert name in result.stderr
    assert "applicant-total" in result.stderr


def test_exit_zero_keeps_findings_from_failing_the_step_but_not_a_check_of_nothing(check: Check) -> None:
    assert check("--exit-zero").exit_code == 0
    assert check("--exit-zero", "--strict").exit_code == 0
    assert check("--exit-zero", "--select", "Z").exit_code == 2


# --- counting -------------------------------------------------------------------------------------


def test_the_statistics_count_findings_and_reports_by_rule_and_weight(check: Check) -> None:
    lines = check("--statistics", "--language", "en").stdout.splitlines()

    assert [line.split() for line in lines[:-2]] == [
        ["Findings", "Reports", "Weight", "Rule"],
        ["1", "1", "error", "F001", "unsupported-format"],
        ["1", "1", "error", "T201", "applicant-total"],
        ["1", "1", "warning", "S110", "blank-cell"],
        ["1", "1", "warning", "S111", "label"],
        ["1", "1", "not", "assessable", "T201", "applicant-total"],
        ["1", "1", "not", "assessable", "T202", "result-total"],
    ]
    assert lines[-1].startswith("Files: 5. Errors: 2. Warnings: 2.")


def test_the_statistics_of_nothing_say_so(check: Check) -> None:
    assert check("--statistics", "--ignore", "T,F,S").stdout.startswith("没有发现问题。")


def test_statistics_take_the_place_of_the_text_alone(check: Check) -> None:
    assert check("--statistics", "--format", "sarif").exit_code == 2
    result = check("--statistics", "--format", "sarif", "--output", "a.sarif")
    assert result.stdout.startswith("处  报告")


# --- what was set aside ---------------------------------------------------------------------------


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal in which the wrong sum is waived."""
    portal = check_folder(tmp_path, FOLDER)

    def waived(finding: Finding) -> Finding:
        return (
            replace(finding, status=Status.WAIVED) if finding.rule == "applicant-total" and finding.terms else finding
        )

    return replace(portal, findings=tuple(map(waived, portal.findings)))


def written(portal: Portal, format_: str) -> str:
    return FORMATS[format_](portal, Context("en", lambda file, number: None))


def test_a_waived_finding_fails_nothing(portal: Portal) -> None:
    (finding,) = [finding for finding in portal.findings if finding.status is Status.WAIVED and finding.imbalance]

    assert not fails(finding, strict=True)


def test_sarif_says_that_a_waived_finding_is_suppressed(portal: Portal) -> None:
    results: list[dict[str, Any]] = json.loads(written(portal, "sarif"))["runs"][0]["results"]

    suppressed = [result for result in results if "suppressions" in result]
    assert {(result["ruleId"], result["suppressions"][0]["status"]) for result in suppressed} == {("T201", "accepted")}


def test_the_reason_of_a_waiver_is_in_sarif_and_on_the_page(check: Check) -> None:
    waiver = """waivers:
  - rule: applicant-total
    agency: 云川市青禾区
    year: 2023
    figures: {applications.granted.natural_person: 17}
    reason: 原文如此，已去函。
    author: 云川市政务公开办
    date: 2025-03-02
"""
    files = {"reports/青禾区/2023.txt": FAULTY, "waivers.yml": waiver, "mkdocs.yml": "plugins: [govreport]\n"}

    (result,) = json.loads(check("--format", "sarif", files=files).stdout)["runs"][0]["results"]
    assert [suppression["justification"] for suppression in result["suppressions"]] == ["原文如此，已去函。"]
    assert (
        "原文如此，已去函。" in BeautifulSoup(check("--format", "html", files=files).stdout, "lxml").article.get_text()
    )


def test_junit_skips_a_waived_finding(portal: Portal) -> None:
    root = etree.fromstring(written(portal, "junit").encode())

    (case,) = root.xpath("//testcase[starts-with(@name, 'T201') and contains(@classname, '青禾区')]")
    assert [(child.tag, child.get("message").split(" ")[0]) for child in case] == [("skipped", "waived")]


@pytest.mark.parametrize("format_", ["github", "gitlab"])
def test_annotations_are_of_open_findings_alone(format_: str, portal: Portal) -> None:
    assert "applicant-total" not in written(portal, format_)


def test_the_text_counts_what_is_waived_and_the_page_shows_it_as_such(portal: Portal) -> None:
    assert "  Findings that stand with a reason: 1." in written(portal, "text").splitlines()
    page = BeautifulSoup(written(portal, "html"), "lxml")
    assert any(article.strong.get_text() == "waived T201" for article in page.select("article.aside"))


# --- fingerprints ---------------------------------------------------------------------------------


def fingerprints(check: Check, text: str) -> dict[str, str]:
    found = json.loads(check("--format", "json", files={"reports/青禾区/2023.txt": text}).stdout)["findings"]
    assert len({finding["fingerprint"] for finding in found}) == len(found)
    return {finding["fingerprint"]: finding["rule"] for finding in found}


BROKEN_TWICE = changed(FAULTY, ("1.属于国家秘密", "1.属于国家机密"))


def test_fingerprints_stay_when_lines_move(check: Check) -> None:
    moved = changed(BROKEN_TWICE, ("(一)予以公开", "\n\n(一)予以公开"))

    assert fingerprints(check, BROKEN_TWICE) == fingerprints(check, moved)


def test_fingerprints_stay_when_figures_change(check: Check) -> None:
    other = changed(BROKEN_TWICE, ("(一)予以公开 | 17 | 3", "(一)予以公开 | 19 | 3"))

    assert fingerprints(check, BROKEN_TWICE) == fingerprints(check, other)


def test_fingerprints_stay_when_another_finding_comes(check: Check) -> None:
    assert fingerprints(check, FAULTY).items() < fingerprints(check, BROKEN_TWICE).items()


def test_findings_of_the_same_rule_and_text_have_fingerprints_of_their_own(check: Check) -> None:
    assert len(fingerprints(check, f"{BROKEN_TWICE}\n扫一扫在手机打开当前页\n扫一扫在手机打开当前页\n")) > 3
