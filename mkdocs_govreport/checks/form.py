"""The form of a report: what was remarked while it was read, blank cells, and its editions."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Report, Text
from mkdocs_govreport.sources import Remark

_VALUE_RULES = ("value-form", "unread-cell", "unreadable-row", "undecided-cells", "extra-column")


def check_form(report: Report, remarks: Iterable[Remark], catalogue: Catalogue, findings: Findings) -> None:
    """Report what recognition remarked, blank cells, and editions that do not fit."""
    for remark in remarks:
        findings.add(remark.rule, remark.origin, remark.paths, **remark.values)
    _blank_cells(report, catalogue, findings)
    _editions(report, catalogue, findings)


def _blank_cells(report: Report, catalogue: Catalogue, findings: Findings) -> None:
    judged = frozenset(path for rule in _VALUE_RULES for path in findings.paths_of(rule))
    rows: dict[str, list[str]] = {}
    for path, value in numbers_of(report).items():
        if value is None and path not in judged:
            rows.setdefault(path.rsplit(".", 1)[0], []).append(path)
    for paths in rows.values():
        edition = catalogue.edition_of(report, paths[0])
        raw = next((report.figures[path].origin.raw for path in paths if report.figures[path].origin.raw), "")
        shown = Text(f"“{raw}”", f'"{raw}"') if raw and raw not in {"null", "~"} else Text("空白", "blank")
        figures = Text.join([edition.figure_title(path) for path in paths])
        findings.add("blank-cell", report.figures[paths[0]].origin, tuple(paths), figures=figures, raw=shown)


def _editions(report: Report, catalogue: Catalogue, findings: Findings) -> None:
    edition = catalogue.editions[report.edition]
    first = next((figure.origin for figure in report.figures.values()), None)
    if first is None:
        return
    if len(set(report.edition_of.values())) > 1:
        named = [
            Text(
                f"{edition.parts[part].short.zh}用{catalogue.editions[name].title.zh}",
                f"{edition.parts[part].short.en}: {catalogue.editions[name].title.en}",
            )
            for part, name in report.edition_of.items()
        ]
        findings.add("mixed-editions", first, editions=Text.join(named))
    if report.year is not None and not edition.usual_for(report.year):
        findings.add("edition-year", first, year=report.year, edition=edition.title)
