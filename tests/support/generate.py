"""Random reports whose equations all hold, for any edition of the catalogue.

Rows, columns and sums come from the data of the edition alone, so that a new edition is tested
without a change here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.checks import report_schema
from mkdocs_govreport.editions import Catalogue, Edition, Equation, Scope, load_catalogue
from mkdocs_govreport.model import ExtraRow, Figure, Number, Origin, Report
from mkdocs_govreport.recognise import INTRODUCTION
from mkdocs_govreport.sources import escape_markdown

FILE = "inbox/report"

_PLACES = ("云", "松", "溪", "白", "鹿", "青", "石", "南", "桥", "柳", "竹", "梅", "荷", "雁", "枫", "泉")
_ENDS = ("镇", "乡", "街道办事处", "区人民政府", "县民政局", "市水务局", "经济开发区", "风景名胜区")
_SUBJECTS = ("本单位", "各科室", "办公室", "政务服务中心", "信息中心", "值班人员", "新来的同志")
_VERBS = ("按月整理", "及时登记", "逐项核对", "当面讲解", "集中编印", "重新梳理", "定期回看")
_OBJECTS = ("办事指南", "公示栏目", "申请台账", "政策问答", "目录清单", "来信来访记录", "会议纪要")
_ENDINGS = ("，群众查询更方便。", "，遗漏之处随时补上。", "；做法还要继续改进。", "，效果比较明显。", "。")
_NOTES = ("其中修订一件", "含上级转来的", "含两次合并办理", "新增")
_SHORTEST_PART = 25
_EXTRA_LABELS = ("便民告示牌更新情况", "热线来电转办情况", "公开栏张贴情况", "宣传折页印发情况")
ODD_PROSE = (
    "竖线|与星号*一起出现，下划线_也在。",
    "小于<号、与号&、井号#和反斜杠\\都照原样保留。",
    "# 并不是标题，只是以井号开头。",
    "1. 并不是列表，只是以数字开头。",
    "- 并不是列表，只是以短横开头。",
    "> 并不是引文。",
    "**不加粗**，`不是代码`，[不是链接](https://example.org)。",
    "&lt;不是标签&gt;，&amp;也照写。",
    "{% raw %} 与 {{ 变量 }} 都只是文字。",
    '“引号”、‘单引号’、"直引号"：冒号，--- 三个短横。',
)


@dataclass(frozen=True, slots=True)
class Demand:
    """What the schema asks of a figure: decimals, and whether it may be negative."""

    is_money: bool
    may_be_negative: bool


def random_report(
    rng: random.Random,
    edition_id: str,
    *,
    blanks: float = 0.0,
    notes: float = 0.0,
    extra_rows: int = 0,
    odd_prose: bool = False,
    other_tables: Mapping[str, str] | None = None,
    agency: str | None = None,
    year: int | None = None,
    previous: Report | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Return a report whose equations all hold; with `previous`, also those with the year before.

    `blanks` and `notes` are the share of figures that are blank or carry a remark; `other_tables`
    maps parts to the edition that their table follows instead. `odd_prose` mixes in sentences that look
    like Markdown and are none.
    """
    catalogue = catalogue or load_catalogue()
    edition = catalogue.editions[edition_id]
    edition_of = {part: (other_tables or {}).get(part, edition_id) for part in edition.tables}
    agency = agency or random_agency(rng)
    year = year or rng.randint(edition.first_year, edition.last_year or edition.first_year + 4)
    values: dict[str, Number] = {}
    for part, name in edition_of.items():
        values |= _values(rng, catalogue, catalogue.editions[name], part, previous)
    figures = {}
    for part, name in edition_of.items():
        for path in catalogue.editions[name].figures(part):
            if rng.random() < blanks:
                figures[path] = Figure(None, Origin(FILE))
            else:
                note = rng.choice(_NOTES) if rng.random() < notes else None
                figures[path] = Figure(values[path], Origin(FILE), note)
    start, end = f"{year}-01-01", f"{year}-12-31"
    narrative = {INTRODUCTION: f"{_sentence(rng)}数据的统计期限为{_date(start)}至{_date(end)}。"}
    narrative |= {part: _prose(rng, odd=odd_prose) for part in edition.parts}
    return Report(
        file=FILE,
        edition=edition_id,
        edition_of=edition_of,
        figures=figures,
        narrative=narrative,
        extra_rows=tuple(_extra_rows(rng, catalogue, edition_of, extra_rows)),
        agency=agency,
        agency_id=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        period_start=start,
        period_end=end,
    )


