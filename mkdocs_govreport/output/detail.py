"""How much of the findings is printed: in full where they can be read one by one, as counts where they are many."""

from __future__ import annotations

from enum import StrEnum

_FEW = 10
"""Files up to which lesser findings are printed in full."""
_SOME = 50
"""Files up to which each gets a line of its own."""


class Detail(StrEnum):
    """What a site or a command asks for: all, as much as can be read, or counts. Errors are always printed in full."""

    FULL = "full"
    AUTO = "auto"
    BRIEF = "brief"


class Lesser(StrEnum):
    """How findings that are no errors are printed: in full, a line for each file, or in the totals alone."""

    IN_FULL = "in full"
    A_LINE = "a line"
    COUNTED = "counted"


def lesser_findings(detail: Detail, files: int) -> Lesser:
    """Return how findings that are no errors are printed where so many files have some."""
    if detail is Detail.BRIEF:
        return Lesser.COUNTED
    if detail is Detail.FULL or files <= _FEW:
        return Lesser.IN_FULL
    return Lesser.A_LINE if files <= _SOME else Lesser.COUNTED
