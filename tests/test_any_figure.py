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
from tests.documents import EXAMPLE, load
from tests.support.site import Site

SOURCES = (
    "zongkou/2020.txt",
    "cihua/2023.txt",
    "huoshan-kaifaqu/2020.txt",
    "jinghe-yuanqu/2021.txt",
    "suqian/2023.md",
    "suqian/2024.yaml",
)
"""Real figures in every layout: rows with pipes, a cell a line with and without row ends, TABs, Markdown, YAML."""


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
    text = (EXAMPLE / "reports" / request.param).read_text(encoding="utf-8")
    site = Site(tmp_path_factory.mktemp("site")).write({f"reports/{request.param}": text})
    assert site.build().error is None
    result = load(text, f"reports/{request.param}")
    assert result.report is not None
    return Published(site, f"reports/{request.param}", text, result.report, times(site.output))


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
