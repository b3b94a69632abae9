"""For every rule files that break it, and files that come near to it and do not; a module for each family."""

from collections.abc import Mapping

from tests.rule_cases import reading, records
from tests.rule_cases.case import Case

CASES: Mapping[str, Case] = {
    **reading.CASES,
    **records.CASES,
}

__all__ = ["CASES", "Case"]
