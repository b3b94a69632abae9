"""Reading a record: a file of entries, of which a faulty one does not take the others with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs_govreport.checks.faults import described, faults
from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.sources import DEFAULT_LIMITS, SourceError, Tree, compose
from mkdocs_govreport.sources.encoding import decode

Tell = Callable[[Origin, Text], None]
"""Is told of a fault, with its place."""

_DATES = ("date", "expires")
_NO_SUCH_DAY = Text("没有这一天", "there is no such day")
_PROBLEMS = {
    "undecodable": Text("无法识别文字编码，请另存为 UTF-8", "its encoding cannot be told; save it as UTF-8"),
    "broken-syntax": Text("此处无法解析", "this cannot be parsed"),
}
_NO_LIST = Text("应为一列条目，各以“- ”开头", "it should be a list of entries, each beginning with a hyphen")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that its schema passes: its data, where it begins, and the places of what is in it by dotted path."""

    data: Mapping[str, Any]
    origin: Origin
    places: Mapping[str, Origin]


def read_entries(path: Path, name: str, key: str, schema: Mapping[str, Any], tell: Tell) -> list[Entry]:
    """Read the entries under `key` of a YAML file that `schema` describes; what is wrong with it is told."""
    whole = Origin(name)
    try:
        tree = compose(decode(path.read_bytes(), DEFAULT_LIMITS), name)
    except FileNotFoundError:
        tell(whole, Text("文件不存在", "the file does not exist"))
        return []
    except OSError:
        tell(whole, Text("文件打不开", "the file cannot be opened"))
        return []
    except SourceError as error:
        problem = error.values.get("problem")
        told = problem if isinstance(problem, Text) else _PROBLEMS.get(error.rule, _PROBLEMS["broken-syntax"])
        if error.rule != "empty-file":
            tell(Origin(name, line=error.line, column=error.column), told)
        return []
    if not tree.data:  # a file of comments, which is how one begins
        return []
    faulty = _tell_faults(tree, key, schema, tell)
    entries = tree.data.get(key) if isinstance(tree.data, Mapping) else None
    if not isinstance(entries, list):
        return []
    return [
        _entry(tree, f"{key}.{number}", data)
        for number, data in enumerate(entries)
        if number not in faulty and _has_real_dates(tree, f"{key}.{number}", data, tell)
    ]


def _tell_faults(tree: Tree, key: str, schema: Mapping[str, Any], tell: Tell) -> set[int]:
    """Tell the faults of a file and return the numbers of the entries that have one."""
    from mkdocs_govreport.checks.validator import Validator  # late: see there

    faulty = set()
    for fault in faults(Validator(schema), tree.data):
        if fault.path[:1] == (key,) and len(fault.path) > 1:
            faulty.add(int(fault.path[1]))
        if fault.keyword in {"oneOf", "anyOf"} and "description" in fault.schema:
            tell(_place(tree, ".".join(fault.path)), _choice(fault.schema["description"]))
            continue
        for place, problem in described(fault):
            shown = re.sub(rf"^{key}\.\d+\.?", "", place)
            told = _NO_LIST if place == key and fault.keyword == "type" else problem
            before = Text(f"{shown} ", f"{shown}: ") if shown else Text("", "")
            tell(_place(tree, place), Text(before.zh + told.zh, before.en + told.en))
    return faulty


def _choice(description: str) -> Text:
    """Return what a schema says of alternatives, in Chinese and in English on either side of a stroke."""
    zh, _, en = description.partition(" / ")
    return Text(zh, en or zh)


def _has_real_dates(tree: Tree, path: str, data: Mapping[str, Any], tell: Tell) -> bool:
    for name in _DATES:
        if name in data:
            try:
                date.fromisoformat(str(data[name]))
            except ValueError:
                tell(
                    _place(tree, f"{path}.{name}"),
                    Text(f"{name} {_NO_SUCH_DAY.zh}：{data[name]}", f"{name}: {_NO_SUCH_DAY.en}: {data[name]}"),
                )
                return False
    return True


def _entry(tree: Tree, path: str, data: Mapping[str, Any]) -> Entry:
    prefix = f"{path}."
    places = {name.removeprefix(prefix): tree.origins[name] for name in tree.origins if name.startswith(prefix)}
    return Entry(data, _place(tree, path), places)


def _place(tree: Tree, place: str) -> Origin:
    """Return the place of a path, or of what it is missing from."""
    while place and place not in tree.origins:
        place = place.rpartition(".")[0]
    return tree.origins.get(place, Origin(tree.file))
