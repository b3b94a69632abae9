"""From the bytes of one file to a report with its findings: the unit that is cached and mapped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mkdocs_govreport.canonical import IDENTITY, from_document, to_document
from mkdocs_govreport.checks import (
    Findings,
    check_arithmetic,
    check_claims,
    check_dates,
    check_form,
    check_parts,
    check_schema,
    with_identity,
)
from mkdocs_govreport.claims import read_claims
from mkdocs_govreport.figures import Figures
from mkdocs_govreport.model import Claim, Finding, Origin, Report, Text
from mkdocs_govreport.pipeline.identity import identify
from mkdocs_govreport.pipeline.keys import content_digest, result_key
from mkdocs_govreport.pipeline.places import place_of_claim
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import SourceFile
from mkdocs_govreport.recognise import Recognised, recogniser
from mkdocs_govreport.registry import Registry
from mkdocs_govreport.sources import (
    SIDECAR_SUFFIX,
    Document,
    Field,
    Limits,
    SourceError,
    Tree,
    compose,
    read,
    scalar_fields,
)
from mkdocs_govreport.sources.encoding import decode

log = logging.getLogger(__name__)

_NO_PERMISSION = Text("没有打开文件的权限", "no permission to open it")

_IDENTIFYING = {"agency", "agency_id", "year"}  # identifying a report judges these itself


def load_source(source: SourceFile, settings: Settings, digest: bytes = b"") -> Result:
    """Load a file with the metadata beside it; one that cannot be opened is a finding.

    With the digest of the settings the result gets a key.
    """
    try:
        data, sidecar = source.read()
    except OSError as error:
        findings = Findings(settings.catalogue, settings.severities)
        problem = _NO_PERMISSION if isinstance(error, PermissionError) else error.strerror or str(error)
        findings.add("unreadable", Origin(source.name), problem=problem)
        return Result(source.name, None, tuple(findings.items))
    result = load_one(data, source.name, settings, sidecar)
    if not digest:
        return result
    content = content_digest(data, sidecar)
    return replace(result, key=result_key(digest, source.name, content), content=content)


def load_one(data: bytes, file: str, settings: Settings, sidecar: bytes | None = None) -> Result:
    """Read, recognise and validate one report; pure, and never raises for what is in the file."""
    findings = Findings(settings.catalogue, settings.severities)
    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    try:
        report, source, checks = _load(data, file, settings, sidecar, findings)
        for name, check in checks.items():
            with findings.guarded(name, Origin(file)):
                check()
        with findings.guarded("prose", Origin(file)):
            claims = _claims(report, source, data, settings, findings)
    except SourceError as error:
        findings.add(error.rule, Origin(file, line=error.line, column=error.column), **error.values)
    except Exception as error:  # one broken file must not take the others with it
        log.debug("%s", file, exc_info=True)
        findings.add("unreadable", Origin(file), problem=f"{type(error).__name__}: {error}")
    found = tuple(with_identity(finding, report) for finding in findings.items) if report else tuple(findings.items)
    return Result(file, report, found, claims=claims)


def own_sums(result: Result, settings: Settings) -> list[Finding]:
    """Check the sums of one report by themselves; a portal checks them with the other years of its agency."""
    if result.report is None:
        return []
    claims = {result.file: result.claims}
    return check_arithmetic([result.report], settings.catalogue, settings.severities, claims=claims)


def _claims(
    report: Report, source: Document | Tree, data: bytes, settings: Settings, findings: Findings
) -> tuple[Claim, ...]:
    claims = read_claims(report, settings.catalogue)
    check_claims(
        claims,
        report,
        settings.catalogue,
        findings,
        lambda claim: place_of_claim(claim, report, source, data, settings.limits),
    )
    return claims


def _load(
    data: bytes, file: str, settings: Settings, sidecar: bytes | None, findings: Findings
) -> tuple[Report, Document | Tree, Mapping[str, Callable[[], None]]]:
    """Read a report; return it, what its file holds, and the checks of it by their names."""
    catalogue = settings.catalogue
    source = read(data, file, settings.limits)
    metadata = _sidecar(sidecar, file, settings.limits, findings)
    if isinstance(source, Tree):
        report = from_document(source, catalogue)
        if not report.figures and not report.narrative:
            raise SourceError("not-a-report")
        if "processing_fee" not in source.data:
            report = recogniser(catalogue).with_fee(report)
        metadata = {**_stated_identity(source, settings.registry), **metadata}
        title = recogniser(catalogue).identity_of_title(report.title)
        report = identify(
            report, metadata, title, settings.registry, findings, catalogue, folders=settings.folders, stated={}
        )
        stated = {name: getattr(report, name) for name in metadata if name in IDENTITY and name not in _IDENTIFYING}
        document = {**source.data, "edition": source.data.get("edition", report.edition), **stated}
        places = _places(metadata)
        place = lambda path: places.get(path) or source.origins.get(path)  # noqa: E731
        return (
            report,
            source,
            {
                "schema": partial(check_schema, document, report, catalogue, findings, place),
                "form": partial(check_form, report, (), catalogue, findings),
                "parts": partial(check_parts, report, catalogue, findings),
                "dates": partial(check_dates, report, (), catalogue, findings),
                "notes": partial(_report_notes, source, report, findings),
            },
        )
    metadata = {**source.metadata, **metadata}
    recognised = _without_unstated(recogniser(catalogue).recognise(source), metadata.pop("unstated", None))
    report = identify(
        _without_absent(recognised.report, metadata.pop("absent", None)),
        metadata,
        recognised.identity,
        settings.registry,
        findings,
        catalogue,
        folders=settings.folders,
        stated=source.stated,
    )
    document = to_document(report, catalogue, origins=False)
    return (
        report,
        source,
        {
            "form": partial(check_form, report, recognised.remarks, catalogue, findings),
            "schema": partial(check_schema, document, report, catalogue, findings, _places(metadata).get),
            "parts": partial(check_parts, report, catalogue, findings),
            "dates": partial(check_dates, report, recognised.headings, catalogue, findings),
        },
    )


def _without_absent(report: Report, absent: Field | None) -> Report:
    """Leave out figures of which a converted report says that its source did not have them, if they are blank still."""
    value = absent.value if absent else None
    paths = {
        str(path) for path in (value.split() if isinstance(value, str) else value if isinstance(value, list) else ())
    }
    if not paths:
        return report
    figures = {path: figure for path, figure in report.figures.items() if figure.value is not None or path not in paths}
    return replace(report, figures=Figures(figures))


def _without_unstated(recognised: Recognised, unstated: Field | None) -> Recognised:
    """Leave out what a converted report's text seems to say of it and its source does not, if the text is the same."""
    values = unstated.value if unstated and isinstance(unstated.value, Mapping) else {}
    publication = {
        name: told for name, told in recognised.identity.publication.items() if str(values.get(name)) != told[1]
    }
    period: dict[str, Any] = {
        name: None
        for name in ("period_start", "period_end")
        if name in values and getattr(recognised.report, name) == str(values[name])
    }
    return replace(
        recognised,
        report=replace(recognised.report, **period) if period else recognised.report,
        identity=replace(recognised.identity, publication=publication),
    )


