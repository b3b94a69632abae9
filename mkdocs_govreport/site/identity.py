"""What the page of a report says of its identity: what was inferred, from what, and the processing fee."""

from __future__ import annotations

from decimal import Decimal

from mkdocs_govreport.checks.arithmetic.formulas import number
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Basis, Report

_FIELDS = {
    "agency": "identity-agency",
    "year": "identity-year",
    "title": "identity-title",
    "published_on": "identity-published",
    "publisher": "identity-publisher",
    "source_url": "identity-source",
    "processing_fee": "identity-fee",
}


def inferred_text(report: Report, messages: Messages) -> str:
    """Say what of the identity was inferred, grouped by what told it."""
    fields: dict[Basis, list[str]] = {}
    for name, key in _FIELDS.items():
        if name in report.inferred:
            fields.setdefault(report.inferred[name], []).append(messages(key))
    comma, semicolon = ("、", "；") if messages.language == "zh" else (", ", "; ")
    return semicolon.join(
        messages("identity-inferred-from", fields=comma.join(names), basis=basis.words.into(messages.language))
        for basis, names in fields.items()
    )


def fee_text(report: Report, messages: Messages) -> str:
    """Say what the report says of the information processing fee."""
    cases, amount = (report.processing_fee.get(name) for name in ("cases", "amount_yuan"))
    # Metadata may hold anything; what is no number is a finding.
    parts = [messages("identity-fee-cases", cases=number(cases))] if isinstance(cases, int) else []
    if isinstance(amount, int | Decimal):
        parts.append(messages("identity-fee-amount", amount=number(amount)))
    return ("，" if messages.language == "zh" else ", ").join(parts)
