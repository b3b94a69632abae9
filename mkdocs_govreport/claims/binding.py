"""Which figures a number of a sentence is said to be: by the phrase next to it, and never beyond a word that is not known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mkdocs_govreport.claims.found import Context, Found
from mkdocs_govreport.claims.lexer import Kind, Token
from mkdocs_govreport.claims.passages import Passage
from mkdocs_govreport.editions import ClaimWording, NamedFigure, Phrases, Subject

_NAMING = {Kind.FIGURE, Kind.SUBJECT, Kind.WEAK}
_PARTING = "、;:"
_SHORT_CLAUSE = 10  # up to which length a clause before may say how, and so of which part, the next one tells


class Binder:
    """Binds the numbers of sentences to figures of one edition."""

    def __init__(self, phrases: Phrases, wording: ClaimWording) -> None:
        """Take the phrases."""
        self._phrases = phrases
        self._wording = wording

    def bind(self, passage: Passage, tokens: Sequence[Token], context: Context) -> list[Found]:
        """Return what the numbers of a sentence are said to be."""
        found: list[Found] = []
        shut = False
        known = True
        for index, token in enumerate(tokens):
            if token.kind is Kind.STOP:
                shut = False
            elif token.kind in {Kind.COMPARED, Kind.EACH}:
                shut = True
            elif token.kind is Kind.SOME:
                context.narrowed = context.narrowed or not known
            elif token.kind is Kind.NUMBER:
                known = False
                if not shut and not context.forbidden:
                    bound = self._number(passage.text, tokens, index, context)
                    if bound:
                        known = True
                        found.append(bound)
                        context.last = frozenset(figure.id for figure in bound.figures)
                        subjects = {figure.subject for figure in bound.figures}
                        context.subject = subjects.pop() if len(subjects) == 1 else None
                if not known and self._wording.places.narrows.search(
                    _clause_before(passage.text, token.start, _PARTING)
                ):
                    context.narrowed = True
                context.floor = token.end
            else:
                context.pass_by(token, clean=self._clean_before(passage.text, tokens, index))
        return _without_contradictions(found)

    def _clean_before(self, text: str, tokens: Sequence[Token], index: int) -> bool:
        if tokens[index].kind is not Kind.WEAK:
            return True
        before = tokens[index - 1] if index else None
        if before and before.kind is Kind.SUBJECT and before.end == tokens[index].start:
            return False  # 行政许可申请
        gap = text[before.end if before else 0 : tokens[index].start]
        gap = gap[max(gap.rfind(mark) for mark in _PARTING) + 1 :]
        return bool(self._wording.places.lead.fullmatch(gap) or self._wording.places.filler.fullmatch(gap))

    def _number(self, text: str, tokens: Sequence[Token], index: int, context: Context) -> Found | None:
        number = tokens[index]
        if self._wording.places.holds.match(text[number.end :]):
            return None
        chain, joined = self._chain(text, tokens, index)
        if not chain:
            return self._behind(text, tokens, index, context)
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        follows = behind is not None and bool(self._wording.places.filler.fullmatch(text[number.end : behind.start]))
        own = [token for token in chain if token.subject]
        if not joined and len({token.subject.id for token in own if token.subject}) > 1:
            return None
        subject = own[-1].subject if own else None
        if not own and behind is not None and follows and behind.subject:
            subject = behind.subject
        elif not own and (
            follows
            and behind is not None
            and behind.kind is Kind.FIGURE
            and not self._has_number(text, tokens, index + 1)
        ):
            return None
        if not (follows and behind is not None and behind.subject) and not self._goes_on(text, number, behind):
            return None
        figures = self._figures(chain, subject, context)
        names = [token for token in chain if token.kind is Kind.FIGURE]
        if not figures and own and all(figure.loose for token in names for figure in token.figures):
            different = {token.subject.id for token in own if token.subject}
            bare = (
                [token.subject for token in own if token.subject]
                if joined and len(different) > 1
                else [own[-1].subject]
            )
            figures = [self._phrases.figures[s.figure] for s in bare if s and s.figure]
            if len(figures) != len(bare):
                return None
            return self._found(text, chain, number, figures, context, joined=len(bare) > 1, strict=len(names) > 0)
        return self._found(text, chain, number, figures, context, joined=joined)

    def _chain(self, text: str, tokens: Sequence[Token], index: int) -> tuple[list[Token], bool]:
        """Return the phrases right before a number, and whether words join them."""
        chain: list[Token] = []
        joined = False
        position = tokens[index].start
        for token in reversed(tokens[:index]):
            gap = text[token.end : position]
            joins = bool(chain) and bool(self._wording.places.joins.fullmatch(gap))
            if token.kind not in _NAMING or not (joins or self._wording.places.filler.fullmatch(gap)):
                break
            joined = joined or joins
            chain.insert(0, token)
            position = token.start
        return chain, joined

    def _behind(self, text: str, tokens: Sequence[Token], index: int, context: Context) -> Found | None:
        """Bind a number to the phrase after it: 2件予以公开."""
        number, position, subject = tokens[index], tokens[index].end, None
        for later in range(index + 1, len(tokens)):
            token = tokens[later]
            if token.kind not in _NAMING or not self._wording.places.filler.fullmatch(text[position : token.start]):
                return None
            position = token.end
            if token.subject:
                subject = token.subject
                continue
            if self._has_number(text, tokens, later) or not self._wording.places.none_end.match(text[token.end :]):
                return None
            figures = [figure for figure in self._figures([token], subject, context) if not figure.loose]
            return self._found(text, [number, token], number, figures, context, strict=True)
        return None

    def _has_number(self, text: str, tokens: Sequence[Token], index: int) -> bool:
        """Whether a phrase has a number right after it."""
        position = tokens[index].end
        for token in tokens[index + 1 :]:
            if not self._wording.places.filler.fullmatch(text[position : token.start]):
                return False
            if token.kind is Kind.NUMBER:
                return True
            if token.kind not in _NAMING:
                return False
            position = token.end
        return False

    def _goes_on(self, text: str, number: Token, behind: Token | None) -> bool:
        rest = text[number.end : behind.start if behind else len(text)]
        return bool(self._wording.places.goes_on.match(rest) or self._wording.places.filler.fullmatch(rest))

    def _figures(self, chain: Sequence[Token], subject: Subject | None, context: Context) -> list[NamedFigure]:
        """Return the figure of each phrase: of the subject beside it, else of that which the text is about."""
        chosen = []
        for token in chain:
            fitting = [f for f in token.figures if f.subject == (subject.id if subject else context.subject)]
            if not fitting and subject is None:
                fitting = [figure for figure in token.figures if figure.alone]
            chosen += fitting[:1]
        return chosen

    def _found(
        self,
        text: str,
        chain: Sequence[Token],
        number: Token,
        figures: Sequence[NamedFigure],
        context: Context,
        *,
        joined: bool = False,
        strict: bool = False,
    ) -> Found | None:
        if not figures or not all(self.applies(figure, context) for figure in figures):
            return None
        if not self._counted(text, number, self._phrases.subjects[figures[0].subject]):
            return None
        start, end = min(chain[0].start, number.start), max(chain[-1].end, number.end)
        loose = figures[0].loose and not strict
        if context.narrowed and not loose:
            return None
        before = self._before(text, start, context.floor, ";" if loose else _PARTING)
        if self._wording.places.restricts.search(self._clause_earlier(text, start, context.floor)):
            return None
        if loose and self._wording.places.restricts.search(before):
            return None
        if not loose and not self._wording.places.lead.fullmatch(before):
            return None
        readings = self._readings(figures, joined=joined)
        return Found(start, end, number, tuple(figures), readings) if readings else None

    def applies(self, figure: NamedFigure, context: Context) -> bool:
        """Whether a figure may be meant where a sentence stands."""
        subject = self._phrases.subjects[figure.subject]
        if figure.parts and context.part not in figure.parts:
            return False
        if figure.after and not figure.after & context.last:
            return False
        return not subject.topic or context.on_topic or context.part == subject.part

    def _counted(self, text: str, number: Token, subject: Subject) -> bool:
        """Whether the unit is one that the subject is counted in; without a unit the clause has to end."""
        unit = number.amount.unit
        return (
            unit in subject.units
            if unit
            else text[number.end : number.end + 1] in {"", ",", "，", "。", ";", "、", ")"}
        )

    def _before(self, text: str, start: int, floor: int, parting: str) -> str:
        """Return what stands before a phrase in its clause, without a cause that is the whole subject."""
        before = _clause_before(text, start, parting)
        if start - len(before) < floor <= start:
            before = text[floor:start]
        return self._wording.places.own_cause.sub("", before)

    def _clause_earlier(self, text: str, start: int, floor: int) -> str:
        """Return the clause before that of a phrase where it is short and tells no number: 通过邮寄方式，收到."""
        rest = text[: start - len(_clause_before(text, start, ";"))].rstrip(",，")
        earlier = _clause_before(rest, len(rest), ";")
        if len(earlier) > _SHORT_CLAUSE or len(rest) - len(earlier) < floor:
            return ""
        return self._wording.places.own_cause.sub("", earlier)

    def _readings(self, figures: Sequence[NamedFigure], *, joined: bool) -> tuple[tuple[str, ...], ...]:
        """Return the sums that phrases together may mean: joined ones add up, others name the same in two ways."""
        if not joined or len(figures) == 1:
            return tuple(dict.fromkeys(reading for figure in figures for reading in figure.readings))
        if all(figure.adds for figure in figures):
            sums = itertools.product(*(figure.readings for figure in figures))
            return tuple(dict.fromkeys(tuple(dict.fromkeys(itertools.chain(*parts))) for parts in sums))
        if any(figure.adds for figure in figures):
            return ()
        return tuple(dict.fromkeys(reading for figure in figures for reading in figure.readings))


def _clause_before(text: str, end: int, parting: str) -> str:
    start = max(text.rfind(mark, 0, end) for mark in (",", "，", "(", ")", *parting)) + 1
    return text[start:end]


def _without_contradictions(found: list[Found]) -> list[Found]:
    """Leave out figures that one sentence tells twice and differently: they are parts that the words before tell apart."""
    told: dict[str, set[tuple[object, object]]] = {}
    for one in found:
        if one.token:
            told.setdefault(one.figures[0].id, set()).add((one.token.amount.low, one.token.amount.high))
    return [one for one in found if len(told.get(one.figures[0].id, ())) <= 1]
