"""A report as a list of its values, a row for each: how a converted report stands in a file of values.

A row has the path of a value in the canonical document, its name for people, the value, and the remark
beside it. A value is a number, nothing, or a text; a text that could be taken for one of the others, for
a date or for a formula has an apostrophe before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mkdocs_govreport.model import Number, Origin, Text
from mkdocs_govreport.sources.document import SourceError, Tree
from mkdocs_govreport.sources.guard import guard
from mkdocs_govreport.sources.properties import number_of

HEADER = ("路径", "项目", "内容", "备注")
"""The header that tells such a list from any other sheet."""

_EMPTY = "[]"
_NUMBER = re.compile(r"[-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{1,30})?")
_LOOKS_OTHERWISE = re.compile(r"[\d\s.,:/%年月日Ee+\u2212-]*")
_PATH = re.compile(r"[$\w-]{1,60}(?:\.[$\w-]{1,60}){0,5}", re.ASCII)
_SURPLUS = Text("多出一格“{raw}”", 'there is a cell too many, "{raw}"')
_NO_PATH = Text("“{path}”不是路径", '"{path}" is no path')
_TWICE = Text("“{path}”出现两次", '"{path}" is given twice')
_OUT_OF_ORDER = Text("“{path}”的序号没有接上前一行", 'the number in "{path}" does not follow that of the row before')
_NO_MEMBER = Text("“{path}”与另一行矛盾", '"{path}" contradicts another row')


class Entry(NamedTuple):
    """A row of the list, each cell with its place; `raw` of the origin is the cell as it stands."""

    path: Origin
    name: Origin
    value: Origin
    remark: Origin


def entry_of(cells: Sequence[Origin]) -> Entry:
    """Return a row of the list; cells at its end may be missing.

    Raises:
        SourceError: `faulty-row` where there are more, as when a comma of a text parts it.
    """
    surplus = next((cell for cell in cells[len(HEADER) :] if cell.raw.strip()), None)
    if surplus is not None:
        raise SourceError("faulty-row", surplus.line, surplus.column, problem=_SURPLUS.format(raw=surplus.raw[:20]))
    missing = [cells[-1]._replace(raw="")] * (len(HEADER) - len(cells))
    return Entry(*cells[: len(HEADER)], *missing)


def written(value: Number | str | list[Any] | None) -> str:
    """Write a value so that `value_of` gives it again; of lists there are only empty ones."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _EMPTY
    if isinstance(value, str):
        could_be_other = _LOOKS_OTHERWISE.fullmatch(value) or value == _EMPTY or value.lstrip().startswith("'")
        return f"'{value}" if could_be_other else guard(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def value_of(text: str) -> Number | str | list[Any] | None:
    """Return the value that a cell holds."""
    bare = text.strip(" ")
    if not bare:
        return None
    if bare == _EMPTY:
        return []
    if bare.startswith("'"):
        return text.lstrip(" ")[1:]
    return number_of(bare.replace(",", "").replace("\u2212", "-")) if _NUMBER.fullmatch(bare) else text


def text_in(cell: str) -> str:
    """Return the text that a cell holds that can hold nothing else."""
    return cell[1:] if cell.startswith("'") else cell


def tree_of(entries: Iterable[Entry], file: str) -> Tree:
    """Make the canonical document of a list.

    Raises:
        SourceError: `faulty-row` for a path that is none, is given twice or contradicts another.
    """
    root: dict[str, Any] = {}
    notes: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    for entry in entries:
        path = entry.path.raw.strip()
        if not _PATH.fullmatch(path):
            raise _fault(_NO_PATH, entry)
        if path in origins:
            raise _fault(_TWICE, entry)
        value = value_of(entry.value.raw)
        _put(root, path.split("."), value, entry)
        origins[path] = entry.value._replace(raw=value if isinstance(value, str) else entry.value.raw.strip())
        if entry.remark.raw.strip():
            notes[path] = text_in(entry.remark.raw)
    return Tree(file, {**root, "notes": notes} if notes else root, _with_containers(origins))


def _put(root: dict[str, Any], keys: list[str], value: Any, entry: Entry) -> None:
    """Put a value into nested mappings; a key in digits is the place in a list."""
    container: Any = root
    for key, following in zip(keys, [*keys[1:], ""], strict=True):
        empty: Any = [] if following.isdigit() else {}
        item = empty if following else value
        if isinstance(container, list):
            place = int(key) if key.isdigit() and len(key) < 7 else -1
            if place == len(container):
                container.append(item)
            if not (0 <= place < len(container)):
                raise _fault(_OUT_OF_ORDER, entry)
            container = container[place]
        elif isinstance(container, dict):
            container = container.setdefault(key, item)
        else:
            raise _fault(_NO_MEMBER, entry)
    if container is not value and container != value:
        raise _fault(_NO_MEMBER, entry)


def _with_containers(origins: Mapping[str, Origin]) -> dict[str, Origin]:
    """Give each mapping and list the place of its first value."""
    result = dict(origins)
    for path, origin in origins.items():
        while "." in path:
            path = path.rpartition(".")[0]
            result.setdefault(path, origin._replace(raw=""))
    return result


def _fault(problem: Text, entry: Entry) -> SourceError:
    return SourceError("faulty-row", entry.path.line, entry.path.column, problem=problem.format(path=entry.path.raw))
