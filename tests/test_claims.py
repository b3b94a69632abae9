"""What the prose says of figures: every claim of a corpus of sentences, and nothing that is no claim."""

from __future__ import annotations

import copy
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as settings_of_property
from hypothesis import strategies as st

from mkdocs_govreport.claims import read_claims
from mkdocs_govreport.claims.numbers import NumberReader
from mkdocs_govreport.editions import CatalogueError, load_catalogue
from mkdocs_govreport.model import Claim, Finding, Number, Verdict
from mkdocs_govreport.pipeline import Cache, Result, Settings, load_one, load_portal
from tests.documents import EXAMPLE, changed, check_folder, load, only, settings, sound_document, write
from tests.rule_cases import CASES

EDITIONS = Path(__file__).parent / "fixtures" / "editions"
TEXT_2031 = (Path(__file__).parent / "fixtures" / "reports" / "2031.txt").read_text(encoding="utf-8")
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


# --- the situations of published reports ------------------------------------------------------------


def claims_of(text: str, figures: dict[str, dict[str, Any]] | None = None, part: str = "overview") -> list[Claim]:
    result = load(document(text, part, figures or {}), "宿迁市/2024.json")
    assert not [finding for finding in result.findings if finding.rule == "unreadable"]
    return list(result.claims)


def verdicts(claims: list[Claim]) -> set[tuple[str, str]]:
    return {(claim.rule, claim.verdict) for claim in claims}


def test_a_list_of_seven_items_that_makes_up_its_total_agrees() -> None:
    (claim,) = claims_of("镇里一年上网80条，其中：动态47条，公示17条，总结2条，机构1条，人事1条，预决算11条，指南1条。")

    assert (claim.rule, claim.verdict) == ("claimed-list", Verdict.AGREES)
    assert [item.low for item in claim.items] == [47, 17, 2, 1, 1, 11, 1]


def test_applications_told_with_their_outcomes_agree_as_figures_and_as_a_list() -> None:
    figures = {
        "applications.new_received": {"total": 13},
        "applications.granted": {"total": 10},
        "applications.unavailable_not_held": {"total": 2},
        "applications.total_processed": {"total": 12},
        "applications.carried_forward": {"total": 1},
    }
    claims = claims_of("这一年受理信息公开申请13件，予以公开10件、无法提供2件，转入下年1件。", figures)

    assert verdicts(claims) == {("claimed-figure", Verdict.AGREES), ("claimed-list", Verdict.AGREES)}
    assert [[item.low for item in claim.items] for claim in claims if claim.items] == [[10, 2, 1]]
    assert len(claims) == 5


def test_an_item_within_the_range_of_a_hedged_total_is_not_called_wrong() -> None:
    (claim,) = claims_of("全年上网30余条，其中招工用工32条。")

    assert (claim.low, claim.high, claim.verdict) == (31, 39, Verdict.AGREES)


def test_a_heading_with_nothing_under_it_is_matched_with_the_table() -> None:
    text = "（二）主动公开\n\n上网84条。\n\n（三）依申请公开\n\n无"
    (claim,) = claims_of(text)

    assert (claim.rule, claim.verdict, claim.raw) == ("claimed-none", Verdict.AGREES, "")
    assert text[claim.start : claim.end] == "无"


def test_nothing_received_is_matched_with_the_table() -> None:
    assert verdicts(claims_of("园区全年没有收到任何依申请公开事项。")) == {("claimed-none", Verdict.AGREES)}


# --- findings ---------------------------------------------------------------------------------------


def finding_of(text: str, figures: dict[str, dict[str, Any]]) -> Finding:
    result = load(document(text, "overview", figures), "宿迁市/2024.json")
    return only([finding for finding in result.findings if finding.code.startswith("N5")], result.claims[0].rule)


def test_a_finding_quotes_the_phrase_and_says_what_the_table_has_and_where() -> None:
    finding = finding_of("全年收到政府信息公开申请14件。", {"applications.new_received": {"total": 13}})

    assert "“收到政府信息公开申请14件”" in finding.message.zh
    assert re.search(r"一、本年新收·总计 13（第\d+行）", finding.message.zh)
    assert (finding.expected, finding.actual, finding.imbalance) == (13, 14, -1)
    assert finding.paths[0] == "applications.new_received.total"


def test_a_finding_about_a_group_of_rows_has_its_terms() -> None:
    finding = finding_of("不予公开4件。", {"applications.denied_deliberative": {"total": 3}})

    assert [term.value for term in finding.terms if term.value] == [3]
    assert len(finding.terms) == 8


def test_a_finding_of_a_text_is_at_its_line_and_column() -> None:
    broken = CASES["claimed-figure"].broken["reports/青禾区/2023.txt"]
    assert isinstance(broken, str)
    finding = only(load(broken).findings, "claimed-figure")
    assert finding.origin is not None

    line = broken.split("\n")[(finding.origin.line or 0) - 1]
    assert line[(finding.origin.column or 0) - 1 :].startswith("收到政府信息公开申请37件")


def test_a_finding_of_markdown_is_at_the_line_of_a_paragraph_of_several() -> None:
    source = (EXAMPLE / "reports/suqian/2023.md").read_text(encoding="utf-8")
    text = changed(source, ("3511件", "3512件"))
    finding = only(load(text, "宿迁市/2023.md").findings, "claimed-figure")
    assert finding.origin is not None

    assert "3512件" in text.split("\n")[(finding.origin.line or 0) - 1]