def random_agency(rng: random.Random) -> str:
    """Return an invented name of an agency."""
    return "".join(rng.sample(_PLACES, rng.randint(2, 3))) + rng.choice(_ENDS)


def numbered(report: Report) -> Report:
    """Give every figure a value of its own, so that a place in the source can be told by the value."""
    figures = {
        path: figure._replace(value=None if figure.value is None else 1001 + number)
        for number, (path, figure) in enumerate(report.figures.items())
    }
    return replace(report, figures=figures)


def demands(catalogue: Catalogue, edition: Edition, part: str) -> dict[str, Demand]:
    """Return what the schema of an edition asks of each figure of a table."""
    table = report_schema(catalogue, edition.id, ())["properties"][part]["properties"]
    return {
        path: _demand(table[path.split(".")[1]]["properties"][path.split(".")[2]]) for path in edition.figures(part)
    }


def content(report: Report) -> dict[str, Any]:
    """Return all that a report says, without where it was read: what must survive every conversion."""
    return {
        "edition": report.edition,
        "edition_of": dict(report.edition_of),
        "figures": {path: (figure.value, figure.note) for path, figure in report.figures.items()},
        "narrative": dict(report.narrative),
        "extra_rows": [(row.part, row.label, row.values) for row in report.extra_rows],
        "processing_fee": dict(report.processing_fee),
        "identity": {name: getattr(report, name) for name in IDENTITY},
    }


# --- figures --------------------------------------------------------------------------------------


def _demand(schema: Mapping[str, Any]) -> Demand:
    return Demand("number" in schema["type"], "minimum" not in schema)


def _values(
    rng: random.Random, catalogue: Catalogue, edition: Edition, part: str, previous: Report | None
) -> dict[str, Number]:
    asked = demands(catalogue, edition, part)
    equations = [
        equation
        for equation in edition.equations
        if equation.part == part
        and Scope.MEMBERS not in equation.scopes
        and (previous is not None or Scope.PREVIOUS not in equation.scopes)
    ]
    solver = Solver(equations, previous, frozenset(path for path, demand in asked.items() if demand.may_be_negative))
    # A figure that stands alone on its side is the sum of the others; the rest are free.
    sums = {side[0].path for e in equations if e.is_sum for side in (e.left, e.right) if len(side) == 1}
    free = [path for path in asked if path not in sums]
    rng.shuffle(free)
    # Long sums first: what they come to can then be made up for in the short ones.
    longest = {path: max((len(e.left + e.right) for e in equations if _has(e, path)), default=0) for path in free}
    free.sort(key=lambda path: -longest[path])
    busy = rng.random() < 0.5
    solver.settle()
    for path in [*free, *sums]:
        if path in asked and path not in solver.values:
            solver.choose(path, _value(rng, asked[path], busy=busy))
    values = {path: solver.values[path] for path in asked}
    for equation in edition.equations:
        paths = [operand.path for operand in equation.left if operand.scope is Scope.PREVIOUS]
        # What next year begins with is no less than 0.
        if equation.part == part and len(paths) == len(equation.left) and sum(values[path] for path in paths) < 0:
            values |= {path: abs(values[path]) for path in paths}
    return values


def _has(equation: Equation, path: str) -> bool:
    return any(operand.path == path for operand in equation.left + equation.right)


def _value(rng: random.Random, demand: Demand, *, busy: bool) -> Number:
    # Most cells of real reports are 0.
    if rng.random() < (0.4 if busy else 0.8):
        return 0
    number = rng.choice((1, 1, 2, 3, rng.randint(4, 40), rng.randint(10, 3000)))
    if demand.is_money and rng.random() < 0.7:
        places = rng.randint(1, 4)
        amount = Decimal(rng.randint(1, 9_999_999)).scaleb(-places)
        return int(amount) if amount == amount.to_integral_value() else amount.normalize()
    return -number if demand.may_be_negative and rng.random() < 0.4 else number


