"""The files for CI systems: what they run works on the example, and what they keep is written."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_govreport.cli import main
from tests.documents import EXAMPLE, ROOT, changed

WORKFLOW = ".github/workflows/reports.yml"
PIPELINE = ".gitlab-ci.yml"


def read(name: str) -> Any:
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))


def commands(name: str) -> list[list[str]]:
    """The calls of `govreport` in a file, in order."""
    document = read(name)
    steps = [step.get("run", "") for step in document["jobs"]["check"]["steps"]] if name == WORKFLOW else []
    lines = steps or document["check"]["script"]
    return [shlex.split(line)[1:] for line in lines if line.startswith("govreport ")]


def kept(name: str) -> set[str]:
    """The files that a CI system is to keep or read."""
    document = read(name)
    if name == WORKFLOW:
        inputs = [step.get("with", {}) for step in document["jobs"]["check"]["steps"]]
        paths = [path for given in inputs for path in given.get("path", "").split()]
        return {*paths, *(given["sarif_file"] for given in inputs if "sarif_file" in given)} - {".cache/govreport"}
    artifacts = document["check"]["artifacts"]
    return {*artifacts["paths"], *artifacts["reports"].values()}


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "portal"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("site*", ".cache"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return folder


def make_faulty(portal: Path) -> None:
    text = (portal / "mkdocs.yml").read_text(encoding="utf-8")
    text = changed(
        text, ("reports: reports\n", "reports: reports-faulty\n"), ("agencies: agencies", "agencies: agencies-faulty")
    )
    (portal / "mkdocs.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", [WORKFLOW, PIPELINE])
def test_a_sound_portal_passes_and_everything_that_is_kept_is_written(name: str, portal: Path) -> None:
    codes = [CliRunner().invoke(main, command).exit_code for command in commands(name)]

    assert codes == [0] * 3
    assert {path for path in kept(name) if not (portal / path).is_file()} == set()


@pytest.mark.parametrize("name", [WORKFLOW, PIPELINE])
def test_a_faulty_portal_fails_at_one_command_and_everything_that_is_kept_is_written(name: str, portal: Path) -> None:
    make_faulty(portal)
    codes = [CliRunner().invoke(main, command).exit_code for command in commands(name)]

    assert sorted(codes) == [0, 0, 1]
    assert {path for path in kept(name) if not (portal / path).is_file()} == set()


def test_the_workflow_annotates_a_line_and_writes_a_summary(portal: Path) -> None:
    make_faulty(portal)
    printed = "".join(CliRunner().invoke(main, command).stdout for command in commands(WORKFLOW))

    assert "::error file=reports-faulty/qinghe/2023.txt,line=26," in printed
    assert "T201 applicant\\-total" in (portal.parent / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [WORKFLOW, PIPELINE])
def test_the_documentation_shows_the_files_as_they_are(name: str) -> None:
    text = (ROOT / "docs/ci.md").read_text(encoding="utf-8")

    assert f"`{name}`:\n\n```yaml\n{(EXAMPLE / name).read_text(encoding='utf-8')}```" in text


def test_the_hook_runs_a_command_that_there_is_for_the_files_of_a_portal() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    program, *arguments = shlex.split(hook["entry"])
    assert (program, hook["id"], hook["pass_filenames"]) == ("govreport", "govreport-check", False)
    assert CliRunner().invoke(main, [*arguments, "--help"]).exit_code == 0
    for name in ("reports/qinghe-qu/2024.html", "agencies.yml", "mkdocs.yml"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "docs/about.md")
