"""Short ways to load a report in a test."""

from __future__ import annotations

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.pipeline.load import Result, Settings, load_one

CATALOGUE = load_catalogue()
SETTINGS = Settings(CATALOGUE)
EDITIONS = tuple(CATALOGUE.editions)


def load(data: bytes, file: str) -> Result:
    """Load one file with the shipped editions and no registry."""
    return load_one(data, file, SETTINGS)


def report_in(data: bytes, file: str) -> Report:
    """Load one file that must hold a report."""
    result = load(data, file)
    assert result.report is not None, [finding.message.zh for finding in result.findings]
    return result.report
