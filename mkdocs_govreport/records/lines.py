"""Records that a program writes: JSON with a line for each entry, so that versions of them can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from mkdocs_govreport.checks.faults import described, faults
from mkdocs_govreport.model import Text


class RecordError(Exception):
    """A record written by a program that cannot be used; `problem` says why."""

    def __init__(self, problem: Text, line: int | None = None) -> None:
        super().__init__(problem.zh)
        self.problem = problem
        self.line = line


def read_json_record(path: Path, schema: Mapping[str, Any]) -> Any:
    """Read a record that is JSON and of a schema.

    Raises:
        RecordError: when it is not, or cannot be read.
    """
    from mkdocs_govreport.checks.validator import Validator  # late: see there

    try:
        data = path.read_bytes()
        plain = json.loads(data)
    except FileNotFoundError as error:
        raise RecordError(Text("文件不存在", "the file does not exist")) from error
    except OSError as error:
        raise RecordError(Text("文件打不开", "the file cannot be opened")) from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise RecordError(Text("不是完整的 JSON", "it is no valid JSON"), line) from error
    for fault in faults(Validator(schema), plain):
        for place, problem in described(fault):
            raise RecordError(Text(f"{place} {problem.zh}".strip(), f"{place}: {problem.en}".removeprefix(": ")))
    # Validated as it is, which is faster by far; amounts of money are exact in what is returned.
    return json.loads(data, parse_float=Decimal) if b"." in data else plain


def write_lines(path: Path, key: str, entries: Iterable[Mapping[str, Any]]) -> None:
    """Write a record as JSON with a line for each entry, so that versions can be compared."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    path.write_text(f'{{"version":1,"{key}":[\n{lines}\n]}}\n' if lines else f'{{"version":1,"{key}":[]}}\n', "utf-8")
