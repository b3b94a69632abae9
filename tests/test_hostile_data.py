"""Texts, lists of values and data made to hold up whoever reads them: a finding, in bounded time and memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.support.loading import load

SECONDS = 20.0
"""None takes more than 3 on a machine with nothing else to do."""
MEGABYTES = 500
"""Of a whole process; none takes more than 250."""

TITLE = "云川市青禾区2023年政府信息公开工作年度报告\n一、总体情况\n"
LIST = "路径,项目,内容,备注\n"


def indented(depth: int) -> str:
    return "\n".join(f"{' ' * number}a:" for number in range(depth))


HOSTILE: dict[str, tuple[str, Callable[[], str], str]] = {
    "yaml: aliases of aliases": (
        "yaml",
        lambda: "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 30)),
        "broken-syntax",
    ),
    "yaml: a text for many": (
        "yaml",
        lambda: f"a: &a {'长' * 100_000}\n" + "".join(f"b{n}: *a\n" for n in range(9_000)),
        "not-a-report",
    ),
    "yaml: a mapping that is itself": ("yaml", lambda: "a: &a\n  b: *a\n", "broken-syntax"),
    "yaml: merged without end": (
        "yaml",
        lambda: "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n}\n  <<: [{'*a, ' * 50}]\n" for n in range(50)),
        "broken-syntax",
    ),
    "yaml: an object of Python": ("yaml", lambda: "a: !!python/object/apply:os.getcwd []\n", "not-a-report"),
    "yaml: indented 700 deep": ("yaml", lambda: indented(700), "broken-syntax"),
    "yaml: a million values": ("yaml", lambda: "a:\n" + "- 1\n" * 1_000_000, "too-large"),
    "yaml: a million keys": ("yaml", lambda: "".join(f"k{n}: 1\n" for n in range(1_000_000)), "too-large"),
    "yaml: many documents": ("yaml", lambda: "---\na: 1\n" * 50_000, "broken-syntax"),
    "yaml: a number without end": ("yaml", lambda: "year: " + "9" * 400_000, "not-a-report"),
    "yaml: sixties": ("yaml", lambda: "year: 1" + ":59" * 150_000, "not-a-report"),
    "json: 600 deep": ("json", lambda: '{"a":' * 600 + "1" + "}" * 600, "broken-syntax"),
    "json: a key twice among many": (
        "json",
        lambda: "{" + ",".join(f'"{n}":1' for n in range(40_000)) + ',"39999":1}',
        "broken-syntax",
    ),
    "json: a million values": ("json", lambda: '{"a":[' + "1," * 1_000_000 + "1]}", "too-large"),
    "json: a text of 5 MB": ("json", lambda: f'{{"narrative":{{"overview":"{"长" * 1_700_000}"}}}}', "too-large"),
    "md: front matter 900 deep": ("md", lambda: f"---\n{indented(700)}\n---\n# {TITLE}", "broken-syntax"),
    "md: front matter that does not end": ("md", lambda: "---\n" + "a: 1\n" * 90_000, "not-a-report"),
    "md: fences": ("md", lambda: "```\n" * 120_000, "not-a-report"),
    "md: rules of tables": ("md", lambda: "|\n|-|\n" * 80_000, "not-a-report"),
    "md: too many cells": ("md", lambda: "|a|\n|-|\n" + "|1|1|1|1|\n" * 30_000, "too-large"),
    "txt: a cell on each of a million lines": ("txt", lambda: "1 |\n" * 1_000_000, "too-large"),
    "txt: words of labels": ("txt", lambda: "总计 规章 " * 80_000, "not-a-report"),
    "txt: digits without end": ("txt", lambda: f"{TITLE}规章 {'1' * 400_000}", "missing-table"),
    "txt: tabs": ("txt", lambda: "\t" * 400_000, "empty-file"),
    "csv: a million rows": ("csv", lambda: "1,1,1\n" * 1_000_000, "too-large"),
    "csv: a million columns": ("csv", lambda: "1," * 1_000_000, "too-large"),
    "csv: quotation marks": ("csv", lambda: '"' * 400_001, "not-a-report"),
    "csv: a cell of 400,000 characters": ("csv", lambda: f'"{"长" * 400_000}",1\n', "too-large"),
    "csv: a list of 100,000 values": (
        "csv",
        lambda: LIST + "".join(f"a.{n},,1,\n" for n in range(100_000)),
        "too-large",
    ),
    "csv: a place in a list that is far": ("csv", lambda: f"{LIST}extra_rows.999999.label,,甲,\n", "faulty-row"),
    "mht: parts in parts": (
        "mht",
        lambda: "".join(f"Content-Type: multipart/mixed; boundary={n}\r\n\r\n--{n}\r\n" for n in range(9_000)),
        "not-a-report",
    ),
    "mht: a boundary for each line": (
        "mht",
        lambda: "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n" * 900_000,
        "not-a-report",
    ),
    "mht: a header without end": ("mht", lambda: "Content-Type: " + "text/html; " * 700_000, "too-large"),
    "mht: a page of 16 MB": (
        "mht",
        lambda: "Content-Type: text/html\r\n\r\n<p>" + "a" * 16_500_000,
        "too-large",
    ),
    "fodt: entities of entities": (
        "fodt",
        lambda: (
            '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            "<office:document>&b;</office:document>"
        ),
        "damaged",
    ),
    "fodt: 10,000 deep": ("fodt", lambda: "<a>" * 10_000 + "</a>" * 10_000, "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_is_a_finding_soon(name: str) -> None:
    suffix, make, rule = HOSTILE[name]
    data = make().encode()
    begun = time.perf_counter()
    result = load(data, f"inbox/report.{suffix}")

    assert rule in {finding.rule for finding in result.findings}
    assert "unreadable" not in {finding.rule for finding in result.findings}
    assert time.perf_counter() - begun < SECONDS


def test_hostile_data_takes_no_more_memory_than_a_process_has() -> None:
    program = (
        "import resource, sys\n"
        "from tests.test_hostile_data import HOSTILE, load\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES * 1_000_000}, {MEGABYTES * 1_000_000}))\n"
        "for suffix, make, _ in HOSTILE.values():\n"
        "    for finding in load(make().encode(), f'a.{suffix}').findings:\n"
        "        assert 'MemoryError' not in finding.message.en, suffix\n"
    )
    pytest.importorskip("resource", reason="needs limits of memory, which this system does not have")

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
