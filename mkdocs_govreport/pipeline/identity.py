"""Whose report it is and of which year: from metadata, from the path, or from the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from mkdocs_govreport.agencies import Registry
from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.checks import Findings
from mkdocs_govreport.checks.faults import misfit
from mkdocs_govreport.model import Origin, Report, Text
from mkdocs_govreport.recognise import Identity
from mkdocs_govreport.sources import SIDECAR_SUFFIX, Field

_YEAR = re.compile(r"^(20\d{2})年?度?$")
_IN_TITLE = Text("标题", "the title")
_IN_TEXT = Text("正文中的机关名称", "names in the text")
_AGENCY = Text("机关", "agency")
_YEAR_NAME = Text("年度", "year")
_KNOWN = {*IDENTITY, "processing_fee"}
_A_YEAR = Text("为四位数的年份", "a year of four digits")
_A_TEXT = Text("为文字", "a text")
_A_GROUP = Text("为一组字段", "a group of fields")


def identify(
    report: Report,
    metadata: Mapping[str, Field],
    text: Identity,
    registry: Registry,
    findings: Findings,
    *,
    folders: frozenset[str],
) -> Report:
    """Complete the identity of a report and say what was inferred or cannot be told.

    Metadata comes first, then a path of the form `agency/year`, then the title and the period.
    `folders` are those that all reports are kept in; none of them is an agency.
    """
    fields = _from_metadata(metadata, findings)
    path = PurePosixPath(report.file)
    path_year = _YEAR.match(path.stem)
    path_agency = path.parent.name if path_year and path.parent not in map(PurePosixPath, folders) else ""
    year = fields.get("year") or (int(path_year[1]) if path_year else None) or report.year
    agency = registry.find(fields.get("agency_id")) or registry.find(fields.get("agency"))
    if agency is None and not (fields.get("agency") or fields.get("agency_id")):
        agency = registry.find(path_agency) or registry.find(report.agency_id) or registry.find(report.agency)
    name = fields.get("agency") or report.agency
    inferred_agency = not (fields.get("agency") or fields.get("agency_id") or path_agency)
    if agency is None and name is None:
        agency = registry.mentioned_in([report.narrative.get("introduction", ""), *report.narrative.values()])
        if agency is not None and not path_agency:
            findings.add("identity-inferred", Origin(report.file), field=_AGENCY, value=agency.name, where=_IN_TEXT)
    elif inferred_agency and text.agency_from is not None and text.agency_from != _IN_TITLE and name is not None:
        findings.add("identity-inferred", Origin(report.file), field=_AGENCY, value=name, where=text.agency_from)
    if (
        not fields.get("year")
        and not path_year
        and year is not None
        and text.year_from is not None
        and text.year_from != _IN_TITLE
    ):
        findings.add("identity-inferred", Origin(report.file), field=_YEAR_NAME, value=year, where=text.year_from)
    agency_id = agency.id if agency else fields.get("agency_id") or path_agency or report.agency_id or name
    display = agency.name if agency else name or path_agency or None
    if agency is None and registry.agencies and display:
        findings.add("unknown-agency", Origin(report.file), agency=display)
    known = {key: value for key, value in fields.items() if key not in {"agency", "agency_id", "year"}}
    report = replace(report, **{**known, "agency": display, "agency_id": agency_id, "year": year})
    _report_missing(report, findings)
    return report


def _from_metadata(metadata: Mapping[str, Field], findings: Findings) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, entry in metadata.items():
        if name not in _KNOWN:
            findings.add("unknown-field", entry.origin, field=name)
        elif entry.value is not None:
            value, demand = _understood(name, entry.value)
            if value is None:
                findings.add("schema", entry.origin, path=name, problem=misfit(demand, entry.value))
            else:
                fields[name] = value
    return fields


def _understood(name: str, value: Any) -> tuple[Any, Text]:
    """Return the value of a field, None where it is of the wrong kind, and the kind that is wanted."""
    if name == "year":
        match = _YEAR.match(str(value).strip())
        return int(match[1]) if match else None, _A_YEAR
    if name == "processing_fee":
        return dict(value) if isinstance(value, Mapping) else None, _A_GROUP
    return None if isinstance(value, Mapping | list) else str(value), _A_TEXT


def _report_missing(report: Report, findings: Findings) -> None:
    missing = []
    fields = []
    if report.agency is None:
        missing.append(_AGENCY)
        fields.append("agency")
    if report.year is None:
        missing.append(_YEAR_NAME)
        fields.append("year")
    if missing:
        suffix = PurePosixPath(report.file).suffix
        example = f"{report.agency_id or '机关'}/{report.year or 2024}{suffix}"
        named = Text("和".join(text.zh for text in missing), " and the ".join(text.en for text in missing))
        sidecar = PurePosixPath(report.file).name + SIDECAR_SUFFIX
        findings.add(
            "identity", Origin(report.file), missing=named, fields=", ".join(fields), sidecar=sidecar, example=example
        )
