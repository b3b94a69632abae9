"""Reports in every format that is read, to begin with: every figure of its own, so that a lost one is missed."""

from __future__ import annotations

import base64
import csv
import io
import quopri
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from mkdocs_govreport.model import Report
from tests.support import office_files, pdfs, workbooks
from tests.support.distinct import distinct_report
from tests.support.generate import numbered, random_report
from tests.support.layouts import HTML, SUFFIX, Source, source_of, write
from tests.support.loading import EDITIONS

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_LINE, _ROW = 14, 16  # points from one line of a PDF to the next

SAME = frozenset({".docm", ".dotx", ".htm", ".shtml", ".xhtml", ".mhtml", ".text", ".markdown", ".xlsm", ".yml"})
"""Endings of formats that have another one here."""

Make = Callable[[Report], bytes]


def seeds(suffix: str) -> list[bytes]:
    """Return reports of all editions in every way in which a format may hold them, and files that programs wrote."""
    makers = [*_makers(suffix)]
    made = [
        make(report)
        for number, make in enumerate(makers)
        for edition in EDITIONS
        for report in _reports(edition, number)
    ]
    return made + [path.read_bytes() for path in sorted(_FIXTURES.glob(f"*/*{suffix}*")) if "password" not in path.name]


def _reports(edition: str, number: int) -> Iterator[Report]:
    """Return a report whose sums hold, and one with blanks, remarks and rows of its own."""
    yield distinct_report(edition)
    odd = random_report(random.Random(number), edition, blanks=0.1, notes=0.1, extra_rows=2, odd_prose=True)
    yield replace(numbered(odd), published_on="2024-01-20", publisher="办公室")


def _makers(suffix: str) -> Iterator[Make]:
    for layout, other in SUFFIX.items():
        if other == suffix:
            yield lambda report, layout=layout: write(report, layout)  # type: ignore[misc]
    yield from _OTHERS.get(suffix, ())


def _flat(report: Report) -> bytes:
    return office_files.fodt(office_files.open_document_text(source_of(report)))


def _archive(encoding: str, pack: Callable[[bytes], bytes]) -> Make:
    def make(report: Report) -> bytes:
        head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_b"\r\n\r\n--=_b\r\n'
        kind = f'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
        return head + kind.encode() + pack(HTML["html"](source_of(report))) + b"\r\n--=_b--\r\n"

    return make


def _sheet_ods(report: Report) -> bytes:
    source = source_of(report)
    rows = [_ods_row(text) for text in (source.title, *source.introduction)]
    for heading, prose, table in source.parts:
        rows += [_ods_row(text) for text in (heading, *prose)]
        tables = office_files.open_document_table(table) if table else ""
        rows += [tables[tables.find("<table:table-row>") : -len("</table:table>")], _ods_row("")]
    return office_files.ods(f'<table:table table:name="Sheet1">{"".join(rows)}</table:table>')


def _ods_row(text: str) -> str:
    return f"<table:table-row><table:table-cell>{office_files.tp(text)}</table:table-cell></table:table-row>"


def _sheet_csv(report: Report) -> bytes:
    source = source_of(report)
    target = io.StringIO()
    writer = csv.writer(target)
    for text in (source.title, *source.introduction):
        writer.writerow([text])
    for heading, prose, table in source.parts:
        writer.writerows([[text] for text in (heading, *prose)])
        writer.writerows([cell.text for cell in row] for row in (table.rows if table else ()))
        writer.writerow([])
    return target.getvalue().encode()


def _drawn(report: Report) -> bytes:
    """Draw a report as a PDF that is not compressed: lines of text, and a box around every cell."""
    sheets = [pdfs.Sheet()]
    top = 60.0
    for line, cells in _lines_of(source_of(report)):
        if top > pdfs.HEIGHT - 80:
            sheets.append(pdfs.Sheet())
            top = 60.0
        if cells:
            width = 490 / len(cells)
            sheets[-1].grid(50, top, [width] * len(cells), [(_ROW, cells)])
            top += _ROW
        else:
            sheets[-1].text(50, top, line)
            top += _LINE
    return pdfs.pdf(*sheets)


def _lines_of(source: Source) -> Iterator[tuple[str, list[str]]]:
    for text in (source.title, *source.introduction):
        yield text, []
    for heading, prose, table in source.parts:
        for text in (heading, *prose):
            yield text, []
        for row in table.rows if table else ():
            yield "", [cell.text for cell in row]


def _sidecar(report: Report) -> bytes:
    return (
        f"agency: {report.agency}\nyear: {report.year}\ntitle: {report.title}\nperiod_start: {report.period_start}\n"
        "published_on: 2024-01-20\nsource_url: https://example.org/1.html\nprocessing_fee: {cases: 0, amount_yuan: 0}\n"
    ).encode()


_OTHERS: dict[str, tuple[Make, ...]] = {
    ".fodt": (_flat,),
    ".mht": (
        _archive("8bit", bytes),
        _archive("quoted-printable", quopri.encodestring),
        _archive("base64", base64.encodebytes),
    ),
    ".ods": (_sheet_ods,),
    ".csv": (_sheet_csv,),
    ".tsv": (lambda report: _sheet_csv(report).replace(b",", b"\t"),),
    ".xlsx": (
        lambda report: workbooks.saved(workbooks.workbook(report)),
        lambda report: workbooks.saved(workbooks.workbook_of_parts(report)),
    ),
    ".pdf": (_drawn,),
    ".meta.yml": (_sidecar,),
}
