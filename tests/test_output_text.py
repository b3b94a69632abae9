"""The text that `govreport check` prints: what stands first, and the part of the table that does not add up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Origin
from mkdocs_govreport.output.detail import Detail
from mkdocs_govreport.output.excerpt import Excerpt, excerpt
from mkdocs_govreport.output.grid import Grid, Kind, grid_of
from mkdocs_govreport.output.text import render_findings, render_reports
from mkdocs_govreport.pipeline import Portal
from tests.documents import changed, check_folder, dumped, sound_document, sound_text

SOUND = sound_text()
FAULTY = changed(SOUND, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))
WARNED = changed(SOUND.replace("青禾区", "柳溪区"), ("1.属于国家秘密", "1.属于国家机密"))
APPLICATIONS = "applications"


def text_of(portal: Portal, language: str = "zh", *, width: int = 80, colour: bool = False) -> str:
    return render_findings(portal, language, lambda file, number: None, colour=colour, width=width)


def damaged(seed: int) -> dict[str, Any]:
    """A report with some wrong figures in the table of applications and one in that of reviews."""
    numbers = random.Random(seed)
    document = sound_document()
    for _ in range(numbers.choice((1, 1, 2, 4))):
        row = numbers.choice(list(document[APPLICATIONS].values()))
        row[numbers.choice(list(row))] += numbers.choice((1, 9, 90, 123456))
    document["review_and_litigation"]["review"]["upheld"] += numbers.choice((0, 1))
    return document


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> list[Portal]:
    folder = tmp_path_factory.mktemp("damaged")
    return [check_folder(folder / str(seed), {"reports/宿迁市/2024.json": dumped(damaged(seed))}) for seed in range(12)]


def grids(portals: list[Portal], most_columns: int = 7) -> Iterator[Grid]:
    for portal in portals:
        edition = portal.catalogue.editions["2021"]
        for finding in portal.findings:
            grid = grid_of(finding, edition, Messages("zh"), most_columns)
            if grid is not None:
                yield grid


def tables(text: str) -> Iterator[list[str]]:
    """The small tables in a text: the lines between a message, which is a sentence, and the next."""
    for finding in re.split(r"^  (?:错误|警告|error|warning) .*\n.*\n", text, flags=re.MULTILINE)[1:]:
        lines = finding.split("\n\n")[0].splitlines()
        yield [line for line in lines if line.startswith("    ") and not re.match(r" {4}\S.*[。.：:]", line)]


# --- order ----------------------------------------------------------------------------------------


def test_the_gravest_report_comes_first_and_in_it_the_gravest_finding(tmp_path: Path) -> None:
    both = changed(FAULTY.replace("青禾区", "松岭区"), ("1.属于国家秘密", "1.属于国家机密"))
    files = {"reports/柳溪区/2023.txt": WARNED, "reports/松岭区/2023.txt": both}
    portal = check_folder(tmp_path, files)

    order = re.findall(r"^(?:reports\S+|  \S+ \S+ )", text_of(portal), re.MULTILINE)
    assert [entry.strip() for entry in order] == [
        "reports/松岭区/2023.txt",
        "错误 T201",
        "警告 S111",
        "reports/柳溪区/2023.txt",
        "警告 S111",
    ]


def test_the_gravity_of_a_report_is_that_of_its_open_findings(tmp_path: Path) -> None:
    row = "(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 4 | 0"
    portal = check_folder(
        tmp_path, {"reports/青禾区/2023.txt": changed(SOUND, (row, row.replace("| 0", "| /")))}, {"blank-cell": "off"}
    )

    assert [severity.value for severity, _ in render_reports(portal, "zh", lambda file, number: None)] == ["info"]


def test_how_to_learn_more_is_said_once_at_the_end(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, {"reports/青禾区/2023.txt": FAULTY, "reports/柳溪区/2023.txt": WARNED})

    assert text_of(portal).count("govreport explain") == 1
    assert text_of(portal).splitlines()[-1] == "规则说明：govreport explain T201"
    assert "govreport explain" not in text_of(check_folder(tmp_path / "sound", {"reports/青禾区/2023.txt": SOUND}))


# --- how much is printed ---------------------------------------------------------------------------


def warned(count: int) -> dict[str, str]:
    """So many reports, each with a warning."""
    return {f"reports/第{number}镇/2023.txt": WARNED.replace("柳溪区", f"第{number}镇") for number in range(count)}


def written(portal: Portal, detail: Detail = Detail.AUTO) -> str:
    return render_findings(portal, "zh", lambda file, number: None, detail=detail)


def test_warnings_of_few_files_are_printed_in_full(tmp_path: Path) -> None:
    assert written(check_folder(tmp_path, warned(10))).count("  警告 S111 label") == 10


def test_files_beyond_get_a_line_each_with_the_rules_and_their_counts(tmp_path: Path) -> None:
    text = written(check_folder(tmp_path, warned(11)))

    assert "  警告 S111 label" not in text
    assert len(re.findall(r"^reports/第\d+镇/2023.txt .*S111 label ×1", text, re.MULTILINE)) == 11


def test_many_files_are_counted_by_rule_and_how_to_list_them_is_said(tmp_path: Path) -> None:
    text = written(check_folder(tmp_path, warned(51)))

    assert "reports/" not in text
    assert re.search(r"^ +51 +51 +警告 +S111 +label$", text, re.MULTILINE)
    assert "govreport check --detail full" in text


def test_everything_is_printed_on_request(tmp_path: Path) -> None:
    assert written(check_folder(tmp_path, warned(51)), Detail.FULL).count("  警告 S111 label") == 51


def test_errors_are_printed_in_full_whatever_else_there_is(tmp_path: Path) -> None:
    both = changed(FAULTY, ("1.属于国家秘密", "1.属于国家机密"))
    portal = check_folder(tmp_path, {**warned(51), "reports/青禾区/2023.txt": both})

    for detail in (Detail.AUTO, Detail.BRIEF):
        text = written(portal, detail)
        assert "  错误 T201" in text
        assert "另有 1 处：S111 label ×1。" in text
        assert "17→14" in text
    assert text.splitlines()[-5].strip() == "reports/青禾区/2023.txt  错误 1 处"


def test_what_is_only_counted_still_warns(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, warned(51))

    assert [severity.value for severity, _ in render_reports(portal, "zh", lambda file, number: None)] == ["warning"]


def test_one_finding_needs_no_totals(tmp_path: Path) -> None:
    assert "按规则统计" not in written(check_folder(tmp_path, {"reports/青禾区/2023.txt": FAULTY}))


# --- the small table ------------------------------------------------------------------------------


def test_the_only_change_that_mends_everything_is_marked(tmp_path: Path) -> None:
    text = text_of(check_folder(tmp_path, {"reports/青禾区/2023.txt": FAULTY}))

    assert "17→14" in text
    assert "?" not in text


def test_of_several_changes_each_is_marked_and_what_to_do_is_said(tmp_path: Path) -> None:
    document = sound_document()
    document["review_and_litigation"]["review"]["upheld"] += 1
    text = text_of(check_folder(tmp_path, {"reports/宿迁市/2024.json": dumped(document)}))

    assert len(re.findall(r"\d\?", text)) >= 2
    assert "改动其中任何一个" in text


def test_a_sum_across_years_is_listed_figure_by_figure(tmp_path: Path) -> None:
    earlier = sound_document(2023) | {"agency": "宿迁市", "agency_id": None, "year": 2023}
    files = {"reports/宿迁市/2024.json": dumped(sound_document()), "reports/宿迁市/2023.json": dumped(earlier)}
    text = text_of(check_folder(tmp_path, files))

    assert "    2023年 四、结转下年度·" in text


def test_what_is_shown_of_a_row_adds_up_to_what_is_said_beside_it(portals: list[Portal]) -> None:
    checked = 0
    for most in (7, 3):
        for grid in grids(portals, most):
            for row in grid.rows:
                cells = [cell for cell in row.cells if cell.kind in (Kind.FIGURE, Kind.SUSPECT) and cell.text]
                sums = [cell for cell in row.cells if cell.kind in (Kind.SUM, Kind.DIFFERENCE)]
                if grid.sums[:1] != (Messages("zh")("computed"),) or len(sums) != 2 or not cells or row.title == "算得":
                    continue
                *shown, printed = [int(re.split("[→?]", cell.text)[0].replace(",", "")) for cell in cells]
                computed, difference = [int(cell.text.replace(",", "")) for cell in sums]
                assert (sum(shown), sum(shown) - printed) == (computed, difference)
                checked += 1
    assert checked > 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_fit_into_80_columns(language: str, portals: list[Portal]) -> None:
    lines = [line for portal in portals for table in tables(text_of(portal, language)) for line in table]

    assert len(lines) > 50
    assert [line for line in lines if cell_len(line) > 80] == []


def test_numbers_of_a_column_end_below_one_another(portals: list[Portal]) -> None:
    seen = 0
    for portal in portals:
        for table in tables(text_of(portal, width=100)):
            if not table:
                continue
            ends = {cell_len(table[0][: match.end()]) for match in re.finditer(r"\S+(?: \S+)*", table[0])}
            for line in table[1:]:
                body = re.sub(r"  第\d+行$", "", line)
                numbers = re.finditer(r"(?<=  )[-+\d,]+(?:→[\d,]+|\?)?(?=$|  )", body)
                assert {cell_len(body[: match.end()]) for match in numbers} <= ends, "\n".join(table)
                seen += 1
    assert seen > 50


def test_a_finding_takes_few_lines(portals: list[Portal]) -> None:
    for portal in portals:
        for finding in re.split(r"^  错误 ", text_of(portal).split("\n\n")[0], flags=re.MULTILINE)[1:]:
            assert len(finding.splitlines()) <= 16, finding


def test_colours_change_nothing_but_colours(portals: list[Portal]) -> None:
    for portal in portals:
        coloured = text_of(portal, colour=True)
        assert "\x1b[" in coloured
        plain = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).split("\n"))
        assert plain == text_of(portal)


def test_a_value_that_follows_for_a_blank_is_offered_once(tmp_path: Path) -> None:
    document = sound_document()
    document["applications"]["granted"]["natural_person"] = None
    text = text_of(check_folder(tmp_path, {"reports/宿迁市/2024.json": dumped(document)}))

    assert text.count("没有代填，请核对后填写）：“（一）予以公开·自然人”应为 1,408") == 1


WORD = ["<tr><td width=17", "style='height:19.5pt'>", "<p style='margin:1 1;", "top:1'><b>1</b></p>", "</td>"]


@pytest.mark.parametrize(
    ("lines", "first", "shown_in"),
    [
        (WORD, 2, 4),
        (["<tr><td class=a1>1</td>", "<td>1</td></tr>"], 1, 1),
        (["<tr><td>1,001</td><td>11</td><td>1</td><td>0.1</td></tr>"], 1, 1),
    ],
    ids=["Word breaks tags", "a cell on a line", "other figures on the line"],
)
def test_the_figure_is_shown_and_no_digit_of_a_tag(lines: list[str], first: int, shown_in: int) -> None:
    shown = shown_of("1", lines, first)
    assert shown is not None
    assert shown.number == shown_in
    place = shown.carets.index("^")
    assert shown.text[place - 1 : place + 2] == ">1<"
    assert shown.carets.count("^") == 1


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("1", ["<td>1</td><td>1</td>"]),
        ("12", ["<td>", "<p>1<b>2</b></p>", "</td>"]),
        ("12", ["<td>", "</td>", "<td>12</td>"]),
        ("12", ["<td style='a:12'></td>"]),
        ("", ["<td></td>"]),
    ],
)
def test_markup_that_does_not_show_the_figure_is_not_shown(raw: str, lines: list[str]) -> None:
    assert shown_of(raw, lines, 1) is None


def shown_of(raw: str, lines: list[str], first: int) -> Excerpt | None:
    numbered = dict(enumerate(lines, 1))
    return excerpt(Origin("a.html", raw, first), lambda _, number: numbered.get(number))
