"""Whether a waiver is bound to all that could change about a finding without any other relation telling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.editions import Catalogue, Scope
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Finding, Report, Term, Text
from mkdocs_govreport.records.names import figure_title

_MOST_NAMED = 8


def missing_of(
    finding: Finding, report: Report | None, named: Collection[str], data: Collection[str], catalogue: Catalogue
) -> Text | None:
    """Say what a waiver must state besides before it may cover a finding; None where it is bound to all of it.

    `named` are the figures that it names, `data` the names of what it states.
    """
    own = [path for path in finding.paths if report is not None and path in report.figures]
    if report is None or not own:
        return (
            None
            if "about" in data
            else Text("请用 about 写明提示中的一段原文", "quote some words of the message (about)")
        )
    if not named:
        return _wanted(_filled(own, report) or own, report, catalogue)
    relations = [finding.terms, *(breach.terms for breach in finding.also_breaks)]
    for terms in relations:
        paths = [term.path for term in terms if _is_own(term, report)]
        if paths and not set(paths) & set(named):
            return _wanted(_filled(paths, report) or paths, report, catalogue)
    has_difference = "difference" in data
    loose = _loose(relations[has_difference:], report, named, catalogue)
    if loose:
        return _wanted(loose, report, catalogue, finding)
    reaches_beyond = not finding.terms or not all(_is_own(term, report) for term in finding.terms)
    if finding.imbalance is not None and reaches_beyond and not has_difference:
        return _difference(finding)
    return None


def figures_to_name(finding: Finding, report: Report | None, catalogue: Catalogue) -> list[str]:
    """Return the figures that a waiver of a finding is best bound to, besides the difference that it states."""
    if report is None:
        return []
    own = [path for path in finding.paths if path in report.figures]
    if not finding.terms or not own:
        return own
    suspects = [change.path for explanation in finding.explanations for change in explanation.changes]
    named = set(suspects if len(finding.explanations) == 1 else ())
    relations = [finding.terms, *(breach.terms for breach in finding.also_breaks)]
    for terms in relations:
        paths = [term.path for term in terms if _is_own(term, report)]
        if not named & set(paths):
            named |= set(_filled(paths, report) or paths)
    named |= set(_loose(relations[1:], report, named, catalogue))
    return [path for path in own if path in named]


def _loose(
    relations: Sequence[Iterable[Term]], report: Report, named: Collection[str], catalogue: Catalogue
) -> list[str]:
    """Return the figures of broken relations that are not named and that no relation holds in place that is not broken."""
    broken = {frozenset(term.path for term in terms if _is_own(term, report)) for terms in relations}
    open_ = frozenset().union(*broken) - set(named)
    for part in {path.split(".", 1)[0] for path in open_}:
        for equation in catalogue.edition_of(report, part).equations:
            operands = equation.left + equation.right
            paths = frozenset(operand.path for operand in operands)
            if paths not in broken and all(operand.scope is Scope.REPORT for operand in operands):
                open_ -= paths
    return [path for path in report.figures if path in open_]


def _is_own(term: Term, report: Report) -> bool:
    return term.year == report.year and (term.origin is None or term.origin.file == report.file)


def _filled(paths: Iterable[str], report: Report) -> list[str]:
    return [path for path in paths if numbers_of(report).get(path)]


def _wanted(paths: list[str], report: Report, catalogue: Catalogue, finding: Finding | None = None) -> Text:
    listed = Text.join(
        [
            Text(f"{path}: {value}（{title.zh}）", f"{path}: {value} ({title.en})")
            for path in paths[:_MOST_NAMED]
            for value, title in [(_as_written(path, report), figure_title(path, report, catalogue))]
        ],
        zh="；",
        en="; ",
    )
    wanted = Text(
        f"请在 figures 中写明它所依据的数字，如 {listed.zh}", f"name the figures that it rests on, such as {listed.en}"
    )
    if finding is None or finding.imbalance is None:
        return wanted
    other = _difference(finding)
    return Text(f"{wanted.zh}；或者{other.zh}", f"{wanted.en}; or {other.en}")


def _difference(finding: Finding) -> Text:
    value = number(finding.imbalance).replace(",", "")
    return Text(f"写明 difference: {value}（相差多少）", f"state difference: {value}")


def _as_written(path: str, report: Report) -> str:
    value = numbers_of(report).get(path)
    return "null" if value is None else str(value)
