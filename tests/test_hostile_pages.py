"""Web pages made to hold up or bring down whoever reads them: a finding, soon."""

from __future__ import annotations

import time

import pytest

from tests.support.loading import load

SECONDS = 20.0
"""None takes more than 3 on a machine with nothing else to do; without the limits each took minutes or gigabytes."""

REFUSED = {
    "nested 100,000 deep": ("<div>" * 100_000, "nesting"),
    "tables nested 100,000 deep": ("<table><tr><td>" * 33_000, "nesting"),
    "millions of tiny tags": ("<b>" * 5_000_000, "tags"),
    "a million rows": ("<table>" + "<tr><td>1" * 1_000_000, "tags"),
    "a million attributes": ("<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">x", "attributes"),
    "attributes parted by slashes": ("<p/" + "/".join(f"a{n}" for n in range(100_000)) + ">x", "attributes"),
    "attributes that hold tags": ("<p " + "".join(f'a{n}="<>"' for n in range(40_000)) + ">x", "attributes"),
    "5 MB in a cell": ("<table><tr><td>1</td><td>" + "12 " * 1_700_000 + "</td></tr></table>", "characters"),
    "8 million words": ("<p>" + " 1" * 7_900_000, "characters"),
    "millions of lines": ("<pre>" + "a\n" * 7_900_000, "characters"),
    "spans of empty cells": ("<table><tr>" + "<td colspan=1000000000></td>" * 20_000, "cells"),
}
NO_REPORT = {
    "spans of 10^9": "<table>" + "<tr><td colspan=1000000000 rowspan=1000000000>x</td><td>1</td></tr>" * 10_000,
    "5 MB in an attribute": f'<p title="{"a" * 5_000_000}">x',
    "a comment that is not closed": "<p>x<!-- " + "a" * 15_000_000,
    "a script that is not closed": "<script>" + "<table>" * 90_000,
    "comments": "<!-->" * 99_000,
    "entities": "<p>" + "&nbsp;" * 2_600_000,
    "notes in one line": "<p>" + "1<sup>1</sup>" * 45_000,
    "hidden rows": "<table>" + "<tr><td hidden>1" * 45_000,
    "struck cells": ("<table><tr><td>" + "<del>1</del>" * 500) * 90,
    "items of a list": "<ul>" + "<li>a" * 90_000,
    "words of labels": "<p>" + " 总计" * 160_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_above_a_limit_is_refused_by_its_name(name: str) -> None:
    page, option = REFUSED[name]
    begun = time.perf_counter()
    (finding,) = load(page.encode(), "inbox/report.html").findings

    assert finding.rule == "too-large"
    assert f"`{option}`" in finding.message.en
    assert time.perf_counter() - begun < SECONDS


@pytest.mark.parametrize("name", NO_REPORT)
def test_a_page_of_nothing_is_no_report(name: str) -> None:
    begun = time.perf_counter()
    (finding,) = load(NO_REPORT[name].encode(), "inbox/report.html").findings

    assert finding.rule == "not-a-report"
    assert time.perf_counter() - begun < SECONDS


@pytest.mark.parametrize(
    "data", [b"<p>\x00" + b"\x00" * 5_000_000, bytes(range(256)) * 40_000], ids=["NUL", "all bytes"]
)
def test_bytes_that_are_no_text(data: bytes) -> None:
    assert [finding.rule for finding in load(data, "inbox/report.html").findings] == ["undecodable"]
