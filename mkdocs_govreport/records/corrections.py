"""The log of corrections, and what has changed since the reports were published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mkdocs_govreport.checks import Findings, with_identity
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Finding, Number, Origin, Report, Text
from mkdocs_govreport.records.files import RecordFiles
from mkdocs_govreport.records.lines import RecordError
from mkdocs_govreport.records.names import figure_named, figure_title, shown
from mkdocs_govreport.records.published import Published, read_published
from mkdocs_govreport.records.reading import Entry, read_entries
from mkdocs_govreport.registry import Registry

SCHEMA = "urn:mkdocs-govreport:corrections"

_MOST_LISTED = 6

Identity = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed in a published report, and why; without `changes` the report was removed.

    `changes` are figures by path with the published value and the one that replaces it.
    """

    agency_id: str
    year: int
    date: str
    reason: str
    author: str
    origin: Origin
    evidence: str | None = None
    changes: tuple[tuple[str, Number | None, Number | None], ...] = ()


class _Step(NamedTuple):
    """What one correction did to a figure."""

    correction: Correction
    before: Number | None
    after: Number | None


@dataclass(frozen=True)
class Log:
    """Compares the reports of a site with what was published, and with the corrections that are logged."""

    files: RecordFiles
    reports: Mapping[Identity, Report]
    agencies: Registry
    catalogue: Catalogue
    told: Findings

    def corrections(self) -> list[Correction]:
        """Return the corrections that are logged, in the order of their dates; what is wrong with one is told."""
        path = self.files.corrections
        if path is None:
            return []

        def tell(origin: Origin, problem: Text) -> None:
            self.told.add("faulty-correction", origin, problem=problem)

        entries = read_entries(path, self.files.name(path), "corrections", self.catalogue.schemas[SCHEMA], tell)
        found = [correction for entry in entries if (correction := self._correction(entry)) is not None]
        return sorted(found, key=lambda correction: correction.date)

    def compare(self, corrections: Sequence[Correction]) -> list[Finding]:
        """Return findings about the reports that differ from what was published without a correction that says so.

        What is wrong with a correction, and what is gone, is told.
        """
        published = self._published()
        by_report: dict[Identity, list[Correction]] = {}
        for correction in corrections:
            by_report.setdefault((correction.agency_id, correction.year), []).append(correction)
        findings = []
        for identity, report in self.reports.items():
            own = by_report.get(identity, [])
            findings += self._changes(report, own, published.get(identity))
            for correction in own:
                if not correction.changes:
                    self._fault(correction, Text("报告仍在，没有撤下", "the report has not been removed"))
        if self.files.whole:
            self._tell_removed(published, by_report)
        return findings

    # --- inside -----------------------------------------------------------------------------------

    def _published(self) -> Published:
        path = self.files.published
        if path is None:
            return {}
        try:
            return read_published(path, self.catalogue)
        except RecordError as error:
            self.told.add("faulty-record", Origin(self.files.name(path), line=error.line), problem=error.problem)
            return {}

    def _correction(self, entry: Entry) -> Correction | None:
        data = entry.data
        agency = self.agencies.find(data["agency"])
        if agency is None:
            if self.files.whole:
                problem = Text(f"没有名为“{data['agency']}”的机关", f'there is no agency "{data["agency"]}"')
                self.told.add("faulty-correction", entry.places.get("agency", entry.origin), problem=problem)
            return None
        report = self.reports.get((agency.id, data["year"]))
        changes = []
        for name, change in data.get("figures", {}).items():
            path = figure_named(name, report, self.catalogue) if report else name
            if path is None:
                path = name if change["to"] is None else None  # what is gone is named by its path
            if path is None:
                problem = Text(f"报告中没有数字“{name}”", f'the report has no figure "{name}"')
                self.told.add("faulty-correction", entry.places.get(f"figures.{name}", entry.origin), problem=problem)
                return None
            changes.append((path, change["from"], change["to"]))
        return Correction(
            agency.id,
            data["year"],
            data["date"],
            data["reason"],
            data["author"],
            entry.origin,
            data.get("evidence"),
            tuple(changes),
        )

    def _changes(
        self, report: Report, corrections: Sequence[Correction], published: Mapping[str, Number | None] | None
    ) -> list[Finding]:
        """Follow every figure from what was published over its corrections to what the report has."""
        numbers = numbers_of(report)
        if not corrections and (published is None or published == numbers):
            return []  # so it is for nearly all
        steps: dict[str, list[_Step]] = {}
        for correction in corrections:
            for path, before, after in correction.changes:
                steps.setdefault(path, []).append(_Step(correction, before, after))
        unlogged: list[tuple[str, Number | None, Number | None]] = []
        for path in dict.fromkeys((*numbers, *(published or ()), *steps)):
            now = numbers.get(path)
            old = now if published is None else published.get(path)
            own = steps.get(path, [])
            if own and own[-1].after != now and (old == now or own[-1].after != old):
                self._mismatch(report, path, own[-1].correction, ("to", own[-1].after), now)
            elif old != now and (not own or own[-1].after != now):
                unlogged.append((path, old, now))
            elif old != now and old not in [step.before for step in own]:
                begun = next((step for last, step in pairwise(own) if last.after == old), own[0])
                self._mismatch(report, path, begun.correction, ("from", begun.before), old)
            else:
                self._check_chain(report, path, own)
        return self._unlogged(report, unlogged) if unlogged else []

    def _check_chain(self, report: Report, path: str, steps: Sequence[_Step]) -> None:
        """Tell a correction that does not begin where the one before it ended."""
        for last, step in pairwise(steps):
            if step.before != last.after:
                self._mismatch(report, path, step.correction, ("from", step.before), last.after)

    def _mismatch(
        self,
        report: Report,
        path: str,
        correction: Correction,
        stated: tuple[str, Number | None],
        actual: Number | None,
    ) -> None:
        title = self._title(report, path)
        old, new = shown(stated[1]), shown(actual)
        side = Text("更正前", "before") if stated[0] == "from" else Text("更正后", "after")
        problem = Text(
            f"{title.zh} {side.zh}（{stated[0]}）登记为 {old.zh}，应为 {new.zh}",
            f"{title.en} {side.en} the correction ({stated[0]}) is given as {old.en} and should be {new.en}",
        )
        self._fault(correction, problem)

    def _fault(self, correction: Correction, problem: Text) -> None:
        whose = Text(f"{correction.agency_id} {correction.year}年：", f"{correction.agency_id} {correction.year}: ")
        self.told.add(
            "faulty-correction", correction.origin, problem=Text(whose.zh + problem.zh, whose.en + problem.en)
        )

    def _unlogged(self, report: Report, changes: Sequence[tuple[str, Number | None, Number | None]]) -> list[Finding]:
        found = Findings(self.catalogue, {"unlogged-change": self.told.severity("unlogged-change")})
        listed = []
        for path, old, new in changes[:_MOST_LISTED]:
            title, before, after = self._title(report, path), shown(old), shown(new)
            listed.append(Text(f"{title.zh} {before.zh} → {after.zh}", f"{title.en} {before.en} → {after.en}"))
        rest = len(changes) - len(listed)
        more = Text(f"等 {len(changes)} 处", f" and {rest} more") if rest else Text("", "")
        text = Text.join(listed, zh="；", en="; ")
        figure = report.figures.get(changes[0][0])
        found.add(
            "unlogged-change",
            figure.origin if figure else Origin(report.file),
            tuple(path for path, _, _ in changes),
            changes=Text(text.zh + more.zh, text.en + more.en),
        )
        return [with_identity(finding, report) for finding in found.items]

    def _title(self, report: Report, path: str) -> Text:
        part = path.split(".", 1)[0]
        if path.count(".") == 2 and part in self.catalogue.edition_of(report, path).labels:
            return figure_title(path, report, self.catalogue)
        return Text(path, path)

    def _tell_removed(self, published: Published, by_report: Mapping[Identity, Sequence[Correction]]) -> None:
        for agency_id, year in published:
            logged = by_report.get((agency_id, year), ())
            if (agency_id, year) in self.reports or any(not correction.changes for correction in logged):
                continue
            agency = self.agencies.find(agency_id)
            name = self.files.name(self.files.published) if self.files.published else ""
            self.told.add("removed-report", Origin(name), agency=agency.name if agency else agency_id, year=year)
