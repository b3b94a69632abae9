"""A report as a Word file in the form of an official document, ready to be signed off."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.sources.properties import REPORT_NAMESPACE
from mkdocs_govreport.writers.archive import repacked
from mkdocs_govreport.writers.content import Content, compose_report
from mkdocs_govreport.writers.word_prose import LEVELS, ProseWriter
from mkdocs_govreport.writers.word_styles import GAP, HEADING, TITLE, empty_document
from mkdocs_govreport.writers.word_tables import form
from mkdocs_govreport.writers.word_xml import W, element, paragraph, run

_LONGEST_PROPERTY = 255  # characters that Word keeps of a custom property
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_OF_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_docx(report: Report, catalogue: Catalogue) -> bytes:
    """Write a report as a Word file that reads back as the same report."""
    return compose_report(report, catalogue, _compose, "report.docx")


def _compose(content: Content) -> bytes:
    document = docx.Document(io.BytesIO(empty_document()))
    describe(document, content.title)
    lists = _Lists(document)
    prose = ProseWriter(
        lists.begin, lambda address: document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    end = document.element.body[-1]  # the properties of the last section close a document
    for block in _blocks(content, prose):
        end.addprevious(block)
    _keep(document, content.properties)
    packed = io.BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


def _blocks(content: Content, prose: ProseWriter) -> Iterator[etree._Element]:
    """Return the paragraphs and tables; Word joins tables that follow one another, and wants a paragraph at the end."""
    after_table = True
    for block in _bare_blocks(content, prose):
        is_table = block.tag == f"{{{W}}}tbl"
        if is_table and after_table:
            yield paragraph(GAP)
        yield block
        after_table = is_table
    if after_table:
        yield paragraph(GAP)


def _bare_blocks(content: Content, prose: ProseWriter) -> Iterator[etree._Element]:
    if content.title:
        yield paragraph(TITLE, [run(content.title)])
    for section in content.sections:
        if section.heading:
            yield paragraph(HEADING, [run(section.heading)])
        for block in section.blocks:
            yield from prose.blocks(block.html)
        if section.table:
            yield form(section.table)


class _Lists:
    """Numbers lists: bullets and digits are defined once, each list of a document counts for itself."""

    def __init__(self, document: Document) -> None:
        self._numbering: etree._Element = document.part.numbering_part.element
        self._ids = {"ul": self._define("bullet", "•"), "ol": self._define("decimal", "%{}.")}

    def begin(self, tag: str, first: int, level: int) -> int:
        """Begin a list; return the number that its items refer to."""
        number = 1 + self._highest("num", "numId")
        self._numbering.append(
            element(
                "num",
                element("abstractNumId", val=self._ids[tag]),
                element("lvlOverride", element("startOverride", val=first), ilvl=level),
                numId=number,
            )
        )
        return number

    def _define(self, kind: str, text: str) -> int:
        number = 1 + self._highest("abstractNum", "abstractNumId")
        levels = (
            element(
                "lvl",
                element("start", val=1),
                element("numFmt", val=kind),
                element("lvlText", val=text.format(level + 1)),
                element("lvlJc", val="left"),
                element("pPr", element("ind", left=640 + 420 * (level + 1), hanging=420, firstLineChars=0)),
                ilvl=level,
            )
            for level in range(LEVELS)
        )
        # Definitions come before the lists that use them.
        definition = element("abstractNum", element("multiLevelType", val="multilevel"), *levels, abstractNumId=number)
        self._numbering.insert(0, definition)
        return number

    def _highest(self, tag: str, name: str) -> int:
        return max((int(found.get(f"{{{W}}}{name}", 0)) for found in self._numbering.iter(f"{{{W}}}{tag}")), default=0)


def describe(document: Document, title: str) -> None:
    """Say what the file is; its author and its dates are those of the office that signs it."""
    core = document.core_properties
    core.title = title[:_LONGEST_PROPERTY]
    core.author = core.comments = core.last_modified_by = ""
    core.language = "zh-CN"
    for dated in [child for child in core._element if child.tag.endswith(("}created", "}modified"))]:
        core._element.remove(dated)


def _keep(document: Document, properties: Mapping[str, str]) -> None:
    """Keep properties in the file: short ones where Word shows them, long ones in a part of their own."""
    short = {name: value for name, value in properties.items() if len(value) <= _LONGEST_PROPERTY}
    long = {name: value for name, value in properties.items() if name not in short}
    package = document.part.package
    if short:
        entries = "".join(
            f'<property fmtid="{_FORMAT_OF_PROPERTIES}" pid="{number}" name={quoteattr(name)}>'
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(short.items(), 2)
        )
        xml = f'{_HEADER}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">{entries}</Properties>'
        kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        part = Part(PackURI("/docProps/custom.xml"), kind, xml.encode(), package)
        package.relate_to(part, f"{_RELATIONSHIPS}/custom-properties")
    if long:
        entries = "".join(
            f"<property name={quoteattr(name)}>{escape(value)}</property>" for name, value in long.items()
        )
        xml = f'{_HEADER}<report xmlns="{REPORT_NAMESPACE}">{entries}</report>'
        part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", xml.encode(), package)
        document.part.relate_to(part, f"{_RELATIONSHIPS}/customXml")
