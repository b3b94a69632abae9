"""Whatever is wrong with a source: every cell is in the report or in a finding, and no blank becomes 0."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_govreport.recognise.labels import label_index
from mkdocs_govreport.recognise.narrative import heading_reader
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import READERS, Grid, SourceError, Tree, read
from tests.documents import sound_text
from tests.support.damage import DAMAGES, damage
from tests.support.generate import numbered, random_report
from tests.support.layouts import FLATTENED, LOSES_BLANKS, SUFFIX, TEXT, Table, file_of, source_of, write
from tests.support.loading import CATALOGUE, EDITIONS, load

SEEDS = st.integers(0, 2**32 - 1)
LABELS = label_index(CATALOGUE)
HEADINGS = heading_reader(CATALOGUE)
OFFICIAL = "\n".join(
    plain(label.text.zh)
    for edition in CATALOGUE.editions.values()
    for table in edition.labels.values()
    for label in table.values()
)
# Converters that pad rows at their end make a cell left out look like a blank one at the end.
PADDED = {"pipes", "cell_lines", "tab_rows"}


def cells_seen(data, file):
    """Return the texts that the reader found: the cells of tables, and the words of paragraphs."""
    document = read(data, file)
    assert not isinstance(document, Tree)
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for row in block.rows for cell in row if cell.text)
        else:
            yield from block.text.split()


def assert_nothing_disappeared(data, file):
    result = load(data, file)
    if result.report is None:
        assert result.findings
        return result
    report = result.report
    kept = [figure.origin.raw for figure in report.figures.values()]
    kept += [str(value) for row in report.extra_rows for value in (row.label, *row.values)]
    kept += [finding.message.zh for finding in result.findings]
    kept += [text.replace("\\", "") for text in report.narrative.values()]
    kept += [text for text in (report.title, OFFICIAL) if text]
    everything = "\n".join(plain(text) for text in kept)
    for text in cells_seen(data, file):
        if LABELS.match(text) or LABELS.match_beginning(text) or LABELS.split(text) or HEADINGS.read(text, 1):
            continue
        wanted = plain(text)
        found = re.search(rf"(?<!\d){re.escape(wanted)}(?!\d)", everything)
        found = found or plain(text.replace("\\", "")) in everything
        assert found, f"“{text}” is neither in the report nor in a finding"
    return result


def assert_no_figure_is_wrong(result, truth):
    for path, figure in result.report.figures.items():
        assert figure.value in {None, truth.figures[path].value}, path
        if figure.value is None:
            assert any(path in finding.paths for finding in result.findings), path


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", DAMAGES)
@given(seed=SEEDS, layout=st.sampled_from(sorted(FLATTENED)))
def test_one_damage(edition, kind, seed, layout):
    rng = random.Random(seed)
    truth = numbered(random_report(rng, edition))
    data = FLATTENED[layout](damage(source_of(truth), rng, DAMAGES[kind]))

    result = assert_nothing_disappeared(data, file_of(layout))

    if not (kind == "delete_cell" and layout in PADDED):
        assert_no_figure_is_wrong(result, truth)
    if kind not in {"swap_rows", "unknown_label"}:
        assert result.findings or read_as_if_undamaged(result, truth)


def read_as_if_undamaged(result, truth):
    return result.report.figures.keys() == truth.figures.keys()


@pytest.mark.parametrize("edition", EDITIONS)
@given(
    seed=SEEDS,
    layout=st.sampled_from(sorted(FLATTENED)),
    kinds=st.lists(st.sampled_from(sorted(DAMAGES)), min_size=2, max_size=6),
)
def test_many_damages(edition, seed, layout, kinds):
    rng = random.Random(seed)
    truth = numbered(random_report(rng, edition, blanks=0 if layout in LOSES_BLANKS else 0.1, notes=0.1, extra_rows=1))
    source = damage(source_of(truth), rng, *(DAMAGES[kind] for kind in kinds))

    result = assert_nothing_disappeared(FLATTENED[layout](source), file_of(layout))

    assert all(figure.value != 0 for figure in result.report.figures.values())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", sorted(set(FLATTENED) - LOSES_BLANKS))
def test_a_text_in_any_value_cell_spoils_no_other(edition, layout):
    truth = numbered(random_report(random.Random(1), edition))
    source = source_of(truth)
    for path in random.Random(2).sample(list(truth.figures), 12) + list(truth.figures)[-15::2]:
        spoilt = source.map_tables(lambda table, path=path: with_text(table, path, "若干"))

        figures = load(FLATTENED[layout](spoilt), file_of(layout)).report.figures

        for other, figure in figures.items():
            assert figure.value in {None, truth.figures[other].value}, (path, other)


def with_text(table, path, text):
    rows = tuple(tuple(replace(cell, text=text) if cell.path == path else cell for cell in row) for row in table.rows)
    return Table(rows, table.width)


def test_prose_between_two_tables_on_one_line_is_kept():
    truth = numbered(random_report(random.Random(1), EDITIONS[-1]))
    lines = write(truth, "one_line").decode().splitlines()
    at = max(range(len(lines)), key=lambda number: len(lines[number]))
    lines[at] = f"{lines[at]} 此处有一句很长的说明，不属于任何一张表。 {lines[at]}"

    assert_nothing_disappeared("\n".join(lines).encode(), file_of("one_line"))


@pytest.mark.parametrize("edition", EDITIONS)
@given(seed=SEEDS, layout=st.sampled_from(sorted(TEXT)), share=st.floats(0.02, 0.8))
def test_a_file_that_was_cut_off(edition, seed, layout, share):
    truth = numbered(random_report(random.Random(seed), edition))
    text = write(truth, layout).decode()

    result = assert_nothing_disappeared(text[: int(len(text) * share)].encode(), file_of(layout))

    assert result.findings
    if result.report:
        # The last number may have been cut in two.
        wrong = [path for path, figure in result.report.figures.items() if figure.value != truth.figures[path].value]
        assert len(wrong) <= 1 or all(result.report.figures[path].value is None for path in wrong[:-1])


@pytest.mark.parametrize("suffix", READERS)
@given(data=st.binary(max_size=400))
def test_any_bytes_give_a_report_or_a_finding(suffix, data):
    result = load(data, f"inbox/report{suffix}")

    assert result.report or result.findings


@pytest.mark.parametrize("layout", SUFFIX)
@given(
    seed=SEEDS,
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=6)), min_size=1, max_size=8),
)
def test_broken_sources_never_raise(layout, seed, cuts):
    data = write(random_report(random.Random(seed % 8), EDITIONS[seed % len(EDITIONS)], notes=0.1), layout)
    for share, length, inserted in cuts:
        at = int(share * len(data))
        data = data[:at] + inserted + data[at + length :]

    result = load(data, file_of(layout))

    assert result.report or result.findings
    assert not any(finding.rule == "unreadable" for finding in result.findings), result.findings


@pytest.mark.parametrize("suffix", READERS)
@given(text=st.text(alphabet="一二（）、0123|\t\n #-*<>/td\"'{}[]:,&;年月日 政府信息公开申请总计规章", max_size=300))
def test_any_text_gives_a_report_or_a_finding(suffix, text):
    result = load(text.encode(), f"inbox/report{suffix}")

    assert result.report or result.findings
    assert not any(finding.rule == "unreadable" for finding in result.findings), result.findings


def test_readers_say_what_is_wrong_with_a_file():
    with pytest.raises(SourceError, match="empty-file"):
        read(b"", "report.txt")


def test_a_header_that_lost_a_label_moves_no_figure_of_another_group():
    text = sound_text()
    place = text.index("结果维持")
    whole, short = (
        load(source.encode(), "青禾区/2023.txt").report for source in (text, text[:place] + text[place + 4 :])
    )

    assert {path: figure.value for path, figure in short.figures.items()} == {
        path: figure.value for path, figure in whole.figures.items()
    }
