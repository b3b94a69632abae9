"""The years and dates that a report speaks of: whether they are those of its own year, and of its edition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mkdocs_govreport.checks.findings import Findings
from mkdocs_govreport.editions import Catalogue, Kind, Measures, month_and_day
from mkdocs_govreport.model import Basis, Origin, Report, Text
from mkdocs_govreport.recognise.dates import with_arabic_dates
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.registry import Agency

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_SPACE = re.compile(r"[\s\\]+")  # and the backslashes of Markdown
_LONGEST_HEADING = 40
_HEADING = re.compile(r"#|\*\*|[(（]?[一二三四五六七八九十]{1,3}[)）、.]|\d{1,2}[、.．]")
_SENTENCE = re.compile(r"[。；;：:，,！？]")

_TITLE = Text("标题", "the title")
_START = Text("统计期限的起始日", "the beginning of the statistics period")
_END = Text("统计期限的截止日", "the end of the statistics period")
_AGENCY = Text("机关名录为该机关规定的期限", "the date that the registry sets for this agency")
_SITE = Text("本站为这类机关规定的期限", "the date that this site sets for agencies of its kind")
_METADATA = Text("元数据", "the metadata")

Heading = tuple[str, Origin]


def check_dates(report: Report, headings: Iterable[Heading], catalogue: Catalogue, findings: Findings) -> None:
    """Report years of other reports in title, period and headings, the notice of another edition, and an early date.

    `headings` are those of the parts as they were written.
    """
    if report.year is not None:
        _years(report, headings, catalogue, findings)
        published = day_of(report.published_on)
        if published is not None and published < date(report.year, 12, 31):
            findings.add(
                "published-early",
                Origin(report.file),
                year=report.year,
                published=published.isoformat(),
                basis=_told_by(report),
            )
    _notice(report, catalogue, findings)


def _years(report: Report, headings: Iterable[Heading], catalogue: Catalogue, findings: Findings) -> None:
    if any(finding.rule == "identity-conflict" for finding in findings.items):
        return  # which of the years is right is asked there
    place = Origin(report.file)
    dated: list[tuple[Text, list[int], Origin]] = [(_TITLE, _years_in(report.title), place)]
    for where, day in ((_START, day_of(report.period_start)), (_END, day_of(report.period_end))):
        dated.append((where, [day.year] if day else [], place))
    for where, years, origin in dated:
        if years and report.year not in years:
            findings.add("wrong-year", origin, where=where, wrong=years[0], year=report.year)
    inner = [(text, place) for text in _headings_within(report, catalogue)]
    for text, origin in (*headings, *inner):
        years = _years_in(text)
        # A heading may speak of the year to come; one of a year before is left from that year's file.
        if years and max(years) < (report.year or 0):
            where = Text(f"标题“{text}”", f'the heading "{text}"')
            findings.add("wrong-year", origin, where=where, wrong=max(years), year=report.year)


def _years_in(text: str | None) -> list[int]:
    return sorted({int(year) for year in _YEAR.findall(with_arabic_dates(plain(text or "")))})


def _headings_within(report: Report, catalogue: Catalogue) -> Iterator[str]:
    """Yield the lines of the prose that are headings: numbered or marked, short, no sentences, and not of other years."""
    for part in catalogue.editions[report.edition].checked.dated_headings:
        for line in report.narrative.get(part, "").splitlines():
            text = line.strip().replace("\\", "")
            if len(text) <= _LONGEST_HEADING and _HEADING.match(text):
                bare = text.strip("#* ")
                if not _SENTENCE.search(bare) and not catalogue.measures.other_years.search(plain(bare)):
                    yield bare


def _notice(report: Report, catalogue: Catalogue, findings: Findings) -> None:
    pattern = catalogue.measures.notice
    notices = {
        edition.id: _year_and_number(match)
        for edition in catalogue.editions.values()
        if (match := pattern.search(plain(edition.notice)))
    }
    own = {notices[name] for name in report.edition_of.values() if name in notices}
    cited = {_year_and_number(match): match[0] for match in _citations(report, pattern)}
    if not own or own & cited.keys():
        return
    years, numbers = (set(values) for values in zip(*notices.values(), strict=True))
    edition = catalogue.editions[report.edition]
    for (year, number), raw in cited.items():
        # The same office has issued other notices; one with the year and the number of two of ours is a slip.
        if year in years and number in numbers:
            findings.add("wrong-notice", Origin(report.file), raw=raw, edition=edition.title, notice=edition.notice)


def _citations(report: Report, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for text in report.narrative.values():
        if "号" in text:
            yield from pattern.finditer(_SPACE.sub("", unicodedata.normalize("NFKC", text)))


def _year_and_number(match: re.Match[str]) -> tuple[str, str]:
    return match["year"], match["number"]


def check_deadline(
    report: Report, agency: Agency | None, deadlines: Mapping[str, str | None], measures: Measures, findings: Findings
) -> None:
    """Report a report that was published after the day that is set for its agency, or for its kind.

    `deadlines` are those that the site sets by kind; None for a kind that has none.
    """
    published = day_of(report.published_on)
    if published is None or report.year is None or agency is None:
        return
    found = _deadline(agency, measures.kind_of(agency.kind, agency.name), deadlines)
    day = month_and_day(found[0]) if found else None
    if found is None or day is None:
        return
    due = date(report.year + 1, *day)
    if published > due:
        findings.add(
            "late",
            Origin(report.file),
            year=report.year,
            published=published.isoformat(),
            basis=_told_by(report),
            due=due.isoformat(),
            days=(published - due).days,
            ground=found[1],
        )


def _deadline(agency: Agency, kind: Kind | None, deadlines: Mapping[str, str | None]) -> tuple[str, Text] | None:
    if agency.deadline:
        return agency.deadline, _AGENCY
    if kind is None:
        return None
    if kind.id in deadlines:
        day = deadlines[kind.id]
        return (day, _SITE) if day else None
    return (kind.deadline, kind.ground or _SITE) if kind.deadline else None


def _told_by(report: Report) -> Text:
    basis: Basis | None = report.inferred.get("published_on")
    return basis.words if basis else _METADATA


def day_of(text: str | None) -> date | None:
    """Read a date in ISO 8601; None where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
