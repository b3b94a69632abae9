"""What a page and a Word file of a report are composed of, and what they have to keep beside the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Basis, Report
from mkdocs_govreport.prose import Prose
from mkdocs_govreport.recognise import INTRODUCTION, Recognised, recogniser
from mkdocs_govreport.sources import Document, Limits, Paragraph, SourceError, Spelling, dump_spellings, read, text_of
from mkdocs_govreport.sources.properties import PREFIX, SPELLINGS
from mkdocs_govreport.writers.blocks import Block, blocks_of
from mkdocs_govreport.writers.printed import PrintedTable, absent_figures, number_text, printed_table

_NO_LIMITS = Limits(
    **dict.fromkeys(("text_megabytes", "characters", "tags", "elements", "cells", "cell_characters"), 10**9)
)
"""Whoever reads the file has limits of their own."""
_FROM_TEXT = ("period_start", "period_end", "published_on", "publisher", "source_url")
_MARK = "\ue000{}\ue001"  # private characters, which no report has


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: its heading where the report has it, its prose, its table."""

    part: str
    heading: str
    blocks: tuple[Block, ...]
    table: PrintedTable | None


@dataclass(frozen=True, slots=True)
class Content:
    """A report as it is printed; `properties` are kept with it and not shown."""

    title: str
    sections: tuple[Section, ...]
    properties: Mapping[str, str]


Compose = Callable[[Content], bytes]


def compose_report(report: Report, catalogue: Catalogue, compose: Compose, file: str) -> bytes:
    """Compose a report so that reading it gives the same report; `file` is a name of the format.

    What reading the text alone does not give goes into the properties. It is found out by reading what
    was composed: spellings of Markdown, and whose report it is where the title does not say that.
    """
    prose = Prose()
    content = Content(report.title or "", tuple(_sections(report, catalogue, prose)), {})
    told = _recognised(compose(content), file, catalogue)
    if report.title and (told is None or told.report.title != report.title):
        # A title that does not look like one has to be named before anything else is told.
        content = replace(content, properties={f"{PREFIX}title": report.title})
        told = _recognised(compose(content), file, catalogue)
    if told is not None and told.report.narrative != report.narrative:
        content, told = _with_spellings(content, told, report, catalogue, compose, file)
    stated = {f"{PREFIX}{name}": text for name, text in _stated(report, told, catalogue)}
    return compose(replace(content, properties={**stated, **content.properties}))


def _with_spellings(
    content: Content, told: Recognised, report: Report, catalogue: Catalogue, compose: Compose, file: str
) -> tuple[Content, Recognised]:
    """Keep as few spellings as make the prose read back: those that do not by themselves, all, or parts as a whole."""
    whole = replace(content, sections=tuple(_in_one_block(section) for section in content.sections))
    attempts = []
    for parted, needed_only in ((content, True), (content, False), (whole, False)):
        kept = _spellings(parted, compose, file, needed_only=needed_only)
        attempt = replace(content, properties={**content.properties, **_kept(kept)})
        found = _recognised(compose(attempt), file, catalogue) or told
        attempts.append((attempt, found))
        if found.report.narrative == report.narrative:
            return attempt, found
    return attempts[0]


def _sections(report: Report, catalogue: Catalogue, prose: Prose) -> Iterator[Section]:
    if report.narrative.get(INTRODUCTION):
        yield Section(INTRODUCTION, "", blocks_of(report.narrative[INTRODUCTION], prose), None)
    for part in catalogue.editions[report.edition].parts.values():
        has_figures = any(path.startswith(f"{part.id}.") for path in report.figures)
        table = printed_table(report, part.id, catalogue) if part.id in report.edition_of and has_figures else None
        if part.id in report.narrative or table:
            heading = part.heading.zh if part.id in report.narrative else ""
            yield Section(part.id, heading, blocks_of(report.narrative.get(part.id, ""), prose), table)


def _in_one_block(section: Section) -> Section:
    markdown = "\n\n".join(block.markdown for block in section.blocks)
    html = "\n".join(block.html for block in section.blocks)
    return replace(section, blocks=(Block(markdown, html),)) if section.blocks else section


# --- spellings ----------------------------------------------------------------------------------------


