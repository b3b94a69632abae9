"""One report, every layout: what is read is what was written, and every origin points at it."""

import io
import random
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.support.distinct import distinct_report
from tests.support.generate import content, numbered, random_report
from tests.support.layouts import (
    HAS_ROW_ENDS,
    HTML,
    IN_GB18030,
    KEEPS_BLANKS,
    LOSES_BLANKS,
    OFFICE,
    SUFFIX,
    file_of,
    source_of,
    value_text,
    write,
)
from tests.support.loading import EDITIONS, load, report_in

SEEDS = st.integers(0, 2**32 - 1)
each_edition = pytest.mark.parametrize("edition", EDITIONS)
each_layout = pytest.mark.parametrize("layout", SUFFIX)


@each_edition
@each_layout
@given(
    seed=SEEDS, blanks=st.sampled_from([0.0, 0.0, 0.1, 0.6]), notes=st.sampled_from([0.0, 0.2]), extra=st.integers(0, 3)
)
def test_reads_what_was_written(edition, layout, seed, blanks, notes, extra):
    written = random_report(
        random.Random(seed),
        edition,
        blanks=blanks if layout in KEEPS_BLANKS else 0,
        notes=notes,
        extra_rows=extra,
    )

    read = report_in(write(written, layout), file_of(layout))

    assert content(read) == content(written)


@each_edition
@each_layout
def test_reading_a_report_of_the_form_finds_nothing_wrong(edition, layout):
    written = random_report(random.Random(edition), edition)

    findings = load(write(written, layout), file_of(layout)).findings

    assert [(finding.rule, finding.message.zh) for finding in findings] == []


@each_edition
@each_layout
def test_every_origin_points_at_its_figure(edition, layout):
    rng = random.Random(7)
    written = numbered(random_report(rng, edition, blanks=0.05 if layout in KEEPS_BLANKS else 0, notes=0.1))
    data = write(written, layout)
    if layout == "xlsx":
        book = load_workbook(io.BytesIO(data))
        for path, figure in report_in(data, file_of(layout)).figures.items():
            cell = book[figure.origin.sheet].cell(figure.origin.row, figure.origin.cell)
            assert (
                str("" if cell.value is None else cell.value) == value_text(written.figures[path]) == figure.origin.raw
            )
        return
    if layout in {*OFFICE, "docx"}:
        printed = [table for _, _, table in source_of(written).parts if table]
        for path, figure in report_in(data, file_of(layout)).figures.items():
            cell = printed[figure.origin.table - 1].rows[figure.origin.row - 1][figure.origin.cell - 1]
            assert (cell.path, cell.text) == (path, figure.origin.raw)
        return
    text = data.decode("gb18030" if layout in IN_GB18030 else "utf-8")
    lines = text.splitlines()
    tables = lxml.html.document_fromstring(text).findall(".//table") if layout in HTML else []

    figures = report_in(data, file_of(layout)).figures

    for path, figure in figures.items():
        origin = figure.origin
        assert origin.file == file_of(layout)
        if layout in HTML:
            row = tables[origin.table - 1].findall(".//tr")[origin.row - 1]
            pointed = row.findall("td")[origin.cell - 1].text_content().strip()
            # The place of a cell is the end of its start tag; Word puts its text on one of the next lines.
            assert str(figure.value or "") in "".join(lines[origin.line - 1 : origin.line + 3])
        else:
            pointed = lines[origin.line - 1][origin.column - 1 :]
        if figure.value is None:
            assert origin.raw in {"", "null"}, path
            # A blank has no text to point at: the place is before the end of its cell.
            assert pointed.lstrip(" ")[:1] in {"", "|", "\t", "n", ","}, path
        elif layout in {"yaml", "json"}:
            assert pointed.rstrip(",") == origin.raw == str(figure.value)
        elif layout == "csv":
            assert pointed.partition(",")[0] == origin.raw == str(figure.value)
        else:
            assert origin.raw == value_text(written.figures[path])
            assert pointed.startswith(origin.raw), path


@each_edition
@pytest.mark.parametrize("layout", sorted(LOSES_BLANKS))
@given(seed=SEEDS)
def test_a_blank_that_left_no_trace_is_a_finding_and_not_a_wrong_figure(edition, layout, seed):
    rng = random.Random(seed)
    whole = numbered(random_report(rng, edition))
    blank = rng.choice([path for path in whole.figures if path.split(".")[0] == "applications"])
    figures = {**whole.figures, blank: whole.figures[blank]._replace(value=None)}

    result = load(write(replace(whole, figures=figures), layout), file_of(layout))

    assert result.report is not None
    for path, figure in result.report.figures.items():
        assert figure.value in {None, whole.figures[path].value}, path
    assert any(blank in finding.paths for finding in result.findings)


@each_edition
@pytest.mark.parametrize("layout", sorted(KEEPS_BLANKS & HAS_ROW_ENDS))
def test_a_table_of_nothing_but_blanks_is_read_as_blanks(edition, layout):
    written = random_report(random.Random(3), edition, blanks=1.0)

    read = report_in(write(written, layout), file_of(layout))

    assert {figure.value for figure in read.figures.values()} == {None}
    assert read.figures.keys() == written.figures.keys()


def test_two_numbers_one_below_the_other_are_not_one_number():
    written = distinct_report(EDITIONS[-1])
    text = write(written, "tab_lines").decode()
    path, figure = next(
        (path, figure) for path, figure in written.figures.items() if figure.value and figure.value > 99
    )
    result = load(text.replace(f"\t{figure.value}\n", f"\t{figure.value}\n7\n", 1).encode(), file_of("tab_lines"))

    assert result.report is not None
    assert result.report.figures[path].value is None
    assert any(path in finding.paths for finding in result.findings)
