"""Writing reports: canonical JSON and YAML, and Markdown to go on writing in."""

from __future__ import annotations

import json
from collections.abc import Callable

import yaml

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.writers.markdown import write_markdown
from mkdocs_govreport.writers.page import write_html
from mkdocs_govreport.writers.separated import write_csv

__all__ = ["WRITERS", "write_json", "write_markdown", "write_yaml"]


def write_json(report: Report, catalogue: Catalogue) -> bytes:
    """Write the canonical document as JSON."""
    return (json.dumps(to_document(report, catalogue), ensure_ascii=False, indent=2) + "\n").encode()


def write_yaml(report: Report, catalogue: Catalogue) -> bytes:
    """Write the canonical document as YAML, prose as blocks of lines."""
    document = to_document(report, catalogue)
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as literal blocks."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)

Writer = Callable[[Report, Catalogue], bytes]
"""Writes a report as the bytes of a file, from which the same report can be read."""

WRITERS: dict[str, Writer] = {
    "json": write_json,
    "yaml": write_yaml,
    "md": write_markdown,
    "csv": write_csv,
    "html": write_html,
}
