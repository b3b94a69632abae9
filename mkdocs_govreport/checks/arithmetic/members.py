"""Findings about a body's report beside those of its members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mkdocs_govreport.checks.arithmetic.formulas import number, side_sum
from mkdocs_govreport.checks.arithmetic.member_causes import explained, name_of
from mkdocs_govreport.checks.arithmetic.roll_up import Members, RollUp, Sum, own_operands
from mkdocs_govreport.editions import Equation, Scope
from mkdocs_govreport.model import Breach, Explanation, Finding, Severity, Status, Term, Text

_NAMED = 5  # members without a report


def breaches(roll_up: RollUp) -> list[Breach]:
    """Tell of the broken relations that readers check first, or of all where none of those is broken."""
    chosen = [one for one in roll_up.broken if one.equation.is_control] or roll_up.broken
    return [_breach(roll_up, one) for one in chosen]


def breaches_about(roll_up: RollUp, paths: Collection[str]) -> list[Breach]:
    """Tell of the broken relations that some of the body's own figures are in."""
    return [_breach(roll_up, one) for one in roll_up.broken if any(o.path in paths for o in own_operands(one.equation))]


def difference(roll_up: RollUp, severities: Mapping[str, Severity]) -> Finding:
    """Make the one finding about all differences."""
    main, *others = breaches(roll_up)
    rule = roll_up.catalogue.rule(main.rule)
    named = explained(roll_up)
    count = len(roll_up.broken)
    message = Text(
        f"{main.message.zh}{_coverage(roll_up.members).zh}。共 {count} 个数不一致{_because(named).zh}",
        f"{main.message.en}{_coverage(roll_up.members).en}. Figures that differ: {count}{_because(named).en}",
    )
    own = [operand.path for one in roll_up.broken for operand in own_operands(one.equation)]
    return Finding(
        rule.name,
        rule.code,
        severities.get(rule.name, rule.severity),
        message,
        roll_up.report.file,
        next((term.origin for term in main.terms if term.side == "right"), None),
        paths=tuple(dict.fromkeys(own)),
        expected=side_sum(main.terms, "left"),
        actual=side_sum(main.terms, "right"),
        imbalance=main.imbalance,
        terms=main.terms,
        also_breaks=tuple(others),
        explanations=named,
        complete=bool(named),
    )


def undecided(roll_up: RollUp) -> Finding:
    """Say that members are missing, and what they would have to add."""
    open_ = [one for one in roll_up.sums if one.is_broken()]
    first = next((one for one in open_ if one.equation.is_control), open_[0])
    breach = _breach(roll_up, first)
    rule = roll_up.catalogue.rule(first.equation.rule)
    names = roll_up.members.missing[:_NAMED]
    more = ("等", " and others") if len(roll_up.members.missing) > _NAMED else ("", "")
    missing = Text("、".join(names) + more[0], ", ".join(names) + more[1])
    message = Text(
        f"“{rule.title.zh}”无法核对：{breach.message.zh}{_coverage(roll_up.members).zh}，缺 {missing.zh}",
        f'"{rule.title.en}" cannot be assessed: {breach.message.en}{_coverage(roll_up.members).en}, for want of {missing.en}',
    )
    return Finding(
        rule.name,
        rule.code,
        Severity.INFO,
        message,
        roll_up.report.file,
        next((term.origin for term in breach.terms if term.side == "right"), None),
        status=Status.NOT_ASSESSABLE,
        paths=tuple(operand.path for operand in own_operands(first.equation)),
        terms=breach.terms,
    )


def _coverage(members: Members) -> Text:
    known, expected = len(members.reports), members.expected
    return Text(f"（{expected} 个下级单位中有报告的 {known} 个）", f" ({known} of {expected} members have a report)")


def _breach(roll_up: RollUp, one: Sum) -> Breach:
    equation = one.equation
    terms = tuple(_terms(roll_up, equation))
    path = own_operands(equation)[0].path
    title = roll_up.catalogue.edition_of(roll_up.report, path).figure_title(path)
    both = [number(side_sum(terms, side)) for side in ("left", "right")]
    difference = number(one.imbalance)
    message = Text(
        f"{title.zh}：下级单位合计 {both[0]}，本报告 {both[1]}，相差 {difference}",
        f"{title.en}: the members add up to {both[0]}, this report has {both[1]}; the difference is {difference}",
    )
    return Breach(equation.rule, roll_up.catalogue.rule(equation.rule).code, message, one.imbalance, terms)


def _terms(roll_up: RollUp, equation: Equation) -> list[Term]:
    terms = []
    for side, operands in (("left", equation.left), ("right", equation.right)):
        for operand in operands:
            reports = roll_up.members.reports if operand.scope is Scope.MEMBERS else (roll_up.report,)
            for report in reports:
                figure = report.figures[operand.path]
                title = roll_up.catalogue.edition_of(report, operand.path).figure_title(operand.path)
                if operand.scope is Scope.MEMBERS:
                    title = name_of(report)
                terms.append(Term(operand.path, title, side, figure.value, report.year, figure.origin))
    return terms


def _because(named: Sequence[Explanation]) -> Text:
    messages = [explanation.message for explanation in named if explanation.message]
    if not messages:
        return Text("", "")
    joined = Text.join(messages[:3], zh="；或", en="; or ")
    return Text(f"：{joined.zh}", f": {joined.en}")
