"""`govreport convert`: any report into the canonical document or Markdown."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_govreport.cli import main
from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.writers import WRITERS
from tests.documents import ROOT, changed, dumped, load, sound_document, sound_text, write
from tests.support.schemas import schema_registry

SOUND = sound_text()
NAMELESS = SOUND.split("\n", 2)[2]

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder that has the given files."""

    def run(*arguments: str, files: dict[str, str | bytes] | None = None) -> Result:
        monkeypatch.chdir(tmp_path)
        write(tmp_path, {"reports/青禾区/2023.txt": SOUND} if files is None else files)
        return CliRunner().invoke(main, ["convert", *arguments])

    return run


# --- one report to standard output ----------------------------------------------------------------


def test_json_is_the_canonical_document(run: Run) -> None:
    result = run("reports", "--to", "json")
    document = json.loads(result.stdout)

    catalogue = load_catalogue()
    validator = Draft202012Validator(dict(catalogue.editions["2021"].schema), registry=schema_registry(catalogue))
    assert list(validator.iter_errors(document)) == []
    assert document["applications"]["new_received"]["total"] == 36
    assert (result.exit_code, result.stderr) == (0, "")


def test_json_says_where_each_figure_was_read(run: Run) -> None:
    document = json.loads(run("reports", "--to", "json").stdout)

    assert document["origin"]["applications.new_received.natural_person"] == {
        "file": "reports/青禾区/2023.txt",
        "line": 24,
        "column": 20,
        "raw": "31",
    }


def test_yaml_is_the_same_document(run: Run) -> None:
    assert yaml.safe_load(run("reports", "--to", "yaml").stdout) == json.loads(run("reports", "--to", "json").stdout)


def test_markdown_is_a_report_with_the_same_figures(run: Run) -> None:
    again = load(run("reports", "--to", "md").stdout, "青禾区/2023.md")
    first = load(SOUND)
    assert again.report is not None
    assert first.report is not None

    assert again.findings == ()
    assert {path: figure.value for path, figure in again.report.figures.items()} == {
        path: figure.value for path, figure in first.report.figures.items()
    }


@pytest.mark.parametrize("format_", WRITERS)
def test_a_converted_report_converts_to_the_same_again(format_: str, run: Run) -> None:
    once = run("reports", "--to", format_).stdout_bytes
    again = run("again", "--to", format_, files={f"again/青禾区/2023.{format_}": once}).stdout_bytes

    assert again == once


def test_a_report_with_errors_is_converted_and_the_errors_are_on_standard_error(run: Run) -> None:
    faulty = changed(SOUND, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))
    result = run("reports", "--to", "json", files={"reports/青禾区/2023.txt": faulty})

    assert json.loads(result.stdout)["applications"]["granted"]["natural_person"] == 17
    assert result.stderr.startswith("reports/青禾区/2023.txt:26: 错误 T201 applicant-total: ")
    assert result.exit_code == 0


def test_findings_are_in_the_language_that_is_asked_for(run: Run) -> None:
    result = run("reports", "--to", "json", "--language", "en", files={"reports/2023.txt": NAMELESS})

    assert "error I101 identity: The agency of the report cannot be told" in result.stderr


def test_an_identity_that_is_incomplete_is_null_and_a_finding(run: Run) -> None:
    result = run("reports", "--to", "json", files={"reports/无题.txt": NAMELESS})
    document = json.loads(result.stdout)

    assert (document["agency"], document["year"]) == (None, None)
    assert "reports/无题.txt: 错误 I101 identity" in result.stderr
    assert result.exit_code == 0


def test_a_blank_is_null_in_json(run: Run) -> None:
    blank = changed(SOUND, ("行政许可 | 1846", "行政许可 | /"))
    result = run("reports", "--to", "json", files={"reports/青禾区/2023.txt": blank})

    assert json.loads(result.stdout)["proactive_disclosure"]["licences"] == {"decisions": None}


