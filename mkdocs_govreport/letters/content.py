"""A letter that asks an agency to check figures of its report: what does not agree, and what would mend it.

It is a draft for the office that sends it: who sends it, by when to reply and to whom are left blank. It claims nothing
that is not proven, and tells nothing of the program but the codes of the rules, in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.checks.arithmetic.formulas import number, side_sum
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.letters.blocks import Kind, Letter, Line, Table
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import CELLS, Explanation, Finding, Report, Severity, Status, Term

_MOST_CANDIDATES = 8
_MOST_IN_SHORT = 3
# About fields of files that no agency writes by hand, and about files that the site has twice.
_NOT_FOR_AGENCIES = {"schema", "duplicate-report"}


@dataclass(frozen=True, slots=True)
class _Matter:
    """One thing to check: a cause, or all findings of a rule about single cells or parts."""

    title: str
    findings: tuple[Finding, ...]


def query_letter(report: Report, findings: Sequence[Finding], catalogue: Catalogue, messages: Messages) -> Letter:
    """Compose the letter about a report; empty where there is nothing to ask."""
    matters = list(_matters(findings, catalogue, messages))
    return tuple(_Writer(report, catalogue, messages).lines(matters)) if matters else ()


def _matters(findings: Sequence[Finding], catalogue: Catalogue, messages: Messages) -> Iterator[_Matter]:
    asked = [finding for finding in findings if _is_for_agency(finding, catalogue)]
    grouped: dict[str, list[Finding]] = {}
    for finding in asked:
        key = str(id(finding)) if finding.is_relation else finding.rule
        grouped.setdefault(key, []).append(finding)
    for group in grouped.values():
        yield _Matter(catalogue.rule(group[0].rule).title.into(messages.language), tuple(group))


def _is_for_agency(finding: Finding, catalogue: Catalogue) -> bool:
    rule = catalogue.rule(finding.rule)
    about_report = (
        rule.standing != "tool" and rule.scope not in {"file", "records"} and rule.name not in _NOT_FOR_AGENCIES
    )
    return about_report and finding.status is Status.OPEN and finding.severity in (Severity.ERROR, Severity.WARNING)


class _Writer:
    """Puts a letter into words."""

    def __init__(self, report: Report, catalogue: Catalogue, messages: Messages) -> None:
        self.report = report
        self.catalogue = catalogue
        self.messages = messages
        self.comma, self.semicolon, self.stop = ("、", "；", "。") if messages.language == "zh" else (", ", "; ", ".")

    def lines(self, matters: Sequence[_Matter]) -> Iterator[Line | Table]:
        """Yield the letter from its title to its note."""
        say, blank = self.messages, self.messages("letter-blank")
        year = say.year(self.report.year) or blank
        yield Line(Kind.TITLE, say("letter-title", year=year))
        yield Line(Kind.RECIPIENT, say("letter-recipient", agency=self.report.agency or blank))
        yield Line(Kind.TEXT, say("letter-opening", year=year, count=len(matters), file=self._name(self.report.file)))
        for index, matter in enumerate(matters, 1):
            yield Line(Kind.HEADING, say("letter-heading", number=self._ordinal(index), title=matter.title))
            for finding in matter.findings:
                yield from self._relation(finding) if finding.is_relation else self._statement(finding)
        yield Line(Kind.TEXT, say("letter-reply"))
        yield Line(Kind.CLOSING, say("letter-sender"))
        yield Line(Kind.CLOSING, say("letter-date"))
        yield Line(Kind.APPENDIX, say("letter-form"))
        yield Table(
            (say("letter-number"), say("letter-matter"), say("letter-result"), say("letter-remark")),
            tuple(
                (str(index), self._matter_in_short(matter), say("letter-boxes"), "")
                for index, matter in enumerate(matters, 1)
            ),
            (0.09, 0.41, 0.3, 0.2),
        )
        yield Line(Kind.TEXT, say("letter-signed"))
        codes = dict.fromkeys(code for matter in matters for finding in matter.findings for code in _codes(finding))
        yield Line(Kind.NOTE, say("letter-note", codes=self.comma.join(codes)))

    # --- one finding ------------------------------------------------------------------------------

    def _relation(self, finding: Finding) -> Iterator[Line | Table]:
        """Tell a relation that does not hold: the sum, where its figures stand, what would mend it, what it breaks."""
        yield Line(Kind.TEXT, self.messages("letter-equation", equation=self._equation(finding.terms)))
        yield self._places(finding)
        yield from self._suggestion(finding)
        if finding.also_breaks:
            yield Line(Kind.TEXT, self.messages("letter-also"))
            for breach in finding.also_breaks:
                yield Line(Kind.ITEM, self._equation(breach.terms) + self.stop)

    def _statement(self, finding: Finding) -> Iterator[Line]:
        place = self._place(
            finding.origin.file if finding.origin else "", place_text(finding.origin).into(self.messages.language)
        )
        text = finding.message.into(self.messages.language)
        yield Line(Kind.ITEM, self.messages("letter-statement", text=text, place=place) if place else text)

    def _equation(self, terms: Sequence[Term]) -> str:
        sides = [self._side([term for term in terms if term.side == side]) for side in ("left", "right")]
        left, right = side_sum(tuple(terms), "left"), side_sum(tuple(terms), "right")
        return self.messages(
            "letter-sides", left=sides[0], right=sides[1], difference=number(max(left - right, right - left))
        )

    def _side(self, terms: Sequence[Term]) -> str:
        shown = [term for term in terms if term.value] or list(terms[:1])
        text = " ＋ ".join(f"{self._title(term)} {number(term.value)}" for term in shown)
        zeros = len(terms) - len(shown)
        if zeros:
            text += self.messages("letter-zeros", count=zeros)
        gap = "" if text.endswith("）") else " "
        return text if len(terms) == 1 else f"{text}{gap}＝ {number(side_sum(tuple(terms), terms[0].side))}"

    def _places(self, finding: Finding) -> Table:
        say = self.messages
        rows = tuple(
            (
                self._title(term),
                number(term.value),
                self._place(term.origin.file, place_text(term.origin).into(say.language)) if term.origin else "",
            )
            for term in finding.terms
            if term.value
        )
        return Table((say("letter-figure"), say("letter-value"), say("letter-place")), rows, (0.5, 0.16, 0.34))

    def _suggestion(self, finding: Finding) -> Iterator[Line]:
        """Say what would mend a finding, as a question: nobody but the agency knows what is right."""
        found = [explanation for explanation in finding.explanations if explanation.changes]
        if len(found) == 1 and found[0].confidence == "certain":
            yield Line(Kind.TEXT, self.messages("letter-certain", changes=self._changes(found[0])))
        elif found:
            yield Line(Kind.TEXT, self.messages("letter-candidates"))
            for index, explanation in enumerate(found[:_MOST_CANDIDATES], 1):
                changes = self._changes(explanation)
                yield Line(Kind.ITEM, self.messages("letter-candidate", number=index, changes=changes))
        else:
            yield Line(Kind.TEXT, self.messages("letter-unknown"))

    def _changes(self, explanation: Explanation) -> str:
        """Name the changes one by one, or what would have happened where one slip changed many figures."""
        if explanation.kind != CELLS and explanation.message is not None:
            return explanation.message.into(self.messages.language)
        return self.semicolon.join(
            self.messages(
                "letter-change",
                figure=self._figure(change.path),
                before=number(change.before) if change.before is not None else self.messages("blank"),
                after=number(change.after),
            )
            for change in explanation.changes
        )

    # --- words ------------------------------------------------------------------------------------

    def _figure(self, path: str) -> str:
        return self.catalogue.edition_of(self.report, path).figure_title(path).into(self.messages.language)

    def _title(self, term: Term) -> str:
        title = term.title.into(self.messages.language)
        own = term.year == self.report.year
        return title if own else self.messages("letter-other-year", year=self.messages.year(term.year), title=title)

    def _place(self, file: str, place: str) -> str:
        if file in ("", self.report.file):
            return place
        return self.messages("letter-other-file", file=self._name(file), place=place)

    @staticmethod
    def _name(file: str) -> str:
        """Name a file without the folders of the site, which the agency does not know."""
        return PurePosixPath(file).name

    def _ordinal(self, index: int) -> str:
        return _chinese(index) if self.messages.language == "zh" else str(index)

    def _matter_in_short(self, matter: _Matter) -> str:
        """Say for the form what a matter is about: the figures that are suspected, or the title alone."""
        suspects = [
            e.changes[0].path
            for f in matter.findings
            for e in f.explanations[:1]
            if len(f.explanations) == 1 and e.kind == CELLS
        ]
        figures = suspects or [
            path for f in matter.findings if not f.is_relation for path in f.paths if path in self.report.figures
        ]
        named = self.comma.join(dict.fromkeys(map(self._figure, figures))) if len(figures) <= _MOST_IN_SHORT else ""
        return self.messages("letter-short", title=matter.title, figures=named) if named else matter.title


def _codes(finding: Finding) -> Iterator[str]:
    yield finding.code
    for breach in finding.also_breaks:
        yield breach.code


def _chinese(count: int) -> str:
    """Write a number up to 99 as headings of Chinese documents do."""
    digits = "零一二三四五六七八九十"
    if count <= 10:
        return digits[count]
    tens, ones = divmod(count, 10)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
