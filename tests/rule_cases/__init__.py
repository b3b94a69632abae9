"""For every rule files that break it, and files that come near to it and do not; a module for each family."""

from collections.abc import Mapping

from tests.rule_cases import across, arithmetic, prose, reading, records
from tests.rule_cases.case import Case

CASES: Mapping[str, Case] = {
    **reading.CASES,
    **arithmetic.CASES,
    **prose.CASES,
    **across.CASES,
    **records.CASES,
}

__all__ = ["CASES", "Case"]
