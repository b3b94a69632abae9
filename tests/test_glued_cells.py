"""Cells written together: read where the sums leave one reading, else refused with what to do; never guessed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.pipeline import Result, Settings, load_one
from mkdocs_govreport.recognise.glued import GluedRow, Reason, decide
from mkdocs_govreport.recognise.readings import Run
from tests.documents import EXAMPLE, changed, load, only, rules_of, sound_text
from tests.support.damage import DAMAGES, damage
from tests.support.generate import numbered, random_report
from tests.support.glue import GLUINGS, glued
from tests.support.layouts import source_of
from tests.support.loading import CATALOGUE, EDITIONS, report_in

FIXTURES = Path(__file__).parent / "fixtures"
PUBLISHED = [*sorted(FIXTURES.glob("*.txt")), EXAMPLE / "reports/suqian/2023.md", EXAMPLE / "reports/suqian/2024.yaml"]
WHOLE = [
    source for source in PUBLISHED if source.stem != "cell_lines_2021"
]  # that one has blanks, which leave no trace
SEEDS = st.integers(0, 2**32 - 1)
each_gluing = pytest.mark.parametrize("gluing", GLUINGS)

TEXT = sound_text()
LEAD = "applications"


def figures(result: Result) -> dict[str, object]:
    assert result.report is not None, [finding.message.zh for finding in result.findings]
    return {path: figure.value for path, figure in result.report.figures.items()}


def row(result: Result, name: str) -> list[object]:
    """The values that were read of a row of the applications table."""
    return [value for path, value in figures(result).items() if path.startswith(f"{LEAD}.{name}.")]


def write(report: Report, gluing: str, seed: int = 1) -> bytes:
    return glued(source_of(report), random.Random(seed), GLUINGS[gluing])


def read(report: Report, gluing: str, seed: int = 1) -> Result:
    return load(write(report, gluing, seed), "inbox/report.txt")


def lines_of(report: Report, part: str) -> Iterator[list[str]]:
    for line in CATALOGUE.editions[report.edition_of[part]].layouts[part].lines:
        yield [f"{part}.{figure}" for figure in line.figures]


def published(path: Path) -> Report:
    return report_in(path.read_bytes(), f"inbox/{path.name}")


# --- published figures ------------------------------------------------------------------------------


@each_gluing
@pytest.mark.parametrize("source", PUBLISHED, ids=lambda path: path.stem)
def test_published_figures_are_read_as_printed_or_not_at_all(source: Path, gluing: str) -> None:
    printed = published(source)

    result = read(printed, gluing)

    for path, value in figures(result).items():
        assert value == printed.figures[path].value, path


@each_gluing
@pytest.mark.parametrize("source", WHOLE, ids=lambda path: path.stem)
def test_a_published_applications_table_without_blanks_is_read_whole(source: Path, gluing: str) -> None:
    printed = published(source)
    wanted = {path: figure.value for path, figure in printed.figures.items() if path.startswith(f"{LEAD}.")}

    assert {path: value for path, value in figures(read(printed, gluing)).items() if path in wanted} == wanted


@each_gluing
def test_what_is_not_read_of_published_figures_is_said(gluing: str) -> None:
    printed = published(EXAMPLE / "reports/suqian/2023.md")

    result = read(printed, gluing)

    told = {path for finding in result.findings for path in finding.paths}
    assert set(printed.figures) - set(figures(result)) <= told


# --- what a row becomes -----------------------------------------------------------------------------


def line_of(label: str) -> str:
    return next(line for line in TEXT.splitlines() if label in line)


def cells_of(label: str) -> list[str]:
    return [cell.strip() for cell in line_of(label).split("|")[1:] if cell.strip()]


def with_line(label: str, line: str) -> str:
    return changed(TEXT, (line_of(label), line))


@pytest.mark.parametrize(
    "line",
    [
        "（一）予以公开{0}{1}{2}{3}{4}{5}{6} |",
        "（一）予以公开 | {0}{1}{2}{3}{4}{5}{6} |",
        "（一）予以公开 | {0}{1}{2}{3}{4}{5}{6} | | |",
        "（一）予以公开 | {0} {1} {2} {3} {4} {5} {6} |",
        "（一）予以公开 | {0} | {1} | {2} | {3} | {4}{5}{6} |",
        "（一）予以公开{0}{1} | {2}{3}{4} | {5}{6} |",
        "三、本年度办理结果（一）予以公开{0}{1}{2}{3}{4}{5}{6} |",
    ],
)
def test_a_glued_row_of_a_sound_table_is_read(line: str) -> None:
    cells = [cell for cell in cells_of("(一)予以公开") if not cell.startswith("(")]

    result = load(with_line("(一)予以公开", line.format(*cells)))

    assert row(result, "granted") == [int(cell) for cell in cells]
    assert rules_of(result.findings) <= {"glued-cells", "label"}


def test_a_row_that_was_parted_says_how_and_where() -> None:
    text = with_line("(一)予以公开", "（一）予以公开 | 143000017")
    finding = only(load(text).findings, "glued-cells")

    assert "143000017" in finding.message.zh
    assert "14｜3｜0｜0｜0｜0｜17" in finding.message.en
    assert finding.origin is not None
    assert finding.origin.line == text[: text.index("143000017")].count("\n") + 1


def test_the_origin_of_a_parted_cell_is_the_glued_text() -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    result = read(printed, "rows")
    assert result.report is not None
    figure = result.report.figures["applications.new_received.commercial_enterprise"]
    line = write(printed, "rows").decode().splitlines()[(figure.origin.line or 0) - 1]

    assert (figure.value, figure.origin.raw) == (75, "34407501633525")
    assert line[(figure.origin.column or 0) - 1 :] == "34407501633525"


def test_figures_end_where_the_numbering_of_the_next_label_begins() -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    text = write(printed, "one_line").decode()

    assert "8593300328973" not in text
    assert "352.没有现成信息" in text or "8972.没有现成信息" in text
    assert row(load(text, "inbox/report.txt"), "unavailable_not_held") == [859, 33, 0, 0, 3, 2, 897]


def test_quotes_that_were_lost_from_a_label_do_not_hide_its_figures() -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    text = changed(write(printed, "rows").decode(), ("“三安全一稳定”", "三安全一稳定"))

    assert row(load(text, "inbox/report.txt"), "denied_security_and_stability") == [4, 0, 0, 0, 0, 0, 4]


# --- what is refused --------------------------------------------------------------------------------


def test_a_row_with_several_readings_is_refused_and_they_are_listed() -> None:
    result = read(published(EXAMPLE / "reports/suqian/2023.md"), "rows")
    finding = next(f for f in result.findings if f.rule == "undecided-cells" and "309178" in f.message.zh)

    assert "有 3 种读法" in finding.message.zh
    assert "309｜17｜88｜26｜440" in finding.message.zh
    assert "3 readings" in finding.message.en
    assert not any(path.startswith("review_and_litigation.") for path in figures(result))
    assert "missing-table" not in rules_of(result.findings)


@each_gluing
def test_nothing_is_parted_in_a_table_whose_sums_do_not_hold(gluing: str) -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    path = "applications.granted.total"
    wrong = replace(printed, figures={**printed.figures, path: printed.figures[path]._replace(value=1432)})

    result = read(wrong, gluing)

    assert all(value == wrong.figures[path].value for path, value in figures(result).items())
    assert not row(result, "granted") or gluing in {"half", "half_line"}
    assert "undecided-cells" in rules_of(result.findings)


@each_gluing
def test_a_blank_that_left_no_trace_is_not_made_up_for(gluing: str) -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    path = "applications.denied_prohibited_by_law.commercial_enterprise"
    blank = replace(printed, figures={**printed.figures, path: printed.figures[path]._replace(value=None)})

    result = read(blank, gluing)

    assert all(value == blank.figures[path].value for path, value in figures(result).items())
    assert row(result, "denied_prohibited_by_law") == []
    assert any(path in finding.paths for finding in result.findings)


@pytest.mark.parametrize(
    ("cells", "value"),
    [("000", [0, 0, 0]), ("2011", []), ("211", []), ("0 0 5", [0, 0, 5]), ("00 5", [0, 0, 5]), ("88-720", [])],
)
def test_a_row_without_a_sum_is_read_only_if_its_digits_allow_nothing_else(cells: str, value: list[int]) -> None:
    result = load(with_line("行政规范性文件", f"行政规范性文件 | {cells} |"))
    found = [value for path, value in figures(result).items() if ".normative_documents." in path]

    assert found == value
    assert ("undecided-cells" in rules_of(result.findings)) == (not value)


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ("000000000000000", [0] * 15),
        ("213060001100000", [2, 1, 3, 0, 6, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]),
        ("21317000001324019", [2, 1, 3, 1, 7, 0, 0, 0, 0, 0, 13, 2, 4, 0, 19]),
        ("2 1 0 3 6 00000 00000", [2, 1, 0, 3, 6, *[0] * 10]),
        ("1111041111411114", []),  # 1 1 1 1 04 is none, and the sums of all other readings are wrong
        ("110112000000000000", []),  # 1 10 1 12 … and 11 0 1 12 …
        ("2 1 0 3 6 0000", []),  # zeros at the end are lost
        ("123456789", []),
    ],
)
def test_the_table_without_row_labels(cells: str, value: list[int]) -> None:
    result = load(with_line("2 | 0 | 1", f"{cells} |"))
    found = [value for path, value in figures(result).items() if path.startswith("review_and_litigation.")]

    assert found == value
    told = rules_of(result.findings)
    assert told <= {"glued-cells"} if value else told & {"undecided-cells", "unreadable-row", "extra-row"}


@pytest.mark.parametrize("digits", ["9" * 190, "1" * 199, "10" * 90, "1,000" * 30, "-1" * 90, "0" * 150])
def test_endless_digits_are_refused_in_a_bounded_number_of_steps(digits: str) -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    rows = write(printed, "after_label").decode().splitlines()
    text = "\n".join(f"{line.rsplit(' ', 1)[0]} {digits}" if line[-1:].isdigit() else line for line in rows)

    result = load(text, "inbox/report.txt")

    assert not any(path.startswith(f"{LEAD}.") for path in figures(result))
    assert rules_of(result.findings) & {"undecided-cells", "unreadable-row"}


# --- labels alone -----------------------------------------------------------------------------------


def labels_alone(part: str) -> str:
    """The sound text with the figures of one table lost, as some programs copy a PDF."""
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    source = source_of(printed)
    lines = [source.title, *source.introduction]
    names = list(CATALOGUE.editions[printed.edition].parts)
    for name, (heading, prose, table) in zip(names, source.parts, strict=True):
        lines += [heading, *prose]
        for cells in table.rows if table else ():
            lines.append(" ".join(cell.text for cell in cells if name != part or not cell.path))
    return "\n".join(lines)


@pytest.mark.parametrize("part", CATALOGUE.editions[EDITIONS[-1]].tables)
def test_a_table_that_lost_its_figures_is_not_a_table_of_zeros(part: str) -> None:
    result = load(labels_alone(part), "inbox/report.txt")
    finding = only(result.findings, "lost-figures")

    assert not any(path.startswith(f"{part}.") for path in figures(result))
    assert finding.paths == (part,)
    assert "不作 0 处理" in finding.message.zh
    assert "missing-table" not in rules_of(result.findings)


def test_rows_that_lost_their_figures_are_missing_and_not_zero() -> None:
    printed = published(EXAMPLE / "reports/suqian/2024.yaml")
    text = write(printed, "rows").decode()
    line = next(line for line in text.splitlines() if line.startswith("2.重复申请"))

    result = load(changed(text, (line, "2.重复申请")), "inbox/report.txt")

    assert row(result, "not_processed_duplicate") == []
    assert "重复申请" in only(result.findings, "missing-row").message.zh
    assert row(result, "granted") == []


# --- what is no table -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "全年共收到申请13件，予以公开10件，无法提供2件，其他处理1件。",
        "行政许可1846件，行政处罚23件，行政强制4件。",
        "总计801000081，其他0909-5339910。",
        "行政许可1846",
    ],
)
def test_a_sentence_with_labels_and_figures_stays_prose(sentence: str) -> None:
    result = load(changed(TEXT, ("二、主动公开政府信息情况", f"{sentence}\n二、主动公开政府信息情况")))
    assert result.report is not None

    assert sentence.replace("-", "") in result.report.narrative["overview"].replace("\\", "").replace("-", "")
    assert figures(result) == figures(load(TEXT))


# --- what always holds ------------------------------------------------------------------------------


@each_gluing
@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=8)
@given(seed=SEEDS)
def test_no_figure_of_any_sound_report_is_wrong_and_none_is_passed_over(edition: str, gluing: str, seed: int) -> None:
    printed = random_report(random.Random(seed), edition)

    result = read(printed, gluing, seed)

    told = {path for finding in result.findings for path in finding.paths}
    for path, figure in printed.figures.items():
        assert figures(result).get(path, figure.value) == figure.value, path
        assert path in figures(result) or path in told or path.split(".")[0] in told, path


@each_gluing
@settings(max_examples=8)
@given(seed=SEEDS)
def test_a_wrong_cell_misleads_no_row(gluing: str, seed: int) -> None:
    rng = random.Random(seed)
    sound = random_report(rng, EDITIONS[-1])
    path = rng.choice([path for path in sound.figures if path.startswith(f"{LEAD}.")])
    wrong = sound.figures[path]._replace(value=int(sound.figures[path].value or 0) + rng.randint(1, 99))
    printed = replace(sound, figures={**sound.figures, path: wrong})

    for other, value in figures(read(printed, gluing, seed)).items():
        assert value == printed.figures[other].value, other


@each_gluing
@pytest.mark.parametrize("kind", DAMAGES)
@settings(max_examples=3)
@given(seed=SEEDS)
def test_no_figure_of_a_damaged_table_disappears(kind: str, gluing: str, seed: int) -> None:
    rng = random.Random(seed)
    edition = CATALOGUE.editions[rng.choice(EDITIONS)]
    printed = numbered(random_report(rng, edition.id))
    source = damage(source_of(printed), rng, DAMAGES[kind])
    data = glued(source, rng, GLUINGS[gluing])

    result = load(data, "inbox/report.txt")

    assert result.report is not None
    kept = [figure.origin.raw for figure in result.report.figures.values()]
    kept += [str(value) for row in result.report.extra_rows for value in row.values]
    kept += [finding.message.zh for finding in result.findings] + list(result.report.narrative.values())
    everything = "\n".join(kept)
    for cell in (cell for _, _, table in source.parts if table for row in table.rows for cell in row if cell.path):
        assert cell.text in everything, cell
    # Where no sum is there to tell, a figure and a stray cell may look like the row: in rows of up to three cells.
    summed = {operand.path for e in edition.equations if len(e.scopes) == 1 and e.is_sum for operand in e.left}
    for path, figure in result.report.figures.items():
        assert path not in summed or figure.value in {None, printed.figures[path].value}, path


def test_a_form_of_another_kind_is_parted_by_its_own_sums() -> None:
    catalogue = load_catalogue((str(FIXTURES / "editions"),))
    text = (FIXTURES / "reports" / "2031.txt").read_text(encoding="utf-8")
    whole = load_one(text.encode(), "青禾区/2031.txt", Settings(catalogue))
    rows = [line.split(" | ") for line in text.splitlines()]
    joined = "\n".join(" | ".join([row[0], "".join(row[1:])] if row[0][1] == "、" and row[1:] else row) for row in rows)

    result = load_one(joined.encode(), "青禾区/2031.txt", Settings(catalogue))

    assert joined != text
    assert figures(result) == figures(whole)


# --- the solver against every possibility -----------------------------------------------------------

COLUMNS = ("a", "b", "sum")
SUMS = [
    *({f"{name}.a": 1, f"{name}.b": 1, f"{name}.sum": -1} for name in ("x", "y", "all")),
    *({f"x.{column}": 1, f"y.{column}": 1, f"all.{column}": -1} for column in COLUMNS),
]


def every_parting(digits: str) -> list[tuple[int, ...]]:
    """All ways to cut digits into three numbers without leading zeros."""
    found = []
    for first, second in itertools.combinations(range(1, len(digits)), 2):
        parts = (digits[:first], digits[first:second], digits[second:])
        if all(part == "0" or part[0] != "0" for part in parts):
            found.append(tuple(int(part) for part in parts))
    return found


@given(
    st.lists(st.sampled_from([0, 1, 2, 3, 10, 11, 12, 21, 101, 110]), min_size=4, max_size=4),
    st.integers(-1, 1),
)
def test_a_row_is_decided_exactly_when_one_reading_stands_in_all_solutions(values: list[int], slip: int) -> None:
    x = (values[0], values[1], values[0] + values[1])
    y = (values[2], values[3], values[2] + values[3])
    total = (x[0] + y[0], x[1] + y[1], x[2] + y[2])
    printed = [x, y, (abs(total[0] + slip), *total[1:])]
    texts = ["".join(map(str, cells)) for cells in printed]

    rows = [
        GluedRow(tuple(f"{name}.{column}" for column in COLUMNS), (Run(text),))
        for name, text in zip(("x", "y", "all"), texts, strict=True)
    ]
    verdicts = decide(rows, {}, SUMS)

    solutions = [
        choice
        for choice in itertools.product(*(every_parting(text) for text in texts))
        if all(cells[0] + cells[1] == cells[2] for cells in choice)
        and all(choice[0][n] + choice[1][n] == choice[2][n] for n in range(3))
    ]
    for number, verdict in enumerate(verdicts):
        possible = {choice[number] for choice in solutions}
        if verdict.reason is Reason.DECIDED:
            reading = verdict.readings[0].values
            assert possible == {reading} or (not possible and every_parting(texts[number]) == [reading])
        else:
            assert len(possible) != 1
