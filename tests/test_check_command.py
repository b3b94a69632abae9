"""`govreport check`: what it prints, what it takes, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_govreport.cli import main
from mkdocs_govreport.editions import load_catalogue
from tests.documents import EXAMPLE, ROOT, changed, sound_text, write

SOUND = sound_text()
FAULTY = changed(SOUND, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))
WARNED = changed(SOUND, ("1.属于国家秘密", "1.属于国家机密"))

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder that has the given files."""

    def run(*arguments: str, **files: str | bytes) -> Result:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLUMNS", "100")
        names = {"sound": "reports/青禾区/2023.txt", "faulty": "reports/临澜区/2023.txt", "site": "mkdocs.yml"}
        write(tmp_path, {names.get(name, name): content for name, content in files.items()})
        return CliRunner().invoke(main, ["check", *arguments])

    return run


def read(result: Result) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(result.stdout)
    return document


# --- exits ----------------------------------------------------------------------------------------


def test_exits_0_when_everything_agrees(run: Run) -> None:
    assert run("reports", sound=SOUND).exit_code == 0


def test_exits_1_with_an_error(run: Run) -> None:
    assert run("reports", sound=FAULTY).exit_code == 1


def test_exits_0_with_a_warning(run: Run) -> None:
    result = run("reports", sound=WARNED)

    assert "警告 S111 label" in result.stdout
    assert result.exit_code == 0


def test_exits_1_with_a_warning_when_strict(run: Run) -> None:
    assert run("reports", "--strict", sound=WARNED).exit_code == 1


def test_exits_0_when_strict_and_everything_agrees(run: Run) -> None:
    assert run("reports", "--strict", sound=SOUND).exit_code == 0


@pytest.mark.parametrize("format_", ["text", "json"])
def test_exits_2_when_there_is_nothing_to_check(format_: str, run: Run) -> None:
    result = run("nowhere", "--format", format_)

    assert result.exit_code == 2
    assert "nowhere" in result.stdout


def test_exits_1_when_one_of_two_paths_does_not_exist(run: Run) -> None:
    result = run("reports", "nowhere", sound=SOUND)

    assert result.exit_code == 1
    assert "missing-sources" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--rule", "no-such-rule=off"),
        ("--rule", "label=fatal"),
        ("--rule", "label"),
        ("--editions", "nowhere"),
        ("--language", "fr"),
        ("--format", "xml"),
        ("--no-such-option",),
    ],
)
def test_exits_2_with_one_clear_line_for_an_option_that_cannot_be(arguments: tuple[str, ...], run: Run) -> None:
    result = run("reports", *arguments, sound=SOUND)

    assert result.exit_code == 2
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    assert arguments[-1].split("=")[0] in result.stderr or arguments[-1].split("=")[-1] in result.stderr


def test_an_unknown_rule_is_answered_with_the_known_ones(run: Run) -> None:
    assert "applicant-total" in run("reports", "--rule", "no-such-rule=off", sound=SOUND).stderr


def test_a_severity_on_the_command_line_counts(run: Run) -> None:
    assert run("reports", "--rule", "label=error", sound=WARNED).exit_code == 1


# --- what it takes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("reports", 2),
        ("reports/", 2),
        ("./reports", 2),
        ("reports/青禾区", 1),
        ("reports/青禾区/2023.txt", 1),
        ("reports/*/*.txt", 2),
        ("reports/**/2023.*", 2),
        ("reports/青*", 0),
    ],
)
def test_takes_a_file_a_folder_or_a_pattern(path: str, files: int, run: Run) -> None:
    result = run(path, "--format", "json", sound=SOUND, faulty=SOUND.replace("青禾区", "临澜区"))

    assert read(result)["summary"]["reports"] == files


def test_takes_an_absolute_path(tmp_path: Path, run: Run) -> None:
    assert read(run(str(tmp_path / "reports"), "--format", "json", sound=SOUND))["summary"]["reports"] == 1


def test_takes_a_file_once_that_several_paths_name(run: Run) -> None:
    result = run("reports", "reports/青禾区", "reports/*/2023.txt", "--format", "json", sound=SOUND)

    assert read(result)["summary"]["reports"] == 1


def test_takes_the_registry_from_the_command_line(run: Run) -> None:
    result = run("reports", "--agencies", "a.yml", sound=SOUND, **{"a.yml": "agencies:\n  - {id: x, name: 临澜区}\n"})

    assert "unknown-agency" in result.stdout


# --- the options of the site ----------------------------------------------------------------------

SITE = """site_name: 年报
theme:
  name: material
  custom_dir: !ENV [OVERRIDES, overrides]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      options: {fn: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
extra: !relative $config_dir
plugins:
  - search
  - govreport:
"""


