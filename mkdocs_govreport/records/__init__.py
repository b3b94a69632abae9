"""What a site records about published reports: waivers, a baseline, corrections, and what was published.

A published report cannot be changed by whoever compiles the site. So its faults can stand with a reason that readers
see, old ones can be recorded so that only new ones fail, and no figure changes silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_govreport.checks import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.late import late
from mkdocs_govreport.model import Finding, Report, Severity
from mkdocs_govreport.records.files import RecordFiles
from mkdocs_govreport.registry import Registry

if TYPE_CHECKING:
    from mkdocs_govreport.records.baseline import baseline_of, pruned, read_baseline
    from mkdocs_govreport.records.corrections import Correction
    from mkdocs_govreport.records.drafts import draft_waivers
    from mkdocs_govreport.records.lines import RecordError, write_lines
    from mkdocs_govreport.records.published import published_entries, read_published

__all__ = [
    "Correction",
    "RecordError",
    "RecordFiles",
    "Recorded",
    "apply_records",
    "baseline_of",
    "draft_waivers",
    "pruned",
    "published_entries",
    "read_baseline",
    "read_published",
    "write_lines",
]

__getattr__ = late(
    __name__,
    {
        "Correction": "corrections",
        "RecordError": "lines",
        "baseline_of": "baseline",
        "draft_waivers": "drafts",
        "pruned": "baseline",
        "published_entries": "published",
        "read_baseline": "baseline",
        "read_published": "published",
        "write_lines": "lines",
    },
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the records make of findings: the same ones, some waived or baselined, in the same order.

    `told` are those about the records, `changes` those about reports that have changed.
    """

    findings: tuple[Finding, ...]
    told: tuple[Finding, ...] = ()
    changes: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = field(default=())


def apply_records(
    findings: Sequence[Finding],
    reports: Sequence[Report],
    files: RecordFiles,
    registry: Registry,
    catalogue: Catalogue,
    severities: Mapping[str, Severity],
) -> Recorded:
    """Apply the records of a site to the findings about its reports."""
    if not files.has_any:
        return Recorded(tuple(findings))
    from mkdocs_govreport.records.baseline import apply_baseline
    from mkdocs_govreport.records.corrections import Log
    from mkdocs_govreport.records.names import all_agencies
    from mkdocs_govreport.records.waivers import Waivers

    told = Findings(catalogue, severities)
    agencies = all_agencies(registry, reports, catalogue)
    identified = {(report.agency_id, report.year): report for report in reports if report.agency_id and report.year}
    log = Log(files, identified, agencies, catalogue, told)
    waived = Waivers(files, reports, agencies, catalogue).apply(list(findings), told)
    baselined = apply_baseline(waived, reports, files, catalogue, told)
    corrections = log.corrections()
    changes = log.compare(corrections)
    return Recorded(tuple(baselined), tuple(told.items), tuple(changes), tuple(corrections))
