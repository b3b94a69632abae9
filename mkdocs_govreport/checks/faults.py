"""Faults of a document by its JSON Schema, in words of our own.

The engine's texts are never shown: a fault is told by its keyword, its path and its values, so that
another engine would give the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_govreport.model import Text

if TYPE_CHECKING:
    from mkdocs_govreport.checks.validator import Validator

_LONGEST_SHOWN = 40
_TYPES = {
    "integer": Text("整数", "an integer"),
    "number": Text("数字", "a number"),
    "string": Text("文字", "a text"),
    "array": Text("列表", "a list"),
    "object": Text("一组字段", "a group of fields"),
    "boolean": Text("真或假", "true or false"),
    "null": Text("空", "empty"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed keyword of a schema: what every engine can tell about it."""

    keyword: str
    path: tuple[str, ...]
    instance: Any
    demand: Any
    schema: Mapping[str, Any]


def faults(validator: Validator, document: object) -> Iterator[Fault]:
    """Yield one fault for a keyword at a place: `required` fails once for each missing name."""
    seen = set()
    for error in validator.errors(document):
        path = tuple(str(step) for step in error.absolute_path)
        key = (str(error.validator), path)
        if key not in seen:
            seen.add(key)
            schema = error.schema if isinstance(error.schema, Mapping) else {}
            yield Fault(key[0], path, error.instance, error.validator_value, schema)


def described(fault: Fault) -> Iterator[tuple[str, Text]]:
    """Say what is wrong, each with its dotted path."""
    path = ".".join(fault.path)
    if fault.keyword == "required":
        for name in fault.demand:
            if name not in fault.instance:
                yield ".".join([*fault.path, name]), Text("缺少此项", "it is missing")
    elif fault.keyword == "additionalProperties":
        for name in sorted(set(map(str, fault.instance)) - set(fault.schema.get("properties", {}))):
            yield ".".join([*fault.path, name]), Text("没有这个字段，请检查拼写", "no such field; check its spelling")
    else:
        yield path, misfit(_demand(fault), fault.instance)


def misfit(demand: Text, instance: object) -> Text:
    """Say what is there in place of what is wanted; `demand` follows on 应 and on “it should be”."""
    shown = _shown(instance)
    return Text(f"应{demand.zh}，现为{shown.zh}", f"it should be {demand.en} instead of {shown.en}")


def _demand(fault: Fault) -> Text:
    example = next(iter(fault.schema.get("examples", ())), None)
    if fault.keyword == "pattern" and example is not None:
        return Text(f"写成“{example}”的样子", f'written like "{example}"')
    if fault.keyword == "const":
        return Text(f"为文字“{fault.demand}”", f'the text "{fault.demand}"')
    if fault.keyword == "type":
        names = fault.demand if isinstance(fault.demand, list) else [fault.demand]
        wanted = [_TYPES[name] for name in names if name != "null" and name in _TYPES]
        joined = Text.join(wanted, zh="或", en=" or ")
        return Text(f"为{joined.zh}", joined.en)
    if fault.keyword == "minimum":
        return Text(f"不小于 {fault.demand}", f"{fault.demand} or more")
    if fault.keyword == "maximum":
        return Text(f"不大于 {fault.demand}", f"{fault.demand} or less")
    if fault.keyword == "minLength":
        return Text("有内容", "filled in")
    return Text("符合格式", "of the form")


def _shown(instance: object) -> Text:
    if isinstance(instance, Mapping):
        return _TYPES["object"]
    if isinstance(instance, list):
        return _TYPES["array"]
    if instance is None or instance == "":
        return _TYPES["null"]
    if isinstance(instance, bool):
        return Text(f"“{str(instance).lower()}”", f'"{str(instance).lower()}"')
    text = str(instance)
    text = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return Text(f"“{text}”", f'"{text}"') if isinstance(instance, str) else Text(f"数字 {text}", f"the number {text}")
