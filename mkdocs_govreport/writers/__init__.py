"""Writing reports: as data, as a list of values, and as documents in the official layout.

Each format reads back as the same report.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.writers.data import write_json, write_yaml
from mkdocs_govreport.writers.markdown import write_markdown
from mkdocs_govreport.writers.page import write_html
from mkdocs_govreport.writers.separated import write_csv
from mkdocs_govreport.writers.spreadsheet import write_xlsx
from mkdocs_govreport.writers.storable import storable
from mkdocs_govreport.writers.word import write_docx

__all__ = ["BINARY", "WRITERS"]

Writer = Callable[[Report, Catalogue], bytes]
"""Writes a report as the bytes of a file, from which the same report can be read."""


def _storing(write: Writer) -> Writer:
    @wraps(write)
    def write_storable(report: Report, catalogue: Catalogue) -> bytes:
        return write(storable(report), catalogue)

    return write_storable


_WRITERS: dict[str, Writer] = {
    "json": write_json,
    "yaml": write_yaml,
    "md": write_markdown,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
}

WRITERS = {name: _storing(write) for name, write in _WRITERS.items()}

BINARY = frozenset({"xlsx", "docx"})
"""The formats that are no text."""
