"""Files that other programs make of a report: spreadsheets and PDF by LibreOffice, PDF by Chromium.

`python -m tests.support.programs` makes the samples under `tests/fixtures/formats` anew, but for `password.pdf`,
which is any PDF that LibreOffice has encrypted.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from mkdocs_govreport.model import Report
from tests.support.distinct import distinct_report
from tests.support.layouts import Table, source_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice")
_CONVERT_SECONDS = 120
_GROUP = ' class="group"'

PLAIN = "table { border-collapse: collapse } td { border: 1px solid black; padding: 3px; text-align: center }"
NARROW = (
    f"{PLAIN} body {{ font-size: 11pt }} table {{ width: 100% }} td {{ word-break: break-all }} .group {{ width: 1em }}"
)
VERTICAL = f"{PLAIN} table {{ width: 100% }} .group {{ writing-mode: vertical-rl; text-orientation: upright }}"
CLOSE = "table { border-collapse: collapse; font-size: 6pt } td { border: 1px solid black; padding: 14px 1px; text-align: right }"
UNRULED = "td { padding: 3px 9px; text-align: right; white-space: nowrap } table { border-spacing: 0; font-size: 7pt }"
SPACED = f"{PLAIN} td {{ padding: 12px 3px; text-align: right }} p {{ text-indent: 2em; line-height: 2.2 }}"


def page(report: Report, style: str = PLAIN, *, thousands: bool = False, ruled: bool = True) -> str:
    """Write a report as a web page that looks like the form; `.group` are labels that span rows."""
    source = source_of(report)
    lines = [f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><style>{style}</style></head><body>']
    lines.append(f"<h1>{source.title}</h1>")
    lines += [f"<p>{html.escape(text)}</p>" for text in source.introduction]
    for heading, prose, table in source.parts:
        lines.append(f"<p><b>{heading}</b></p>")
        lines += [f"<p>{html.escape(text)}</p>" for text in prose]
        if table:
            lines += _table(table, thousands=thousands, ruled=ruled)
    return "\n".join([*lines, "</body></html>"])


def _table(table: Table, *, thousands: bool, ruled: bool) -> list[str]:
    lines = ['<table border="1">' if ruled else "<table>"]
    for row in table.rows:
        cells = "".join(
            f'<td rowspan="{cell.rows}" colspan="{cell.columns}"{_GROUP * (cell.rows > 2)}>'
            f"{f'{int(cell.text):,}' if thousands and cell.path and cell.text else html.escape(cell.text)}</td>"
            for cell in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return [*lines, "</table>"]


def by_libreoffice(text: str, to: str, folder: Path) -> bytes:
    """Convert a web page by LibreOffice, by Calc into `xlsx` and `ods`, by Writer into `pdf`."""
    assert SOFFICE
    source = folder / "report.html"
    source.write_text(text, encoding="utf-8")
    into = ["--infilter=HTML (StarCalc)"] if to in {"xlsx", "ods"} else ["--infilter=HTML (StarWriter)"]
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", *into, "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=_CONVERT_SECONDS
    )
    return (folder / f"report.{to}").read_bytes()


def without_outlines(pdf: bytes) -> bytes:
    """Take the shapes of the letters out of a PDF, which are most of its bytes and none of its text."""
    drawn = re.findall(rb"/FontFile[23]? (\d+) 0 R", pdf)
    for letters in re.findall(rb"/CharProcs\s*<<(.*?)>>", pdf, flags=re.DOTALL):
        drawn += re.findall(rb"(\d+) 0 R", letters)
    fonts = {int(number) for number in drawn}

    def shorter(match: re.Match[bytes]) -> bytes:
        number = int(match[1])
        return (
            b"%d 0 obj\n<< /Length 0 /Length1 0 >>\nstream\n\nendstream\nendobj" % number
            if number in fonts
            else match[0]
        )

    body = re.sub(rb"(?<!\d)(\d+) 0 obj\b.*?\bendobj", shorter, pdf[: pdf.rindex(b"xref\n0 ")], flags=re.DOTALL)
    places = {int(match[1]): match.start(1) for match in re.finditer(rb"(?<!\d)(\d+) 0 obj\b", body)}
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)
    table += b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(1, max(places) + 1)
    )
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


@contextmanager
def chromium() -> Iterator[Callable[[str], bytes]]:
    """Start Chromium; what is given prints a web page on A4, with the page number below and a line above it."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        sheet = browser.new_page()
        small = '<div style="font-size:8px;width:100%;text-align:center">'

        def printed(text: str) -> bytes:
            sheet.set_content(text)
            return sheet.pdf(
                format="A4",
                display_header_footer=True,
                header_template=f"{small}云川市青禾区人民政府</div>",
                footer_template=f'{small}— <span class="pageNumber"></span> —</div>',
                margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
            )

        try:
            yield printed
        finally:
            browser.close()


def write_samples(folder: Path) -> None:
    """Make the samples that are tested where the programs are not installed."""
    for edition in ("2019", "2021"):
        text = page(distinct_report(edition, is_plain=True))
        with tempfile.TemporaryDirectory() as scratch:
            to = {"2019": "ods", "2021": "xlsx"}[edition]
            (folder / f"libreoffice_{edition}.{to}").write_bytes(by_libreoffice(text, to, Path(scratch)))
            printed = without_outlines(by_libreoffice(text, "pdf", Path(scratch)))
            (folder / f"libreoffice_{edition}.pdf").write_bytes(printed)


if __name__ == "__main__":
    write_samples(Path(__file__).parents[1] / "fixtures" / "formats")