def test_a_blank_cell_is_not_judged() -> None:
    figures = {"applications.new_received": {"total": None}}
    result = load(document("收到政府信息公开申请14件。", "overview", figures), "宿迁市/2024.json")

    assert [claim.verdict for claim in result.claims] == [Verdict.UNJUDGED]
    assert not {finding.code for finding in result.findings} & {"N501", "N502"}


def test_a_portal_keeps_the_claims_of_each_file(tmp_path: Path) -> None:
    portal = check_folder(tmp_path, CASES["claimed-figure"].broken)

    assert [claim.verdict for claim in portal.claims_of("reports/青禾区/2023.txt")] == [
        Verdict.DISAGREES,
        Verdict.AGREES,
    ]


def test_claims_come_back_from_the_cache(tmp_path: Path) -> None:
    folder = write(tmp_path, CASES["claimed-figure"].broken)
    portals = [load_portal(["reports"], folder, settings(), cache=Cache(tmp_path / "cache")) for _ in range(2)]

    assert portals[0].claims
    assert portals[0].claims == portals[1].claims


# --- numbers ----------------------------------------------------------------------------------------

NUMBERS = NumberReader(load_catalogue().wording.claims)
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 100 million in Chinese numerals."""
    if number >= 10000:
        rest = number % 10000
        return chinese(number // 10000) + "万" + ("零" if 0 < rest < 1000 else "") + (chinese(rest) if rest else "")
    digits = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            digits += DIGITS[digit] + name
        elif digits and not digits.endswith("零") and number % power:
            digits += "零"
    return digits or "零"


@settings_of_property(max_examples=300)
@given(st.integers(0, 99_999_999))
def test_a_number_is_read_however_it_is_written(number: int) -> None:
    assert {NUMBERS.value(text) for text in (str(number), f"{number:,}", chinese(number))} == {number}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30余件", 31, 39),
        ("100余件", 101, 199),
        ("120多件", 121, 129),
        ("两千余件", 2001, 2999),
        ("近30件", 20, 30),
        ("约120件", 110, 130),
        ("100件左右", 0, 200),
        ("超过50件", 50, None),
        ("50件以上", 50, None),
        ("不足五十件", None, 50),
        ("3.5万件", 34500, 35500),
        ("一百二十三件", 123, 123),
        ("两千零五件", 2005, 2005),
        ("1,265件", 1265, 1265),
        ("〇件", 0, 0),
        ("十二件", 12, 12),
        ("二十件", 20, 20),
    ],
)
def test_a_hedged_number_is_a_range(text: str, low: int | None, high: int | None) -> None:
    amount = NUMBERS.read(text)
    assert amount is not None

    assert (amount.low, amount.high) == (low, high)


@pytest.mark.parametrize("text", ["三四件", "件", "第三", "百分之"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert NUMBERS.read(text) is None


# --- whatever stands there --------------------------------------------------------------------------

PIECES = ["收到", "政府信息公开申请", "13件", "，", "。", "其中", "：", "予以公开", "3余件", "共", "占", "12.5%", "、", "未收到",
          "行政复议", "\n\n", "（三）依申请公开", "无", "**", "２", "上年", "2023年", "件", "十二件", " ", "|", "等", "两项合计"]  # fmt: skip


@settings_of_property(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_no_claim_spans_outside_its_text(pieces: list[str]) -> None:
    report = load(document("无", "overview", {}), "宿迁市/2024.json").report
    assert report is not None
    text = "".join(pieces)
    for claim in read_claims(replace(report, narrative={"overview": text}), load_catalogue()):
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.raw == "" or text[claim.start : claim.end].strip()


@pytest.mark.parametrize("piece", ["件数", "一", "1,111", "公民、法人", "因", "未收到", "的", "（", "共", "没有", "较"])
def test_a_hostile_sentence_takes_no_longer_than_another(piece: str) -> None:
    report = load(document("无", "overview", {}), "宿迁市/2024.json").report
    assert report is not None
    text = f"收到申请{piece * (500 // len(piece))}13件"
    started = time.process_time()
    read_claims(replace(report, narrative={"overview": text * 20}), load_catalogue())

    assert time.process_time() - started < 2


# --- other editions ---------------------------------------------------------------------------------


def test_an_edition_without_phrases_claims_nothing(tmp_path: Path) -> None:
    folder = shutil.copytree(EDITIONS / "2031", tmp_path / "2031")
    (folder / "phrases.yml").unlink(missing_ok=True)
    catalogue = load_catalogue((str(tmp_path),))
    result = load_one(TEXT_2031.encode(), "青禾区/2031.txt", Settings(catalogue))

    assert result.report is not None
    assert result.claims == ()


def test_an_edition_has_phrases_of_its_own() -> None:
    text = changed(TEXT_2031, ("本年改用新表。", "本年改用新表，登记申请57件，撤回2件。"))
    result = load_one(text.encode(), "青禾区/2031.txt", Settings(load_catalogue((str(EDITIONS),))))

    assert [(claim.readings[0], claim.verdict) for claim in result.claims] == [
        (("applications.filed.all_channels",), Verdict.DISAGREES),
        (("applications.withdrawn.all_channels",), Verdict.AGREES),
    ]
    assert "全年登记·合计数 56" in only(result.findings, "claimed-figure").message.zh


def test_phrases_about_figures_that_no_table_has_are_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(EDITIONS / "2031", tmp_path / "2031")
    path = folder / "phrases.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("withdrawn", "drawn"), encoding="utf-8")

    with pytest.raises(CatalogueError, match=r"phrases\.yml is about applications\.drawn"):
        load_catalogue((str(tmp_path),))
