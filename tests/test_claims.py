"""What the prose says of figures: every claim of a corpus of sentences, and nothing that is no claim."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Claim, Number
from mkdocs_govreport.pipeline import Result
from tests.documents import load, sound_document

CORPUS = Path(__file__).parent / "fixtures" / "claims"
RECALL = 0.95
"""What share of the claims of the corpus has to be found; none may be found that is not there."""


@dataclass(frozen=True)
class Sentence:
    """A text of the corpus with the tables that it is judged by."""

    text: str
    part: str
    figures: dict[str, dict[str, Any]]
    claims: tuple[str, ...]


_WHOLE = sound_document(2024)


def sentences() -> Iterator[Sentence]:
    for path in sorted(CORPUS.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in data["cases"]:
            yield Sentence(
                case["text"],
                case.get("part", data["part"]),
                data["figures"],
                tuple(case.get("claims", ())),
            )


def document(text: str, part: str, figures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A report of 2024 in which all figures are 0 but those named, and the text is all that a part says."""
    whole = copy.deepcopy(_WHOLE)
    for table in load_catalogue().editions["2021"].tables:
        for row, values in whole[table].items():
            for column in values:
                whole[table][row][column] = figures.get(f"{table}.{row}", {}).get(column, 0)
    whole["narrative"] = {name: text if name == part else "" for name in whole["narrative"]}
    whole["narrative"].setdefault(part, text)
    return whole


def result_of(sentence: Sentence) -> Result:
    result = load(document(sentence.text, sentence.part, sentence.figures), "宿迁市/2024.json")
    assert result.report is not None
    return result


def written(claim: Claim, text: str) -> str:
    """A claim as the corpus writes it."""
    passage = text[claim.start : claim.end]
    return " | ".join([claim.rule.removeprefix("claimed-"), passage, span(claim), subject(claim), claim.verdict])


def span(claim: Claim) -> str:
    if claim.low == claim.high:
        return plain(claim.low)
    return f"{plain(claim.low)}..{plain(claim.high)}"


def plain(value: Number | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}"


def subject(claim: Claim) -> str:
    """The figures of the likeliest reading, the items of a list, or part and whole of a share."""
    if claim.rule == "claimed-list":
        return "+".join(plain(item.low) for item in claim.items)
    if claim.rule == "claimed-share":
        return "/".join(plain(item.low) if item.raw else "" for item in claim.items)
    names = [re.sub(r"^\w+\.|\.total$", "", path) for path in claim.readings[0]]
    for group in ("denied", "unavailable", "not_processed", "other"):
        if len(names) > 2 and all(name.startswith(f"{group}_") for name in names):
            return f"{{{group}}}"
    return "+".join(names)


ALL = list(sentences())


@pytest.mark.parametrize("sentence", ALL, ids=[f"{n}-{s.text[:14]}" for n, s in enumerate(ALL)])
def test_nothing_is_claimed_that_a_sentence_does_not_say(sentence: Sentence) -> None:
    result = result_of(sentence)
    found = [written(claim, result.report.narrative[sentence.part]) for claim in result.claims]  # type: ignore[union-attr]

    assert [claim for claim in found if claim not in sentence.claims] == []


def test_the_claims_of_the_corpus_are_found() -> None:
    expected = found = 0
    missed = []
    for sentence in ALL:
        result = result_of(sentence)
        told = {written(claim, result.report.narrative[sentence.part]) for claim in result.claims}  # type: ignore[union-attr]
        expected += len(sentence.claims)
        found += len(told & set(sentence.claims))
        missed += [claim for claim in sentence.claims if claim not in told]
    print(f"\n{found} of {expected} claims in {len(ALL)} texts: {found / expected:.1%}; missed: {missed}")

    assert found / expected >= RECALL


def test_half_of_the_corpus_are_traps() -> None:
    assert sum(1 for sentence in ALL if not sentence.claims) >= len(ALL) * 0.45
    assert len(ALL) >= 80