def _spellings(content: Content, compose: Compose, file: str, *, needed_only: bool) -> list[Spelling]:
    """Return the blocks whose Markdown has to be kept, with the texts that reading finds in their place."""
    blocks = [block for section in content.sections for block in section.blocks]
    numbers = iter(range(len(blocks)))
    marked = replace(
        content,
        sections=tuple(
            replace(section, blocks=tuple(_marked(block, next(numbers)) for block in section.blocks))
            for section in content.sections
        ),
    )
    found: dict[int, list[Paragraph | None]] = {}
    texts: dict[int, list[str]] = {}
    current: int | None = None
    begins = {_MARK.format(f"{number}<"): number for number in range(len(blocks))}
    ends = {_MARK.format(f"{number}>") for number in range(len(blocks))}
    for piece in _read(compose(marked), file).blocks:
        text = text_of(piece)
        if text in begins:
            current = begins[text]
        elif text in ends:
            current = None
        elif current is not None:
            texts.setdefault(current, []).append(text)
            found.setdefault(current, []).append(piece if isinstance(piece, Paragraph) else None)
    return [
        Spelling(tuple(texts[number]), block.markdown)
        for number, block in enumerate(blocks)
        if number in texts and not (needed_only and _reads_back(block, found[number]))
    ]


def _kept(spellings: list[Spelling]) -> dict[str, str]:
    return {SPELLINGS: dump_spellings(spellings)} if spellings else {}


def _marked(block: Block, number: int) -> Block:
    begin, end = _MARK.format(f"{number}&lt;"), _MARK.format(f"{number}&gt;")
    return Block(block.markdown, f"<p>{begin}</p>\n{block.html}\n<p>{end}</p>")


def _reads_back(block: Block, found: list[Paragraph | None]) -> bool:
    return block.markdown == "\n\n".join(paragraph.markdown if paragraph else "" for paragraph in found)


def _recognised(data: bytes, file: str, catalogue: Catalogue) -> Recognised | None:
    """Read what was composed; None where there is so little of a report that it is not recognised as one."""
    try:
        return recogniser(catalogue).recognise(_read(data, file))
    except SourceError:
        return None


def _read(data: bytes, file: str) -> Document:
    source = read(data, file, _NO_LIMITS)
    if not isinstance(source, Document):
        raise TypeError(f"{file}: a format of texts and tables is wanted")
    return source


# --- what the text does not say -------------------------------------------------------------------------


def _stated(report: Report, told: Recognised | None, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Return what has to be stated beside the text.

    What the title says is not stated again: whoever writes next year's report over this one would
    change the title and leave the rest, which is not seen, as it is.
    """
    for name in IDENTITY:
        value = getattr(report, name)
        if value is not None and not _is_told(name, report, told):
            yield name, str(value)
    for name, amount in report.processing_fee.items():
        yield f"processing_fee.{name}", number_text(amount)
    absent = absent_figures(report, catalogue)
    if absent:
        yield "absent", " ".join(absent)
    for name, text in unstated(report, told):
        yield f"unstated.{name}", text


def unstated(report: Report, told: Recognised | None) -> Iterator[tuple[str, str]]:
    """Return what reading the text tells of a report that does not say it, as the date of a signature."""
    if told is None:
        return
    for name in _FROM_TEXT:
        value = told.identity.publication[name][1] if name in told.identity.publication else None
        value = value or getattr(told.report, name)
        if getattr(report, name) is None and value:
            yield name, value


def unstated_in(data: bytes, file: str, report: Report, catalogue: Catalogue) -> dict[str, str]:
    """Return the same of a report that was written without knowing what its text tells."""
    if all(getattr(report, name) is not None for name in _FROM_TEXT):
        return {}
    return dict(unstated(report, _recognised(data, file, catalogue)))


def _is_told(name: str, report: Report, told: Recognised | None) -> bool:
    if name == "agency_id":
        return report.agency_id == report.agency
    if told is None:
        return False
    value: object = getattr(report, name)
    ranked: dict[str, tuple[tuple[Basis, object], ...]] = {
        "agency": told.identity.agencies,
        "year": told.identity.years,
    }
    if name in ranked:
        return ranked[name][:1] == ((Basis.TITLE, value),)
    if name in told.identity.publication:
        return told.identity.publication[name][1] == value
    return bool(getattr(told.report, name) == value)
