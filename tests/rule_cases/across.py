"""Reports that break the rules across years and agencies, of dates and of plausibility, and neighbours that do not."""

from __future__ import annotations

from tests.documents import Files, changed
from tests.rule_cases.case import SOUND, TEXT, Case

FILE = "reports/青禾区/2023.txt"
OVERVIEW = next(line for line in TEXT.splitlines() if line.startswith("青禾区以老旧小区改造"))
PROBLEMS = TEXT.split("五、存在的主要问题及改进情况\n")[1].split("\n六、")[0]

OF_GREENS = (
    "青禾区把三十六个菜市场的检测数据张贴到摊位，顾客扫描即可查看产地。年内新增巡回公开车两辆，按周开进偏远村落，"
    "随车受理申请并当场登记。各街道把补贴名单分组上墙，由村民小组核对签字后归档。窗口人员轮流到档案室值守，查找旧卷宗的时间缩短一半。"
)
OF_FORESTS = (
    "本区围绕林权流转建立公示台账，采伐指标、造林补助和护林员名册按季更新。护林站设置意见箱，收到的问题由林业站逐条答复。"
    "旅游旺季前公布景点承载量与停车泊位，实时数据接入导航软件。老旧电梯的检验结果贴在轿厢内，住户可以对照编号上网复查。"
)


def report(agency: str = "青禾区", year: int = 2023, overview: str | None = None, text: str = TEXT) -> str:
    """The sound text as that of another agency and year, with another overview."""
    text = changed(text, (OVERVIEW, overview)) if overview else text
    return text.replace("2023年", f"{year}年").replace("青禾区", agency)


def with_overview(text: str) -> Files:
    return {FILE: changed(TEXT, (OVERVIEW, text))}


def registry(*entries: str) -> str:
    return "agencies:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def dated(day: str, entry: str) -> Files:
    """The sound report, published on a day, with an entry of the registry for its agency."""
    return {**SOUND, f"{FILE}.meta.yml": f"published_on: {day}\n", "agencies.yml": registry(entry)}


def two_years(then: str, now: str, text: str = TEXT) -> Files:
    """Reports of two years, alike but for a value that stands where `@` does in `then` and `now`."""
    old, earlier = then.split("@")
    _, later = now.split("@")
    return {
        "reports/青禾区/2022.txt": report(year=2022, text=changed(text, (old, earlier))),
        FILE: changed(text, (old, later)),
    }


HEADER = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"
DOCUMENTS = ("规章 | 0 | 0 | 0", "行政规范性文件 | 5 | 2 | 31")
TWO_AGENCIES = {**SOUND, "reports/临澜区/2023.txt": report("临澜区")}
TWO_ENTRIES = ("id: qinghe, name: 青禾区", "id: linlan, name: 临澜区")
DISTRICT = "id: qinghe, name: 青禾区, kind: government"
TOWNSHIP = "id: qinghe, name: 青禾区, kind: 乡镇"
IN_COUNTY = f"{DISTRICT}, region: 云川市青禾区"
IN_CITY = f"{DISTRICT}, region: 云川市"
REGULATION = changed(TEXT, ("规章 | 0 | 0 | 0", "规章 | 1 | 0 | 1"))

CASES = {
    "year-gap": Case(
        {"reports/青禾区/2021.txt": report(year=2021), **SOUND},
        {"reports/青禾区/2022.txt": report(year=2022), **SOUND},
    ),
    "missing-report": Case(
        {**TWO_AGENCIES, "agencies.yml": registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区")},
        {**TWO_AGENCIES, "agencies.yml": registry(*TWO_ENTRIES, "id: liuxi, name: 柳溪区, until: 2022")},
    ),
    "repeated-prose": Case(
        {"reports/青禾区/2022.txt": report(year=2022, overview=OF_GREENS), **with_overview(OF_GREENS)},
        {"reports/青禾区/2022.txt": report(year=2022, overview=OF_FORESTS), **with_overview(OF_GREENS)},
    ),
    "shared-prose": Case(
        {"reports/临澜区/2023.txt": report("临澜区", overview=OF_GREENS), **with_overview(OF_GREENS)},
        {"reports/临澜区/2023.txt": report("临澜区", overview=OF_FORESTS), **with_overview(OF_GREENS)},
    ),
    "wrong-year": Case(
        {FILE: changed(TEXT, ("一、总体情况", "一、2022年总体情况"))},
        {FILE: changed(TEXT, ("一、总体情况", "一、2023年总体情况"))},
    ),
    "wrong-notice": Case(
        with_overview(f"依照国办公开办函〔2019〕60号的格式编制。{OVERVIEW}"),
        with_overview(f"依照国办公开办函[2021]30号的格式编制。{OVERVIEW}"),
    ),
    "late": Case(dated("2024-04-01", DISTRICT), dated("2024-03-31", DISTRICT)),
    "published-early": Case(dated("2023-12-30", DISTRICT), dated("2024-01-02", DISTRICT)),
    "thin-part": Case(
        {FILE: changed(TEXT, (PROBLEMS, "无。"))},
        {FILE: changed(TEXT, (PROBLEMS, "窗口人手偏少，明年增加两人轮流值守。"))},
    ),
    "part-order": Case(
        {
            FILE: changed(
                TEXT,
                (f"五、存在的主要问题及改进情况\n{PROBLEMS}\n", ""),
                ("一、总体情况\n", f"五、存在的主要问题及改进情况\n{PROBLEMS}\n一、总体情况\n"),
            )
        }
    ),
    "extra-column": Case(
        {FILE: changed(TEXT, (HEADER, f"{HEADER} | 公开件数"), *((row, f"{row} | 3") for row in DOCUMENTS))},
        {FILE: changed(TEXT, (HEADER, f"{HEADER} | 公开件数"), *((row, f"{row} | ") for row in DOCUMENTS))},
    ),
    "unit-jump": Case(
        two_years("行政事业性收费 | 12.5@行政事业性收费 | 12.5", "@行政事业性收费 | 131240"),
        two_years("行政事业性收费 | 12.5@行政事业性收费 | 12.5", "@行政事业性收费 | 1312.4"),
    ),
    "tenfold": Case(
        two_years("行政许可 | 1846@行政许可 | 1846", "@行政许可 | 18460"),
        two_years("行政许可 | 1846@行政许可 | 1846", "@行政许可 | 19460"),
    ),
    "regulations-level": Case(
        {FILE: REGULATION, "agencies.yml": registry(IN_COUNTY)}, {FILE: REGULATION, "agencies.yml": registry(IN_CITY)}
    ),
}
