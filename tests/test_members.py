"""A body's report beside those of its members: what is said of a difference, and when nothing is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mkdocs_govreport.model import Finding, Severity, Status
from tests.documents import Files, check_folder, only
from tests.rule_cases.arithmetic import (
    ADDED_UP,
    BODY,
    MEMBERS,
    OFFICES,
    report_file,
    rolled_up,
    summed,
    value,
)

FEES = "proactive_disclosure.administrative_fees.amount_wan_yuan"
NEW = "applications.new_received.total"


def found(folder: Path, files: Files) -> list[Finding]:
    """Check files; that a member has no report is a finding of its own, which is not asked for here."""
    return list(check_folder(folder, files, {"missing-report": "off"}).findings)


def test_a_body_that_is_the_sum_of_its_members_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, ADDED_UP) == []


def test_a_member_left_out_is_one_warning_that_names_it(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(MEMBERS[1:])))
    (explanation,) = finding.explanations

    assert (finding.rule, finding.severity, finding.agency) == ("member-applications", Severity.WARNING, BODY)
    assert (explanation.kind, explanation.confidence) == ("member", "likely")
    assert OFFICES[0] in finding.message.zh
    assert "漏加" in finding.message.zh
    assert {change.path: change.after for change in explanation.changes}[NEW] == summed()[NEW]


def test_two_members_left_out_are_named(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(MEMBERS[:1])))

    assert [e.kind for e in finding.explanations] == ["member"]
    assert all(name in finding.message.zh for name in OFFICES[1:])


def test_a_member_counted_twice_is_named(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed((*MEMBERS, MEMBERS[2]))))

    assert f"{OFFICES[2]}报告的数，像是加了两次" in finding.message.zh


def test_a_difference_says_how_many_members_have_a_report(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(MEMBERS[1:])))

    assert "3 个下级单位中有报告的 3 个" in finding.message.zh
    assert "3 of 3 members" in finding.message.en


def test_the_figures_of_each_member_are_the_terms(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(MEMBERS[1:])))

    assert [(term.title.zh, term.value) for term in finding.terms if term.side == "left"] == [
        (member.agency, value(member, NEW)) for member in MEMBERS
    ]
    assert (finding.expected, finding.actual) == (summed()[NEW], summed(MEMBERS[1:])[NEW])


def test_less_than_the_body_says_nothing_while_a_member_is_missing(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(), without=OFFICES[:1]))

    assert (finding.status, finding.severity) == (Status.NOT_ASSESSABLE, Severity.INFO)
    assert OFFICES[0] in finding.message.zh
    assert "3 个下级单位中有报告的 2 个" in finding.message.zh


def test_more_than_the_body_is_a_warning_though_a_member_is_missing(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rolled_up(summed(MEMBERS[1:2]), without=OFFICES[:1]))

    assert (finding.status, finding.severity) == (Status.OPEN, Severity.WARNING)
    assert (finding.imbalance or 0) > 0
    assert OFFICES[2] in finding.message.zh


def test_a_body_that_equals_the_members_there_are_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, rolled_up(summed(MEMBERS[1:]), without=OFFICES[:1])) == []


@pytest.mark.parametrize(("field", "year"), [("since", 2024), ("until", 2022)])
def test_a_member_that_is_not_expected_in_the_year_is_not_missing(field: str, year: int, tmp_path: Path) -> None:
    files = dict(rolled_up(summed(MEMBERS[:2]), without=OFFICES[2:], more=("云溪县水务局",)))
    registry = yaml.safe_load(files["agencies.yml"])  # type: ignore[arg-type]
    for agency in registry["agencies"]:
        if agency["id"] in {OFFICES[2], "云溪县水务局"}:
            agency[field] = year
    files["agencies.yml"] = yaml.safe_dump(registry, allow_unicode=True)
    files[f"reports/{BODY}/2023.json"] = report_file(
        MEMBERS[0], summed(MEMBERS[:1]), agency=BODY, agency_id=BODY, title=f"{BODY}2023年政府信息公开工作年度报告"
    )

    assert "2 个下级单位中有报告的 2 个" in only(found(tmp_path, files), "member-applications").message.zh


def test_a_body_with_a_single_member_is_not_judged(tmp_path: Path) -> None:
    files = dict(rolled_up(summed(MEMBERS[:2]), without=OFFICES[1:]))
    files["agencies.yml"] = yaml.safe_dump(
        {"agencies": [{"id": BODY, "name": BODY}, {"id": OFFICES[0], "name": OFFICES[0], "parent": BODY}]},
        allow_unicode=True,
    )

    assert found(tmp_path, files) == []


def test_amounts_may_be_rounded_by_half_a_unit_of_their_last_digit(tmp_path: Path) -> None:
    total = summed()
    rounded = Decimal(total[FEES]).quantize(Decimal(1)) if total[FEES] % 1 else total[FEES]

    assert rounded != total[FEES]
    assert found(tmp_path, rolled_up(total | {FEES: int(rounded)})) == []


def test_an_amount_in_yuan_is_recognised(tmp_path: Path) -> None:
    total = summed()
    (finding,) = found(tmp_path, rolled_up(total | {FEES: int(total[FEES] * 10_000)}))

    assert [(e.kind, e.confidence) for e in finding.explanations] == [("unit", "likely")]
    assert finding.explanations[0].changes[0].after == total[FEES]


def test_a_wrong_figure_of_the_body_explains_the_difference(tmp_path: Path) -> None:
    total = summed()
    (finding,) = found(tmp_path, rolled_up(total | {NEW: total[NEW] + 1}))

    assert finding.severity is Severity.ERROR
    assert finding.explanations[0].confidence == "certain"
    assert "member-applications" in [breach.rule for breach in finding.also_breaks]


def test_two_wrong_figures_of_the_body_explain_the_difference_together(tmp_path: Path) -> None:
    total = summed()
    findings = found(tmp_path, rolled_up(total | {NEW: total[NEW] + 1, "applications.granted.total": 0}))

    assert {finding.rule for finding in findings} <= {"applicant-total", "application-balance", "result-total"}
    assert [[b.rule for b in f.also_breaks].count("member-applications") for f in findings] == [1, 1]


def test_members_that_do_not_add_up_are_one_finding(tmp_path: Path) -> None:
    other = summed((MEMBERS[0], MEMBERS[0], MEMBERS[0]))
    (finding,) = found(tmp_path, rolled_up(other))

    assert len(finding.paths) > 20
    assert finding.explanations == ()
