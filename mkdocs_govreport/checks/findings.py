"""Making findings: from a rule, a place and what its message needs."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Finding, Origin, Report, Severity, Text, column_letters

log = logging.getLogger(__name__)


class Findings:
    """Collects the findings about one file."""

    def __init__(self, catalogue: Catalogue, severities: Mapping[str, Severity]) -> None:
        """Take the severities that the site sets by rule name; others are as the rules have them."""
        self._catalogue = catalogue
        self._severities = severities
        self.items: list[Finding] = []

    def severity(self, rule: str) -> Severity:
        """Return the severity in force for a rule."""
        return self._severities.get(rule, self._catalogue.rule(rule).severity)

    def add(self, rule: str, origin: Origin, paths: tuple[str, ...] = (), /, **values: object) -> None:
        """Add a finding of `rule`; `values` fill its message."""
        severity = self.severity(rule)
        if severity is Severity.OFF:
            return
        definition = self._catalogue.rule(rule)
        message = (definition.message or definition.title).format(**values)
        self.items.append(Finding(rule, definition.code, severity, message, origin.file, origin, paths=paths))

    @contextmanager
    def guarded(self, check: str, origin: Origin) -> Iterator[None]:
        """Turn a fault of this program in a check into a finding: it costs what the check would have found, no more."""
        try:
            yield
        except Exception as error:
            log.debug("%s: %s", origin.file, check, exc_info=True)
            self.add("internal-error", origin, check=check, problem=f"{type(error).__name__}: {error}")

    def paths_of(self, rule: str) -> frozenset[str]:
        """Return the figures that findings of a rule are about."""
        return frozenset(path for finding in self.items if finding.rule == rule for path in finding.paths)


def with_identity(finding: Finding, report: Report) -> Finding:
    """Say whose report a finding is about."""
    return replace(finding, agency=report.agency, agency_id=report.agency_id, year=report.year)


def place_text(origin: Origin | None) -> Text:
    """Say where an origin is, in words."""
    if origin is None:
        return Text("", "")
    within = _within(origin)
    place = _place(origin)
    return Text(within.zh + place.zh, (within.en + place.en).removesuffix(", "))


def _within(origin: Origin) -> Text:
    if origin.sheet is not None:
        return Text(f"工作表“{origin.sheet}”", f'sheet "{origin.sheet}", ')
    if origin.page is not None:
        return Text(f"第{origin.page}页", f"page {origin.page}, ")
    return Text("", "")


def _place(origin: Origin) -> Text:
    if origin.sheet is not None and origin.row is not None and origin.cell is not None:
        reference = f"{column_letters(origin.cell)}{origin.row}"
        return Text(reference, f"cell {reference}")
    if origin.table is not None:
        line = Text(f"（第{origin.line}行）", f" (line {origin.line})") if origin.line else Text("", "")
        return Text(
            f"第{origin.table}张表第{origin.row}行第{origin.cell}格{line.zh}",
            f"table {origin.table}, row {origin.row}, cell {origin.cell}{line.en}",
        )
    if origin.line is not None:
        return Text(f"第{origin.line}行", f"line {origin.line}")
    return Text("", "")
