"""A report as data: the canonical document in JSON and YAML."""

from __future__ import annotations

import json

import yaml

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Report


def write_json(report: Report, catalogue: Catalogue) -> bytes:
    """Write the canonical document as JSON."""
    return (json.dumps(to_document(report, catalogue), ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def write_yaml(report: Report, catalogue: Catalogue) -> bytes:
    """Write the canonical document as YAML, prose as blocks of lines."""
    document = to_document(report, catalogue)
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as literal blocks."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)
