"""What a build prints of findings, kept while neither they nor the lines that they quote change."""

from __future__ import annotations

from pathlib import Path

from mkdocs_govreport.model import Severity
from mkdocs_govreport.pipeline import Cache, Portal
from mkdocs_govreport.pipeline.keys import code_digest, digest
from mkdocs_govreport.pipeline.outcomes import kept_outcomes


def printed_findings(portal: Portal, language: str, base: Path, cache: Cache | None) -> list[tuple[Severity, str]]:
    """Return the findings about each file as text, with the gravest severity among them."""
    if not portal.findings:
        return []

    def render(_: int) -> list[tuple[Severity, str]]:
        # Late, since the library for terminals takes longer to import than a warm build has for it.
        from mkdocs_govreport.output.source_lines import source_lines
        from mkdocs_govreport.output.text import render_reports

        return list(render_reports(portal, language, source_lines(base)))

    (found,) = kept_outcomes(cache, [_key(portal, language)], render)
    return found


def _key(portal: Portal, language: str) -> bytes:
    """Return what tells the findings from others; none where one quotes a file whose content no key tells."""
    quoted = {finding.file for finding in portal.findings}
    quoted.update(finding.origin.file for finding in portal.findings if finding.origin is not None)
    if not quoted <= portal.keys.keys():
        return b""
    return digest("printed", code_digest(), portal.catalogue.digest, language, portal.key)
