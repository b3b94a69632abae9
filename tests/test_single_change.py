"""One wrong figure in a table that is checked: an error that names it and points at its line."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_govreport.checks import check_arithmetic, place_text
from mkdocs_govreport.model import Severity
from tests.support.generate import random_report
from tests.support.layouts import FLATTENED, file_of, write
from tests.support.loading import CATALOGUE, EDITIONS, load, report_in

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))
LAYOUTS = sorted({*FLATTENED, "md", "yaml"})


@cache
def fixture(source):
    return report_in(source.read_bytes(), f"inbox/{source.name}")


@cache
def generated(edition, seed):
    layout = LAYOUTS[seed % len(LAYOUTS)]
    return report_in(write(random_report(random.Random(seed), edition), layout), file_of(layout))


def checked(report):
    """Return the figures that an equation of the report itself is about."""
    lead = CATALOGUE.editions[report.edition]
    parts = {equation.part for equation in lead.equations if len(equation.scopes) == 1 and equation.is_sum}
    return [path for path in report.figures if path.split(".")[0] in parts]


def changed(report, path, value):
    return replace(report, figures={**report.figures, path: report.figures[path]._replace(value=value)})


def errors(report):
    found = check_arithmetic([report], CATALOGUE, {})
    return [finding for finding in found if finding.severity is Severity.ERROR and finding.fails]


def assert_found(report, path, value):
    truth = report.figures[path].value
    findings = errors(changed(report, path, value))

    assert len(findings) == 1, "one cause, one finding"
    finding = findings[0]
    _, row, column = path.split(".")
    edition = CATALOGUE.editions[report.edition]
    titles = [edition.row_title(path.split(".")[0], key).zh for key in (row, column)]
    assert path in finding.paths
    assert any(title in finding.message.zh for title in titles)
    terms = [term for term in finding.terms if term.path == path]
    assert [(term.value, term.origin) for term in terms] == [(value, report.figures[path].origin)]
    assert place_text(terms[0].origin).zh
    assert truth != value
    return finding


def assert_proven(finding, path, value, truth):
    """The explanation is the one there is, and it is right."""
    (explanation,) = finding.explanations
    (change,) = explanation.changes
    assert (change.path, change.before, change.after) == (path, value, truth)
    assert explanation.confidence == "certain"
    assert finding.complete
    assert finding.origin is not None


def other_values(rng, truth):
    candidates = {truth + 1, truth * 10 + 3, truth + rng.randint(2, 5000), rng.randint(0, max(truth, 1))}
    return rng.choice(sorted(candidates - {truth}))


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_a_published_report_adds_up(source):
    assert errors(fixture(source)) == []


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_any_wrong_figure_of_a_published_report_is_found(source):
    report = fixture(source)
    rng = random.Random(source.stem)
    lead = CATALOGUE.editions[report.edition].lead_table
    is_whole = all(figure.value is not None for path, figure in report.figures.items() if path.startswith(f"{lead}."))
    for path in checked(report):
        truth = report.figures[path].value
        if truth is None:
            continue
        value = other_values(rng, truth)
        if all(_has_blank(report, equation) for equation in equations_about(report, path)):
            continue
        finding = assert_found(report, path, value)
        if is_whole and path.startswith(f"{lead}."):
            assert_proven(finding, path, value, truth)


def equations_about(report, path):
    """Return the figures of each equation of the report itself that a figure is in."""
    edition = CATALOGUE.editions[report.edition]
    equations = [e for e in edition.equations if len(e.scopes) == 1 and e.is_sum]
    figures = ([operand.path for operand in equation.left + equation.right] for equation in equations)
    return [paths for paths in figures if path in paths]


def _has_blank(report, paths):
    return any(report.figures[path].value is None for path in paths)


@pytest.mark.parametrize("edition", EDITIONS)
@given(seed=st.integers(0, 39), choice=st.integers(0, 2**32 - 1))
def test_any_wrong_figure_of_any_report_is_found(edition, seed, choice):
    report = generated(edition, seed)
    rng = random.Random(choice)
    path = rng.choice(checked(report))
    truth = report.figures[path].value
    value = other_values(rng, truth)

    finding = assert_found(report, path, value)

    if path.startswith(f"{CATALOGUE.editions[edition].lead_table}."):
        assert_proven(finding, path, value, truth)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_wrong_figure_is_found_from_the_file_on(edition, layout):
    rng = random.Random(f"{edition} {layout}")
    report = random_report(rng, edition)
    path = rng.choice(checked(report))
    truth = report.figures[path].value
    value = other_values(rng, truth)

    result = load(write(changed(report, path, value), layout), file_of(layout))

    (finding,) = errors(result.report)
    assert path in finding.paths
    assert [term.value for term in finding.terms if term.path == path] == [value]


@pytest.mark.parametrize("edition", EDITIONS)
@given(seed=st.integers(0, 2**32 - 1))
def test_reports_of_an_agency_agree_from_year_to_year(edition, seed):
    rng = random.Random(seed)
    before = random_report(rng, edition)
    report = random_report(rng, edition, previous=before, agency=before.agency, year=before.year + 1)

    assert check_arithmetic([before, report], CATALOGUE, {}) == []
