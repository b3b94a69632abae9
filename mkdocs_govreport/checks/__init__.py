"""From a report to findings: form, schema, arithmetic, prose, dates; and from several reports."""

from typing import TYPE_CHECKING

from mkdocs_govreport.checks.findings import Findings, place_text, with_identity
from mkdocs_govreport.late import late

if TYPE_CHECKING:
    from mkdocs_govreport.checks.arithmetic import Members, check_arithmetic
    from mkdocs_govreport.checks.dates import check_dates
    from mkdocs_govreport.checks.form import check_form
    from mkdocs_govreport.checks.parts import check_parts
    from mkdocs_govreport.checks.prose import check_claims, percentage, phrase_of
    from mkdocs_govreport.checks.schema import check_schema, report_schema

__all__ = [
    "Findings",
    "Members",
    "check_arithmetic",
    "check_claims",
    "check_dates",
    "check_form",
    "check_parts",
    "check_schema",
    "percentage",
    "phrase_of",
    "place_text",
    "report_schema",
    "with_identity",
]

__getattr__ = late(
    __name__,
    {
        "Members": "arithmetic",
        "check_arithmetic": "arithmetic",
        "check_claims": "prose",
        "check_dates": "dates",
        "check_form": "form",
        "check_parts": "parts",
        "check_schema": "schema",
        "percentage": "prose",
        "phrase_of": "prose",
        "report_schema": "schema",
    },
)
