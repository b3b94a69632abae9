"""A report as Word saves it as a web page: a style sheet, islands of XML, and far more markup than text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.layouts import Cell, Source, Table

ENCODING = "gb2312"
"""What Word declares on a Chinese system; it means GB18030."""

_ALT = "solid black .5pt"
_BORDER = "solid black 1.0pt"
_CELL = (
    f"border-top:none;border-left:\n  none;border-bottom:{_BORDER};border-right:{_BORDER};\n"
    f"  mso-border-top-alt:{_ALT};mso-border-left-alt:{_ALT};padding:0cm 5.4pt 0cm 5.4pt"
)
_FONT = "font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体;\n  color:black;mso-font-kerning:0pt"
_STYLES = """
 /* Font Definitions */
 @font-face
\t{font-family:宋体; panose-1:2 1 6 0 3 1 1 1 1 1; mso-font-alt:SimSun; mso-font-charset:134;
\tmso-generic-font-family:auto; mso-font-pitch:variable; mso-font-signature:3 680460288 22 0 262145 0;}
 /* Style Definitions */
 p.HTML
	{mso-style-noshow:yes; display:none; mso-hide:all;}
 p.MsoNormal, li.MsoNormal, div.MsoNormal
\t{mso-style-unhide:no; mso-style-qformat:yes; mso-style-parent:""; margin:0cm; text-align:justify;
\ttext-justify:inter-ideograph; mso-pagination:none; font-size:10.5pt; mso-font-kerning:1.0pt;}
 @page WordSection1
\t{size:595.3pt 841.9pt; margin:72.0pt 90.0pt 72.0pt 90.0pt; layout-grid:15.6pt;}
 div.WordSection1 {page:WordSection1;}
"""
_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset={charset}">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>办公室</o:Author><o:Pages>6</o:Pages></o:DocumentProperties>
</xml><![endif]-->
<link rel=themeData href="report.files/themedata.thmx">
<!--[if gte mso 9]><xml>
 <w:WordDocument><w:SpellingState>Clean</w:SpellingState><w:ValidateAgainstSchemas/></w:WordDocument>
</xml><![endif]-->
<style>
<!--{styles}-->
</style>
<!--[if gte mso 10]>
<style>
 table.MsoNormalTable {{mso-style-name:普通表格; mso-tstyle-rowband-size:0; mso-para-margin:0cm;}}
</style>
<![endif]-->
</head>

<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'>

<div class=WordSection1 style='layout-grid:15.6pt'>
"""
_END = "</div>\n\n</body>\n\n</html>\n"


def word_page(source: Source) -> bytes:
    """Write a report of the form in about 150 kB."""
    pieces = [_HEAD.format(charset=ENCODING, title=_escape(source.title), styles=_STYLES)]
    pieces.append(_paragraph(source.title, "text-align:center;mso-outline-level:1", "font-size:22.0pt"))
    pieces += [_paragraph(text, "text-indent:32.0pt;line-height:150%") for text in source.introduction]
    for heading, prose, table in source.parts:
        number, _, rest = heading.partition("、")
        pieces.append(_listed(f"{number}、", rest))
        pieces += [_paragraph(text, "text-indent:32.0pt;line-height:150%") for text in prose]
        if table:
            pieces += _table(table)
    return "".join([*pieces, _END]).encode("gb18030")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _paragraph(text: str, style: str, font: str = "font-size:16.0pt") -> str:
    half = text.find("，") + 1
    spans = "".join(
        f"<span style='{font};font-family:仿宋_GB2312;mso-bidi-font-family:宋体'>{_escape(part)}</span>"
        for part in (text[:half], text[half:])
        if part
    )
    return f"<p class=MsoNormal style='{style}'>{spans}<span\nlang=EN-US style='{font}'><o:p></o:p></span></p>\n\n"


def _listed(number: str, text: str) -> str:
    """A heading whose number Word has made, which browsers without lists of their own are given as text."""
    return (
        "<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span\n"
        f"lang=EN-US style='mso-fareast-font-family:黑体'><span style='mso-list:Ignore'>{number}</span></span><![endif]>"
        f"<span\nstyle='font-size:16.0pt;font-family:黑体'>{_escape(text)}<span lang=EN-US><o:p></o:p></span></span></p>\n\n"
    )


def _table(table: Table) -> Iterator[str]:
    yield (
        "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 width=649\n"
        " style='width:486.75pt;margin-left:-36.0pt;border-collapse:collapse;mso-yfti-tbllook:1184'>\n"
    )
    for number, row in enumerate(table.rows):
        yield f" <tr style='mso-yfti-irow:{number};height:19.5pt'>\n"
        yield from map(_cell, row)
        yield " </tr>\n"
    # The widths of the columns, for programs that do not work them out.
    widths = "".join("  <td width=65 style='border:none'></td>\n" for _ in range(table.width))
    yield f" <![if !supportMisalignedColumns]>\n <tr height=0>\n{widths} </tr>\n <![endif]>\n</table>\n\n"


def _cell(cell: Cell) -> str:
    spans = f" rowspan={cell.rows}" * (cell.rows > 1) + f" colspan={cell.columns}" * (cell.columns > 1)
    language = " lang=EN-US" if cell.text.isascii() else ""
    text = _escape(cell.text) or "&nbsp;"
    return (
        f"  <td width=65{spans} style='width:48.7pt;{_CELL};height:19.5pt'>\n"
        "  <p class=MsoNormal align=center style='text-align:center;mso-pagination:\n  widow-orphan'>"
        f"<span{language} style='{_FONT}'>{text}<o:p></o:p></span></p>\n  </td>\n"
    )
