"""Mutations of files: of their bytes, and of the pieces that a format is made of."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

import atheris

_TAGS = re.compile(rb"(<[^<>]{0,300}>)")
_MARKS = re.compile(rb"([\n,:{}\[\]])")
_FIELDS = re.compile(rb"([\n|\t,; ])")
_LINES = re.compile(rb"(\n)")
_PIECES = {
    **dict.fromkeys((".html", ".mht", ".fodt", ".docx", ".odt", ".xlsx", ".ods"), _TAGS),
    **dict.fromkeys((".yaml", ".json", ".meta.yml"), _MARKS),
    ".pdf": _LINES,
}
PACKAGES = frozenset({".docx", ".odt", ".xlsx", ".ods"})
_MOST_TIMES = 300  # that a piece is repeated
_WINDOW = 64  # bytes that are mutated together

_SIGNS = (
    "0",
    "1204",
    "-",
    "—",
    "/",
    "无",
    "12.50",
    "1,204",
    "３４",
    "²",
    "①",
    "\u200b",
    "\ufeff",
    "\x00",
    "22（其中修订16件）",
)
_WORDS = (
    *("总计", "规章", "行政许可", "自然人", "结果维持", "（一）予以公开", "一、总体情况", "三、本年度办理结果"),
    *("1.属于国家秘密", "第二十条第（八）项", "信息内容", "其他", "行政复议"),
)
_XML = (
    *('<td rowspan="9999">', '<td colspan="9999">', "<td>", "</td>", "</tr>", "<tr>", "<table>", "</table>", "<br>"),
    *("<p hidden>", "<style>", "<!--", "<sup>1</sup>", "&#x41;", "&amp;", "<del>", "<li>", "<ol>", "<![CDATA["),
    *('<w:gridSpan w:val="99"/>', "<w:vMerge/>", "<w:tc>", "</w:tc>", "<w:tab/>", "<w:del>", "<w:vanish/>", "<w:t>"),
    *(
        ' table:number-columns-repeated="999"',
        ' table:number-rows-repeated="999"',
        ' t="s"',
        "<v>",
        "</v>",
        '<c r="A1">',
    ),
)
_DATA = (
    "---\n",
    "...\n",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!!int ",
    "|\n",
    ">\n",
    "1e9",
    "0x1F",
    "null",
    "NaN",
    "{",
    "[",
    '"',
    "'",
)
_TEXT = (
    "|\n",
    "\t",
    "\n\n",
    "||||\n",
    "|---|---|\n",
    "# ",
    "```\n",
    "\\|",
    '"',
    '""',
    ";",
    ",",
    "\r\n",
    "路径,项目,内容,备注\n",
)
_PDF = (
    "BT ",
    " ET",
    "q ",
    " Q",
    "stream\n",
    "endstream\n",
    "endobj\n",
    "<< >>",
    "100 0 R",
    "/Kids [2 0 R]",
    "re f",
    "0 0 0 0 cm",
)
_TOKENS = {
    _TAGS: _SIGNS + _WORDS + _XML,
    _MARKS: _SIGNS + _WORDS + _DATA,
    _FIELDS: _SIGNS + _WORDS + _TEXT,
    _LINES: _SIGNS + _PDF,
}

Mutator = Callable[[bytes, int, int], bytes]


def mutator_of(suffix: str) -> Mutator:
    """Return what mutates files of a format; of packages it mutates a part."""
    pieces = _PIECES.get(suffix, _FIELDS)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        rng = random.Random(seed)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            data = _mutated(data, longest, rng, pieces)
        return data[:longest]

    def mutate_package(data: bytes, longest: int, seed: int) -> bytes:
        rng = random.Random(seed)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except Exception:
            return mutate(data, longest, seed)
        if not parts or rng.random() < 0.05:
            return mutate(data, longest, seed)
        name = rng.choices(list(parts), [len(part) + 200 for part in parts.values()])[0]
        parts[name] = mutate(parts[name], longest, rng.randrange(2**32))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for part, content in parts.items():
                package.writestr(part, content)
        return target.getvalue()

    return mutate_package if suffix in PACKAGES else mutate


def _mutated(data: bytes, longest: int, rng: random.Random, pieces: re.Pattern[bytes]) -> bytes:
    way = rng.random()
    if way < 0.3:
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.randrange(1, _WINDOW))
        return data[:at] + bytes(atheris.Mutate(data[at:end], _WINDOW)) + data[end:]
    if way < 0.4:
        return bytes(atheris.Mutate(data, longest))
    if way < 0.6:
        at = rng.randrange(len(data) + 1)
        end = rng.choice((at, at, min(len(data), at + rng.randrange(1, 12))))
        return data[:at] + rng.choice(_TOKENS[pieces]).encode() + data[end:]
    return _rearranged(pieces.split(data), rng)


def _rearranged(parts: list[bytes], rng: random.Random) -> bytes:
    """Leave out, repeat, move or swap pieces."""
    at = rng.randrange(len(parts))
    end = min(len(parts), at + rng.choice((1, 1, 2, 2, 3, 5, 20)))
    run, rest = parts[at:end], parts[:at] + parts[end:]
    to = rng.randrange(len(rest) + 1)
    way = rng.randrange(5)
    if way == 0:
        return b"".join(rest)
    if way == 1:
        return b"".join([*rest[:to], *run, *rest[to:]])
    if way == 2:
        times = rng.choice((2, 2, 2, 3, 8, _MOST_TIMES))
        return b"".join([*parts[:at], *run * times, *parts[end:]])
    if way == 3:
        other = rng.randrange(len(parts))
        parts[at], parts[other] = parts[other], parts[at]
        return b"".join(parts)
    return b"".join([*rest[:to], *run, *rest[to:]] if rng.random() < 0.5 else parts[: max(1, at)])