def test_takes_reports_language_and_severities_of_the_site(run: Run) -> None:
    options = "      reports: reports\n      language: en\n      rules: {label: error, residue: off}\n"
    result = run(site=SITE + options, sound=f"{WARNED}\n扫一扫在手机打开当前页\n")

    assert "error S111 label" in result.stdout
    assert "residue" not in result.stdout
    assert result.exit_code == 1


def test_takes_the_registry_of_the_site(run: Run) -> None:
    result = run(
        site=f"{SITE}      agencies: a.yml\n", sound=SOUND, **{"a.yml": "agencies:\n  - {id: x, name: 临澜区}\n"}
    )

    assert "unknown-agency" in result.stdout


def test_takes_several_folders_of_the_site(run: Run) -> None:
    result = run(
        "--format", "json", site=f"{SITE}      reports: [reports/青禾区, reports/临澜区]\n", sound=SOUND, faulty=FAULTY
    )

    assert read(result)["summary"]["reports"] == 2


@pytest.mark.parametrize(
    "plugins",
    ["plugins: [govreport]\n", "plugins: {govreport: {}}\n", "plugins:\n  - govreport:\n", "site_name: a\n", ""],
)
def test_takes_the_defaults_where_the_site_sets_nothing(plugins: str, run: Run) -> None:
    assert run(site=plugins, sound=SOUND).exit_code == 0


def test_the_command_line_wins_over_the_site(run: Run) -> None:
    site = f"{SITE}      language: en\n      rules: {{label: error}}\n"
    result = run("--language", "zh", "--rule", "label=warning", site=site, sound=WARNED)

    assert "警告 S111 label" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("      language: fr\n", "language"),
        ("      rules: {label: fatal}\n", "label"),
        ("      rules: {no-such-rule: off}\n", "no-such-rule"),
        ("      rules: [label]\n", "rules"),
        ("      agencies: [a.yml, b.yml]\n", "agencies"),
        ("      reports: 3\n", "reports"),
        ("      editions: {a: b}\n", "editions"),
        ("      editions: nowhere\n", "nowhere"),
        ("   broken: [\n", "mkdocs.yml"),
    ],
)
def test_an_option_of_the_site_that_cannot_be_is_one_clear_line(options: str, named: str, run: Run) -> None:
    result = run(site=SITE + options, sound=SOUND)

    assert result.exit_code == 2
    assert result.stderr.startswith("govreport: ")
    assert named in result.stderr


def test_an_option_that_comes_from_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("REPORTS", "elsewhere")
    site = f"{SITE}      reports: !ENV [UNSET, REPORTS, reports]\n      language: !ENV [UNSET, en]\n"

    assert '"elsewhere" does not exist' in run(site=site, sound=SOUND).stdout


def test_options_that_are_inherited_count(run: Run) -> None:
    files = {
        "base.yml": "site_name: x\nplugins:\n  govreport:\n    reports: elsewhere\n    language: en\n",
        "mkdocs.yml": "INHERIT: base.yml\nplugins:\n  govreport:\n    reports: reports\n",
        "reports/青禾区/2023.txt": FAULTY,
    }

    assert "error T201 applicant-total" in run(**files).stdout


def test_the_folder_that_the_site_keeps_its_reports_in_is_no_agency(run: Run) -> None:
    files = {"mkdocs.yml": f"{SITE}      reports: 年报\n", "年报/2023.txt": SOUND.split("\n", 2)[2]}

    for arguments in ((), ("年报/2023.txt",)):
        assert "I101 identity" in run(*arguments, **files).stdout


# --- text -----------------------------------------------------------------------------------------


def test_the_text_of_a_finding(run: Run) -> None:
    result = run("reports", sound=FAULTY)

    assert result.stdout.splitlines() == [
        "reports/青禾区/2023.txt  云川市青禾区 2023年",
        "  错误 T201 applicant-total  第26行",
        (
            "    （一）予以公开：自然人 17 ＋ 商业企业 3（其余 4 项为 0）＝ 20，总计 17，相差 3。"
            "如仅一处有误，则为“（一）予以公开·自然人”，17 应为 14"
        ),
        "       26 │ …、本年度办理结果 | (一)予以公开 | 17 | 3 | 0 | 0 | 0 | 0 | 17 | |",
        "          │                                    ^^",
        "                    自然人  商业企业  总计  算得  相差",
        "    （一）予以公开   17→14         3    17    20    +3  第26行",
        "    （二）部分公开       4                              第27行",
        "    1.不掌握             6                              第36行",
        "    其余 3 项            6",
        "    三、（七）总计      30                              第47行",
        "    算得                33",
        "    相差                +3",
        "    同时不符：T202 result-total",
        "",
        "共 1 个文件：错误 1 处，警告 0 处，因缺数无法核对 0 项。",
        "规则说明：govreport explain T201",
    ]


