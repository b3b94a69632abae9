"""Explanations in words: what would have happened, and what each figure should then be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs_govreport.checks.arithmetic.evaluate import Outcome
from mkdocs_govreport.checks.arithmetic.formulas import change_words, number
from mkdocs_govreport.checks.arithmetic.localise import Diagnosis
from mkdocs_govreport.checks.arithmetic.ranking import Candidate, Confidence
from mkdocs_govreport.checks.arithmetic.search import MOST_CELLS
from mkdocs_govreport.checks.arithmetic.structures import Structure
from mkdocs_govreport.checks.arithmetic.system import Line, System, Values
from mkdocs_govreport.editions import Catalogue, Scope
from mkdocs_govreport.model import CELLS, Change, Explanation, Number, Report, Text

MOST_LISTED = 20
_SHOWN = 3  # explanations, or changes of one, that a sentence names

_LINES = (Text("“{name}”一行", 'the row "{name}"'), Text("“{name}”一列", 'the column "{name}"'))
_UNLABELLED = Text("“{name}”表中自“{cell}”起各格", 'the table "{name}" from "{cell}" on')
_SLIPS = {
    (0, True): Text("右移了一格", "moved one cell to the right"),
    (0, False): Text("左移了一格", "moved one cell to the left"),
    (1, True): Text("下移了一行", "moved down by one row"),
    (1, False): Text("上移了一行", "moved up by one row"),
}
_STRUCTURES = {
    "slip": Text("{line}的数像是{slip}", "the figures of {line} look {slip}"),
    "exchange": Text("“{one}”与“{two}”两格的数像是互换了", 'the figures of "{one}" and "{two}" look exchanged'),
    "lines": Text("{line}与{others}的数像是互换了", "the figures of {line} and of {others} look exchanged"),
    "double_count": Text("{line}像是把{others}多算了一次", "{line} looks to have {others} counted twice"),
    "left_out": Text("{line}像是漏算了{others}", "{line} looks to leave out {others}"),
    "row": Text("{line}像是漏填了", "{line} looks to have been left empty"),
}


def explanations(
    diagnosis: Diagnosis, system: System, values: Values, report: Report, catalogue: Catalogue
) -> tuple[Explanation, ...]:
    """Return the explanations of a diagnosis, the likeliest first, as findings have them."""
    found = []
    for place, candidate in enumerate(diagnosis.candidates[:MOST_LISTED]):
        confidence = Confidence.POSSIBLE if place or diagnosis.confidence is None else diagnosis.confidence
        changes = _changes(candidate, system, values)
        kind = candidate.structure.kind if candidate.structure else CELLS
        message = _words(candidate.structure, changes, report, catalogue)
        found.append(Explanation(kind, confidence.value, changes, message))
    return tuple(found)


def conclusion(diagnosis: Diagnosis, found: Sequence[Explanation], report: Report, catalogue: Catalogue) -> Text:
    """Say in a sentence what the explanations come to; it follows on the equation that does not hold."""
    if not found:
        if not diagnosis.finished:
            return Text(
                "。可能的错处太多，未能一一试完，不能断定是哪几处",
                ". There are too many possible causes to try them all",
            )
        return Text(
            f"。改动 {MOST_CELLS} 处以内的数不能使各项关系都成立，请对照原件逐项核对",
            f". No change of up to {MOST_CELLS} figures makes every relation hold; compare the table with the original",
        )
    if found[0].confidence == Confidence.POSSIBLE:
        return _undecided(found, len(diagnosis.candidates))
    others = len(diagnosis.candidates) - 1
    more = Text(f"（另有 {others} 种可能）", f" ({others} more are possible)") if others else Text("", "")
    likeliest = _likeliest(found[0], report, catalogue, alone=not others)
    return Text(likeliest.zh + more.zh, likeliest.en + more.en)


def _undecided(found: Sequence[Explanation], count: int) -> Text:
    shown = Text.join([e.message for e in found[:_SHOWN] if e.message], zh="；", en="; ")
    if count == 1:
        return Text(
            f"。可能的原因：{shown.zh}；这些关系不足以断定",
            f". A possible cause: {shown.en}; the relations do not prove it",
        )
    more = Text(" 等", " among others") if count > _SHOWN else Text("", "")
    return Text(
        f"。可能的原因有 {count} 种，仅凭这些关系不能断定：{shown.zh}{more.zh}",
        f". There are {count} possible causes, between which the relations do not decide: {shown.en}{more.en}",
    )


def _likeliest(first: Explanation, report: Report, catalogue: Catalogue, *, alone: bool) -> Text:
    words = first.message or Text("", "")
    if first.kind != CELLS:
        return Text(
            f"。{words.zh}，改正后各项关系都成立",
            f". {words.en[:1].upper()}{words.en[1:]}; undone, every relation holds",
        )
    size = len(first.changes)
    if size > 1:
        return Text(
            f"。最少要改 {size} 处才能全部成立，最可能是：{words.zh}",
            f". At least {size} figures have to change; most likely {words.en}",
        )
    if not alone:
        return Text(f"。最可能是：{words.zh}", f". Most likely {words.en}")
    (change,) = first.changes
    title = catalogue.edition_of(report, change.path).figure_title(change.path)
    before, after = number(change.before), number(change.after)
    return Text(
        f"。如仅一处有误，则为“{title.zh}”，{before} 应为 {after}",
        f". If one figure is wrong, it is {title.en}: {before} should be {after}",
    )


def _changes(candidate: Candidate, system: System, values: Values) -> tuple[Change, ...]:
    changes = []
    for cell, delta in candidate.changes:
        before: Number = values[cell] or 0
        changes.append(Change(system.paths[cell], before, before + delta))
    return tuple(changes)


def _words(structure: Structure | None, changes: Sequence[Change], report: Report, catalogue: Catalogue) -> Text:
    if structure is None:
        return change_words(changes, report, catalogue)
    first = changes[0].path
    line, *others = (_name(line, structure.orientation, first, report, catalogue) for line in structure.lines)
    if structure.kind == "exchange" and not others:
        one, two = (catalogue.edition_of(report, change.path).figure_title(change.path) for change in changes)
        return _STRUCTURES["exchange"].format(one=one, two=two)
    return _STRUCTURES["lines" if structure.kind == "exchange" else structure.kind].format(
        line=line,
        others=Text.join(others, zh="或", en=" or "),
        slip=_SLIPS[structure.orientation, structure.forward],
    )


def blank_offer(
    outcome: Outcome, offered: Mapping[str, tuple[Number, Confidence]], report: Report, catalogue: Catalogue
) -> Explanation | None:
    """Return the values that follow for all the blanks of an equation; None where one does not."""
    missing = [operand.path for operand in outcome.missing]
    if any(operand.scope is not Scope.REPORT for operand in outcome.missing) or not set(missing) <= offered.keys():
        return None
    changes = tuple(Change(path, None, offered[path][0]) for path in missing)
    sure = all(offered[path][1] is Confidence.CERTAIN for path in missing)
    row = {path.rsplit(".", 1)[0] for path in missing}
    kind = "row" if len(missing) > 1 and len(row) == 1 else "blank"
    message = change_words(changes, report, catalogue)
    return Explanation(kind, (Confidence.CERTAIN if sure else Confidence.LIKELY).value, changes, message)


def _name(line: Line, orientation: int, first: str, report: Report, catalogue: Catalogue) -> Text:
    edition = catalogue.edition_of(report, line.part)
    if not line.key:  # the form prints no label beside the figures
        return _UNLABELLED.format(name=edition.parts[line.part].short, cell=edition.figure_title(first))
    return _LINES[orientation].format(name=edition.row_title(line.part, line.key))
