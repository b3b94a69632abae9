"""Files with absurd names: each gives a report or a finding, and pages whose addresses are safe and their own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_govreport.cli import main
from mkdocs_govreport.output.data import findings_document
from tests.documents import check_folder, load, sound_text
from tests.support.site import Site

NAMELESS = sound_text().split("\n", 2)[2]
NAMES = {
    "long": "慈" * 80,
    "newline": "慈化\n镇",
    "escape": "慈化\x1b[31m镇",
    "bell": "慈化\x07镇",
    "right to left": "慈化\u202e镇",
    "zero width": "慈化\u200b镇",
    "dots": "...",
    "leading dots": "..慈化镇",
    "trailing dot": "慈化镇.",
    "trailing space": "慈化镇 ",
    "reserved": "CON",
    "index": "index",
    "year": "2024",
    "markup": "<b>慈化镇",
    "address": "慈化镇?a=1#b%2e%2e",
    "quotes": "慈\"化'镇",
    "backslash": "慈化\\..\\镇",
    "braces": "{{ 慈化镇 }}{0}",
    "not UTF-8": os.fsdecode("慈化镇".encode("gb18030")),
    "no encoding": os.fsdecode(b"\xff\xfe\x81"),
}
each_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())


def put(folder: Path, name: str, text: str = NAMELESS) -> Path:
    """Write a report below `reports`; skip where the system does not take the name."""
    path = folder / "reports" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeError, ValueError) as error:
        pytest.skip(f"this system takes no file of the name: {error}")
    return path


@each_name
@pytest.mark.parametrize("form", ["{}/2023.txt", "{}2023.txt", "{}.docx", "{}.txt.meta.yml"])
def test_a_name_can_be_printed_and_counted(name: str, form: str, tmp_path: Path) -> None:
    put(tmp_path, form.replace("{}", name))
    portal = check_folder(tmp_path, {})

    text = json.dumps(findings_document(portal, "zh"), ensure_ascii=False)

    assert text.encode()
    assert portal.reports or portal.findings
    for shown in [finding.file for finding in portal.findings] + [report.file for report in portal.reports]:
        assert shown.isprintable()


@each_name
@pytest.mark.parametrize("arguments", [("check",), ("check", "--format", "json"), ("convert", "--to", "yaml")])
def test_the_commands_take_any_name(
    name: str, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, f"{name}/2023.txt")
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, [arguments[0], "reports", *arguments[1:]])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.output.encode()


@each_name
def test_pages_stay_within_the_site(name: str, tmp_path: Path) -> None:
    put(tmp_path, f"{name}/2023.txt")
    before = {path for path in tmp_path.rglob("*") if "site" not in path.parts}
    built = Site(tmp_path, options={"cache": False}).build(serving=True)

    assert built.error is None, built.log
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "site")}
    assert after - before <= {tmp_path / "mkdocs.yml", tmp_path / "docs"}
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("index.html")}
    assert "reports/index.html" in pages
    assert "年度报告一览" in built.text("reports/")


def test_agencies_whose_names_differ_only_in_what_an_address_cannot_hold_have_pages_of_their_own(
    tmp_path: Path,
) -> None:
    for name in ("慈化:镇", "慈化?镇", "慈化*镇"):
        put(tmp_path, f"{name}/2023.txt")

    assert len({report.agency_id for report in check_folder(tmp_path, {}).reports}) == 3


def test_a_name_in_the_encoding_of_an_old_archive_is_read(tmp_path: Path) -> None:
    put(tmp_path, os.fsdecode("慈化镇".encode("gb18030")) + "/2023.txt")
    (report,) = check_folder(tmp_path, {}).reports

    assert (report.agency, report.year, report.file) == ("慈化镇", 2023, "reports/慈化镇/2023.txt")


def test_two_files_whose_names_look_the_same_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "慈化镇/2023.txt")
    put(tmp_path, os.fsdecode("慈化镇".encode("gb18030")) + "/2023.txt")

    assert len({report.file for report in check_folder(tmp_path, {}).reports}) == 2


def test_an_id_in_the_metadata_cannot_leave_the_site() -> None:
    result = load(sound_text(), sidecar="agency: 青禾区\nagency_id: ../../../etc\n")

    assert result.report is not None
    assert result.report.agency_id is not None
    assert not any(part in result.report.agency_id for part in ("/", "\\", ".."))