def test_no_line_of_the_text_ends_in_blanks(run: Run) -> None:
    lines = run("reports", sound=FAULTY).stdout.splitlines()

    assert [line for line in lines if line != line.rstrip()] == []


def test_the_text_in_english(run: Run) -> None:
    text = run("reports", "--language", "en", sound=FAULTY).stdout

    assert "error T201 applicant-total  line 26" in text
    assert "(1) Granted: Natural persons 17 + Commercial enterprises 3 (the other 4 are 0) = 20, Total 17" in text
    assert "Natural persons" in text.splitlines()[5]
    assert "Difference" in text
    assert "Files: 1. Errors: 1. Warnings: 0. Checks not assessable for want of a figure: 0." in text


def test_a_file_name_with_brackets_is_shown_whole(run: Run) -> None:
    files = {"reports/[bold]云川/2023.txt": FAULTY}
    result = run("reports", **files)

    assert "reports/[bold]云川/2023.txt" in result.stdout


def test_findings_of_a_kind_are_capped_with_a_count(run: Run) -> None:
    text = SOUND + "".join(f"扫一扫在手机打开第{number}页\n" for number in range(9))
    result = run("reports", sound=text)

    assert result.stdout.count("S114 residue") == 3
    assert "residue：另有 6 处，未逐一列出。" in result.stdout


def test_what_cannot_be_assessed_is_counted(run: Run) -> None:
    row = "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4 | 0"
    result = run("reports", sound=changed(SOUND, (row, row.replace("| 0", "| /"))))

    assert "因缺少数字，有 2 项关系无法核对。" in result.stdout
    assert "因缺数无法核对 2 项" in result.stdout


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["reports", "reports-faulty"])
def test_the_json_is_valid_by_its_schema(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    result = CliRunner().invoke(main, ["check", folder, "--format", "json"])

    schema = load_catalogue().schemas["urn:mkdocs-govreport:findings"]
    assert list(Draft202012Validator(schema).iter_errors(read(result))) == []
    assert read(result)["findings"]


@pytest.mark.parametrize("folder", ["reports", "reports-faulty"])
def test_the_summary_counts_the_findings(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    document = read(CliRunner().invoke(main, ["check", folder, "--format", "json"]))
    found = [(finding["severity"], finding["status"]) for finding in document["findings"]]

    assert document["summary"] == {
        "reports": sum(1 for path in (EXAMPLE / folder).rglob("*") if path.is_file()),
        "errors": found.count(("error", "open")),
        "warnings": found.count(("warning", "open")),
        "waived": found.count(("error", "waived")) + found.count(("warning", "waived")),
        "baselined": 0,
        "not_assessable": sum(1 for _, status in found if status == "not_assessable"),
    }


def test_the_json_is_in_the_language_that_is_asked_for(run: Run) -> None:
    (finding,) = read(run("reports", "--format", "json", "--language", "en", sound=FAULTY))["findings"]

    assert finding["message"].startswith("(1) Granted: Natural persons 17")


# --- as a process ---------------------------------------------------------------------------------


def run_process(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = "from mkdocs_govreport.cli import main; main(prog_name='govreport')"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_as_a_process_it_exits_and_prints_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"reports/青禾区/2023.txt": FAULTY})
    process = run_process(tmp_path, "check", "reports")

    assert process.returncode == 1
    assert "T201 applicant-total" in process.stdout.decode()
    assert process.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_the_json_is_utf_8_whatever_the_terminal_has(encoding: str, tmp_path: Path) -> None:
    write(tmp_path, {"reports/青禾区/2023.txt": FAULTY})
    process = run_process(tmp_path, "check", "reports", "--format", "json", PYTHONIOENCODING=encoding)

    assert json.loads(process.stdout.decode("utf-8"))["findings"][0]["agency"] == "云川市青禾区"


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_that_lacks_a_character_does_not_stop_the_text(encoding: str, tmp_path: Path) -> None:
    write(tmp_path, {"reports/青禾区/2023.txt": f"{FAULTY}\n乱码\ufffd\ufffd\n"})
    process = run_process(tmp_path, "check", "reports", PYTHONIOENCODING=encoding)

    assert (process.returncode, process.stderr) == (1, b"")
    assert b"T201" in process.stdout


def test_it_imports_no_mkdocs(tmp_path: Path) -> None:
    write(tmp_path, {"reports/青禾区/2023.txt": SOUND})
    program = (
        "import atexit, sys; from mkdocs_govreport.cli import main; "
        "atexit.register(lambda: print([name for name in sys.modules if name.split('.')[0] == 'mkdocs'])); "
        "main(['check', 'reports'])"
    )
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )

    assert process.stdout.decode().splitlines()[-1] == "[]"
