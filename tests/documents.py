"""Reports to change one thing in: a text, a canonical document, and folders of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Finding
from mkdocs_govreport.options import Options, parse_rules
from mkdocs_govreport.pipeline import Portal, Result, Settings, load_one, load_portal

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "example_site"

Files = Mapping[str, str | bytes | Path]
"""Contents by name; a path is a link to it."""


def changed(text: str, *replacements: tuple[str, str]) -> str:
    """Return `text` with each (old, new) replaced; what is not there is a mistake of the test."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def sound_text() -> str:
    """A report as plain text, a table row on a line, in which every figure agrees."""
    text = (EXAMPLE / "reports-faulty/qinghe/2023.txt").read_text(encoding="utf-8")
    return changed(text, ("(一)予以公开 | 17 | 3", "(一)予以公开 | 14 | 3"))


def sound_document(year: int = 2024) -> dict[str, Any]:
    """A canonical document of the 2021 edition in which every figure agrees."""
    if year == 2024:
        document: dict[str, Any] = yaml.safe_load((EXAMPLE / "reports/suqian/2024.yaml").read_text(encoding="utf-8"))
        return document
    return json.loads((EXAMPLE / "reports/tianjingang-baoshuiqu/2023.json").read_text(encoding="utf-8"))


def dumped(document: object) -> bytes:
    """Write a document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def settings(rules: Mapping[str, Any] | None = None) -> Settings:
    """The shipped catalogue, with severities by rule name."""
    return Settings(load_catalogue(), severities=parse_rules(rules or {}))


def load(source: str | bytes | dict[str, Any], file: str = "", sidecar: str | bytes | None = None) -> Result:
    """Load one report: a text, bytes, or a document that is written as JSON."""
    if isinstance(source, dict):
        data, name = dumped(source), file or "宿迁市/2024.json"
    else:
        data, name = source.encode() if isinstance(source, str) else source, file or "青禾区/2023.txt"
    return load_one(data, name, settings(), sidecar.encode() if isinstance(sidecar, str) else sidecar)


def write(folder: Path, files: Files) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            path.symlink_to(content)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def check_folder(folder: Path, files: Files, rules: Mapping[str, Any] | None = None) -> Portal:
    """Write files and check those under `reports`; others are the registry and the records under their usual names."""
    write(folder, files)
    registry = folder / "agencies.yml"
    records = Options(folder).record_files
    return load_portal(["reports"], folder, settings(rules), registry if registry.exists() else None, records=records)


def only(findings: tuple[Finding, ...] | list[Finding], rule: str) -> Finding:
    """Return the one finding of a rule."""
    found = [finding for finding in findings if finding.rule == rule]
    assert len(found) == 1, [(finding.rule, finding.message.zh) for finding in findings]
    return found[0]


def rules_of(findings: tuple[Finding, ...] | list[Finding]) -> set[str]:
    """Return the names of the rules that findings are of."""
    return {finding.rule for finding in findings}
