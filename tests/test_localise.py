"""What would mend wrong figures: every smallest set of changes, causes that change many cells, and how sure it is."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_govreport.checks import check_arithmetic
from mkdocs_govreport.checks.arithmetic.ranking import typing_errors
from mkdocs_govreport.checks.arithmetic.search import Changes, smallest_sets
from mkdocs_govreport.checks.arithmetic.system import System, system_of
from mkdocs_govreport.editions import Equation, Operand, Scope
from mkdocs_govreport.model import Claim, Explanation, Finding, Number, Report, Verdict
from tests.support.wrong_figures import (
    CATALOGUE,
    SIZES,
    Damage,
    column_counted_twice,
    damaged,
    exchange_in_column,
    exchange_in_row,
    mistyped,
    realistic_report,
    row_counted_twice,
    row_left_out,
    row_missing,
    rows_exchanged,
    rows_of,
    slip,
    wrong_cells,
)

EDITION = CATALOGUE.editions["2021"]
ROWS = rows_of(EDITION)


def checked(report: Report, *claims: Claim) -> list[Finding]:
    return check_arithmetic([report], CATALOGUE, {}, claims={report.file: claims})


def with_figures(report: Report, figures: dict[str, Number | None]) -> Report:
    case = damaged(random.Random(0), report, lambda _rng, _report: figures)
    assert case is not None
    return case.report


def changes_of(explanation: Explanation) -> dict[str, Number]:
    return {change.path: change.after for change in explanation.changes}


def report(seed: int, size: int = 60) -> Report:
    return realistic_report(random.Random(seed), size)


# --- the search against brute force -----------------------------------------------------------------


def small_table() -> System:
    """Two rows that come in, two that go out with their total, one that is left; two columns and their total."""
    rows, columns = ("in", "over", "one", "two", "out", "left"), ("a", "b", "total")

    def cell(row: str, column: str) -> Operand:
        return Operand(f"t.{row}.{column}", Scope.REPORT)

    def equation(left: list[Operand], right: list[Operand]) -> Equation:
        return Equation("rule", "t", (), tuple(left), tuple(right), is_control=False)

    across = [equation([cell(row, "a"), cell(row, "b")], [cell(row, "total")]) for row in rows]
    down = [equation([cell("one", c), cell("two", c)], [cell("out", c)]) for c in columns]
    balance = [equation([cell("in", c), cell("over", c)], [cell("out", c), cell("left", c)]) for c in columns]
    return system_of(CATALOGUE, (), tuple(across + down + balance))


TABLE = small_table()


def brute_force(values: list[Number | None]) -> set[Changes]:
    """Solve the equations for every set of cells, the smallest first."""
    residuals = TABLE.residuals(values)
    for size in (1, 2, 3):
        found = {
            changes
            for cells in itertools.combinations(range(len(values)), size)
            for changes in solved(cells, residuals)
            if all((values[cell] or 0) + delta >= 0 for cell, delta in changes)
        }
        if found:
            return found
    return set()


def solved(cells: tuple[int, ...], residuals: list[Number | None]) -> Iterator[Changes]:
    matrix = []
    for number, equation in enumerate(TABLE.equations):
        coefficients = dict(equation)
        matrix.append([Fraction(coefficients.get(cell, 0)) for cell in cells] + [Fraction(-(residuals[number] or 0))])
    rank = 0
    for column in range(len(cells)):
        pivot = next((row for row in range(rank, len(matrix)) if matrix[row][column]), None)
        assert pivot is not None, "up to three cells are independent"
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        matrix[rank] = [value / matrix[rank][column] for value in matrix[rank]]
        for row in range(len(matrix)):
            if row != rank and matrix[row][column]:
                factor = matrix[row][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[rank], strict=True)]
        rank += 1
    deltas = [matrix[row][-1] for row in range(rank)]
    if not any(row[-1] for row in matrix[rank:]) and all(deltas):
        yield tuple(zip(cells, map(int, deltas), strict=True))


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.integers(0, 9), min_size=8, max_size=8),
    wrong=st.dictionaries(st.integers(0, 17), st.integers(-4, 9).filter(bool), min_size=1, max_size=5),
)
def test_the_search_finds_the_sets_that_brute_force_finds(cells: list[int], wrong: dict[int, int]) -> None:
    numbers = dict(zip(("in", "over", "one", "two"), zip(cells[:4], cells[4:], strict=True), strict=True))
    table: dict[str, Number] = {}
    for place, column in enumerate(("a", "b")):
        for row, found in numbers.items():
            table[f"t.{row}.{column}"] = found[place]
        table[f"t.out.{column}"] = numbers["one"][place] + numbers["two"][place]
        table[f"t.in.{column}"] += numbers["one"][place] + numbers["two"][place]
        table[f"t.left.{column}"] = table[f"t.in.{column}"] + numbers["over"][place] - table[f"t.out.{column}"]
    for row in ("in", "over", "one", "two", "out", "left"):
        table[f"t.{row}.total"] = table[f"t.{row}.a"] + table[f"t.{row}.b"]
    values = TABLE.values(table)
    assert not any(TABLE.residuals(values))
    for cell, delta in wrong.items():
        values[cell] = max((values[cell] or 0) + delta, 0)
    residuals = TABLE.residuals(values)
    broken = frozenset(number for number, residual in enumerate(residuals) if residual)
    if not broken:
        return

    answer = smallest_sets(TABLE, values, residuals, broken)

    assert answer.finished
    assert set(answer.sets) == brute_force(values)


def test_a_search_that_runs_out_of_steps_says_so() -> None:
    case = damaged(random.Random(1), report(1), wrong_cells(3))
    assert case is not None
    system = system_of(CATALOGUE, tuple(case.report.edition_of.items()), EDITION.equations)
    values = system.values({path: figure.value for path, figure in case.report.figures.items()})
    residuals = system.residuals(values)
    broken = frozenset(number for number, residual in enumerate(residuals) if residual)

    assert not smallest_sets(system, values, residuals, broken, most_steps=5).finished


# --- wrong cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@given(seed=st.integers(0, 2**32 - 1))
def test_one_wrong_cell_is_certain_and_right(size: str, seed: int) -> None:
    rng = random.Random(seed)
    case = damaged(rng, realistic_report(rng, SIZES[size]), wrong_cells(1))
    assert case is not None
    (finding,) = checked(case.report)
    (explanation,) = finding.explanations

    assert (explanation.kind, explanation.confidence) == ("cells", "certain")
    assert changes_of(explanation) == case.truth
    assert finding.complete


@pytest.mark.parametrize(("cells", "share"), [(2, 0.97), (3, 0.93)])
def test_the_first_explanation_of_several_wrong_cells_is_mostly_right_and_never_certain(
    cells: int, share: float
) -> None:
    right = 0
    for seed in range(200):
        rng = random.Random(f"{cells} {seed}")
        case = damaged(rng, realistic_report(rng, 60), wrong_cells(cells))
        assert case is not None
        findings = checked(case.report)
        named = [explanation for finding in findings for explanation in finding.explanations]
        right += {c.path: c.after for f in findings for e in f.explanations[:1] for c in e.changes} == case.truth
        assert all(e.confidence != "certain" or changes_of(e).items() <= case.truth.items() for e in named)

    assert right >= share * 200


def test_wrong_cells_without_a_relation_in_common_are_two_findings() -> None:
    sound = report(3)
    wrong: dict[str, Number | None] = {
        path: (sound.figures[path].value or 0) + more for path, more in ((ROWS[2][0], 4), (ROWS[5][2], 9))
    }
    findings = checked(with_figures(sound, wrong))

    assert [changes_of(finding.explanations[0]) for finding in findings] == [
        {path: sound.figures[path].value} for path in wrong
    ]
    assert {finding.explanations[0].confidence for finding in findings} == {"likely"}
    assert not set(findings[0].paths) & set(findings[1].paths) - {ROWS[5][0], ROWS[2][2]}


def test_wrong_cells_of_one_row_are_one_finding() -> None:
    sound = report(3)
    wrong: dict[str, Number | None] = {
        path: (sound.figures[path].value or 0) + more for path, more in ((ROWS[2][0], 4), (ROWS[2][1], 9))
    }
    (finding,) = checked(with_figures(sound, wrong))

    assert changes_of(finding.explanations[0]) == {path: sound.figures[path].value for path in wrong}
    assert "最少要改 2 处" in finding.message.zh


def test_more_wrong_cells_than_are_searched_for_are_refused_in_words() -> None:
    sound = report(3)
    cells = {row[place]: (sound.figures[row[place]].value or 0) + 7 + place for place, row in enumerate(ROWS[2:8])}
    (finding,) = checked(with_figures(sound, dict(cells)))

    assert finding.explanations == ()
    assert not finding.complete
    assert "请对照原件" in finding.message.zh


def test_one_sum_alone_does_not_make_certain_which_figure_is_wrong() -> None:
    block = EDITION.figures("review_and_litigation")[:5]
    wrong: dict[str, Number | None] = dict(zip(block, (2, 2, 2, 2, 1), strict=True))
    (finding,) = checked(with_figures(report(5), wrong))

    assert [e.confidence for e in finding.explanations] == ["likely"]
    assert changes_of(finding.explanations[0]) == {block[-1]: 8}


def test_a_block_of_one_sum_lists_every_figure_that_may_be_wrong() -> None:
    block = EDITION.figures("review_and_litigation")[:5]
    wrong: dict[str, Number | None] = dict(zip(block, (20, 30, 40, 50, 141), strict=True))
    (finding,) = checked(with_figures(report(5), wrong))

    assert {change.path for e in finding.explanations for change in e.changes} == set(block)
    assert {e.confidence for e in finding.explanations} == {"possible"}
    assert "5 种" in finding.message.zh


def test_a_passage_of_the_prose_that_comes_right_decides_between_explanations() -> None:
    block = EDITION.figures("review_and_litigation")[:5]
    wrong: dict[str, Number | None] = dict(zip(block, (20, 30, 40, 50, 141), strict=True))
    claim = Claim("", "review_and_litigation", 0, 0, "41", 41, 41, ((block[2],),), Verdict.DISAGREES)
    (finding,) = checked(with_figures(report(5), wrong), claim)

    assert changes_of(finding.explanations[0]) == {block[2]: 41}
    assert finding.explanations[0].confidence == "likely"


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("81", "18", 1), ("12", "12", 0), ("12", "120", 1), ("120", "12", 1), ("3", "7", 1), ("1846", "1864", 1)],
)
def test_typing_errors_are_counted(one: str, other: str, count: int) -> None:
    assert typing_errors(one, other) == count


# --- causes that change many cells -----------------------------------------------------------------


def explained(damage: Damage, size: int = 300, seeds: int = 12) -> Iterator[tuple[Finding, dict[str, Number]]]:
    """Damage reports; yield the one finding of each with the truth, where more than a few cells are concerned."""
    for seed in range(seeds):
        rng = random.Random(seed)
        case = damaged(rng, realistic_report(rng, size), damage)
        if case is not None and len(case.truth) > 1:
            (finding,) = [found for found in checked(case.report) if found.severity == "error"]
            yield finding, dict(case.truth)


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (slip, "slip"),
        (column_counted_twice, "double_count"),
        (row_counted_twice, "double_count"),
        (row_left_out, "left_out"),
    ],
)
def test_a_cause_that_changes_many_cells_is_named_and_undone(damage: Damage, kind: str) -> None:
    found = list(explained(damage))

    assert found
    for finding, truth in found:
        right = [e for e in finding.explanations if changes_of(e) == truth]
        assert right == [finding.explanations[0]]
        assert right[0].kind in {kind, "cells", "exchange"}
    assert sum(finding.explanations[0].kind == kind for finding, _ in found) > len(found) / 2


@pytest.mark.parametrize("damage", [exchange_in_row, exchange_in_column, rows_exchanged])
def test_figures_that_changed_places_are_among_the_explanations(damage: Damage) -> None:
    for finding, truth in explained(damage):
        assert truth in [changes_of(e) for e in finding.explanations if e.kind == "exchange"]


def test_a_slip_says_which_row_moved_and_which_way() -> None:
    sound = report(7, size=300)
    row = ROWS[2]
    values = [sound.figures[path].value for path in row]
    moved: dict[str, Number | None] = dict(zip(row[:-1], [0, *values[:-2]], strict=True))
    (finding,) = checked(with_figures(sound, moved))

    assert "“（一）予以公开”一行的数像是右移了一格" in finding.message.zh
    assert "moved one cell to the right" in finding.message.en


CASES = EDITION.figures("review_and_litigation")


def test_a_slip_along_all_blocks_of_a_row_is_one_finding() -> None:
    figures = (5, 1, 2, 0, 8, 1, 3, 0, 2, 6, 0, 4, 1, 2, 7)
    slipped: dict[str, Number | None] = dict(zip(CASES, (0, *figures[:-1]), strict=True))
    (finding,) = checked(with_figures(report(5), slipped))
    truth = {
        path: value for path, value, printed in zip(CASES, figures, (0, *figures[:-1]), strict=True) if value != printed
    }

    # The 0 that came in may stand anywhere in the first block: its sum is the same.
    assert {e.kind for e in finding.explanations} == {"slip"}
    assert truth in [changes_of(e) for e in finding.explanations]
    assert "“复议诉讼”表中自“行政复议·结果维持”起各格的数像是右移了一格" in finding.message.zh


def test_a_slip_within_one_block_is_only_possible() -> None:
    slipped: dict[str, Number | None] = dict(zip(CASES[:5], (8, 5, 0, 13, 0), strict=True))
    (finding,) = checked(with_figures(report(5), slipped))
    slips = [e for e in finding.explanations if e.kind == "slip"]

    assert [list(changes_of(e).values()) for e in slips] == [[0, 8, 5, 0, 13]]
    assert {e.confidence for e in finding.explanations} == {"possible"}


def test_a_row_left_out_of_a_total_is_named() -> None:
    finding = next(finding for finding, truth in explained(row_left_out) if len(truth) > 2)

    assert "“三、（七）总计”一行像是漏算了" in finding.message.zh


# --- blanks -----------------------------------------------------------------------------------------


def test_a_blank_that_follows_is_offered_and_stays_blank() -> None:
    sound = report(9)
    path = ROWS[2][0]
    value = sound.figures[path].value
    blank = with_figures(sound, {ROWS[4][1]: None})
    assert ROWS[4][1] not in blank.figures
    findings = checked(blank)

    assert {finding.status for finding in findings} == {"not_assessable"}
    for finding in findings:
        (explanation,) = finding.explanations
        assert (explanation.kind, explanation.confidence) == ("blank", "certain")
        assert [(c.path, c.before, c.after) for c in explanation.changes] == [
            (ROWS[4][1], None, sound.figures[ROWS[4][1]].value)
        ]
    assert value is not None


def test_a_missing_row_is_offered_whole() -> None:
    rng = random.Random(11)
    case = damaged(rng, realistic_report(rng, 60), row_missing)
    assert case is not None
    offered = [e for finding in checked(case.report) for e in finding.explanations if e.kind == "row"]

    assert [changes_of(e) for e in offered] == [case.truth]


def test_blanks_at_the_corners_of_a_rectangle_are_not_certain() -> None:
    # A wrong figure at the fourth corner would go unseen.
    corners: dict[str, Number | None] = {ROWS[3][2]: None, ROWS[5][1]: None, ROWS[5][2]: None}
    findings = checked(with_figures(report(9), corners))

    assert {e.confidence for finding in findings for e in finding.explanations} == {"likely"}


def test_blanks_that_do_not_follow_are_not_offered() -> None:
    sound = report(13)
    findings = checked(with_figures(sound, {path: None for row in ROWS[2:4] for path in row[:2]}))

    assert findings
    assert all(finding.explanations == () for finding in findings)


def test_a_blank_on_which_the_equations_disagree_is_not_offered() -> None:
    sound = report(15)
    wrong = mistyped(random.Random(0), int(sound.figures[ROWS[2][1]].value or 0))
    findings = checked(with_figures(sound, {ROWS[2][0]: None, ROWS[2][1]: wrong}))

    assert not [e for finding in findings for e in finding.explanations if e.kind == "blank"]
