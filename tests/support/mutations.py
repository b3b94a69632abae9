"""Mutations of files that respect what a format is made of: tags, lines, cells, keys and values."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

PACKAGES = frozenset({".docx", ".docm", ".dotx", ".odt", ".xlsx", ".xlsm", ".ods"})

_TAGS = re.compile(rb"(<[^<>]{0,300}>)")
_MARKS = re.compile(rb"([\n,:{}\[\]])")
_FIELDS = re.compile(rb"([\n|\t,; ])")
_LINES = re.compile(rb"(\n)")
_PIECES = {
    **dict.fromkeys((*PACKAGES, ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".fodt"), _TAGS),
    **dict.fromkeys((".yaml", ".yml", ".json", ".meta.yml"), _MARKS),
    ".pdf": _LINES,
}
_MOST_TIMES = 300  # that a piece is repeated

_COMMON = (
    *("0", "1204", "-", "—", "/", "无", "12.50", "1,204", "３４", "²", "①", "\u200b", "\ufeff", "\x00", "22（其中修订16件）"),
    *("总计", "规章", "行政许可", "自然人", "结果维持", "（一）予以公开", "一、总体情况", "三、本年度办理结果"),
    *("1.属于国家秘密", "第二十条第（八）项", "信息内容", "其他", "行政复议"),
)  # fmt: skip
_TOKENS = {
    _TAGS: (
        *('<td rowspan="9999">', '<td colspan="9999">', "<td>", "</td>", "</tr>", "<tr>", "<table>", "</table>", "<br>"),
        *("<p hidden>", "<style>", "<!--", "<sup>1</sup>", "&#x41;", "&amp;", "<del>", "<li>", "<ol>", "<![CDATA["),
        *('<w:gridSpan w:val="99"/>', "<w:vMerge/>", "<w:tc>", "</w:tc>", "<w:tab/>", "<w:del>", "<w:vanish/>"),
        *(' table:number-columns-repeated="999"', ' table:number-rows-repeated="999"', ' t="s"', "<v>", '<c r="A1">'),
    ),
    _MARKS: (*("---\n", "...\n", "- ", "? ", "&a ", "*a", "!!int ", "|\n", ">\n", "1e9", "0x1F", "null"), *"{}[]\"'"),
    _FIELDS: ("|\n", "\n\n", "||||\n", "|---|---|\n", "# ", "```\n", "\\|", '""', "\r\n", "路径,项目,内容,备注\n", *'\t";,'),
    _LINES: ("BT ", " ET", "q ", " Q", "stream\n", "endstream\n", "endobj\n", "<< >>", "9 0 R", "/Kids [2 0 R]", "0 0 0 0 cm"),
}  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, rng: random.Random, suffix: str) -> bytes:
    """Return a file of a format with a few changes to its pieces; of packages in one of their parts."""
    return within(data, rng, suffix, lambda part, rng: change(part, rng, suffix))


def within(data: bytes, rng: random.Random, suffix: str, change: Change) -> bytes:
    """Apply a few changes to a file, or to a part of a package, a large one rather than a small one."""
    if suffix in PACKAGES and rng.random() > 0.05:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except Exception:  # whatever the package has become
            parts = {}
        if parts:
            name = rng.choices(list(parts), [len(part) + 200 for part in parts.values()])[0]
            parts[name] = _times(parts[name], rng, change)
            return _packed(parts)
    return _times(data, rng, change)


def _times(data: bytes, rng: random.Random, change: Change) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        data = change(data, rng)
    return data


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def change(data: bytes, rng: random.Random, suffix: str) -> bytes:
    """Put in something that the format knows, or rearrange its pieces."""
    pieces = _PIECES.get(suffix, _FIELDS)
    if rng.random() < 0.4:
        at = rng.randrange(len(data) + 1)
        end = rng.choice((at, at, at + rng.randrange(1, 12)))
        return data[:at] + rng.choice(_COMMON + _TOKENS[pieces]).encode() + data[end:]
    return _rearranged(pieces.split(data), rng)


def _rearranged(parts: list[bytes], rng: random.Random) -> bytes:
    """Leave out, move, copy, repeat or swap pieces, or cut the file off."""
    at = rng.randrange(len(parts))
    end = at + rng.choice((1, 1, 2, 2, 3, 5, 20))
    run, rest = parts[at:end], parts[:at] + parts[end:]
    to = rng.randrange(len(rest) + 1)
    other = rng.randrange(len(parts))
    ways: tuple[Callable[[], list[bytes]], ...] = (
        lambda: rest,
        lambda: [*rest[:to], *run, *rest[to:]],
        lambda: [*parts[:to], *run, *parts[to:]],
        lambda: [*parts[:at], *run * rng.choice((2, 2, 2, 3, 8, _MOST_TIMES)), *parts[end:]],
        lambda: [parts[other] if n == at else parts[at] if n == other else part for n, part in enumerate(parts)],
        lambda: parts[: max(1, at)] if rng.random() < 0.3 else rest,
    )
    return b"".join(rng.choice(ways)())
