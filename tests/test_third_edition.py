"""An edition is a folder of files: an invented form is read, checked and converted without a line of code for it.

The form in `fixtures/editions/2031` has rows, columns, sums and a balance of its own and inherits nothing.
"""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.cli import main
from mkdocs_govreport.editions import CatalogueError, load_catalogue
from mkdocs_govreport.pipeline import Portal, Result, Settings, load_one, load_portal
from mkdocs_govreport.writers import WRITERS
from tests.documents import ROOT, changed, load, only, rules_of, sound_text, write
from tests.support.schemas import schema_registry
from tests.support.site import Site

EDITIONS = Path(__file__).parent / "fixtures" / "editions"
TEXT = (Path(__file__).parent / "fixtures" / "reports" / "2031.txt").read_text(encoding="utf-8")
FAULTY = changed(TEXT, ("己、年末在办件数 | 4 | 1", "己、年末在办件数 | 6 | 1"))
CATALOGUE = load_catalogue((str(EDITIONS),))
PORTAL_FILES = {
    "reports/青禾区/2031.txt": TEXT,
    "reports/临澜区/2023.txt": sound_text().replace("青禾区", "临澜区"),
}
"""A folder of reports of two editions, for `editions: [folder]` in a site as much as for the commands."""


def read(source: str | bytes, name: str = "青禾区/2031.txt") -> Result:
    return load_one(source.encode() if isinstance(source, str) else source, name, Settings(CATALOGUE))


def portal(folder: Path, files: dict[str, str]) -> Portal:
    return load_portal(["reports"], write(folder, files), Settings(CATALOGUE))


def test_the_edition_is_loaded_beside_the_shipped_ones() -> None:
    assert list(CATALOGUE.editions) == ["2019", "2021", "2031"]


def test_a_report_of_it_is_recognised_whole() -> None:
    result = read(TEXT)
    assert result.report is not None

    assert (result.report.edition, set(result.report.edition_of.values())) == ("2031", {"2031"})
    assert (result.report.agency, result.report.year) == ("云川市青禾区", 2031)
    assert len(result.report.figures) == 9 + 24 + 6
    assert result.report.figures["proactive_disclosure.website.spending"].value == Decimal("184200.50")
    assert result.findings == ()


def test_a_report_of_it_that_agrees_has_no_finding(tmp_path: Path) -> None:
    assert portal(tmp_path, PORTAL_FILES).findings == ()


def test_a_wrong_figure_is_found_and_named_in_the_words_of_the_form(tmp_path: Path) -> None:
    (finding,) = portal(tmp_path, {"reports/青禾区/2031.txt": FAULTY}).findings

    assert {finding.rule, *(breach.rule for breach in finding.also_breaks)} == {"channel-total", "stage-balance"}
    assert "则为“年末在办·网上提交”，6 应为 4" in finding.message.zh
    assert finding.origin is not None
    assert finding.origin.line == 17


def test_its_rule_across_years_is_checked(tmp_path: Path) -> None:
    next_year = TEXT.replace("2031年", "2032年")
    found = portal(tmp_path, {"reports/青禾区/2031.txt": TEXT, "reports/青禾区/2032.txt": next_year}).findings

    assert rules_of(found) == {"opening-balance"}
    assert all(finding.year == 2032 for finding in found)


def test_its_document_is_valid_by_its_schema_and_reads_back() -> None:
    result = read(TEXT)
    assert result.report is not None
    document = to_document(result.report, CATALOGUE)

    validator = Draft202012Validator(dict(CATALOGUE.editions["2031"].schema), registry=schema_registry(CATALOGUE))
    assert list(validator.iter_errors(document)) == []
    assert document["applications"]["filed"]["all_channels"] == 56
    again = read(json.dumps(document), "青禾区/2031.json")
    assert again.findings == ()
    assert again.report is not None
    assert {p: f.value for p, f in again.report.figures.items()} == {
        p: f.value for p, f in result.report.figures.items()
    }


@pytest.mark.parametrize("format_", WRITERS)
def test_it_converts_to_every_format_and_back(format_: str) -> None:
    result = read(TEXT)
    assert result.report is not None
    again = read(WRITERS[format_](result.report, CATALOGUE), f"青禾区/2031.{format_}")
    assert again.report is not None

    assert {p: f.value for p, f in again.report.figures.items()} == {
        p: f.value for p, f in result.report.figures.items()
    }
    assert again.findings == ()


