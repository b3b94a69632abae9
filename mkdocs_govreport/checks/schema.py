"""Validation of a report against the JSON Schema of its edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_govreport.checks.faults import Fault, described, faults
from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.editions import Catalogue, Edition
from mkdocs_govreport.model import Origin, Report, Text

if TYPE_CHECKING:
    from mkdocs_govreport.checks.validator import Validator

PlaceOf = Callable[[str], Origin | None]

_NOT_READ = ("unreadable-row", "undecided-cells", "lost-figures", "extra-column")
_FIGURE_DEPTH = 3  # part, row, column
_KINDS = {
    ("integer", 0): Text("不小于 0 的整数", "an integer of 0 or more"),
    ("integer", None): Text("整数", "an integer"),
    ("number", 0): Text("不小于 0 的数", "a number of 0 or more"),
}


@lru_cache(maxsize=32)
def report_schema(catalogue: Catalogue, edition: str, tables: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
    """Return the schema of a report of `edition` with every reference written in.

    `tables` names (part, edition) of tables that follow another edition: their schema is the other's.
    """
    schema = dict(catalogue.editions[edition].schema)
    schema["properties"] = dict(schema["properties"])
    for part, other in tables:
        if other != edition:
            schema["properties"][part] = {"$ref": f"{catalogue.editions[other].schema['$id']}#/$defs/{part}"}
    inlined = _inline(schema, schema, catalogue)
    return {key: value for key, value in inlined.items() if key not in {"$defs", "$id"}}


@lru_cache(maxsize=32)
def _validator(catalogue: Catalogue, edition: str, tables: tuple[tuple[str, str], ...]) -> Validator:
    from mkdocs_govreport.checks.validator import Validator  # late: see there

    return Validator(report_schema(catalogue, edition, tables))


def _inline(node: Any, root: Mapping[str, Any], catalogue: Catalogue) -> Any:
    """Write references in; a validator that resolves each of them takes more than twice the time."""
    if isinstance(node, list):
        return [_inline(item, root, catalogue) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name, _, pointer = node["$ref"].partition("#")
        base = catalogue.schemas[name] if name else root
        target: Any = base
        for step in pointer.strip("/").split("/"):
            target = target[step] if step else target
        return _inline(target, base, catalogue)
    return {key: _inline(value, root, catalogue) for key, value in node.items()}


def check_schema(
    document: Mapping[str, Any], report: Report, catalogue: Catalogue, findings: Findings, place_of: PlaceOf
) -> None:
    """Validate the canonical document of a report.

    `place_of` gives the place of what is not a figure by its dotted path, where the source has one.
    """
    edition = catalogue.editions[report.edition]
    validator = _validator(catalogue, edition.id, tuple(sorted(report.edition_of.items())))
    absent: dict[str, list[str]] = {}
    for fault in faults(validator, document):
        if fault.keyword == "required":
            missing = [name for name in fault.demand if name not in fault.instance]
            if fault.path[:1] == ("narrative",):
                for name in missing:
                    findings.add("missing-part", Origin(report.file), part=edition.parts[name].title)
            elif fault.path and fault.path[0] in report.edition_of:
                layout_edition = catalogue.edition_of(report, fault.path[0])
                absent.setdefault(fault.path[0], []).extend(_figures_below(fault.path, missing, layout_edition))
            elif not fault.path:
                _missing_at_top(missing, edition, findings, report)
            else:
                _other(fault, findings, report, place_of)
        elif (
            len(fault.path) == _FIGURE_DEPTH
            and fault.path[0] in report.edition_of
            and fault.keyword in {"type", "minimum"}
        ):
            _wrong_value(fault, report, catalogue, findings)
        else:
            _other(fault, findings, report, place_of)
    for part, paths in absent.items():
        _missing_rows(part, paths, catalogue.edition_of(report, part), findings, report)


def _figures_below(path: tuple[str, ...], missing: list[str], edition: Edition) -> list[str]:
    prefixes = tuple(".".join([*path, name]) for name in missing)
    return [figure for figure in edition.figures(path[0]) if figure in prefixes or figure.rsplit(".", 1)[0] in prefixes]


def _missing_rows(part: str, paths: list[str], edition: Edition, findings: Findings, report: Report) -> None:
    """Name what is missing from a table by rows; what could not be read has been reported already."""
    unread = _unread(findings)
    rows: dict[str, list[str]] = {}
    for path in paths:
        if path not in unread:
            rows.setdefault(path.rsplit(".", 1)[0], []).append(path)
    names = []
    for row, figures in rows.items():
        whole = len(figures) == sum(1 for path in edition.figures(part) if path.rsplit(".", 1)[0] == row)
        names += (
            [edition.row_title(part, row.rsplit(".", 1)[-1])]
            if whole
            else [edition.figure_title(path) for path in figures]
        )
    if names:
        kept = tuple(path for figures in rows.values() for path in figures)
        findings.add("missing-row", Origin(report.file), kept, part=edition.parts[part].title, figures=Text.join(names))


def _unread(findings: Findings) -> frozenset[str]:
    """Return the figures, and the tables, of which it is said already that they could not be read."""
    return frozenset().union(*(findings.paths_of(rule) for rule in _NOT_READ))


def _missing_at_top(missing: list[str], edition: Edition, findings: Findings, report: Report) -> None:
    unread = {path.split(".", 1)[0] for path in _unread(findings)}
    for name in missing:
        if name in unread:
            continue
        if name in edition.layouts:
            findings.add("missing-table", Origin(report.file), (name,), part=edition.parts[name].title)
        elif name == "narrative":
            for part in edition.parts.values():
                findings.add("missing-part", Origin(report.file), part=part.title)
        elif name not in {"agency", "year"}:  # the identity has a rule of its own
            findings.add("schema", Origin(report.file), path=name, problem=Text("缺少此项", "it is missing"))


def _wrong_value(fault: Fault, report: Report, catalogue: Catalogue, findings: Findings) -> None:
    path = ".".join(fault.path)
    expected = _KINDS.get((fault.schema["type"][0], fault.schema.get("minimum")), Text("数字", "a number"))
    edition = catalogue.edition_of(report, fault.path[0])
    figure = report.figures.get(path)
    origin = figure.origin if figure else Origin(report.file)
    raw = origin.raw or str(fault.instance)
    findings.add("value-form", origin, (path,), figure=edition.figure_title(path), raw=raw, expected=expected)


def _other(fault: Fault, findings: Findings, report: Report, place_of: PlaceOf) -> None:
    for path, problem in described(fault):
        findings.add("schema", _nearest(path, place_of) or Origin(report.file), path=path or "/", problem=problem)


def _nearest(path: str, place_of: PlaceOf) -> Origin | None:
    """Return the place of a path, or of what it is missing from."""
    while path and place_of(path) is None:
        path = path.rpartition(".")[0]
    return place_of(path)
