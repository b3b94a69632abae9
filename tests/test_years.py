"""The reports of an agency through the years: what holds between them, and what is said where it does not."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from mkdocs_govreport.checks import check_arithmetic
from mkdocs_govreport.model import Finding, Number, Report, Severity, Status
from tests.documents import EXAMPLE
from tests.rule_cases.arithmetic import YEAR_2019, YEAR_2020
from tests.support.generate import random_report
from tests.support.loading import CATALOGUE, report_in
from tests.support.wrong_figures import realistic_report

YEARS = tuple(
    report_in((EXAMPLE / f"reports/suqian/{name}").read_bytes(), f"suqian/{name}") for name in ("2023.md", "2024.yaml")
)
COLUMNS = [path.rsplit(".", 1)[1] for path in YEARS[0].figures if path.startswith("applications.new_received.")]


def checked(*reports: Report) -> list[Finding]:
    return check_arithmetic(reports, CATALOGUE, {})


def changed(report: Report, by: Mapping[str, int]) -> Report:
    figures = dict(report.figures)
    for path, delta in by.items():
        figures[path] = figures[path]._replace(value=(figures[path].value or 0) + delta)
    return replace(report, figures=figures)


def values(finding: Finding) -> list[tuple[int | None, Number | None]]:
    return [(term.year, term.value) for term in finding.terms]


def test_published_reports_of_two_years_agree_in_every_column_and_stock() -> None:
    assert checked(*YEARS) == []


@pytest.mark.parametrize("column", COLUMNS[:-1])
def test_a_column_that_two_sound_reports_state_differently_is_shown_from_both(column: str) -> None:
    before, after = YEARS
    by = {f"applications.{row}.{name}": 1 for row in ("new_received", "carried_forward") for name in (column, "total")}
    (finding,) = checked(changed(before, by), after)

    assert (finding.rule, finding.file, finding.year) == ("carry-over", "suqian/2024.yaml", 2024)
    assert finding.explanations == ()
    assert {term.year for breach in (finding, *finding.also_breaks) for term in breach.terms} == {2023, 2024}
    assert {path.rsplit(".", 1)[1] for path in finding.paths} == {column, "total"}
    assert "不能断定哪一份有误" in finding.message.zh
    assert "cannot be told" in finding.message.en


def test_columns_that_differ_while_the_total_agrees_are_said_to() -> None:
    before, after = YEARS
    by = {
        f"applications.{row}.{column}": delta
        for row in ("new_received", "carried_forward")
        for column, delta in (("natural_person", -2), ("commercial_enterprise", 2))
    }
    (finding,) = checked(changed(before, by), after)

    assert [path.rsplit(".", 1)[1] for path in finding.paths[::2]] == ["natural_person", "commercial_enterprise"]
    assert "总计一致，只是分栏不同" in finding.message.zh


@pytest.mark.parametrize("document", ["regulations", "normative_documents"])
@pytest.mark.parametrize("year", [0, 1])
def test_a_changed_stock_is_shown_from_both_years_and_none_is_blamed(document: str, year: int) -> None:
    reports = list(YEARS)
    reports[year] = changed(reports[year], {f"proactive_disclosure.{document}.in_force": 1})
    (finding,) = checked(*reports)

    assert (finding.rule, finding.year) == ("in-force", 2024)
    assert {term.year for term in finding.terms} == {2023, 2024}
    assert finding.explanations == ()


def test_a_figure_that_its_own_report_proves_wrong_explains_the_year_after() -> None:
    before, after = YEARS
    (finding,) = checked(changed(before, {"applications.carried_forward.natural_person": 9}), after)

    assert (finding.file, finding.severity) == ("suqian/2023.md", Severity.ERROR)
    assert [breach.rule for breach in finding.also_breaks].count("carry-over") == 1
    assert [(c.before, c.after) for e in finding.explanations for c in e.changes] == [(127, 118)]


def test_a_figure_that_its_own_report_proves_wrong_explains_the_year_before() -> None:
    before, after = YEARS
    (finding,) = checked(before, changed(after, {"applications.carried_over.natural_person": 9}))

    assert finding.file == "suqian/2024.yaml"
    assert "carry-over" in [breach.rule for breach in finding.also_breaks]
    assert finding.explanations[0].confidence == "certain"


def test_a_broken_link_that_a_wrong_figure_does_not_explain_is_a_finding_of_its_own() -> None:
    before, after = YEARS
    moved = changed(
        before,
        {f"applications.{row}.{c}": 1 for row in ("new_received", "carried_forward") for c in (COLUMNS[0], "total")},
    )
    findings = checked(moved, changed(after, {"applications.granted.natural_person": 1}))

    assert [finding.rule for finding in findings] == ["applicant-total", "carry-over"]
    assert "各自并无矛盾" not in findings[1].message.zh


def test_last_year_decides_between_explanations_that_are_alike() -> None:
    # Either both figures of the column are wrong or both totals; last year says that 121 were carried over.
    before, after = YEARS
    by = {"applications.carried_over.total": 2, "applications.new_received.total": -2}
    (finding,) = checked(before, changed(after, by))
    first = {change.path for change in finding.explanations[0].changes}

    assert first == set(by)
    assert {breach.rule for breach in finding.also_breaks} >= {"carry-over"}


STOCK = "proactive_disclosure.normative_documents.in_force"


def three_years() -> list[Report]:
    rng = random.Random(5)
    reports = [random_report(rng, "2021", agency="云溪县", year=2021)]
    for year in (2022, 2023):
        reports.append(random_report(rng, "2021", agency="云溪县", year=year, previous=reports[-1]))
    return [replace(report, file=f"{report.year}.yaml") for report in reports]


def test_a_stock_that_joins_neither_year_is_the_likely_cause_of_both_breaks() -> None:
    reports = three_years()
    assert checked(*reports) == []
    (finding,) = checked(reports[0], changed(reports[1], {STOCK: 7}), reports[2])
    (explanation,) = finding.explanations

    assert (finding.rule, finding.year, explanation.confidence) == ("in-force", 2022, "likely")
    assert [(c.path, (c.before or 0) - c.after) for c in explanation.changes] == [(STOCK, 7)]
    assert [breach.rule for breach in finding.also_breaks] == ["in-force"]
    assert "与前后两年都接不上" in finding.message.zh


def test_two_breaks_of_different_size_are_two_findings_that_blame_none() -> None:
    reports = three_years()
    findings = checked(reports[0], changed(reports[1], {STOCK: 7}), changed(reports[2], {STOCK: 1}))

    assert [(finding.rule, finding.year, finding.explanations) for finding in findings] == [
        ("in-force", 2022, ()),
        ("in-force", 2023, ()),
    ]


def test_a_gap_of_years_links_nothing() -> None:
    before, after = YEARS
    assert checked(replace(changed(before, {"proactive_disclosure.regulations.in_force": 5}), year=2022), after) == []


def test_carry_over_is_checked_from_one_edition_to_the_next() -> None:
    rng = random.Random(1)
    before = realistic_report(rng, 300, "2019", year=2020)
    after = realistic_report(rng, 300, "2021", year=2021, previous=before)
    other = realistic_report(rng, 300, "2021", year=2021)

    assert checked(before, after) == []
    assert {finding.rule for finding in checked(before, other)} == {"carry-over"}


def test_the_items_of_the_year_before_go_on_from_what_last_year_came_to() -> None:
    path = "proactive_disclosure.penalties"
    (finding,) = checked(changed(YEAR_2019, {f"{path}.change": 3}), YEAR_2020)

    assert checked(YEAR_2019, YEAR_2020) == []
    assert (finding.rule, finding.severity) == ("prior-year-items", Severity.WARNING)
    assert [year for year, _ in values(finding)] == [2019, 2019, 2020]


def test_more_disclosed_in_all_than_newly_disclosed_is_no_finding() -> None:
    path = "proactive_disclosure.regulations.total_disclosed"

    assert checked(changed(YEAR_2020, {path: 1000})) == []


def test_the_order_of_the_reports_does_not_matter() -> None:
    before, after = YEARS
    wrong = changed(before, {"applications.carried_forward.natural_person": 9})

    assert checked(wrong, after) == checked(after, wrong)


def test_every_finding_says_whose_it_is() -> None:
    rng = random.Random(3)
    before = random_report(rng, "2021", agency="云溪县", year=2022)
    after = random_report(rng, "2021", agency="云溪县", year=2023)
    findings = checked(before, after)

    assert {(finding.agency, finding.year) for finding in findings} == {("云溪县", 2023)}
    assert all(finding.status is Status.OPEN for finding in findings)
