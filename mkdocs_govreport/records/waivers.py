"""Waivers: findings about published reports that stand, each with the reason.

A waiver covers the findings of its rule about its report that involve every figure it names, while those hold
the values it states. What could change without any other relation telling must be named too, or the difference
stated: a new fault must not hide behind an old one. The rule is that of the finding, not one that the same cause breaks besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs_govreport.checks import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Finding, Number, Origin, Report, Status, Text, Waiver
from mkdocs_govreport.records.binding import missing_of
from mkdocs_govreport.records.files import RecordFiles
from mkdocs_govreport.records.names import figure_named, figure_title, rule_named, shown
from mkdocs_govreport.records.reading import Entry, read_entries
from mkdocs_govreport.registry import Registry

_MOST_NAMED = 8

SCHEMA = "urn:mkdocs-govreport:waivers"


class _NotCoveringError(Exception):
    """Why a waiver covers nothing: the rule to tell it under, and what is the matter."""

    def __init__(self, rule: str, problem: Text, origin: Origin | None = None) -> None:
        super().__init__(problem.zh)
        self.rule = rule
        self.problem = problem
        self.origin = origin


class _ElsewhereError(Exception):
    """A waiver for a report that is not among those that are checked."""


@dataclass(frozen=True)
class Waivers:
    """Applies the waivers of a site to the findings about its reports."""

    files: RecordFiles
    reports: Sequence[Report]
    agencies: Registry
    catalogue: Catalogue

    def apply(self, findings: list[Finding], told: Findings) -> list[Finding]:
        """Return the findings with those that are waived marked; what is wrong with a waiver is told."""
        path = self.files.waivers
        if path is None:
            return findings
        by_place = {id(finding): number for number, finding in enumerate(findings)}
        result = list(findings)
        for entry in self._entries(path, told):
            try:
                covered = self._covered(entry, findings)
            except _ElsewhereError:
                continue
            except _NotCoveringError as reason:
                told.add(reason.rule, reason.origin or entry.origin, waiver=_title(entry.data), problem=reason.problem)
                continue
            for finding, waiver in covered:
                result[by_place[id(finding)]] = replace(finding, status=Status.WAIVED, waiver=waiver)
        return result

    def _entries(self, path: Path, told: Findings) -> list[Entry]:
        def tell(origin: Origin, problem: Text) -> None:
            told.add("faulty-waiver", origin, waiver=Text("", ""), problem=problem)

        return read_entries(path, self.files.name(path), "waivers", self.catalogue.schemas[SCHEMA], tell)

    def _covered(self, entry: Entry, findings: Sequence[Finding]) -> list[tuple[Finding, Waiver]]:
        """Return the findings that a waiver covers.

        Raises:
            _NotCoveringError: when it covers none.
            _ElsewhereError: when its report is not among those that are checked.
        """
        data = entry.data
        rule = rule_named(data["rule"], self.catalogue)
        if rule is None or self.catalogue.rule(rule).scope == "records":
            raise _NotCoveringError(
                "faulty-waiver", _no_such_rule(data["rule"], known=rule is not None), entry.places.get("rule")
            )
        about, report = self._about(entry, findings)
        if "expires" in data and data["expires"] < self.files.today.isoformat():
            problem = Text(f"已于 {data['expires']} 到期", f"it expired on {data['expires']}")
            raise _NotCoveringError("expired-waiver", problem, entry.places.get("expires"))
        figures = self._figures(entry, report) if "figures" in data else {}
        of_rule = [finding for finding in about if finding.rule == rule and finding.status is Status.OPEN]
        if not of_rule:
            raise _NotCoveringError("unused-waiver", _nothing_of(rule, about))
        found = [finding for finding in of_rule if figures.keys() <= set(finding.paths)]
        if not found:
            raise _NotCoveringError("unused-waiver", self._others(of_rule[0], report))
        if "about" in data:
            found = _one_about(data["about"], found)
        if "difference" in data:
            found = _with_difference(data["difference"], found)
        for finding in found:
            missing = missing_of(finding, report, figures, data, self.catalogue)
            if missing is not None:
                raise _NotCoveringError("faulty-waiver", missing)
        waiver = Waiver(
            data["reason"],
            data["author"],
            data["date"],
            data.get("expires"),
            data.get("evidence"),
            tuple(figures.items()),
        )
        return [(finding, waiver) for finding in found]

    def _about(self, entry: Entry, findings: Sequence[Finding]) -> tuple[list[Finding], Report | None]:
        """Return the findings about the report of a waiver, and the report where it could be read."""
        data = entry.data
        if "file" in data:
            report = next((report for report in self.reports if report.file == data["file"]), None)
            about = [finding for finding in findings if finding.file == data["file"]]
        else:
            agency = self.agencies.find(data["agency"])
            if agency is None:
                if not self.files.whole:
                    raise _ElsewhereError
                problem = Text(f"没有名为“{data['agency']}”的机关", f'there is no agency "{data["agency"]}"')
                raise _NotCoveringError("faulty-waiver", problem, entry.places.get("agency"))
            whose = (agency.id, data["year"])
            report = next((report for report in self.reports if (report.agency_id, report.year) == whose), None)
            about = [finding for finding in findings if (finding.agency_id, finding.year) == whose]
        if report is None and not about:
            if not self.files.whole:
                raise _ElsewhereError
            raise _NotCoveringError("unused-waiver", Text("没有这份报告", "there is no such report"))
        return about, report

    def _figures(self, entry: Entry, report: Report | None) -> dict[str, Number | str | None]:
        """Return the figures of a waiver by path, if they hold the values that it states."""
        named: Mapping[str, Any] = entry.data["figures"]
        figures: dict[str, Number | str | None] = {}
        changes: list[Text] = []
        for name, stated in named.items():
            path = figure_named(name, report, self.catalogue) if report else None
            if path is None or report is None:
                problem = Text(f"报告中没有数字“{name}”", f'the report has no figure "{name}"')
                raise _NotCoveringError("faulty-waiver", problem, entry.places.get(f"figures.{name}"))
            value = numbers_of(report)[path]
            raw = report.figures[path].origin.raw.strip()
            if stated != value and not (isinstance(stated, str) and value is None and stated.strip() == raw):
                changes.append(_changed(figure_title(path, report, self.catalogue), stated, value))
            figures[path] = stated
        if changes:
            listed = Text.join(changes, zh="；", en="; ")
            raise _NotCoveringError(
                "unused-waiver", Text(f"数字已经变动：{listed.zh}", f"figures have changed: {listed.en}")
            )
        return figures

    def _others(self, finding: Finding, report: Report | None) -> Text:
        """Say that a waiver is about other figures than the finding."""
        paths = [path for path in finding.paths if report and path in report.figures and numbers_of(report)[path]]
        titles = Text.join([figure_title(path, report, self.catalogue) for path in paths[:_MOST_NAMED] if report])
        return Text(
            f"这一问题不涉及所列的数字，涉及的是 {titles.zh}",
            f"the finding does not involve the figures named, but {titles.en}",
        )


def _no_such_rule(name: str, *, known: bool) -> Text:
    if known:
        return Text(f"“{name}”是关于记录本身的规则，不能豁免", f'"{name}" is about records and cannot be waived')
    return Text(f"没有名为“{name}”的规则", f'there is no rule "{name}"')


def _nothing_of(rule: str, about: Iterable[Finding]) -> Text:
    """Say that a report has no finding of a rule, or that it is part of one that another rule names."""
    for finding in about:
        if finding.status is Status.OPEN and any(breach.rule == rule for breach in finding.also_breaks):
            return Text(
                f"这一问题与“{finding.rule}”出于同一原因，请把 rule 改为 {finding.rule}",
                f'it has the same cause as a finding of "{finding.rule}"; name that rule',
            )
    return Text("没有这样的问题了，可以删去", "there is no such finding any more; remove the waiver")


def _one_about(words: str, findings: list[Finding]) -> list[Finding]:
    found = [finding for finding in findings if words in finding.message.zh or words in finding.message.en]
    if not found:
        problem = Text(f"没有提示含有“{words}”", f'no finding says "{words}"')
        raise _NotCoveringError("unused-waiver", problem)
    if len(found) > 1:
        problem = Text(
            f"有 {len(found)} 处提示含有“{words}”，请引用只有一处才有的文字",
            f'{len(found)} findings say "{words}"; quote what only one of them says',
        )
        raise _NotCoveringError("faulty-waiver", problem)
    return found


def _with_difference(stated: Number, findings: list[Finding]) -> list[Finding]:
    found = [f for f in findings if f.imbalance is not None and abs(f.imbalance) == abs(stated)]
    if not found:
        now = Text.join([shown(finding.imbalance) for finding in findings])
        raise _NotCoveringError(
            "unused-waiver",
            Text(
                f"相差的数已经变动：登记为 {stated}，现为 {now.zh}",
                f"the difference has changed from {stated} to {now.en}",
            ),
        )
    return found


def _changed(title: Text, stated: Number | str | None, value: Number | None) -> Text:
    old, new = shown(stated), shown(value)
    return Text(f"{title.zh} 登记为 {old.zh}，现为 {new.zh}", f"{title.en} was {old.en} and is {new.en}")


def _title(data: Mapping[str, Any]) -> Text:
    """Name a waiver: its rule and its report."""
    whose = data.get("file") or f"{data['agency']} {data['year']}"
    return Text(f"“{data['rule']}”（{whose}）", f' "{data["rule"]}" ({whose})')
