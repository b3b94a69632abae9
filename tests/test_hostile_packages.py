"""Packages that were made to do harm, or that fell to pieces: a finding each, in bounded time and memory."""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from mkdocs_govreport.pipeline import Result
from tests.documents import rules_of
from tests.support.loading import load
from tests.support.office_files import W, docx, numbered, ods, odt, p, packed, run, tbl, tc, tr

LONGEST = 20
"""Seconds, on a machine that is busy with other tests; each takes less than two on one that is not."""

TABLE = "<table:table><table:table-row{}><table:table-cell{}>{}</table:table-cell></table:table-row></table:table>"
REPEATED = ' table:number-rows-repeated="{0}"', ' table:number-columns-repeated="{0}"'
LIST = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def part(xml: str | bytes) -> bytes:
    """A package of nothing but a main part."""
    return packed({"word/document.xml": xml})


def document(text: str, prologue: str = "") -> bytes:
    return part(
        f'{prologue}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    )


def many_parts() -> bytes:
    return packed({str(number): b"" for number in range(6_000)})


def lying_size() -> bytes:
    data = bytearray(part(b"<a>" + b" " * 40_000_000))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def unbounded_method() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", b" " * 1_000_000)
    return output.getvalue()


def twice() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for text in ("甲", "乙"):
            name = zipfile.ZipInfo("word/document.xml" if text == "甲" else "Word\\Document.xml")
            archive.writestr(name, text)
    return output.getvalue()


def repeated_in_itself(depth: int) -> str:
    xml = "<text:p>甲</text:p>"
    for _ in range(depth):
        xml = TABLE.format(REPEATED[0].format(900), REPEATED[1].format(900), xml)
    return xml


def deep(opening: str, closing: str, depth: int, inside: str) -> str:
    return opening * depth + inside + closing * depth


WORD: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "zip bomb": (lambda: part(b"<a>" + b" " * 40_000_000), {"too-large"}),
    "lying size": (lying_size, {"damaged"}),
    "many parts": (many_parts, {"too-large"}),
    "a method that unpacks without bound": (unbounded_method, {"damaged"}),
    "a part that is there twice": (twice, {"damaged"}),
    "entities of entities": (
        lambda: document("&b;", '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
        {"damaged"},
    ),
    "one large entity": (
        lambda: document("&a;" * 100_000, f'<!DOCTYPE a [<!ENTITY a "{"a" * 100_000}">]>'),
        {"damaged"},
    ),
    "an entity from outside": (
        lambda: document("&a;", '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        {"damaged"},
    ),
    "a DTD from outside": (lambda: document("甲", '<!DOCTYPE a SYSTEM "http://localhost/a.dtd">'), {"damaged"}),
    "tables 10,000 deep": (
        lambda: docx(deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 10_000, p("甲"))),
        {"damaged"},
    ),
    "tables 80 deep": (
        lambda: docx(deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80, p("甲"))),
        {"not-a-report"},
    ),
    "changes 240 deep": (lambda: docx(p(deep("<w:ins>", "</w:ins>", 240, run("甲")))), {"not-a-report"}),
    "alternatives 100 deep": (
        lambda: docx(deep("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", 100, "<w:p/>" * 100_000)),
        {"not-a-report"},
    ),
    "a cell of a thousand million columns": (
        lambda: docx(tbl(tr(tc("", '<w:gridSpan w:val="1000000000"/>'), tc("甲", f'<w:gridSpan w:val="{"9" * 50}"/>')))),
        {"not-a-report"},
    ),
    "wide blanks": (
        lambda: docx(tbl((tr(*['<w:tc><w:tcPr><w:gridSpan w:val="99"/></w:tcPr></w:tc>'] * 9, "甲")) * 3_000)),
        {"too-large"},
    ),
    "a million rows": (lambda: docx(tbl("<w:tr><w:tc/></w:tr>" * 1_000_000)), {"too-large"}),
    "too many cells": (lambda: docx(tbl("<w:tr>" + "<w:tc/>" * 101_000 + "</w:tr>")), {"too-large"}),
    "too many elements": (lambda: docx("<w:p/>" * 300_000), {"too-large"}),
    "a long cell": (lambda: docx(tbl(tr("长" * 20_001, "甲"))), {"too-large"}),
    "labels without end": (
        lambda: docx(numbered("甲", 1) * 2_000, numbering=LIST.format("lowerLetter", "%1" * 10_000)),
        {"not-a-report"},
    ),
    "styles in a chain": (
        lambda: docx(
            p("甲", properties='<w:pStyle w:val="s0"/>') * 100,
            styles="".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)),
        ),
        {"not-a-report"},
    ),
    "cut off": (lambda: docx(p("甲"))[:700], {"damaged"}),
    "no main part": (lambda: packed({"a.txt": "甲"}), {"damaged"}),
    "broken XML": (lambda: part("<w:document>"), {"damaged"}),
    "another XML": (lambda: part("<html/>"), {"damaged"}),
    "names of parts": (
        lambda: packed({"../../a": "甲", "/b": "乙", "C:\\c": "丙", "." * 60_000: "丁", "word/document.xml": "<a/>"}),
        {"damaged"},
    ),
    "relations that lead nowhere": (
        lambda: packed({"_rels/.rels": '<a><b Type="x/officeDocument" Target="../../../etc/passwd"/></a>'}),
        {"damaged"},
    ),
    "nothing but a beginning": (lambda: b"PK\x03\x04", {"damaged"}),
}  # fmt: skip

