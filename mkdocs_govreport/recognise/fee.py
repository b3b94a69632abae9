"""The information processing fee (信息处理费) that part six reports in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from mkdocs_govreport.editions import Wording
from mkdocs_govreport.model import Number
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.recognise.values import to_number

_SENTENCE = re.compile(r"[。;\n]")


class FeeReader:
    """Reads the fee by the phrases of the wording, where it is stated plainly; else nothing."""

    def __init__(self, wording: Wording) -> None:
        """Keep the phrases."""
        self._wording = wording.processing_fee
        self._characters = wording.characters
        self._factors = {name: unit.factor for unit in wording.units.values() for name in unit.names}

    def read(self, narrative: Mapping[str, str], year: int | None) -> dict[str, Number | None]:
        """Return `cases`, the notices sent, and `amount_yuan`, what was collected, as far as part six tells them.

        What two sentences state differently is not told.
        """
        text = "\n".join(plain(line) for line in narrative.get(self._wording.part, "").split("\n"))
        sentences = [s for s in _SENTENCE.split(self._characters.simplified(text)) if self._is_of_year(s, year)]
        cases: set[Number] = set()
        amounts: set[Number] = set()
        for sentence in sentences:
            found = [_number(m["number"]) for pattern in self._wording.cases for m in pattern.finditer(sentence)]
            cases |= {number for number in found if isinstance(number, int)}
            amounts |= {
                _whole(_number(m["number"]) * self._factors[m["unit"]])
                for pattern in self._wording.amounts
                for m in pattern.finditer(sentence)
            }
            cases |= {0} if self._wording.no_cases.search(sentence) else set()
            amounts |= {0} if self._wording.no_amount.search(sentence) else set()
        fee: dict[str, Number | None] = {}
        if len(cases) == 1:
            fee["cases"] = cases.pop()
        if len(amounts) == 1:
            fee["amount_yuan"] = amounts.pop()
        return fee

    def _is_of_year(self, sentence: str, year: int | None) -> bool:
        years = {int(found) for found in re.findall(r"(20\d{2})年", sentence)}
        return not self._wording.elsewhere.search(sentence) and (not years or year is None or year in years)


def _number(text: str) -> Number:
    return 0 if text in {"零", "〇"} else to_number(text)


def _whole(number: Number) -> Number:
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number
