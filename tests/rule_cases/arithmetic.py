"""Reports whose figures do not add up, with themselves, with last year or with their members, and neighbours that do."""

from __future__ import annotations

import random
from dataclasses import replace

import yaml

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Number, Report
from tests.documents import Files, changed, dumped
from tests.rule_cases.case import Case
from tests.rule_cases.reading import PARTIALLY, SUQIAN_2023, document_with, text_with
from tests.support.generate import random_report

CATALOGUE = load_catalogue()

# Balances in itself, but carries 119 forward where the next report carries over 118.
ONE_MORE_CARRIED_FORWARD = changed(
    SUQIAN_2023.decode(),
    ("| 3402 | 99 | 0 | 4 | 5 | 1 | 3511 |", "| 3403 | 99 | 0 | 4 | 5 | 1 | 3512 |"),
    ("| 118 | 3 | 0 | 0 | 0 | 0 | 121 |", "| 119 | 3 | 0 | 0 | 0 | 0 | 122 |"),
)


def report_file(report: Report, figures: dict[str, Number] | None = None, **identity: object) -> bytes:
    """A canonical document of a report, with other figures."""
    changed_to = {path: report.figures[path]._replace(value=value) for path, value in (figures or {}).items()}
    report = replace(report, figures={**report.figures, **changed_to})
    return dumped(to_document(report, CATALOGUE, origins=False) | identity)


YEAR_2019 = random_report(random.Random(2019), "2019", agency="云溪县", year=2019)
YEAR_2020 = random_report(random.Random(2020), "2019", agency="云溪县", year=2020, previous=YEAR_2019)
PRIOR = "proactive_disclosure.licences.prior_year_items"


def two_years(figures: dict[str, Number] | None = None) -> Files:
    return {
        "reports/云溪县/2019.json": report_file(YEAR_2019),
        "reports/云溪县/2020.json": report_file(YEAR_2020, figures),
    }


def value(report: Report, path: str) -> int:
    found = report.figures[path].value
    assert isinstance(found, int)
    return found


BODY = "云溪县人民政府"
OFFICES = ("云溪县教育局", "云溪县财政局", "云溪县公安局")
MEMBERS = tuple(
    random_report(random.Random(f"member {name}"), "2021", agency=name, year=2023, catalogue=CATALOGUE)
    for name in OFFICES
)


def registry(*more: str) -> bytes:
    """A registry in which the offices, and more, are below the body."""
    below = [{"id": name, "name": name, "parent": BODY} for name in (*OFFICES, *more)]
    return yaml.safe_dump({"agencies": [{"id": BODY, "name": BODY}, *below]}, allow_unicode=True).encode()


def summed(reports: tuple[Report, ...] = MEMBERS) -> dict[str, Number]:
    """The figures of several reports, added up."""
    return {path: sum(report.figures[path].value or 0 for report in reports) for path in MEMBERS[0].figures}


def rolled_up(figures: dict[str, Number], *, without: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Files:
    """The reports of members, but of those `without` one, and that of the body; `more` members have none."""
    files = {
        f"reports/{report.agency}/2023.json": report_file(report) for report in MEMBERS if report.agency not in without
    }
    body = report_file(MEMBERS[0], figures, agency=BODY, agency_id=BODY, title=f"{BODY}2023年政府信息公开工作年度报告")
    return {"agencies.yml": registry(*more), f"reports/{BODY}/2023.json": body, **files}


def with_more(path: str, more: int = 1) -> Files:
    total = summed()
    return rolled_up(total | {path: total[path] + more})


ADDED_UP = rolled_up(summed())
CASES_OF_TWO = {
    path: number for path, number in summed(MEMBERS[:2]).items() if path.startswith("review_and_litigation.")
}

CASES = {
    "applicant-total": Case(text_with(("(一)予以公开 | 14 | 3", "(一)予以公开 | 14 | 4"))),
    "result-total": Case(text_with((PARTIALLY, PARTIALLY.replace("4 | 0", "3 | 1", 1)))),
    "application-balance": Case(
        text_with(("3 | 1 | 0 | 0 | 0 | 0 | 4 | ||\n四、政府", "4 | 0 | 0 | 0 | 0 | 0 | 4 | ||\n四、政府"))
    ),
    "outcome-total": Case(document_with("review_and_litigation.review.total", 171)),
    "carry-over": Case(
        {"reports/宿迁市/2023.md": ONE_MORE_CARRIED_FORWARD, **document_with("title", None)},
        {"reports/宿迁市/2023.md": SUQIAN_2023, **document_with("title", None)},
    ),
    "in-force": Case(
        {
            "reports/宿迁市/2023.md": SUQIAN_2023,
            **document_with("proactive_disclosure.normative_documents.in_force", 421),
        },
        {"reports/宿迁市/2023.md": SUQIAN_2023, **document_with("title", None)},
    ),
    "disclosed-total": Case(
        two_years(
            {
                f"proactive_disclosure.regulations.{name}": n
                for name, n in (("newly_disclosed", 3), ("total_disclosed", 2))
            }
        ),
        two_years({f"proactive_disclosure.regulations.{name}": 3 for name in ("newly_disclosed", "total_disclosed")}),
    ),
    "prior-year-items": Case(two_years({PRIOR: value(YEAR_2020, PRIOR) + 1}), two_years()),
    "member-applications": Case(rolled_up(summed(MEMBERS[:2])), ADDED_UP),
    "member-cases": Case(rolled_up(summed() | CASES_OF_TWO), ADDED_UP),
    "member-decisions": Case(with_more("proactive_disclosure.licences.decisions"), ADDED_UP),
    "member-amounts": Case(with_more("proactive_disclosure.administrative_fees.amount_wan_yuan", 10), ADDED_UP),
}
