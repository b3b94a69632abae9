"""Whose report it is and of which year: from metadata, from the path, or from the text, in this order.

What was not stated is noted in the report with what told it; what two sources tell differently is a finding.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from mkdocs_govreport.checks import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Basis, Origin, Report, Text
from mkdocs_govreport.pipeline.evidence import agency_claims, whose, year_claims
from mkdocs_govreport.pipeline.file_names import path_reader
from mkdocs_govreport.pipeline.metadata import page_fields, stated_fields, web_page
from mkdocs_govreport.recognise import Identity
from mkdocs_govreport.registry import Agency, Registry
from mkdocs_govreport.sources import SIDECAR_SUFFIX, Field

_AGENCY = Text("机关", "agency")
_YEAR = Text("年度", "year")
_METADATA = Text("元数据", "the metadata")
_PLAIN = {Basis.PATH, Basis.TITLE}  # bases that leave nothing to check
_PUBLICATION = ("published_on", "publisher", "source_url")
_MOST_YEARS_LATER = 2  # that a report is signed after its year
_LONGEST_ID = 60
# What cannot be in the name of a file on every system, in an address, or be seen.
_NOT_IN_ID = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff/\\:*?\"<>|#%]+|\.{2,}|^[. ]|[. ]$"
)
# Names that a web server or Windows takes for something else.
_RESERVED = re.compile(r"\d{4}|(?:index|readme|con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def identify(
    report: Report,
    metadata: Mapping[str, Field],
    text: Identity,
    registry: Registry,
    findings: Findings,
    catalogue: Catalogue,
    *,
    folders: frozenset[str],
    stated: Mapping[str, Field],
) -> Report:
    """Complete the identity of a report and say what was inferred or cannot be told.

    `stated` is what a page says of itself. `folders` are those that all reports are kept in.
    """
    place = Origin(report.file)
    fields = stated_fields(metadata, findings)
    hints = path_reader(catalogue).read(report.file, folders)
    claims = agency_claims(fields, hints, text, registry)
    told = whose(claims, fields.get("agency_id"), registry, catalogue.wording, _prose(report))
    years = year_claims(fields, hints, text, registry, catalogue.wording)
    year, year_from = (years[0].value, years[0].basis) if years else (report.year, None)
    inferred: dict[str, Basis] = {}
    for field, words, value, basis in (("agency", _AGENCY, told.name, told.basis), ("year", _YEAR, year, year_from)):
        if value is not None and basis is not None:
            inferred[field] = basis
            if basis not in _PLAIN:
                findings.add("identity-inferred", place, field=words, value=value, where=basis.words)
    if told.candidates:
        listed = Text.join([_with_region(agency) for agency in told.candidates])
        findings.add("ambiguous-agency", place, agency=told.name, candidates=listed)
    elif told.agency is None and registry.agencies and told.name:
        findings.add("unknown-agency", place, agency=told.name)
    sure = [(claim.basis, claim.value) for claim in years if claim.is_sure]
    _contradictions(_AGENCY, told.contradictions, told.name, place, findings)
    _contradictions(_YEAR, sure if len({value for _, value in sure}) > 1 else (), year, place, findings)
    known = {key: value for key, value in fields.items() if key not in {"agency", "agency_id", "year"}}
    public, public_from = _publication(report, text, page_fields(stated), year)
    inferred |= {key: basis for key, basis in public_from.items() if key not in known}
    if text.title is None and report.title is None and "title" not in known and hints.title:
        public["title"], inferred["title"] = hints.title, Basis.FILE_NAME
    agency_id = _agency_id(told.id or report.agency_id or told.name)
    identity = {"agency": told.name, "agency_id": agency_id, "year": year}
    kept = {key: basis for key, basis in report.inferred.items() if key not in known}
    public.setdefault("source_url", web_page(report.source_url or ""))
    report = replace(report, **{**public, **known, **identity, "inferred": {**inferred, **kept}})
    _report_missing(report, findings)
    return report


def _prose(report: Report) -> list[str]:
    return [report.narrative.get("introduction", ""), *report.narrative.values()]


def _with_region(agency: Agency) -> Text:
    told = [part for part in (agency.region, agency.id) if part]
    return Text(f"{agency.name}（{'，'.join(told)}）", f"{agency.name} ({', '.join(told)})")


def _contradictions(
    field: Text, claims: Sequence[tuple[Basis | None, Any]], used: Any, place: Origin, findings: Findings
) -> None:
    if claims:
        words = [((basis.words if basis else _METADATA), value) for basis, value in claims]
        listed = Text("、".join(f"{w.zh}为“{v}”" for w, v in words), ", ".join(f'"{v}" by {w.en}' for w, v in words))
        findings.add("identity-conflict", place, field=field, claims=listed, used=used)


def _publication(
    report: Report, text: Identity, page: Mapping[str, str], year: int | None
) -> tuple[dict[str, Any], dict[str, Basis]]:
    """Return when, by whom and where a report was published, and what told it: the page, else the text."""
    values: dict[str, Any] = {}
    bases: dict[str, Basis] = {}
    for name in _PUBLICATION:
        if name in page:
            values[name], bases[name] = page[name], Basis.PAGE
        elif name in text.publication:
            basis, value = text.publication[name]
            if basis is Basis.LINE or _may_be_signed_on(value, year):
                values[name], bases[name] = value, basis
    if "title" in page and report.title is None:
        values["title"], bases["title"] = page["title"], Basis.PAGE
    return values, bases


def _may_be_signed_on(date: str, year: int | None) -> bool:
    return year is None or year <= int(date[:4]) <= year + _MOST_YEARS_LATER


def _agency_id(name: str | None) -> str | None:
    """Return an id that can be part of the address of a page, and is another for another name."""
    if name is None or not (len(name) > _LONGEST_ID or _NOT_IN_ID.search(name) or _RESERVED.fullmatch(name)):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(part for part in (_NOT_IN_ID.sub("-", name).strip("-. ")[:40], digest) if part)


def _report_missing(report: Report, findings: Findings) -> None:
    missing = []
    fields = []
    if report.agency is None:
        missing.append(_AGENCY)
        fields.append("agency")
    if report.year is None:
        missing.append(_YEAR)
        fields.append("year")
    if missing:
        suffix = PurePosixPath(report.file).suffix
        example = f"{report.agency_id or '机关'}/{report.year or 2024}{suffix}"
        named = Text("和".join(text.zh for text in missing), " and the ".join(text.en for text in missing))
        sidecar = PurePosixPath(report.file).name + SIDECAR_SUFFIX
        findings.add(
            "identity", Origin(report.file), missing=named, fields=", ".join(fields), sidecar=sidecar, example=example
        )
