"""Faults of a document by its JSON Schema, in words of our own.

The engine's texts are never shown: a fault is told by its keyword, its path and its values, so that
another engine would give the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from mkdocs_govreport.model import Text

try:
    import jsonschema_rs
except ImportError:
    jsonschema_rs = None  # type: ignore[assignment]

_LONGEST_SHOWN = 40
_PLAIN = {"type", "minimum", "description"}
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


def _is_integer(_checker: object, instance: object) -> bool:
    """Whether JSON Schema has a value for an integer: 12.0 is one, however it was read."""
    if isinstance(instance, bool):
        return False
    return isinstance(instance, int) or (isinstance(instance, float | Decimal) and instance % 1 == 0)


def _is_plain(instance: object, schema: Mapping[str, Any]) -> bool:
    """Whether a schema asks for no more than a text, or a number that is not too small, and `instance` is one."""
    if not schema.keys() <= _PLAIN:
        return False
    wanted = schema.get("type", ())
    if type(instance) is int:
        return ("integer" in wanted or "number" in wanted) and instance >= schema.get("minimum", instance)
    return type(instance) is str and "string" in wanted


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: object, _schema: Mapping[str, Any]
) -> Iterator[Any]:
    """Apply the keyword `properties`; sound counts and texts, of which a report has hundreds, need no closer look."""
    if not isinstance(instance, dict):
        return
    for name, schema in properties.items():
        if name in instance and not _is_plain(instance[name], schema):
            yield from validator.descend(instance[name], schema, path=name, schema_path=name)


_ExactValidator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    validators={"properties": _properties},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


class Validator:
    """Validates documents against one schema.

    Where jsonschema-rs is installed it passes the documents that are valid, a hundred times as fast;
    what it does not pass is judged by jsonschema, so that faults are the same with and without it.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Build the validators once; building takes longer than validating."""
        self._exact = _ExactValidator(schema)
        self._fast = jsonschema_rs.validator_for(dict(schema)) if jsonschema_rs is not None else None

    def errors(self, document: object) -> Iterator[Any]:
        """Yield the errors of a document as jsonschema tells them."""
        if self._fast is not None:
            try:
                if self._fast.is_valid(document):
                    return
            except ValueError:
                pass  # what is no JSON to it, such as a decimal
        yield from self._exact.iter_errors(document)


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