def test_a_warning_about_a_sidecar_does_not_fail_the_conversion(run: Run) -> None:
    files = {"reports/青禾区/2023.txt": SOUND, "reports/青禾区/2023.txt.meta.yml": "agnecy: 青禾区\n"}

    assert run("reports", "--to", "json", files=files).exit_code == 0


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_a_file_that_is_no_text_is_not_shown_in_a_terminal(
    format_: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    result = run("reports", "--to", format_, "--language", "en")

    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert f"A {format_} file cannot be shown in a terminal; name a folder with --output" in result.stderr


# --- several reports ------------------------------------------------------------------------------

TWO = {"reports/青禾区/2023.txt": SOUND, "reports/宿迁市/2024.json": dumped(sound_document())}


def test_several_reports_need_a_folder(run: Run) -> None:
    result = run("reports", "--to", "json", files=TWO)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--output" in result.stderr


@pytest.mark.parametrize("format_", WRITERS)
def test_several_reports_go_to_a_folder(format_: str, tmp_path: Path, run: Run) -> None:
    result = run("reports", "--to", format_, "--output", "out/数据", files=TWO)

    assert {path.name for path in (tmp_path / "out/数据").iterdir()} == {
        f"青禾区-2023.{format_}",
        f"宿迁市-2024.{format_}",
    }
    assert result.exit_code == 0


def test_a_file_written_has_line_feeds_and_utf_8(tmp_path: Path, run: Run) -> None:
    run("reports", "--to", "md", "--output", "out")
    written = (tmp_path / "out/青禾区-2023.md").read_bytes()

    assert b"\r" not in written
    assert "青禾区" in written.decode("utf-8")


def test_an_id_that_climbs_out_of_the_folder_stays_in_it(tmp_path: Path, run: Run) -> None:
    sidecar = "agency: 青禾区\nagency_id: ../../青/禾:区\n"
    files = {"reports/青禾区/2023.txt": SOUND, "reports/青禾区/2023.txt.meta.yml": sidecar}
    run("reports", "--to", "json", "--output", "a/b/out", files=files)

    (written,) = tmp_path.rglob("*.json")
    assert written.parent == tmp_path / "a/b/out"
    assert not set(written.name) & set('/\\:*?"<>|')


def test_reports_without_identity_do_not_overwrite_one_another(tmp_path: Path, run: Run) -> None:
    files = {"reports/甲/无题.txt": NAMELESS, "reports/乙/无题.txt": NAMELESS}
    run("reports", "--to", "json", "--output", "out", files=files)

    assert len(list((tmp_path / "out").iterdir())) == 2


def test_what_could_not_be_converted_is_named_and_the_rest_is_written(tmp_path: Path, run: Run) -> None:
    result = run("reports", "--to", "json", "--output", "out", files={**TWO, "reports/丙/2023.wps": b"PK"})

    assert len(list((tmp_path / "out").iterdir())) == 2
    assert "reports/丙/2023.wps: 错误 F001 unsupported-format" in result.stderr
    assert result.exit_code == 2


# --- what cannot be done --------------------------------------------------------------------------


def test_exits_2_when_a_path_does_not_exist(run: Run) -> None:
    result = run("nowhere", "--to", "json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "missing-sources" in result.stderr


@pytest.mark.parametrize("arguments", [("reports",), ("--to", "json"), ("reports", "--to", "doc")])
def test_exits_2_for_a_call_that_cannot_be(arguments: tuple[str, ...], run: Run) -> None:
    assert run(*arguments).exit_code == 2


def test_as_a_process_it_prints_utf_8(tmp_path: Path) -> None:
    write(tmp_path, {"reports/青禾区/2023.txt": SOUND})
    program = "from mkdocs_govreport.cli import main; main()"
    process = subprocess.run(
        [sys.executable, "-c", program, "convert", "reports", "--to", "yaml"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )

    assert process.returncode == 0
    assert yaml.safe_load(process.stdout.decode("utf-8"))["year"] == 2023
