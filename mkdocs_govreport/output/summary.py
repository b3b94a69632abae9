"""One line that sums up a check."""

from __future__ import annotations

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Severity
from mkdocs_govreport.pipeline import Portal


def summary(portal: Portal, messages: Messages) -> str:
    """Say in one line what was found."""
    return messages(
        "summary",
        reports=portal.files,
        errors=portal.count(Severity.ERROR),
        warnings=portal.count(Severity.WARNING),
        not_assessable=portal.not_assessable,
    )
