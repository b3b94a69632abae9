"""Where a source has a passage of the prose."""

from __future__ import annotations

from mkdocs_govreport.model import Claim, Origin, Report
from mkdocs_govreport.sources import Document, Limits, Paragraph, SourceError, Tree
from mkdocs_govreport.sources.encoding import decode


def place_of_claim(claim: Claim, report: Report, source: Document | Tree, data: bytes, limits: Limits) -> Origin:
    """Return the place of a claim: its line where the source has lines, else its paragraph, else the file."""
    text = report.narrative[claim.part]
    passage = text[claim.start : claim.end].replace("\\", "")
    if isinstance(source, Tree):
        return _in_tree(claim, passage, source, data, limits)
    for block in source.blocks:
        if not isinstance(block, Paragraph) or text[claim.start : claim.end] not in block.markdown:
            continue
        begins = text.find(block.markdown)
        if begins <= claim.start and claim.end <= begins + len(block.markdown):
            return _in_paragraph(passage, block.origin)
    return Origin(report.file, passage)


def _in_paragraph(passage: str, origin: Origin) -> Origin:
    place = origin.raw.find(passage)
    if origin.line is None or place < 0:
        return origin._replace(raw=passage)
    before = origin.raw[:place]
    line = origin.line + before.count("\n")
    return origin._replace(raw=passage.split("\n")[0], line=line, column=len(before) - (before.rfind("\n") + 1) + 1)


def _in_tree(claim: Claim, passage: str, source: Tree, data: bytes, limits: Limits) -> Origin:
    origin = source.origins.get(f"narrative.{claim.part}") or Origin(source.file)
    first = passage.split()[0]
    try:
        lines = decode(data, limits).splitlines()
    except SourceError:
        lines = []
    for number, line in enumerate(lines[(origin.line or 1) - 1 :], origin.line or 1):
        column = line.find(first)
        if column >= 0:
            return Origin(source.file, first, number, column + 1)
    return origin._replace(raw=first)
