"""A report in which every figure is another one, so that a value tells the place that it belongs to."""

from __future__ import annotations

import random

from mkdocs_govreport.model import Report
from tests.support.generate import numbered, random_report


def distinct_report(edition: str) -> Report:
    """Return a report of an edition no two figures of which are the same; its sums do not hold."""
    return numbered(random_report(random.Random(edition), edition, agency="云川市青禾区"))
