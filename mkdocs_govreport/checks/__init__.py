"""From a report to findings: form, schema, arithmetic, prose."""

from mkdocs_govreport.checks.arithmetic import check_arithmetic, with_identity
from mkdocs_govreport.checks.findings import Findings, place_text
from mkdocs_govreport.checks.form import check_form
from mkdocs_govreport.checks.prose import check_claims, percentage, phrase_of
from mkdocs_govreport.checks.schema import check_schema, report_schema

__all__ = [
    "Findings",
    "check_arithmetic",
    "check_claims",
    "check_form",
    "check_schema",
    "percentage",
    "phrase_of",
    "place_text",
    "report_schema",
    "with_identity",
]