def _report_notes(tree: Tree, report: Report, findings: Findings) -> None:
    """Report the remarks that stand beside no figure, and so are in no report."""
    notes = tree.data.get("notes")
    for path in notes if isinstance(notes, Mapping) else ():
        if path not in report.figures:
            origin = tree.origins.get(f"notes.{path}") or tree.origins.get(path) or Origin(tree.file)
            findings.add("unknown-field", origin, field=f"notes.{path}")


def _stated_identity(tree: Tree, registry: Registry) -> dict[str, Field]:
    """Return whose report a document says that it is; what is of the wrong kind is a fault of its schema.

    An id that the registry does not have may be that of the site from which the document comes.
    """
    return {
        name: Field(value, tree.origins.get(name, Origin(tree.file)))
        for name in _IDENTIFYING
        if isinstance(value := tree.data.get(name), int if name == "year" else str)
        and (name != "agency_id" or registry.find(str(value)))
    }


def _places(metadata: Mapping[str, Field]) -> dict[str, Origin]:
    return {name: field.origin for name, field in metadata.items()}


def _sidecar(data: bytes | None, file: str, limits: Limits, findings: Findings) -> dict[str, Field]:
    if not (data and data.strip()):
        return {}
    name = file + SIDECAR_SUFFIX
    try:
        text = decode(data, limits)
        limits.check("characters", len(text))
        return scalar_fields(compose(text, name), name)
    except SourceError as error:
        findings.add(error.rule, Origin(name, line=error.line, column=error.column), **error.values)
    return {}
