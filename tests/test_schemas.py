"""The schemas say what the layouts say, and two engines that know nothing of each other agree on them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from mkdocs_govreport.agencies import SCHEMA as AGENCIES
from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.checks import report_schema
from mkdocs_govreport.editions import Edition, Scope, load_catalogue, schemas_root
from tests.documents import EXAMPLE, dumped, load, settings, sound_document
from tests.support.schemas import schema_registry

CATALOGUE = load_catalogue()
EDITIONS = list(CATALOGUE.editions.values())
SCHEMAS = sorted(schemas_root().rglob("*.schema.json"))
SOURCES = sorted(path for path in (EXAMPLE / "reports").rglob("*") if path.is_file())


def edition_id(edition: Edition) -> str:
    return edition.id


# --- two engines --------------------------------------------------------------------------------


def faults_by_jsonschema(document: Any, schema: Any) -> set[tuple[str, ...]]:
    validator = Draft202012Validator(schema, registry=schema_registry(CATALOGUE))
    return {tuple(map(str, error.absolute_path)) for error in validator.iter_errors(document)}


def faults_by_jsonschema_rs(document: Any, schema: Any) -> set[tuple[str, ...]]:
    registry = jsonschema_rs.Registry([(name, dict(content)) for name, content in CATALOGUE.schemas.items()])
    validator = jsonschema_rs.Draft202012Validator(schema, registry=registry)
    return {tuple(map(str, error.instance_path)) for error in validator.iter_errors(document)}


def schema_of(document: dict[str, Any]) -> Any:
    return dict(CATALOGUE.editions[str(document.get("edition"))].schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.relative_to(schemas_root()).as_posix())
def test_a_schema_is_valid_by_its_metaschema(path: Path) -> None:
    schema = json.loads(path.read_bytes())

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    jsonschema_rs.meta.validate(schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.relative_to(schemas_root()).as_posix())
def test_a_schema_is_known_to_the_catalogue_by_its_id(path: Path) -> None:
    schema = json.loads(path.read_bytes())

    assert CATALOGUE.schemas[schema["$id"]] == schema


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(EXAMPLE).as_posix())
def test_the_document_of_a_published_report_is_valid_but_for_its_blanks(path: Path) -> None:
    result = load(path.read_bytes(), path.relative_to(EXAMPLE).as_posix())
    assert result.report is not None
    document = json.loads(json.dumps(to_document(result.report, CATALOGUE)))

    assert "origin" in document
    assert faults_by_jsonschema(document, schema_of(document)) == set()
    assert faults_by_jsonschema_rs(document, schema_of(document)) == set()


def damaged(path: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(sound_document())
    *parents, last = path.split(".")
    node = document
    for key in parents:
        node = node.setdefault(key, {})
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return document


PLACE = {"file": "a.txt", "raw": "1"}
DAMAGES = {
    "a word for a count": ("applications.granted.total", "十二"),
    "a text of digits for a count": ("applications.granted.total", "12"),
    "a truth value for a count": ("applications.granted.total", True),
    "a list for a count": ("applications.granted.total", [1]),
    "a negative count": ("applications.granted.total", -1),
    "half a count": ("proactive_disclosure.licences.decisions", 0.5),
    "a negative amount": ("proactive_disclosure.administrative_fees.amount_wan_yuan", -0.01),
    "a word for an amount": ("proactive_disclosure.administrative_fees.amount_wan_yuan", "无"),
    "a missing column": ("applications.granted.total", ...),
    "a missing row": ("applications.granted", ...),
    "a missing table": ("applications", ...),
    "a table that is null": ("applications", None),
    "a table that is a list": ("review_and_litigation", []),
    "a row that is a number": ("applications.granted", 12),
    "an unknown column": ("applications.granted.women", 1),
    "an unknown row": ("applications.forwarded", {"total": 1}),
    "a row of another edition": ("applications.other_handling", {"total": 1}),
    "an unknown table": ("complaints", {}),
    "an unknown field": ("remarks", "无"),
    "no edition": ("edition", ...),
    "the other edition": ("edition", "2019"),
    "an edition that is a number": ("edition", 2021),
    "the schema of the other edition": ("$schema", "urn:mkdocs-govreport:report:2019"),
    "a year that is a text": ("year", "2024"),
    "a year before the regulation": ("year", 1999),
    "an agency that is a list": ("agency", ["宿迁市"]),
    "a date with slashes": ("published_on", "2025/03/21"),
    "a missing part": ("narrative.overview", ...),
    "a part that is null": ("narrative.overview", None),
    "an unknown part": ("narrative.annex", "附件"),
    "no narrative": ("narrative", ...),
    "a remark that is a number": ("notes", {"applications.granted.total": 5}),
    "an origin without its file": ("origin", {"applications.granted.total": {"raw": "5"}}),
    "an origin at line 0": ("origin", {"applications.granted.total": {**PLACE, "line": 0}}),
    "an origin with an unknown field": ("origin", {"applications.granted.total": {**PLACE, "page": "2"}}),
    "an extra row without a label": ("extra_rows", [{"part": "applications", "values": []}]),
    "an extra value that is a truth value": (
        "extra_rows",
        [{"part": "applications", "label": "其他", "values": [1, None, "3（其中1）", True]}],
    ),
    "a negative processing fee": ("processing_fee", {"cases": 1, "amount_yuan": -5}),
}
SOUND = {
    "as published": ("title", "宿迁市2024年政府信息公开工作年度报告"),
    "blank cells": ("applications.granted", dict.fromkeys(sound_document()["applications"]["granted"])),
    "a count written 12.0": ("applications.granted.total", 12.0),
    "an amount without decimals": ("proactive_disclosure.administrative_fees.amount_wan_yuan", 3),
    "no agency and no year": ("agency", None),
    "extra rows": ("extra_rows", [{"part": "applications", "label": "其他", "values": [1, None, "3（其中1）", 0.5]}]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_both_engines_find_the_same_faults(damage: str) -> None:
    document = damaged(*DAMAGES[damage])
    schema = dict(CATALOGUE.editions["2021"].schema)
    found = faults_by_jsonschema(document, schema)

    assert found
    assert faults_by_jsonschema_rs(document, schema) == found


@pytest.mark.parametrize("variant", SOUND)
def test_both_engines_pass_what_is_sound(variant: str) -> None:
    document = damaged(*SOUND[variant])

    assert faults_by_jsonschema(document, schema_of(document)) == set()
    assert faults_by_jsonschema_rs(document, schema_of(document)) == set()


@pytest.mark.parametrize("case", [*DAMAGES, *SOUND])
def test_a_schema_with_its_references_written_in_finds_the_same_faults(case: str) -> None:
    document = damaged(*(DAMAGES | SOUND)[case])
    tables = tuple((part, "2021") for part in CATALOGUE.editions["2021"].tables)

    assert faults_by_jsonschema(document, report_schema(CATALOGUE, "2021", tables)) == faults_by_jsonschema(
        document, dict(CATALOGUE.editions["2021"].schema)
    )


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage != "no edition"])
def test_a_fault_of_the_schema_is_an_error_of_the_report(damage: str) -> None:
    result = load(damaged(*DAMAGES[damage]))

    assert any(finding.fails for finding in result.findings)


def test_a_document_that_names_no_edition_is_read_by_the_usual_one_of_its_year() -> None:
    result = load(damaged("edition", ...))

    assert result.report is not None
    assert (result.report.edition, result.findings) == ("2021", ())


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_finding_about_the_schema_shows_no_text_of_the_engine(damage: str) -> None:
    engine_words = ("is not", "valid", "Properties", "const", "pattern", "anyOf", "does not match", "minimum", "fails")
    for finding in load(damaged(*DAMAGES[damage])).findings:
        for text in (finding.message.zh, finding.message.en):
            assert not any(word in text for word in engine_words), text
        assert not finding.message.zh.isascii()


@pytest.mark.parametrize(
    ("damage", "zh", "en"),
    [
        ("an edition that is a number", "“edition”填写有误：应为文字“2021”，现为数字 2021。", 'the text "2021"'),
        ("a date with slashes", "应写成“2024-01-31”的样子，现为“2025/03/21”。", 'written like "2024-01-31"'),
        ("a year before the regulation", "应不小于 2008，现为数字 1999。", "2008 or more instead of the number 1999"),
        ("an unknown field", "“remarks”填写有误：没有这个字段，请检查拼写。", "no such field"),
        ("a table that is a list", "应为一组字段，现为列表。", "a group of fields instead of a list"),
        ("an extra row without a label", "“extra_rows.0.label”填写有误：缺少此项。", "it is missing"),
        ("a part that is null", "“narrative.overview”填写有误：应为文字，现为空。", "a text instead of empty"),
    ],
)
def test_a_fault_of_the_schema_says_what_is_wanted(damage: str, zh: str, en: str) -> None:
    findings = [finding for finding in load(damaged(*DAMAGES[damage])).findings if finding.rule == "schema"]

    assert any(zh in finding.message.zh and en in finding.message.en for finding in findings)
    assert all(finding.origin is not None and finding.origin.line for finding in findings)


@pytest.mark.parametrize("variant", SOUND)
def test_what_is_sound_by_the_schema_has_no_finding_about_its_form(variant: str) -> None:
    rules = {finding.rule for finding in load(damaged(*SOUND[variant])).findings}

    assert not rules & {"schema", "value-form", "missing-row", "missing-table", "missing-part"}


# --- schemas and layouts ------------------------------------------------------------------------


def figures_of_schema(edition: Edition) -> dict[str, Any]:
    """Return the figure paths that a schema requires, with what it requires of each."""
    schema = report_schema(CATALOGUE, edition.id, ())
    return {
        f"{part}.{row}.{column}": kind
        for part in edition.tables
        for row, columns in schema["properties"][part]["properties"].items()
        for column, kind in columns["properties"].items()
    }


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_the_figures_of_a_schema_are_those_of_the_layout(edition: Edition) -> None:
    printed = [path for part in edition.tables for path in edition.figures(part)]

    assert sorted(figures_of_schema(edition)) == sorted(printed)


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_a_schema_requires_every_figure_and_allows_no_other(edition: Edition) -> None:
    schema = report_schema(CATALOGUE, edition.id, ())
    for part in edition.tables:
        table = schema["properties"][part]
        for node in (table, *table["properties"].values()):
            assert sorted(node["required"]) == sorted(node["properties"])
            assert node["additionalProperties"] is False


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_money_of_the_schema_is_money_of_the_layout(edition: Edition) -> None:
    units = CATALOGUE.wording.units
    for path, kind in figures_of_schema(edition).items():
        part, figure = path.split(".", 1)
        is_money = units[edition.layouts[part].unit(figure)].kind == "money"
        assert ("number" in kind["type"]) is is_money, path


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_the_narrative_of_a_schema_has_the_parts_of_the_edition(edition: Edition) -> None:
    narrative = report_schema(CATALOGUE, edition.id, ())["properties"]["narrative"]

    assert narrative["required"] == list(edition.parts)
    assert sorted(narrative["properties"]) == sorted(["introduction", *edition.parts])


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_every_label_of_an_edition_is_printed(edition: Edition) -> None:
    for part, labels in edition.labels.items():
        unused = labels.keys() - set(edition.layouts[part].labels) - edition.layouts[part].column_keys
        assert not unused


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_every_figure_has_a_name_for_its_row_and_its_column(edition: Edition) -> None:
    for part in edition.tables:
        for path in edition.figures(part):
            _, row, column = path.split(".")
            assert row in edition.labels[part]
            assert column in edition.labels[part]


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_the_units_of_a_layout_are_known(edition: Edition) -> None:
    for layout in edition.layouts.values():
        assert set(layout.units.values()) <= CATALOGUE.wording.units.keys()
        assert layout.units.keys() <= layout.column_keys


def operands(edition: Edition) -> Iterator[tuple[Scope, str]]:
    for equation in edition.equations:
        for operand in equation.left + equation.right:
            yield operand.scope, operand.path


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_the_equations_of_an_edition_are_about_its_figures(edition: Edition) -> None:
    figures = {path for part in edition.tables for path in edition.figures(part)}

    assert {path for _, path in operands(edition)} <= figures


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_every_count_of_applications_and_of_cases_stands_in_an_equation(edition: Edition) -> None:
    checked = {path for scope, path in operands(edition) if scope is Scope.REPORT}

    assert {path for part in ("applications", "review_and_litigation") for path in edition.figures(part)} <= checked


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_every_row_of_the_applications_table_is_added_up_once(edition: Edition) -> None:
    rows = [line.label for line in edition.layouts["applications"].lines]
    bound = [dict(equation.binding)["row"] for equation in edition.equations if equation.rule == "applicant-total"]

    assert bound == rows


@pytest.mark.parametrize(("edition", "terms"), [("2019", 19), ("2021", 21)])
def test_the_outcomes_add_up_to_the_total_with_every_row_between(edition: str, terms: int) -> None:
    form = CATALOGUE.editions[edition]
    lines = [line.label for line in form.layouts["applications"].lines]
    between = lines[2 : lines.index("total_processed")]
    equation = next(equation for equation in form.equations if equation.rule == "result-total")

    assert [operand.path.split(".")[1] for operand in equation.left] == between
    assert len(between) == terms


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_id)
def test_the_indicators_of_an_edition_are_about_its_figures(edition: Edition) -> None:
    figures = {path for part in edition.tables for path in edition.figures(part)}

    assert {path for indicator in edition.indicators for path in indicator.figures} <= figures


def test_codes_of_rules_are_unique() -> None:
    codes = [rule.code for rule in CATALOGUE.rules.values()]

    assert len(codes) == len(set(codes))


def test_the_example_registry_is_valid_for_both_engines() -> None:
    import yaml

    document = yaml.safe_load((EXAMPLE / "agencies.yml").read_bytes())

    assert faults_by_jsonschema(document, dict(CATALOGUE.schemas[AGENCIES])) == set()
    assert faults_by_jsonschema_rs(document, dict(CATALOGUE.schemas[AGENCIES])) == set()


def test_a_converted_document_reads_back_without_a_finding() -> None:
    result = load(sound_document())
    assert result.report is not None
    again = load(dumped(to_document(result.report, settings().catalogue)), "宿迁市/2024.json")

    assert again.findings == ()