def test_a_missing_row_of_it_is_named() -> None:
    finding = only(read(changed(TEXT, ("戊、转送其他机关件数 | 4 | 3 | 0 | 7\n", ""))).findings, "missing-row")

    assert "转送" in finding.message.zh


def test_its_unit_is_converted() -> None:
    result = read(changed(TEXT, ("184200.50", "18.42005万元")))
    assert result.report is not None

    assert str(result.report.figures["proactive_disclosure.website.spending"].value) == "184200.5"
    assert rules_of(result.findings) == {"unit"}


def test_its_tables_in_a_report_of_another_year_are_its_tables() -> None:
    result = read(TEXT.replace("2031年", "2024年"), "青禾区/2024.txt")
    assert result.report is not None

    assert result.report.edition == "2031"
    assert rules_of(result.findings) == {"edition-year"}


def test_reports_of_the_shipped_editions_are_read_as_before() -> None:
    with_it, without_it = load_one(sound_text().encode(), "青禾区/2023.txt", Settings(CATALOGUE)), load(sound_text())

    assert with_it == without_it


# --- the commands -----------------------------------------------------------------------------------


def test_the_command_takes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {"reports/青禾区/2031.txt": FAULTY}))
    result = CliRunner().invoke(main, ["check", "reports", "--editions", str(EDITIONS), "--language", "en"])

    assert result.exit_code == 1
    assert "X201 channel-total" in result.stdout
    assert "outstanding · Online: 6 should be 4" in " ".join(result.stdout.split())


def test_the_command_takes_the_folder_from_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = "plugins:\n  - govreport:\n      editions: [forms]\n"
    shutil.copytree(EDITIONS, tmp_path / "forms")
    monkeypatch.chdir(write(tmp_path, {**PORTAL_FILES, "mkdocs.yml": site}))

    assert CliRunner().invoke(main, ["check", "--strict"]).exit_code == 0
    converted = CliRunner().invoke(main, ["convert", "reports/青禾区/2031.txt", "--to", "json"])
    assert json.loads(converted.stdout)["edition"] == "2031"


def test_without_the_folder_the_tables_are_not_known() -> None:
    assert "missing-table" in rules_of(load(TEXT, "青禾区/2031.txt").findings)


def test_no_code_names_the_edition_or_anything_of_it() -> None:
    words = {"2031", "channel", "filed", "inherited", "withdrawn", "redirected", "outstanding", "lawsuits"}
    for path in (ROOT / "mkdocs_govreport").rglob("*.py"):
        named = words & set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        assert not named, path


def test_a_column_without_a_label_does_not_stop_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EDITIONS, tmp_path / "forms")
    layout = tmp_path / "forms/2031/layout.yml"
    layout.write_text(
        changed(
            layout.read_text(encoding="utf-8"),
            ("[stage, online, by_post, in_person, all_channels]", "[{label: stage, cols: 5}]"),
        ),
        encoding="utf-8",
    )
    labels = tmp_path / "forms/2031/labels.yml"
    labels.write_text(
        changed(labels.read_text(encoding="utf-8"), ("  online: {zh: 网上提交, en: Online}\n", "")), encoding="utf-8"
    )
    monkeypatch.chdir(write(tmp_path, {"reports/青禾区/2031.txt": FAULTY}))
    result = CliRunner().invoke(main, ["check", "reports", "--editions", "forms"])

    assert result.exit_code == 1
    assert "X201 channel-total" in result.stdout


# --- data that cannot be used -----------------------------------------------------------------------


