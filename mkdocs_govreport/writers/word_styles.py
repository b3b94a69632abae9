"""The look of a Word file of a report: page, typefaces and styles as in official documents.

As offices set them: A4 with a text of 156 by 225 mm, 小标宋 in size 2 (22 points) for the title, 仿宋 in size 3
(16 points) for the text, 28 points from line to line.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

TEXT, CELL, LABEL, QUOTE, CODE, GAP = "Normal", "Report Cell", "Report Label", "Quote", "Report Code", "Report Gap"
TITLE, HEADING = "Title", "Heading 1"
ITEM = "List Paragraph"
TEXT_WIDTH = 156 * 1440 * 10 // 254
"""In twentieths of a point: A4 without its margins."""

_LATIN = "Times New Roman"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_PAGE_RUN = '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'

_FONTS = {
    "方正小标宋简体": "方正小标宋_GBK,小标宋,华文中宋,宋体",
    "黑体": "SimHei,Heiti SC,Noto Sans CJK SC",
    "楷体_GB2312": "楷体,KaiTi,Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    "宋体": "SimSun,Songti SC,Noto Serif CJK SC",
}
"""The typefaces, each with those that stand in for it where it is not installed."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style looks like; sizes in points, `indent` in characters."""

    font: str
    size: float
    indent: int = 0
    line: float | None = 28
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    after: float = 0
    keep_with_next: bool = False


_JUSTIFIED, _CENTRED = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER

_LOOKS = {
    TEXT: Look("仿宋_GB2312", 16, indent=2, alignment=_JUSTIFIED),
    TITLE: Look("方正小标宋简体", 22, line=34, alignment=_CENTRED, after=28, keep_with_next=True),
    HEADING: Look("黑体", 16, indent=2, keep_with_next=True),
    "Heading 2": Look("楷体_GB2312", 16, indent=2, keep_with_next=True),
    "Heading 3": Look("仿宋_GB2312", 16, indent=2, keep_with_next=True),
    "Heading 4": Look("仿宋_GB2312", 16, indent=2, keep_with_next=True),
    "Heading 5": Look("仿宋_GB2312", 16, indent=2, keep_with_next=True),
    ITEM: Look("仿宋_GB2312", 16, alignment=_JUSTIFIED),
    QUOTE: Look("楷体_GB2312", 16, indent=2, alignment=_JUSTIFIED),
    CODE: Look("仿宋_GB2312", 12, line=None),
    CELL: Look("宋体", 9, line=None, alignment=_CENTRED),
    LABEL: Look("宋体", 9, line=None),
    GAP: Look("仿宋_GB2312", 6, line=6),
}


@lru_cache(maxsize=1)
def empty_document() -> bytes:
    """Make a document that has the page, the styles, the typefaces and the page numbers, and no text."""
    document = docx.Document()
    _set_up(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    known = {style.name for style in document.styles}
    for name, look in _LOOKS.items():
        _style(document, name, look, known)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _fonts(document)
    _page_number(document)


def _style(document: Document, name: str, look: Look, known: set[str | None]) -> None:
    styles = document.styles
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    level = list(style.element.iter(qn("w:outlineLvl")))
    for tag in ("w:rPr", "w:pPr"):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    if name != TEXT:
        style.base_style = styles[TEXT]
    style.quick_style = True
    style.font.name, style.font.size = _LATIN, Pt(look.size)
    style.font.bold = style.font.italic = False
    style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), look.font)
    layout = style.paragraph_format
    layout.alignment = look.alignment
    layout.space_before, layout.space_after = Pt(0), Pt(look.after)
    layout.keep_with_next = look.keep_with_next
    if look.line is None:
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        layout.line_spacing = Pt(look.line)  # which is exact
    layout.first_line_indent = Pt(look.size * look.indent)
    indent = style.element.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), str(100 * look.indent))
    for element in level:
        style.element.pPr.append(element)


def _fonts(document: Document) -> None:
    """Say which typefaces stand in for those that are not installed everywhere."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in _FONTS.items()
    )
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>{entries}</w:fonts>'.encode()


def _page_number(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = _CENTRED
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for xml in (
        _PAGE_RUN.format("— "),
        f'<w:fldSimple w:instr=" PAGE ">{_PAGE_RUN.format("1")}</w:fldSimple>',
        _PAGE_RUN.format(" —"),
    ):
        paragraph._p.append(parse_xml(xml.replace(">", f" {_W}>", 1)))
