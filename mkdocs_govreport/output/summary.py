"""One line that sums up a check."""

from __future__ import annotations

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Severity, Status
from mkdocs_govreport.pipeline import Portal

_MARKED = (("summary-waived", Status.WAIVED), ("summary-baselined", Status.BASELINED))


def summary(portal: Portal, messages: Messages) -> str:
    """Say in one line what was found."""
    line = messages(
        "summary",
        reports=portal.files,
        errors=portal.count(Severity.ERROR),
        warnings=portal.count(Severity.WARNING),
        not_assessable=portal.not_assessable,
    )
    marked = [(key, portal.tally(status)) for key, status in _MARKED]
    return line + "".join(messages(key, count=count) for key, count in marked if count)
