"""YAML and JSON with the place of every value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from mkdocs_govreport.model import Origin
from mkdocs_govreport.sources.document import Field, SourceError, Tree
from mkdocs_govreport.sources.encoding import decode

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


def read_yaml(data: bytes, file: str) -> Tree:
    """Read a canonical document in YAML.

    Raises:
        SourceError: `empty-file`, `undecodable`, `broken-syntax`, or `not-a-report`.
    """
    tree = compose(decode(data), file)
    if not isinstance(tree.data, Mapping):
        raise SourceError("not-a-report")
    return tree


def read_json(data: bytes, file: str) -> Tree:
    """Read a canonical document in JSON; raises as `read_yaml`."""
    text = decode(data)
    try:
        parsed = json.loads(text, parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        raise SourceError("broken-syntax", line, column, problem=getattr(error, "msg", str(error))) from error
    if not isinstance(parsed, Mapping):
        raise SourceError("not-a-report")
    try:
        origins = compose(text, file).origins
    except SourceError:
        origins = {}  # JSON that YAML does not take, such as one indented with TABs: read, but without places
    return Tree(file, parsed, origins)


def compose(text: str, file: str, first_line: int = 1) -> Tree:
    """Compose YAML into plain data and the origins of its scalars.

    Raises:
        SourceError: `broken-syntax`, also for repeated keys and for aliases.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + first_line, mark.column + 1) if mark else (None, None)
        raise SourceError("broken-syntax", line, column, problem=error.problem or str(error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError("broken-syntax", problem=str(error).split("\n", 1)[0]) from error
    builder = _Builder(file, first_line)
    data = builder.build(node, "") if node else {}
    return Tree(file, data, builder.origins)


def scalar_fields(tree: Tree, file: str) -> dict[str, Field]:
    """Return the entries of a mapping of metadata with their places."""
    if not isinstance(tree.data, Mapping):
        raise SourceError("broken-syntax", 1, 1, problem="metadata is not a mapping")
    return {str(key): Field(value, tree.origins.get(str(key), Origin(file))) for key, value in tree.data.items()}


class _Builder:
    """Builds data from nodes; numbers with decimals stay decimal, dates stay text."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.origins: dict[str, Origin] = {}
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: str) -> Any:
        line, column = node.start_mark.line + self.first_line, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            self.origins[path] = Origin(self.file, node.value, line, column)
            return _scalar(node)
        if id(node) in self._seen:
            raise SourceError("broken-syntax", line, column, problem="an alias (*) is not allowed here")
        self._seen.add(id(node))
        self.origins[path] = Origin(self.file, "", line, column)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.build(item, f"{path}.{number}" if path else str(number)) for number, item in enumerate(node.value)
            ]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(getattr(key_node, "value", ""))
            if key in result:
                mark = key_node.start_mark
                raise SourceError(
                    "broken-syntax", mark.line + self.first_line, mark.column + 1, problem=f"“{key}” is given twice"
                )
            result[key] = self.build(value_node, f"{path}.{key}" if path else key)
        return result


def _scalar(node: yaml.ScalarNode) -> Any:
    tag = node.tag.removeprefix(_TAG)
    text = node.value
    try:
        if tag == "int":
            return int(text.replace("_", ""), 0 if text.lstrip("+-")[:2].lower() in {"0x", "0o", "0b"} else 10)
        if tag == "float":
            number = Decimal(text.replace("_", ""))
            return number if number.is_finite() else text
    except (ValueError, InvalidOperation):
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in {"true", "yes", "on"}
    return text