OPEN_DOCUMENT: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "cells repeated without end": (
        lambda: odt(TABLE.format(REPEATED[0].format(10**9), REPEATED[1].format("9" * 50), "<text:p>甲</text:p>")),
        {"too-large"},
    ),
    "repeated cells in repeated cells": (lambda: odt(repeated_in_itself(60)), {"too-large"}),
    "a long text repeated": (
        lambda: odt(TABLE.format(REPEATED[0].format(90_000), "", f"<text:p>{'长' * 15_000}</text:p>")),
        {"too-large"},
    ),
    "rows without cells": (
        lambda: odt('<table:table><table:table-row table:number-rows-repeated="999999999"/></table:table>'),
        {"not-a-report"},
    ),
    "spaces without end": (lambda: odt('<text:p><text:s text:c="999999999"/></text:p>' * 1_000), {"not-a-report"}),
    "lists 100 deep": (
        lambda: odt(deep("<text:list><text:list-item>", "</text:list-item></text:list>", 100, "<text:p>甲</text:p>")),
        {"not-a-report"},
    ),
    "spans 240 deep": (lambda: odt(f"<text:p>{deep('<text:span>', '</text:span>', 240, '甲')}</text:p>"), {"not-a-report"}),
    "tables 10,000 deep": (lambda: odt(deep("<table:table>", "</table:table>", 10_000, "")), {"damaged"}),
    "no text": (lambda: odt("", others={"content.xml": "<a/>"}), {"damaged"}),
    "nothing in it": (lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}), {"damaged"}),
}  # fmt: skip


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{}">'
    '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
).format("http://schemas.openxmlformats.org/officeDocument/2006/relationships")
SHARED = "<sst><si><t>{}</t></si></sst>"


def xlsx(rows: str, shared: str = "", book: str = BOOK) -> bytes:
    types = ("officeDocument", "worksheet", "sharedStrings")
    main, sheet, strings = (
        f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" for kind in types
    )
    listing = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    one = '<Relationship Id="{}" Type="{}" Target="{}"/>'
    return packed(
        {
            "_rels/.rels": listing.format(one.format("r0", main, "xl/workbook.xml")),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": listing.format(
                one.format("r1", sheet, "worksheets/sheet1.xml") + one.format("r2", strings, "sharedStrings.xml")
            ),
            "xl/worksheets/sheet1.xml": SHEET.format(rows),
            "xl/sharedStrings.xml": shared or SHARED.format("甲"),
        }
    )


def sheet_of(row: str = "", cell: str = "", text: str = "") -> bytes:
    return ods(TABLE.format(row, cell, text))


SPREADSHEETS: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "xlsx: zip bomb": (".xlsx", lambda: xlsx(" " * 40_000_000), {"too-large"}),
    "xlsx: a bomb of texts": (".xlsx", lambda: xlsx("", SHARED.format("长" * 6_000_000)), {"too-large"}),
    "xlsx: one long text in many cells": (
        ".xlsx",
        lambda: xlsx(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9_000)),
            SHARED.format("长" * 19_000),
        ),
        {"too-large"},
    ),
    "xlsx: a million rows": (".xlsx", lambda: xlsx('<row><c><v>1</v></c></row>' * 600_000), {"too-large"}),
    "xlsx: a cell that no text is": (
        ".xlsx", lambda: xlsx(f'<row r="1"><c r="A1" t="s"><v>{"9" * 5000}</v></c></row>'), {"not-a-report"}
    ),
    "xlsx: rows in rows": (".xlsx", lambda: xlsx(deep("<row>", "</row>", 10_000, "")), {"empty-file"}),
    "xlsx: a DTD in the workbook": (".xlsx", lambda: xlsx("", book="<!DOCTYPE a [<!ENTITY b '1'>]>" + BOOK), {"damaged"}),
    "ods: cells repeated without end": (
        ".ods", lambda: sheet_of(REPEATED[0].format(10**6), REPEATED[1].format(10**4), "<text:p>1</text:p>"), {"too-large"}
    ),
    "ods: rows without cells": (".ods", lambda: sheet_of(REPEATED[0].format(10**9), REPEATED[1].format(10**9)), {"empty-file"}),
    "ods: zip bomb": (".ods", lambda: ods(" " * 40_000_000), {"too-large"}),
    "ods: tables 10,000 deep": (".ods", lambda: ods(deep("<table:table>", "</table:table>", 10_000, "")), {"empty-file"}),
    "ods: entities": (
        ".ods", lambda: packed({"content.xml": '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>'}), {"damaged"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_a_hostile_spreadsheet_is_a_finding(name: str) -> None:
    suffix, make, rules = SPREADSHEETS[name]

    assert rules_of(judged(make(), suffix).findings) == rules


def judged(data: bytes, suffix: str) -> Result:
    begin = time.monotonic()
    result = load(data, f"inbox/report{suffix}")
    assert time.monotonic() - begin < LONGEST
    return result


@pytest.mark.parametrize("name", WORD)
def test_a_hostile_word_file_is_a_finding(name: str) -> None:
    make, rules = WORD[name]

    assert rules_of(judged(make(), ".docx").findings) == rules


@pytest.mark.parametrize("name", OPEN_DOCUMENT)
def test_a_hostile_open_document_is_a_finding(name: str) -> None:
    make, rules = OPEN_DOCUMENT[name]

    assert rules_of(judged(make(), ".odt").findings) == rules


def test_a_flat_file_is_bound_by_the_size_of_its_text() -> None:
    data = b"<office:document>" + b" " * 17_000_000

    assert rules_of(judged(data, ".fodt").findings) == {"too-large"}


def test_an_entity_from_outside_is_refused_for_its_dtd() -> None:
    make, _ = WORD["an entity from outside"]

    for finding in judged(make(), ".docx").findings:
        assert "DTD" in finding.message.zh
