"""Making findings: from a rule, a place and what its message needs."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Finding, Origin, Severity, Text


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

    def paths_of(self, rule: str) -> frozenset[str]:
        """Return the figures that findings of a rule are about."""
        return frozenset(path for finding in self.items if finding.rule == rule for path in finding.paths)


def place_text(origin: Origin | None) -> Text:
    """Say where an origin is, in words."""
    if origin is None:
        return Text("", "")
    if origin.table is not None:
        line = Text(f"（第{origin.line}行）", f" (line {origin.line})") if origin.line else Text("", "")
        return Text(
            f"第{origin.table}张表第{origin.row}行第{origin.cell}格{line.zh}",
            f"table {origin.table}, row {origin.row}, cell {origin.cell}{line.en}",
        )
    if origin.line is not None:
        return Text(f"第{origin.line}行", f"line {origin.line}")
    return Text("", "")
