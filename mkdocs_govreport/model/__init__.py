"""The nouns of the project: what flows from the sources to the site.

Everything here is a frozen value; the two of which a report has hundreds are named tuples, which are
made and sent to another process in a third of the time. The words mean the same everywhere: a *report* has *figures*,
a figure has an *origin*, prose makes *claims*, a check yields *findings*.
"""

from mkdocs_govreport.model.claim import Claim, Mention, Verdict
from mkdocs_govreport.model.finding import (
    CELLS,
    Breach,
    Change,
    Explanation,
    Finding,
    Severity,
    Status,
    Term,
    Waiver,
)
from mkdocs_govreport.model.report import Basis, ExtraRow, Figure, Number, Origin, Report, column_letters
from mkdocs_govreport.model.text import Text

__all__ = [
    "CELLS",
    "Basis",
    "Breach",
    "Change",
    "Claim",
    "Explanation",
    "ExtraRow",
    "Figure",
    "Finding",
    "Mention",
    "Number",
    "Origin",
    "Report",
    "Severity",
    "Status",
    "Term",
    "Text",
    "Verdict",
    "Waiver",
    "column_letters",
]
