"""The parts of a report: that each says something, and that they stand in the order of the form."""

from __future__ import annotations

import re
from itertools import pairwise

from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Origin, Report, Text

_LETTERS = re.compile(r"[^\W_]")
_EMPTY = Text("没有内容", "is empty")


def check_parts(report: Report, catalogue: Catalogue, findings: Findings) -> None:
    """Report parts that are there and say next to nothing, and parts out of order."""
    edition = catalogue.editions[report.edition]
    place = Origin(report.file)
    for part in edition.checked.thin:
        text = report.narrative.get(part)
        if text is not None and len(_LETTERS.findall(text)) < catalogue.measures.thin:
            written = " ".join(text.split())
            says = Text(f"只有“{written}”", f'only says "{written}"') if written else _EMPTY
            findings.add("thin-part", place, part=edition.parts[part].title, says=says)
    order = list(edition.parts)
    found = [part for part in report.narrative if part in edition.parts]
    for earlier, later in pairwise(found):
        if order.index(later) < order.index(earlier):
            titles = {"part": edition.parts[later].title, "before": edition.parts[earlier].title}
            findings.add("part-order", place, **titles)