def broken(folder: Path, file: str, *replacements: tuple[str, str]) -> str:
    """Copy the edition with a change; return what loading it says."""
    shutil.copytree(EDITIONS, folder / "editions")
    path = folder / "editions/2031" / file
    path.write_text(changed(path.read_text(encoding="utf-8"), *replacements), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load_catalogue((str(folder / "editions"),))
    return str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("layout.yml", "[channel, items, views, spending]", "[channel, items, views]", "row 1"),
        ("layout.yml", "[reviews, {figures", "[revisions, {figures", "revisions"),
        ("rules.yml", "applications.filed.{column}", "applications.field.{column}", "applications.field.online"),
        ("rules.yml", "each: {stage: stages}", "each: {stage: phases}", "phases"),
        ("rules.yml", "severity: warning", "severity: grave", "rules.yml: rule opening-balance: severity: 'grave'"),
        ("rules.yml", "standing: practice", "standing: custom", "rule opening-balance: standing: 'custom'"),
        ("rules.yml", "    standing: practice\n", "", "rule opening-balance: 'standing' is a required property"),
        ("rules.yml", "code: X301", "code: x-301", "rule opening-balance: code: 'x-301'"),
        ("rules.yml", "standing: practice", "standing: practice\n    standng: practice", "'standng' was unexpected"),
        ("rules.yml", "en: Open at the beginning", "eng: Open at the beginning", "rule opening-balance: title"),
        ("edition.yml", "lead_table: applications", "lead_tabel: applications", "lead_table"),
        ("edition.yml", "[applications.filed.all_channels]", "[applications.filed.everything]", "everything"),
        ("edition.yml", 'id: "2031"', "inherits: '1949'\nid: '2031'", "1949"),
        ("labels.yml", "applications:", "applications: [", "labels.yml"),
        (
            "report.schema.json",
            '"type": "object",\n  "properties": {\n    "$schema"',
            '"$schema"',
            "report.schema.json",
        ),
    ],
)
def test_a_slip_in_the_files_is_told_with_what_is_wrong(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    message = broken(tmp_path, file, (old, new))

    assert "2031" in message
    assert said in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("code: X301", "code: X203", "the code X203 is that of case-total"),
     ("code: X301", "code: S111", "the code S111 is that of label"),
     ("opening-balance:", "label:", "rule label: rules.yml takes the name of a rule that all editions have")],
)  # fmt: skip
def test_a_rule_of_it_takes_neither_the_code_nor_the_name_of_another(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert said in broken(tmp_path, "rules.yml", (old, new))


def test_what_a_rule_of_it_does_not_say_is_as_documented() -> None:
    rule = CATALOGUE.rules["opening-balance"]
    known = CATALOGUE.schemas["urn:mkdocs-govreport:rule"]["properties"]

    assert (rule.scope, rule.blanks) == ("years", "not_assessable")
    assert CATALOGUE.rules["channel-total"].scope == "report"
    for key in ("why", "exceptions", "remedy", "reference"):
        text = getattr(rule, key)
        assert {"zh": text.zh, "en": text.en} == known[key]["default"]


def test_what_a_rule_of_it_says_is_said_of_it() -> None:
    rule = CATALOGUE.rules["stage-balance"]

    assert (rule.remedy.zh, rule.reference.en) == ("逐渠道核对六个数。", "The head of the invented form")


def test_an_id_without_quotes_is_a_text_all_the_same(tmp_path: Path) -> None:
    shutil.copytree(EDITIONS, tmp_path / "editions")
    path = tmp_path / "editions/2031/edition.yml"
    path.write_text(changed(path.read_text(encoding="utf-8"), ('id: "2031"', "id: 2031")), encoding="utf-8")

    assert "2031" in load_catalogue((str(tmp_path / "editions"),)).editions


def test_an_edition_that_inherits_from_itself_is_refused(tmp_path: Path) -> None:
    assert "2031" in broken(tmp_path, "edition.yml", ('id: "2031"', 'inherits: "2031"\nid: "2031"'))


def test_a_report_of_it_becomes_a_page_in_its_own_layout(tmp_path: Path) -> None:
    form = CATALOGUE.editions["2031"]
    site = Site(tmp_path, options={"editions": [str(EDITIONS)]}).write(PORTAL_FILES)
    built = site.build()
    assert built.error is None, built.log
    page = built.page("reports/青禾区/2031/")
    for part, layout in form.layouts.items():
        table = page.xpath(f"//table[contains(@class, 'gr-{part}')]")[0]
        labels = [cell.text_content() for cell in table.iter("th")]
        assert labels == [form.labels[part][cell.label].text.zh for row in layout.rows for cell in row if cell.label]
        assert [cell.get("id") for cell in table.iter("td")] == list(form.figures(part))
    assert built.page("reports/2031/").find(".//table") is not None


def test_a_wrong_sum_of_it_stops_the_build(tmp_path: Path) -> None:
    site = Site(tmp_path, options={"editions": [str(EDITIONS)]}).write({"reports/青禾区/2031.txt": FAULTY})
    built = site.build()
    assert built.error is not None
    assert "己、年末在办件数" in built.log
