"""What other people's programs may rely on in `check --format json`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.output.data import findings_document
from mkdocs_govreport.pipeline import load_portal
from tests.documents import EXAMPLE, Files, changed, check_folder, dumped, settings, sound_document, sound_text
from tests.rule_cases.arithmetic import MEMBERS, rolled_up, summed
from tests.rule_cases.reading import document_with

SOUND = sound_text()
FEES = "proactive_disclosure.administrative_fees.amount_wan_yuan"
GRANTED = "(一)予以公开 | 14 | 3"
FAULTY = changed(SOUND, (GRANTED, "(一)予以公开 | 17 | 3"))


def findings(folder: Path, files: Files) -> list[dict[str, Any]]:
    document = findings_document(check_folder(folder, files), "zh")
    found: list[dict[str, Any]] = json.loads(json.dumps(document))["findings"]
    return found


def fingerprints(folder: Path, text: str, name: str = "reports/青禾区/2023.txt") -> list[str]:
    return [finding["fingerprint"] for finding in findings(folder, {name: text})]


# --- fingerprints ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reports", "registry"), [("reports", "agencies.yml"), ("reports", None), ("reports-faulty", "agencies-faulty.yml")]
)
def test_no_two_findings_of_the_example_have_one_fingerprint(reports: str, registry: str | None) -> None:
    portal = load_portal([reports], EXAMPLE, settings(), EXAMPLE / registry if registry else None)
    found = findings_document(portal, "zh")["findings"]
    shared = [print_ for print_, count in Counter(f["fingerprint"] for f in found).items() if count > 1]

    assert [(f["file"], f["line"], f["message"]) for f in found if f["fingerprint"] in shared] == []


def test_two_slips_of_the_same_wording_have_two_fingerprints(tmp_path: Path) -> None:
    text = changed(SOUND, ("五、存在", "扫一扫看全文\n五、存在"), ("没有收取", "扫一扫看全文\n没有收取"))
    found = fingerprints(tmp_path, text)

    assert len(found) == len(set(found)) == 2


CHANGES = {
    "a line before it": ("一、总体情况", "目录\n\n一、总体情况"),
    "another figure that agrees": ("行政许可 | 1846", "行政许可 | 1847"),
    "another figure that does not agree": ("2 | 0 | 1 | 0 | 3", "2 | 0 | 1 | 0 | 4"),
    "another slip": ("1.属于国家秘密", "1.属于国家机密"),
    "the same figure, still wrong": ("(一)予以公开 | 17 | 3", "(一)予以公开 | 18 | 3"),
    "the title": ("云川市青禾区2023年政府信息公开工作年度报告\n", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_finding_keeps_its_fingerprint_when_something_else_changes(change: str, tmp_path: Path) -> None:
    (before,) = fingerprints(tmp_path / "before", FAULTY)

    assert before in fingerprints(tmp_path / "after", changed(FAULTY, CHANGES[change]))


def test_a_finding_keeps_its_fingerprint_in_another_format(tmp_path: Path) -> None:
    document = sound_document()
    document["applications"]["granted"]["natural_person"] += 1
    as_json = findings(tmp_path / "json", {"reports/宿迁市/2024.json": dumped(document)})
    lined_up = json.dumps(document, ensure_ascii=False).encode()
    as_yaml = findings(tmp_path / "yaml", {"reports/宿迁市/2024.yaml": lined_up})

    assert [f["fingerprint"] for f in as_json] == [f["fingerprint"] for f in as_yaml] != []


@pytest.mark.parametrize(
    "other",
    [
        changed(
            SOUND,
            (
                "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4",
                "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 5",
            ),
        ),
        changed(SOUND, (GRANTED, "(一)予以公开 | 14 | 5")),
    ],
    ids=["another row", "another column"],
)
def test_a_finding_about_other_figures_has_another_fingerprint(other: str, tmp_path: Path) -> None:
    assert not set(fingerprints(tmp_path / "a", FAULTY)) & set(fingerprints(tmp_path / "b", other))


def test_the_same_fault_of_another_year_has_another_fingerprint(tmp_path: Path) -> None:
    next_year = FAULTY.replace("2023年", "2024年")

    assert not set(fingerprints(tmp_path / "a", FAULTY)) & set(
        fingerprints(tmp_path / "b", next_year, "reports/青禾区/2024.txt")
    )


def test_the_language_of_the_output_does_not_change_a_fingerprint(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {"reports/青禾区/2023.txt": f"{FAULTY}扫一扫看全文\n"})

    assert [f["fingerprint"] for f in findings_document(portal, "en")["findings"]] == [
        f["fingerprint"] for f in findings_document(portal, "zh")["findings"]
    ]


# --- shape ----------------------------------------------------------------------------------------


def test_the_document_has_version_summary_and_findings(tmp_path: Path) -> None:
    document = findings_document(check_folder(tmp_path, {"reports/青禾区/2023.txt": FAULTY}), "zh")

    assert list(document) == ["version", "summary", "findings"]
    assert document["version"] == 1
    assert document["summary"] == {
        "reports": 1,
        "errors": 1,
        "warnings": 0,
        "waived": 0,
        "baselined": 0,
        "not_assessable": 0,
    }


def test_a_finding_has_what_the_contract_names(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, {"reports/青禾区/2023.txt": FAULTY})
    contract = (
        "rule code severity status agency year file line column cell paths message expected actual imbalance "
        "also_breaks explanations complete fingerprint"
    )

    assert set(contract.split()) <= finding.keys()
    assert {key: finding[key] for key in ("rule", "code", "severity", "status", "agency", "year", "file", "line")} == {
        "rule": "applicant-total",
        "code": "T201",
        "severity": "error",
        "status": "open",
        "agency": "云川市青禾区",
        "year": 2023,
        "file": "reports/青禾区/2023.txt",
        "line": 26,
    }
    assert (finding["expected"], finding["actual"], finding["imbalance"]) == (20, 17, 3)
    assert finding["explanations"] == [
        {
            "kind": "cells",
            "confidence": "certain",
            "message": "“（一）予以公开·自然人” 17 应为 14",
            "changes": [{"path": "applications.granted.natural_person", "from": 17, "to": 14}],
        }
    ]
    assert [breach["rule"] for breach in finding["also_breaks"]] == ["result-total"]
    assert finding["complete"] is True


def test_a_finding_in_a_web_page_has_the_cell(tmp_path: Path) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in line.rstrip("| ").split("|")) + "</tr>"
        if "|" in line
        else f"</table><p>{line}</p><table>"
        for line in FAULTY.splitlines()
    )
    found = [f for f in findings(tmp_path, {"reports/青禾区/2023.html": f"<table>{rows}</table>"}) if f["terms"]]

    assert found[0]["cell"] is not None
    assert set(found[0]["cell"]) == {"table", "row", "cell"}


def test_paths_are_those_of_the_canonical_document(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, {"reports/青禾区/2023.txt": FAULTY})
    edition = load_catalogue().editions["2021"]

    assert set(finding["paths"]) <= {path for part in edition.tables for path in edition.figures(part)}


def test_an_amount_is_a_number(tmp_path: Path) -> None:
    document = sound_document()
    document["proactive_disclosure"]["normative_documents"]["in_force"] = 421
    files = {
        "reports/宿迁市/2023.md": (EXAMPLE / "reports/suqian/2023.md").read_bytes(),
        "reports/宿迁市/2024.json": dumped(document),
    }
    (finding,) = (finding for finding in findings(tmp_path, files) if finding["rule"] == "in-force")

    assert (finding["expected"], finding["actual"], finding["imbalance"]) == (647, 648, -1)


def test_every_kind_of_finding_is_valid_by_the_schema(tmp_path: Path) -> None:
    files = {
        "agencies.yml": "agencies: 3",
        "reports/青禾区/2023.txt": changed(
            FAULTY, ("行政许可 | 1846", "行政许可 | /"), ("2 | 0 | 1 | 0 | 3", "2 | / | 1 | 0 | 3")
        ),
        "reports/青禾区/2023.txt.meta.yml": "agnecy: 青禾区\n",
        "reports/青禾区/2023年.txt": SOUND,
        "reports/甲.wps": b"PK",
        "reports/乙.yaml": "a: [",
        "reports/丙.txt": SOUND.split("\n", 2)[2],
    }
    document = findings_document(check_folder(tmp_path, files), "en")
    schema = load_catalogue().schemas["urn:mkdocs-govreport:findings"]

    assert list(Draft202012Validator(schema).iter_errors(json.loads(json.dumps(document)))) == []
    assert {finding["status"] for finding in document["findings"]} == {"open", "not_assessable"}


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (rolled_up(summed(MEMBERS[1:])), "member"),
        (rolled_up(summed() | {FEES: int(summed()[FEES] * 10_000)}), "unit"),
        (document_with("applications.granted.total", None), "blank"),
        ({"reports/青禾区/2023.txt": changed(SOUND, (GRANTED, "(一)予以公开 | 3 | 14"))}, "exchange"),
    ],
    ids=["member", "unit", "blank", "exchange"],
)
def test_what_would_mend_a_finding_is_valid_by_the_schema(files: Files, kind: str, tmp_path: Path) -> None:
    document = json.loads(json.dumps(findings_document(check_folder(tmp_path, files), "en")))
    schema = load_catalogue().schemas["urn:mkdocs-govreport:findings"]

    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert kind in {e["kind"] for finding in document["findings"] for e in finding["explanations"]}


def test_findings_come_by_report_and_the_gravest_first(tmp_path: Path) -> None:
    text = changed(FAULTY, ("1.属于国家秘密", "1.属于国家机密"))
    found = findings(tmp_path, {"reports/乙/2023.txt": text, "reports/甲/2023.txt": text})

    assert [(finding["file"], finding["severity"]) for finding in found] == [
        ("reports/乙/2023.txt", "error"),
        ("reports/乙/2023.txt", "warning"),
        ("reports/甲/2023.txt", "error"),
        ("reports/甲/2023.txt", "warning"),
    ]
