"""Why a body's figures may differ from the sums of its members: a whole report left out, or a unit mistaken."""

from __future__ import annotations

from mkdocs_govreport.checks.arithmetic.ranking import Confidence
from mkdocs_govreport.checks.arithmetic.roll_up import RollUp, own_operands
from mkdocs_govreport.checks.arithmetic.rounding import money_ratios
from mkdocs_govreport.model import Change, Explanation, Number, Report, Text


def explained(roll_up: RollUp) -> tuple[Explanation, ...]:
    """Find members that the body may have left out or counted twice, and amounts in the wrong unit."""
    found = _left_out_or_twice(roll_up) or _wrong_unit(roll_up)
    confidence = Confidence.LIKELY if len(found) == 1 else Confidence.POSSIBLE
    return tuple(Explanation(kind, confidence.value, changes, message) for kind, changes, message in found)


_Found = tuple[str, tuple[Change, ...], Text]


def _left_out_or_twice(roll_up: RollUp) -> list[_Found]:
    """Compare the differences of the tables concerned, as a whole, with the reports of one member or of two."""
    sums, reports = roll_up.sums, roll_up.members.reports
    rules = {one.equation.rule for one in roll_up.broken}
    exact = [number for number, one in enumerate(sums) if not one.tolerance and one.equation.rule in rules]
    wanted = tuple(sums[number].imbalance for number in exact)
    if not any(wanted):
        return []
    vectors = [tuple(sums[number].shares[member] for number in exact) for member in range(len(reports))]
    changes = _to_sums(roll_up)
    names = [name_of(report) for report in reports]
    found: list[_Found] = []
    for member, vector in enumerate(vectors):
        if vector == wanted:
            words = Text(
                "差额恰为{name}报告的数，像是漏加了",
                "the difference is exactly the figures of {name}, which looks left out",
            )
            found.append(("member", changes, words.format(name=names[member])))
        elif tuple(-value for value in vector) == wanted and any(vector):
            words = Text(
                "差额恰为{name}报告的数，像是加了两次",
                "the difference is exactly the figures of {name}, which looks counted twice",
            )
            found.append(("member", changes, words.format(name=names[member])))
    if found:
        return found
    places: dict[tuple[Number, ...], list[int]] = {}
    for member, vector in enumerate(vectors):
        places.setdefault(vector, []).append(member)
    for member, vector in enumerate(vectors):
        rest = tuple(a - b for a, b in zip(wanted, vector, strict=True))
        for other in places.get(rest, ()):
            if other > member and any(vector) and any(rest):
                words = Text(
                    "差额恰为{one}与{two}两份报告的数之和，像是漏加了",
                    "the difference is exactly the figures of {one} and {two}, which look left out",
                )
                found.append(("member", changes, words.format(one=names[member], two=names[other])))
    return found


def _wrong_unit(roll_up: RollUp) -> list[_Found]:
    """Try whether one amount, of the body or of a member, is given in another unit of money."""
    found: list[_Found] = []
    if any(not one.tolerance for one in roll_up.broken):
        return found
    for one in roll_up.broken:
        own = own_operands(one.equation)
        if len(own) != 1:
            continue
        before = roll_up.report.figures[own[0].path].value or 0
        for ratio in money_ratios(roll_up.catalogue):
            after = before * ratio
            if not one.is_broken((after - before) * (1 if own[0] in one.equation.left else -1)):
                words = Text("本报告的金额像是单位填错", "the amount of this report looks to be in another unit")
                found.append(("unit", (Change(own[0].path, before, after),), words))
            for report, share in zip(roll_up.members.reports, one.shares, strict=True):
                if share and not one.is_broken(share * ratio - share):
                    words = Text("{name}的金额像是单位填错", "the amount of {name} looks to be in another unit")
                    found.append(("unit", (), words.format(name=name_of(report))))
    return found


def _to_sums(roll_up: RollUp) -> tuple[Change, ...]:
    """Return what the figures of the body would be as sums of its members."""
    changes = []
    for one in roll_up.broken:
        own = own_operands(one.equation)
        if len(own) == 1:
            before = roll_up.report.figures[own[0].path].value or 0
            sign = 1 if own[0] in one.equation.left else -1
            changes.append(Change(own[0].path, before, before - sign * one.imbalance))
    return tuple(changes)


def name_of(report: Report) -> Text:
    """Name the agency of a report."""
    name = report.agency or report.agency_id or report.file
    return Text(name, name)