class Solver:
    """Fills in the unknown of every equation that has one left; never lets a count fall below 0."""

    def __init__(self, equations: list[Equation], previous: Report | None, signed: frozenset[str]) -> None:
        self.values: dict[str, Number] = {}
        self._signed = signed
        self._sums: list[tuple[Number, dict[str, int], Equation]] = []
        self._sums_of: dict[str, list[int]] = {}
        for equation in equations:
            constant: Number = 0
            signs: dict[str, int] = {}
            for operands, sign in ((equation.left, 1), (equation.right, -1)):
                for operand in operands:
                    if operand.scope is Scope.REPORT:
                        signs[operand.path] = sign
                    else:
                        figure = previous.figures.get(operand.path) if previous else None
                        if figure is None or figure.value is None:
                            break  # the equation does not apply
                        constant += sign * figure.value
                else:
                    continue
                break
            else:
                for path in signs:
                    self._sums_of.setdefault(path, []).append(len(self._sums))
                self._sums.append((constant, signs, equation))

    def settle(self) -> None:
        """Take what the year before decides."""
        self.values |= self._follow({}, range(len(self._sums))) or {}

    def choose(self, path: str, value: Number) -> None:
        """Give a free figure `value`, or another one where that would make a sum negative."""
        for attempt in (value, 0, *(10**power for power in range(1, 9))):
            found = self.consequences({path: attempt})
            if found is not None:
                self.values |= found
                return
        raise AssertionError(f"no value for {path} makes the equations hold")

    def consequences(self, given: dict[str, Number]) -> dict[str, Number] | None:
        """Return `given` with all that follows from it; None where that cannot be."""
        return self._follow(given, [number for path in given for number in self._sums_of.get(path, [])])

    def _follow(self, given: dict[str, Number], waiting: Any) -> dict[str, Number] | None:
        found = dict(given)
        queue = list(waiting)
        while queue:
            total, signs, equation = self._sums[queue.pop()]
            unknown = [path for path in signs if path not in self.values and path not in found]
            if len(unknown) > 1:
                continue
            for path, sign in signs.items():
                if path not in unknown:
                    total += sign * (found[path] if path in found else self.values[path])
            if not unknown:
                if not equation.allows(total):
                    return None
                continue
            if not equation.is_sum:
                continue
            path = unknown[0]
            value = -total * signs[path]
            if value < 0 and path not in self._signed:
                return None
            found[path] = value
            queue += self._sums_of[path]
        return found


# --- words ----------------------------------------------------------------------------------------


def _extra_rows(
    rng: random.Random, catalogue: Catalogue, edition_of: Mapping[str, str], count: int
) -> Iterator[ExtraRow]:
    # A table whose figures have no label beside them has no place for a row of another name.
    layouts = {part: catalogue.editions[name].layouts[part] for part, name in edition_of.items()}
    parts = [part for part, layout in layouts.items() if all(line.label for line in layout.lines)]
    chosen = zip((rng.choice(parts) for _ in range(count)), rng.sample(_EXTRA_LABELS, count), strict=True)
    for part, label in sorted(chosen, key=lambda item: list(edition_of).index(item[0])):
        values = tuple(rng.choice((0, 3, 58)) for _ in range(layouts[part].most_figures))
        yield ExtraRow(part, label, values, Origin(FILE))


def _prose(rng: random.Random, *, odd: bool) -> str:
    blocks = ["".join(_sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(1, 3))]
    if len("".join(blocks)) < _SHORTEST_PART:
        blocks[0] += "这项工作由专人负责，全年没有间断。"
    if odd:
        blocks += [escape_markdown(text) for text in rng.sample(ODD_PROSE, rng.randint(1, 3))]
        rng.shuffle(blocks)
    return "\n\n".join(blocks)


def _sentence(rng: random.Random) -> str:
    return rng.choice(_SUBJECTS) + rng.choice(_VERBS) + rng.choice(_OBJECTS) + rng.choice(_ENDINGS)


def _date(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"
