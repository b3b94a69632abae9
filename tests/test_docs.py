"""The documentation is true: its examples are run, and what it lists is what there is.

In the sources of the documentation an HTML comment before a block says what the block is for:

    <!-- file: mkdocs.yml -->               the block is that file of the page's site
    <!-- copy: from → to -->                a file or folder of the repository comes into the site
    <!-- edit: file | old → new -->         a file of the site is changed
    <!-- folder: example_site -->           from here on the site is a copy of that folder
    <!-- site: zh/quick-start.md -->        the site begins as that page leaves it before its first edit
    <!-- schema: 2021 → file -->            the schema of an edition, renamed for the edition of the file's folder
    <!-- run: exit=1 -->                    the console block is run; what it shows is what is printed

A line `[...]` in a console block stands for lines that are left out. `GOVREPORT_UPDATE_DOCS=1` writes
what was printed into the blocks that show it in full.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from click.testing import CliRunner
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config

import mkdocs_govreport
from mkdocs_govreport import cli
from mkdocs_govreport.agencies import load_registry
from mkdocs_govreport.editions import load_catalogue, schemas_root
from mkdocs_govreport.site.config import GovReportConfig
from mkdocs_govreport.sources import READERS
from tests.documents import EXAMPLE, load
from tests.support.site import Site

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ["../README.md", *sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))]
UPDATE = bool(os.environ.get("GOVREPORT_UPDATE_DOCS"))

_COMMENT = re.compile(r"^<!-- (?P<kind>\w+): (?P<value>.*) -->$")
_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)$")
_OMITTED = "[...]"


@dataclass
class Step:
    """A comment with the block that follows it, if one does; `line` is the first of the block's text."""

    kind: str
    value: str
    language: str = ""
    block: tuple[str, ...] = ()
    line: int = 0


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def steps_of(page: str) -> list[Step]:
    steps: list[Step] = []
    lines = text_of(page).split("\n")
    waiting: Step | None = None
    number = 0
    while number < len(lines):
        comment, fence = _COMMENT.match(lines[number]), _FENCE.match(lines[number])
        if comment:
            waiting = Step(comment["kind"], comment["value"])
            steps.append(waiting)
        elif fence:
            end = number + 1
            while lines[end] != f"{fence['indent']}```":
                end += 1
            if waiting:
                waiting.language, waiting.line = fence["language"], number + 1
                waiting.block = tuple(lines[number + 1 : end])
            waiting, number = None, end
        elif lines[number].strip():
            waiting = None
        number += 1
    return steps


class Workshop:
    """The site that a page of the documentation builds up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "docs").mkdir()

    def apply(self, step: Step) -> None:
        """Do what a comment says, except running."""
        source, _, target = step.value.rpartition(" → ")
        if step.kind == "file":
            self._write(step.value, "\n".join(step.block) + "\n")
        elif step.kind == "folder":
            shutil.copytree(ROOT / step.value, self.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("site*"))
        elif step.kind == "copy" and (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, self.folder / target)
        elif step.kind == "copy":
            (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, self.folder / target)
        elif step.kind == "edit":
            file, _, change = step.value.partition(" | ")
            old, _, new = change.partition(" → ")
            text = (self.folder / file).read_text(encoding="utf-8")
            assert old in text, old
            self._write(file, text.replace(old, new))
        elif step.kind == "schema":
            name = Path(target).parent.name
            text = (schemas_root() / "editions" / source / "report.schema.json").read_text(encoding="utf-8")
            self._write(
                target, text.replace(f":{source}", f":{name}").replace(f'"const": "{source}"', f'"const": "{name}"')
            )

    def run(self, command: str) -> tuple[int, list[str]]:
        """Run a command in the site; return its exit code and the lines that it prints."""
        program, *arguments = shlex.split(command)
        if program in {"mkdocs", "python"}:
            done = subprocess.run(
                [sys.executable, *(("-m", "mkdocs") if program == "mkdocs" else ()), *arguments],
                cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
            )  # fmt: skip
            return done.returncode, done.stdout.rstrip().split("\n")
        assert program == "govreport"
        result = CliRunner().invoke(cli.main, arguments)
        return result.exit_code, result.output.rstrip().split("\n")

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def all_steps(page: str) -> Iterator[Step]:
    for step in steps_of(page):
        if step.kind == "site":
            for other in steps_of(step.value):
                if other.kind in {"edit", "run"}:
                    break
                yield other
        else:
            yield step


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether `printed` is what is shown, where lines that are left out may be any."""
    parts = "\n".join(shown).split(_OMITTED)
    pattern = r"(?:.*\n)*?.*".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, "\n".join(printed)) is not None


