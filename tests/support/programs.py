"""Files that other programs make of a report: spreadsheets and PDF by LibreOffice, PDF by Chromium."""

from __future__ import annotations

import html
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

from mkdocs_govreport.model import Report
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


def by_chromium(text: str, *, landscape: bool = False, footer: bool = True) -> bytes:
    """Print a web page to PDF on A4, with the page number below and a line above as offices have them."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            sheet = browser.new_page()
            sheet.set_content(text)
            small = '<div style="font-size:8px;width:100%;text-align:center">'
            return sheet.pdf(
                format="A4",
                landscape=landscape,
                display_header_footer=footer,
                header_template=f"{small}云川市青禾区人民政府</div>",
                footer_template=f'{small}— <span class="pageNumber"></span> —</div>',
                margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
            )
        finally:
            browser.close()
