"""Whichever figure of a published report is changed, the build fails and says where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Report
from tests.documents import EXAMPLE, ROOT, load
from tests.support.site import Site

FIXTURES = ROOT / "tests/fixtures"
SOURCES = {
    "rows with pipes, 2019": (FIXTURES / "row_lines_2019.txt", 2020),
    "rows with pipes, 2021": (FIXTURES / "row_lines_2021.txt", 2022),
    "a cell a line": (FIXTURES / "cell_lines_2021.txt", 2023),
    "a cell a line without row ends": (FIXTURES / "endless_cell_lines_2021.txt", 2021),
    "TAB lines": (FIXTURES / "tab_lines_2019.txt", 2020),
    "Markdown": (EXAMPLE / "reports/suqian/2023.md", 2023),
    "YAML": (EXAMPLE / "reports/suqian/2024.yaml", 2024),
}
"""Real figures in the layouts in which they were published, and in the formats to write in."""


@dataclass
class Published:
    """A site that was built from sound reports, and one of its sources to be spoilt."""

    site: Site
    name: str
    text: str
    report: Report
    before: dict[str, float]


def times(folder: Path) -> dict[str, float]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(params=SOURCES, scope="module")
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    path, year = SOURCES[request.param]
    text = path.read_text(encoding="utf-8")
    name = f"reports/机关/{year}{path.suffix}"
    site = Site(tmp_path_factory.mktemp("site")).write({name: text})
    assert site.build().error is None
    result = load(text, name)
    assert result.report is not None
    return Published(site, name, text, result.report, times(site.output))


@settings(max_examples=25)
@given(data=st.data())
def test_a_changed_figure_fails_the_build_and_is_named(published: Published, data: st.DataObject) -> None:
    report = published.report
    paths = [
        path
        for path, figure in report.figures.items()
        if not path.startswith("proactive_disclosure.")
        and figure.value is not None
        and not _in_a_blank_row_and_column(path, report)
    ]
    path = data.draw(st.sampled_from(paths))
    figure = report.figures[path]
    wrong = data.draw(st.integers(0, 5000).filter(lambda number: number != figure.value))
    lines = published.text.split("\n")
    line, column = figure.origin.line, figure.origin.column
    assert line is not None
    assert column is not None
    spoilt = lines[line - 1]
    assert spoilt[column - 1 :].startswith(figure.origin.raw)
    lines[line - 1] = spoilt[: column - 1] + str(wrong) + spoilt[column - 1 + len(figure.origin.raw) :]
    built = published.site.write({published.name: "\n".join(lines)}).build()
    assert built.error is not None
    edition = load_catalogue().editions[report.edition]
    part, row, column_key = path.split(".")
    assert edition.row_title(part, row).zh in built.log or edition.row_title(part, column_key).zh in built.log
    assert re.search(rf"第{line}行", built.log)
    assert times(published.site.output) == published.before


def _in_a_blank_row_and_column(path: str, report: Report) -> bool:
    """Whether nothing can speak against a figure: a blank keeps both its row and its column from being assessed."""
    _, row, column = path.split(".")
    blanks = [
        other.split(".")[1:]
        for other, figure in report.figures.items()
        if figure.value is None and other.startswith("applications.")
    ]
    return any(other_row == row for other_row, _ in blanks) and any(
        other_column == column for _, other_column in blanks
    )