def write_back(page: str, step: Step, printed: list[str]) -> None:
    lines = text_of(page).split("\n")
    lines[step.line : step.line + len(step.block)] = [step.block[0], *printed]
    (DOCS / page).write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if any(step.kind == "run" for step in steps_of(page))])
def test_the_examples_of_a_page_print_what_it_shows(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    workshop = Workshop(tmp_path)
    lines_added = 0
    for step in all_steps(page):
        workshop.apply(step)
        if step.kind != "run":
            continue
        command, *shown = step.block
        code, printed = workshop.run(command.removeprefix("$ "))
        printed = [line for line in printed if line] if printed == [""] else printed
        if UPDATE and _OMITTED not in shown and shown != printed:
            step.line += lines_added
            write_back(page, step, printed)
            lines_added += len(printed) - len(shown)
        else:
            assert matches(shown, printed), f"{command}\n" + "\n".join(printed)
        assert f"exit={code}" == step.value, command


@pytest.mark.parametrize("page", PAGES)
def test_blocks_of_yaml_and_json_can_be_parsed(page: str) -> None:
    for language, text in re.findall(r"^```(yaml|json)\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE):
        assert (yaml.safe_load(text) if language == "yaml" else json.loads(text)) is not None


@pytest.mark.parametrize("page", PAGES)
def test_the_registries_of_a_page_are_valid(page: str, tmp_path: Path) -> None:
    for step in steps_of(page):
        if step.kind == "file" and step.value == "agencies.yml":
            path = tmp_path / "agencies.yml"
            path.write_text("\n".join(step.block), encoding="utf-8")
            assert load_registry(path, load_catalogue()).agencies


def test_the_report_to_copy_has_no_findings_and_the_sidecar_tells_its_identity() -> None:
    steps = {step.kind: step for step in steps_of("zh/editors.md") if step.kind in {"file", "sidecar"}}
    report = "\n".join(steps["file"].block)
    assert load(report, steps["file"].value).findings == ()
    bare = (
        report.split("---\n", 2)[2].replace("# 青禾区人民政府2024年政府信息公开工作年度报告", "").replace("2024", "当")
    )
    assert "identity" in {finding.rule for finding in load(bare, "报告.md").findings}
    told = load(bare, "报告.md", "\n".join(steps["sidecar"].block))
    assert told.report is not None
    assert told.findings == ()
    assert (told.report.agency, told.report.year) == ("青禾区人民政府", 2024)


# --- lists ---------------------------------------------------------------------------------------


def first_column(page: str, heading: str) -> list[str]:
    """The names in the first column of the first table under a heading."""
    section = text_of(page).split(f"\n{heading}", 1)[1].split("\n## ", 1)[0]
    rows = re.search(r"^\|.*\n\| ---.*\n((?:\|.*\n)+)", section, re.MULTILINE)
    assert rows is not None
    return [name for row in rows[1].splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_every_option_is_documented() -> None:
    options = {name for name, _ in GovReportConfig._schema}
    assert set(first_column("options.md", "## The plugin")) == options


def test_every_field_of_the_registry_is_documented() -> None:
    schema = json.loads((schemas_root() / "agencies.schema.json").read_text(encoding="utf-8"))
    fields = first_column("options.md", "## The registry of agencies")
    assert set(fields) == set(schema["$defs"]["agency"]["properties"])


@pytest.mark.parametrize("record", ["waiver", "correction"])
def test_every_field_of_a_record_is_documented(record: str) -> None:
    schema = json.loads((schemas_root() / f"{record}s.schema.json").read_text(encoding="utf-8"))
    fields = first_column("published-errors.md", f"## {record.title()}s {{")
    assert set(fields) == set(schema["$defs"][record]["properties"])


def test_the_pages_of_a_portal_have_the_addresses_that_are_documented(tmp_path: Path) -> None:
    addresses = first_column("options.md", "## The pages and their addresses")
    site = Site(tmp_path).write({"reports/qinghe-qu/2024.html": (EXAMPLE / "reports/qinghe-qu/2024.html").read_bytes()})
    built = site.build()
    assert len(addresses) == 6
    for address in addresses:
        assert built.page(address.strip("/")) is not None


def test_every_template_is_documented() -> None:
    folder = ROOT / "mkdocs_govreport/site/templates"
    templates = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert set(first_column("options.md", "## Templates")) == templates


def test_every_ending_that_is_read_is_documented() -> None:
    assert set(first_column("what-you-can-drop-in.md", "## Formats")) == set(READERS)


def test_every_option_of_a_command_is_documented() -> None:
    for name, command in cli.main.commands.items():
        usage = text_of("commands.md").split(f"\n## {name} ", 1)[1].split("```", 2)[1]
        for parameter in command.params:
            flag = max(parameter.opts, key=len)
            assert flag in usage or (not flag.startswith("-") and flag.upper() in usage), (name, flag)


def test_every_key_of_the_json_is_documented() -> None:
    schema = json.loads((schemas_root() / "findings.schema.json").read_text(encoding="utf-8"))
    assert set(first_column("commands.md", "### JSON")) >= set(schema["$defs"]["finding"]["properties"])


def test_findings_explained_to_editors_are_rules() -> None:
    assert set(first_column("zh/editors.md", "## 常见的问题怎么改")) <= set(load_catalogue().rules)


def test_fields_of_front_matter_are_those_that_are_understood() -> None:
    fields = first_column("zh/editors.md", "## 元数据")
    text = "---\n" + "".join(f"{field}: ~\n" for field in fields) + "---\n## 一、总体情况\n"
    assert "unknown-field" not in {finding.rule for finding in load(text, "a/2024.md").findings}


# --- README and habits ---------------------------------------------------------------------------


def habits() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_commands_of_the_readme_and_of_contributing_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md", ".github/workflows/ci.yml"):
        named = set(re.findall(r"python3 dev\.py (\w+)", (ROOT / name).read_text(encoding="utf-8")))
        assert named
        assert named <= set(habits().HABITS), name


def test_the_readme_is_short_and_shows_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert 40 <= len(text.splitlines()) <= 110
    assert (ROOT / "docs/images/portal.png").stat().st_size < 300_000


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_a_file_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


# --- the site of the documentation ---------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(folder))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)  # raises for a warning
    config.plugins.on_shutdown()
    return folder


def test_the_site_builds_strictly_and_leaves_its_hooks_out(site: Path) -> None:
    assert (site / "index.html").exists()
    assert not list(site.rglob("*.py"))


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.findall(
            r"<(?:script|img)[^>]+src=\"?https?:|<link[^>]+stylesheet[^>]+https?:", page.read_text(encoding="utf-8")
        )


def test_every_rule_has_its_section_with_all_its_fields_in_both_languages(site: Path) -> None:
    page = html.document_fromstring((site / "rules/index.html").read_text(encoding="utf-8"))
    for rule in load_catalogue().rules.values():
        heading = page.get_element_by_id(rule.name)
        following = itertools.takewhile(lambda element: element.tag not in {"h2", "h3"}, heading.itersiblings())
        section = "".join("".join(element.text_content() for element in [heading, *following]).split())
        words = [rule.code, rule.severity.value, rule.standing.value, rule.scope.value]
        texts = [rule.title, rule.explanation, rule.why, rule.exceptions, rule.remedy, rule.reference]
        for expected in words + [text for pair in texts for text in (pair.zh, pair.en)]:
            assert "".join(expected.replace("`", "").split()) in section, (rule.name, expected)


def test_the_reference_has_every_public_name(site: Path) -> None:
    page = html.fromstring((site / "python/index.html").read_bytes())

    assert {*mkdocs_govreport.__all__, "Portal.rows"} - {"__version__"} <= {
        heading.get("id") for heading in page.iter("h2")
    }


def test_contributing_and_changelog_are_the_files_at_the_top(site: Path) -> None:
    assert "One command a habit" in (site / "contributing/index.html").read_text(encoding="utf-8")
    assert "To become 0.1.0" in (site / "changelog/index.html").read_text(encoding="utf-8")
