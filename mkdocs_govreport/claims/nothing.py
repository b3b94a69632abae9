"""Words that say that there was none: 未收到…申请, 没有行政复议, and headings with nothing but 无 under them."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_govreport.claims.binding import Binder
from mkdocs_govreport.claims.found import Context, Found, subjects_of_heading
from mkdocs_govreport.claims.lexer import Kind, Token
from mkdocs_govreport.claims.passages import Passage
from mkdocs_govreport.editions import ClaimWording, NamedFigure, Phrases, Subject

_NAMING = {Kind.FIGURE, Kind.SUBJECT, Kind.WEAK}


class NothingReader:
    """Finds what sentences say that there was none of."""

    def __init__(self, phrases: Phrases, wording: ClaimWording, binder: Binder) -> None:
        """Take the phrases; the binder tells where a figure may be meant."""
        self._phrases = phrases
        self._wording = wording
        self._binder = binder

    def read(self, passage: Passage, tokens: Sequence[Token], context: Context) -> list[Found]:
        """Return what a sentence, seen with the context at its beginning, says that there was none of."""
        text = passage.text
        if passage.alone and self._wording.places.nothing.match(text):
            return self._whole(passage, context)
        found: list[Found] = []
        taken = 0
        for index, token in enumerate(tokens):
            if token.kind is Kind.NONE and token.start >= taken:
                if not context.forbidden and not self._wording.places.no_none_before.search(text[: token.start]):
                    found += self._after(text, tokens, index, context)
                    taken = found[-1].end if found else taken
            elif token.kind is Kind.SUBJECT and token.subject and not context.forbidden:
                match = self._wording.places.labelled_nothing.match(text[token.end :])
                if match:
                    end = token.end + match.end()
                    found += [
                        self._none(figure, token.start, end) for figure in self._nothing([token.subject], context)
                    ]
            if token.kind is not Kind.NONE:
                context.pass_by(token, clean=True)
        return found

    def _whole(self, passage: Passage, context: Context) -> list[Found]:
        """Read a paragraph that is nothing but 无, under a heading or as all that a part has."""
        subjects = subjects_of_heading(self._phrases, passage.heading) if passage.heading else []
        if not passage.heading:
            subjects = [
                subject
                for subject in self._phrases.subjects.values()
                if subject.part == context.part and subject.heading
            ]
        return [self._none(figure, 0, len(passage.text)) for figure in self._nothing(subjects, context)]

    def _nothing(self, subjects: Sequence[Subject], context: Context) -> list[NamedFigure]:
        named = [self._phrases.figures[name] for subject in subjects for name in subject.nothing]
        return [figure for figure in named if not figure.parts or context.part in figure.parts]

    def _after(self, text: str, tokens: Sequence[Token], index: int, context: Context) -> list[Found]:
        """Read the phrases after a word of negation, up to the end of the clause; a word that is not known voids it."""
        position = tokens[index].end
        named: list[tuple[Token, bool]] = []
        for token in tokens[index + 1 :]:
            gap = text[position : token.start]
            if token.kind is Kind.STOP and named and self._wording.places.none_end.match(text[position:]):
                break
            if token.kind not in {*_NAMING, Kind.NONE, Kind.OWN} or not self._wording.places.none_filler.fullmatch(gap):
                return []
            if token.kind in _NAMING:
                named.append((token, bool(gap) or not named))
            position = token.end
        if not named or not self._wording.places.none_end.match(text[named[-1][0].end :]):
            return []
        return self._targets(tokens[index], named, context)

    def _targets(self, none: Token, named: Sequence[tuple[Token, bool]], context: Context) -> list[Found]:
        found: list[Found] = []
        start = none.start
        subject = context.subject
        for number, (token, _) in enumerate(named):
            following = named[number + 1][0] if number + 1 < len(named) else None
            if token.subject is not None:
                subject = token.subject.id
                if following is not None and following.kind is Kind.FIGURE and following.start - token.end <= 1:
                    continue  # 没有行政复议被纠正
                if number and named[number - 1][0].kind is Kind.FIGURE:
                    continue  # 没有跨年结转的申请
                figures = self._nothing([token.subject], context)
            else:
                fitting = [f for f in token.figures if f.subject == subject] or [f for f in token.figures if f.alone]
                figures = [figure for figure in fitting[:1] if not figure.loose]
            for figure in figures:
                if self._binder.applies(figure, context):
                    found.append(self._none(figure, start, token.end))
                    start = following.start if following else token.end
        return found

    def _none(self, figure: NamedFigure, start: int, end: int) -> Found:
        return Found(start, end, None, (figure,), figure.readings)
