"""Records that break the rules about them, and neighbours that do not."""

from __future__ import annotations

import json
from typing import Any

from mkdocs_govreport.pipeline import load_one
from mkdocs_govreport.records import published_entries
from tests.documents import Files, changed, settings
from tests.rule_cases.case import SOUND, TEXT, Case

NAME = "reports/青禾区/2023.txt"
GRANTED = "applications.granted.natural_person"
FAULTY: Files = {NAME: changed(TEXT, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))}
FAULTY_OTHERWISE: Files = {NAME: changed(TEXT, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 18 | 3"))}
WAIVER: dict[str, Any] = {
    "rule": "applicant-total",
    "agency": "云川市青禾区",
    "year": 2023,
    "figures": {GRANTED: 17},
    "reason": "原文如此，已去函核对",
    "author": "云川市政务公开办",
    "date": "2024-03-02",
}
CORRECTION: dict[str, Any] = {
    "agency": "云川市青禾区",
    "year": 2023,
    "date": "2024-03-05",
    "figures": {GRANTED: {"from": 17, "to": 14}},
    "reason": "机关来函更正",
    "author": "云川市政务公开办",
}


def waivers(*entries: dict[str, Any]) -> Files:
    return {"waivers.yml": _written({"waivers": list(entries)})}


def corrections(*entries: dict[str, Any]) -> Files:
    return {"corrections.yml": _written({"corrections": list(entries)})}


def _written(record: object) -> str:
    """A record as YAML, which JSON is too."""
    return json.dumps(record, ensure_ascii=False, indent=1)


def but(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An entry with some of it changed; None leaves it out."""
    return {key: value for key, value in {**entry, **changes}.items() if value is not None}


def published(files: Files) -> Files:
    """The record of what was published, of reports that can be loaded one by one."""
    reports = []
    for name, content in files.items():
        data = content if isinstance(content, bytes) else str(content).encode()
        report = load_one(data, name, settings()).report
        assert report is not None
        reports.append(report)
    return {"published.json": json.dumps({"version": 1, "reports": published_entries(reports)})}


def baseline_of_mended() -> Files:
    entry = {"file": NAME, "rule": "applicant-total", "fingerprint": "0" * 16, "figures": "0" * 16, "message": "相差 3"}
    return {"baseline.json": json.dumps({"version": 1, "findings": [entry]})}


CASES = {
    "unused-waiver": Case({**SOUND, **waivers(WAIVER)}, {**FAULTY, **waivers(WAIVER)}),
    "expired-waiver": Case(
        {**FAULTY, **waivers(but(WAIVER, expires="2024-04-01"))},
        {**FAULTY, **waivers(but(WAIVER, expires="9999-12-31"))},
    ),
    "faulty-waiver": Case({**FAULTY, **waivers(but(WAIVER, reason=None))}, {**FAULTY, **waivers(WAIVER)}),
    "stale-baseline": Case(
        {**SOUND, **baseline_of_mended()}, {**SOUND, "baseline.json": '{"version": 1, "findings": []}'}
    ),
    "unlogged-change": Case({**SOUND, **published(FAULTY)}, {**SOUND, **published(FAULTY), **corrections(CORRECTION)}),
    "faulty-correction": Case(
        {**SOUND, **published(FAULTY), **corrections(but(CORRECTION, figures={GRANTED: {"from": 17, "to": 15}}))},
        {**SOUND, **published(FAULTY), **corrections(CORRECTION)},
    ),
    "removed-report": Case(
        {**SOUND, **published({NAME: TEXT, "reports/白石镇/2023.txt": changed(TEXT, ("云川市青禾区", "白石镇"))})},
        {**SOUND, **published(SOUND)},
    ),
    "faulty-record": Case({**SOUND, "published.json": "<<<<<<< HEAD"}, {**SOUND, **published(SOUND)}),
}
