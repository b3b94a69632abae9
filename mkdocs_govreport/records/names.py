"""What records call agencies, rules and figures, and which of them they mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.figures import numbers_of
from mkdocs_govreport.model import Number, Report, Text
from mkdocs_govreport.registry import Agency, Registry


def all_agencies(registry: Registry, reports: Iterable[Report], catalogue: Catalogue) -> Registry:
    """Return the registry with the agencies of reports that it does not have."""
    known = {agency.id for agency in registry.agencies}
    others = {
        report.agency_id: Agency(report.agency_id, report.agency or report.agency_id)
        for report in reports
        if report.agency_id and report.agency_id not in known
    }
    return Registry((*registry.agencies, *others.values()), catalogue.wording)


def rule_named(name: str, catalogue: Catalogue) -> str | None:
    """Return the name of the rule that `name` is the name or the code of."""
    if name in catalogue.rules:
        return name
    return next((rule.name for rule in catalogue.rules.values() if rule.code == name.upper()), None)


def figure_named(name: str, report: Report, catalogue: Catalogue) -> str | None:
    """Return the path of the one figure of a report that has this path or title; None for none and for several."""
    numbers = numbers_of(report)
    if name in numbers:
        return name
    wanted = _bare(name)
    found = [path for path in numbers if _bare(figure_title(path, report, catalogue).zh) == wanted]
    return found[0] if len(found) == 1 else None


def figure_title(path: str, report: Report, catalogue: Catalogue) -> Text:
    """Name a figure as messages do."""
    return catalogue.edition_of(report, path).figure_title(path)


def shown(value: Number | str | None) -> Text:
    """Write a value as messages do; a blank is said to be one."""
    if value is None:
        return Text("空", "blank")
    text = value if isinstance(value, str) else f"{value:,}"
    return Text(text, text)


def _bare(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())
