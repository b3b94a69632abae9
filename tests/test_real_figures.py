"""The figures, labels and layouts of five published reports, with prose of our own."""

import json
from collections import Counter
from pathlib import Path

import pytest

from mkdocs_govreport.canonical import plain_number
from tests.support.loading import load

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))


@pytest.mark.parametrize("source", FIXTURES, ids=lambda path: path.stem)
def test_a_published_report_reads_as_it_is_printed(source):
    expected = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))

    result = load(source.read_bytes(), f"inbox/{source.name}")

    report = result.report
    assert report is not None
    assert {path: plain_number(figure.value) for path, figure in report.figures.items()} == expected["figures"]
    assert (report.agency, report.year, report.edition) == (expected["agency"], expected["year"], expected["edition"])
    extra = [[row.part, row.label, [plain_number(value) for value in row.values]] for row in report.extra_rows]
    assert extra == expected["extra_rows"]
    assert Counter(finding.rule for finding in result.findings) == expected["findings"]
