"""Validation by JSON Schema: the engines, one of which may be installed for speed.

They take longer to import than a build that finds every report in its cache, so this module is imported where
a document is validated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

try:
    import jsonschema_rs
except ImportError:
    jsonschema_rs = None  # type: ignore[assignment]

_VALUE = {"type", "minimum", "description"}
_OBJECT = {"type", "properties", "required", "additionalProperties", "title", "description"}


def _is_integer(_checker: object, instance: object) -> bool:
    """Whether JSON Schema has a value for an integer: 12.0 is one, however it was read."""
    if isinstance(instance, bool):
        return False
    return isinstance(instance, int) or (isinstance(instance, float | Decimal) and instance % 1 == 0)


def _is_sound(instance: object, schema: Mapping[str, Any]) -> bool:
    """Whether a schema asks for no more than a value, or an object of values under certain names, and `instance` is one."""
    if schema.keys() <= _VALUE:
        return _is_sound_value(instance, schema)
    if not (
        type(instance) is dict
        and schema.keys() <= _OBJECT
        and schema.get("type") == "object"
        and schema.get("additionalProperties") is False
        and instance.keys() >= set(schema.get("required", ()))
    ):
        return False
    properties = schema.get("properties", {})
    return all(name in properties and _is_sound(value, properties[name]) for name, value in instance.items())


def _is_sound_value(instance: object, schema: Mapping[str, Any]) -> bool:
    """Whether a value is a text, or a number that is not too small."""
    wanted = schema.get("type", ())
    if type(instance) is int:
        return ("integer" in wanted or "number" in wanted) and instance >= schema.get("minimum", instance)
    return type(instance) is str and "string" in wanted


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: object, _schema: Mapping[str, Any]
) -> Iterator[Any]:
    """Apply the keyword `properties`; the sound ones, which most of a report are, need no closer look."""
    if not isinstance(instance, dict):
        return
    for name, schema in properties.items():
        if name in instance and not _is_sound(instance[name], schema):
            yield from validator.descend(instance[name], schema, path=name, schema_path=name)


class Validator:
    """Validates documents against one schema.

    Where jsonschema-rs is installed it passes the documents that are valid, several times as fast;
    what it does not pass is judged by jsonschema, so that faults are the same with and without it.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Build the validators once; building takes longer than validating."""
        self._schema = schema
        self._fast = jsonschema_rs.validator_for(dict(schema)) if jsonschema_rs is not None else None

    @cached_property
    def _exact(self) -> Any:
        """The validator that tells what is wrong; imported when something is, or where there is no other."""
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend

        exact = extend(  # type: ignore[no-untyped-call]
            Draft202012Validator,
            validators={"properties": _properties},
            type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
        )
        return exact(self._schema)

    def errors(self, document: object) -> Iterator[Any]:
        """Yield the errors of a document as jsonschema tells them."""
        if self._fast is not None:
            try:
                if self._fast.is_valid(document):
                    return
            except ValueError:
                pass  # what is no JSON to it, such as a decimal
        yield from self._exact.iter_errors(document)
