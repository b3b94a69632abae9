"""YAML and JSON with the place of every value."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.sources.document import Field, SourceError, Tree
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import Limits

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_MOST_DIGITS = 30
_DEEPEST = 200
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+')
_BRACKET = re.compile(r"[\[\]{}]")
_DEEP_ROW = re.compile(rf"(?:[-?:] +){{{_DEEPEST},}}")

# What the parsers say of the usual slips, in words for people who do not program.
_SLIPS = (
    ("could not find expected ':'", Text("缺少冒号", "a colon is missing")),
    ("Expecting ':' delimiter", Text("缺少冒号", "a colon is missing")),
    ("mapping values are not allowed", Text("此处不应有冒号", "a colon that does not belong here")),
    (
        "cannot start any token",
        Text(
            "行首用了制表符（Tab），或值以特殊符号开头而没有加引号",
            "a TAB is used to indent, or quotation marks are missing",
        ),
    ),
    ("did not find expected key", Text("缩进不一致", "the indentation is not even")),
    ("expected <block end>", Text("缩进不一致", "the indentation is not even")),
    ("expected '-' indicator", Text("缩进不一致", "the indentation is not even")),
    ("found unexpected end of stream", Text("引号或括号没有成对", "a quotation mark or a bracket is not closed")),
    ("Unterminated string", Text("引号没有成对", "a quotation mark is not closed")),
    ("expected ',' or", Text("缺少逗号或括号", "a comma or a bracket is missing")),
    ("Expecting ',' delimiter", Text("缺少逗号或括号", "a comma or a bracket is missing")),
    ("Expecting property name", Text("缺少带引号的名称", "a name in quotation marks is missing")),
    ("trailing comma", Text("多了一个逗号", "a comma too many")),
    ("expected node content", Text("缺少一个值或括号", "a value or a bracket is missing")),
    ("Expecting value", Text("缺少一个值", "a value is missing")),
    ("Extra data", Text("结尾之后还有内容", "something follows the end")),
)
_UNKNOWN_SLIP = Text("此处无法解析", "this cannot be parsed")
_TOO_DEEP = Text("嵌套层数过多", "it is nested too deeply")
_NO_MAPPING = Text("应为“字段: 值”的形式", 'it should consist of "field: value"')


def read_yaml(data: bytes, file: str, limits: Limits) -> Tree:
    """Read a canonical document in YAML.

    Raises:
        SourceError: `too-large`, `empty-file`, `undecodable`, `broken-syntax`, or `not-a-report`.
    """
    tree = compose(_text_of(data, limits), file)
    if not isinstance(tree.data, Mapping):
        raise SourceError("not-a-report")
    return tree


def _text_of(data: bytes, limits: Limits) -> str:
    """Decode data; a value costs a hundred times the memory of the characters that it is written with."""
    text = decode(data, limits)
    limits.check("characters", len(text))
    return text


def read_json(data: bytes, file: str, limits: Limits) -> Tree:
    """Read a canonical document in JSON; raises as `read_yaml`."""
    text = _text_of(data, limits)
    try:
        parsed = json.loads(
            text,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=str,
            object_pairs_hook=_without_repetition,
        )
    except SourceError:
        compose(text, file)  # knows the line, where it finds the same
        raise
    except json.JSONDecodeError as error:
        raise SourceError("broken-syntax", error.lineno, error.colno, problem=_in_words(error.msg)) from error
    except RecursionError as error:
        raise SourceError("broken-syntax", problem=_TOO_DEEP) from error
    if not isinstance(parsed, Mapping):
        raise SourceError("not-a-report")
    return Tree(file, parsed, _places_in_json(text, file))


def _places_in_json(text: str, file: str) -> dict[str, Origin]:
    """Return the origin of every value of a JSON text that is known to be valid."""
    origins: dict[str, Origin] = {}
    names = [""]  # of the containers that are open, outermost first
    nexts: list[str | int | None] = [""]  # in each of them: the key or the number of the next value, None before a key
    line, line_start, position = 1, 0, 0
    for match in _JSON_TOKEN.finditer(text):
        piece, start = match[0], match.start()
        newlines = text.count("\n", position, start)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", position, start) + 1
        position = start
        following = nexts[-1]
        if piece in "}]":
            names.pop()
            nexts.pop()
        elif following is None:
            nexts[-1] = _unquoted(piece)
        else:
            name = f"{names[-1]}.{following}" if names[-1] else str(following)
            raw = "" if piece in "{[" else _unquoted(piece) if piece[0] == '"' else piece
            origins[name] = Origin(file, raw, line, start - line_start + 1)
            nexts[-1] = following + 1 if isinstance(following, int) else None
            if piece in "{[":
                if len(names) > _DEEPEST:
                    raise SourceError("broken-syntax", line, start - line_start + 1, problem=_TOO_DEEP)
                names.append(name)
                nexts.append(0 if piece == "[" else None)
    return origins


def _unquoted(text: str) -> str:
    return str(json.loads(text)) if "\\" in text else text[1:-1]


def compose(text: str, file: str, first_line: int = 1) -> Tree:
    """Compose YAML into plain data and the origins of its scalars.

    Raises:
        SourceError: `broken-syntax`, also for repeated keys and for aliases.
    """
    if _is_too_deep(text):
        raise SourceError("broken-syntax", problem=_TOO_DEEP)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + first_line, mark.column + 1) if mark else (None, None)
        raise SourceError("broken-syntax", line, column, problem=_in_words(error.problem or "")) from error
    except yaml.YAMLError as error:
        raise SourceError("broken-syntax", problem=_in_words(str(error).split("\n", 1)[0])) from error
    builder = _Builder(file, first_line)
    data = builder.build(node, "") if node else {}
    return Tree(file, data, _Origins(file, builder.places))


def scalar_fields(tree: Tree, file: str) -> dict[str, Field]:
    """Return the entries of a mapping of metadata with their places."""
    if not isinstance(tree.data, Mapping):
        raise SourceError("broken-syntax", 1, 1, problem=_NO_MAPPING)
    return {str(key): Field(value, tree.origins.get(str(key), Origin(file))) for key, value in tree.data.items()}


def _is_too_deep(text: str) -> bool:
    """Whether nesting would exhaust the stack of the C composer, which takes the whole process with it."""
    if _DEEP_ROW.search(text):
        return True
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _in_words(problem: str) -> Text:
    return next((words for slip, words in _SLIPS if slip.lower() in problem.lower()), _UNKNOWN_SLIP)


def _given_twice(key: str) -> Text:
    return Text(f"“{key}”出现两次", f'"{key}" is given twice')


def _decimal(text: str) -> Decimal | str:
    """Read a number with decimals; one that no report can hold stays text, and is found to be no number."""
    number = Decimal(text)
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else text


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= _MOST_DIGITS else text


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        raise SourceError("broken-syntax", problem=_given_twice(next(name for name in times if times[name] > 1)))
    return found


class _Origins(Mapping[str, Origin]):
    """The origins of a tree, made when they are asked for: a document has thousands, a report uses some."""

    def __init__(self, file: str, places: dict[str, tuple[str, int, int]]) -> None:
        self._file = file
        self._places = places

    def __getitem__(self, path: str) -> Origin:
        raw, line, column = self._places[path]
        return Origin(self._file, raw, line, column)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Builder:
    """Builds data from nodes; numbers with decimals stay decimal, dates stay text."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.places: dict[str, tuple[str, int, int]] = {}
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: str, depth: int = 0) -> Any:
        line, column = node.start_mark.line + self.first_line, node.start_mark.column + 1
        if depth > _DEEPEST:
            raise SourceError("broken-syntax", line, column, problem=_TOO_DEEP)
        if isinstance(node, yaml.ScalarNode):
            self.places[path] = (node.value, line, column)
            return _scalar(node)
        if id(node) in self._seen:
            raise SourceError(
                "broken-syntax", line, column, problem=Text("这里不能用别名（*）", "an alias (*) is not allowed here")
            )
        self._seen.add(id(node))
        self.places[path] = ("", line, column)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.build(item, f"{path}.{number}" if path else str(number), depth + 1)
                for number, item in enumerate(node.value)
            ]
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.Node, path: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(getattr(key_node, "value", ""))
            if key in result:
                mark = key_node.start_mark
                raise SourceError(
                    "broken-syntax", mark.line + self.first_line, mark.column + 1, problem=_given_twice(key)
                )
            result[key] = self.build(value_node, f"{path}.{key}" if path else key, depth + 1)
        return result


def _scalar(node: yaml.ScalarNode) -> Any:
    tag = node.tag.removeprefix(_TAG)
    text = node.value
    try:
        if tag == "int":
            if len(text) > _MOST_DIGITS:
                return text
            return int(text.replace("_", ""), 0 if text.lstrip("+-")[:2].lower() in {"0x", "0o", "0b"} else 10)
        if tag == "float":
            return _decimal(text.replace("_", ""))
    except (ValueError, InvalidOperation):
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in {"true", "yes", "on"}
    return text
