"""The public functions: what a script may rely on."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import mkdocs_govreport as govreport
from mkdocs_govreport.pipeline import load
from tests.documents import EXAMPLE, changed, check_folder, sound_text, write

TEXT = sound_text()
GRANTED = "(一)予以公开 | 14 | 3"
WRONG = changed(TEXT, (GRANTED, "(一)予以公开 | 17 | 3"))
NAME = "青禾区/2023.txt"


def failing(*_: object, **__: object) -> None:
    raise KeyError("a fault of ours")


def test_the_public_names_are_exactly_those_of_all() -> None:
    assert all(getattr(govreport, name) is not None for name in govreport.__all__)
    command = "import mkdocs_govreport as g; [getattr(g, n) for n in g.__all__]; print(*dir(g))"
    shown = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    modules = {path.stem for path in Path(govreport.__file__).parent.iterdir()}
    others = {"TYPE_CHECKING", "Any", "late", "metadata"}
    public = {name for name in shown.split() if not name.startswith("_")} - modules - others
    assert public <= set(govreport.__all__)


def test_the_core_needs_no_mkdocs() -> None:
    command = "import sys, mkdocs_govreport as g; g.read, g.load, g.Portal; print('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], capture_output=True, text=True).stdout.strip() == "False"


def test_reading_gives_figures_of_bytes() -> None:
    result = govreport.read(TEXT.encode(), name=NAME)

    assert result.report is not None
    assert result.report.figures["applications.granted.natural_person"].value == 14
    assert (result.report.agency, result.report.year) == ("云川市青禾区", 2023)


def test_reading_a_path_takes_the_metadata_beside_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "a.txt.meta.yml": "publisher: 青禾区政务公开办\n"})

    result = govreport.read(tmp_path / "a.txt")

    assert result.report is not None
    assert result.report.publisher == "青禾区政务公开办"


def test_what_is_no_report_is_a_finding(tmp_path: Path) -> None:
    result = govreport.read("关于召开座谈会的通知".encode(), name="a.txt")

    assert result.report is None
    assert [finding.rule for finding in result.findings] == ["not-a-report"]


def test_checking_one_report_judges_its_own_sums() -> None:
    rules = {finding.rule for finding in govreport.check(WRONG.encode(), name=NAME)}

    assert "applicant-total" in rules
    assert "applicant-total" not in {finding.rule for finding in govreport.check(TEXT.encode(), name=NAME)}


def test_checking_a_result_reads_nothing_again() -> None:
    result = govreport.read(WRONG.encode(), name=NAME)

    assert "applicant-total" in {finding.rule for finding in govreport.check(result)}


def test_severities_are_those_that_are_given() -> None:
    found = govreport.check(WRONG.encode(), name=NAME, rules={"applicant-total": "off"})

    assert "applicant-total" not in {finding.rule for finding in found}


@pytest.mark.parametrize("rules", [{"applicant-totals": "off"}, {"applicant-total": "fatal"}])
def test_a_rule_or_severity_that_does_not_exist_is_an_error(rules: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="applicant-total"):
        govreport.check(TEXT.encode(), name=NAME, rules=rules)


def test_a_registry_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"agencies.yml": "agencies: 3"})

    with pytest.raises(ValueError, match="agencies"):
        govreport.read(TEXT.encode(), name=NAME, agencies=tmp_path / "agencies.yml")


def test_rows_are_all_figures_with_their_identifiers() -> None:
    portal = govreport.load(EXAMPLE / "reports", agencies=EXAMPLE / "agencies.yml")
    rows = list(portal.rows())

    assert len(rows) == sum(len(report.figures) for report in portal.reports)
    money = next(r for r in rows if (r.file.endswith("suqian/2024.yaml"), r.column) == (True, "amount_wan_yuan"))
    assert money.value == Decimal("72701.2578")
    assert (money.part, money.row, money.edition, money.year) == (
        "proactive_disclosure", "administrative_fees", "2021", 2024,
    )  # fmt: skip


@pytest.mark.parametrize("check", ["check_form", "check_schema", "check_parts", "check_dates", "read_claims"])
def test_a_fault_of_a_check_costs_its_own_findings_alone(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, check, failing)

    result = govreport.read(WRONG.encode(), name=NAME)

    assert result.report is not None
    assert "internal-error" in {finding.rule for finding in result.findings}
    assert "applicant-total" in {finding.rule for finding in govreport.check(result)}


@pytest.mark.parametrize("name", ["between.check_arithmetic", "across.check_level", "across.check_likeness"])
def test_a_fault_of_a_check_of_several_reports_costs_none(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"mkdocs_govreport.pipeline.{name}", failing)

    portal = check_folder(tmp_path, {f"reports/{NAME}": TEXT})

    assert len(portal.reports) == 1
    assert "internal-error" in {finding.rule for finding in portal.findings}


def test_debug_prints_the_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {NAME: TEXT, "run.py": _RUN})

    def run(*options: str) -> str:
        command = [sys.executable, "run.py", *options, "check", NAME]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stderr

    assert "Traceback" not in run()
    assert "a fault of ours" in run("--debug")


_RUN = """
from mkdocs_govreport.cli import main
from mkdocs_govreport.pipeline import load


def failing(*_, **__):
    raise KeyError("a fault of ours")


load.check_parts = failing
main()
"""
