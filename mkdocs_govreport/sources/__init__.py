"""From bytes to a document: one reader for each format."""

from typing import TYPE_CHECKING

from mkdocs_govreport.late import late
from mkdocs_govreport.sources.limits import DEFAULT_LIMITS, Limits, limits_of

if TYPE_CHECKING:
    from mkdocs_govreport.sources.document import (
        Cell,
        Document,
        Doubt,
        Field,
        Grid,
        Paragraph,
        Remark,
        SourceError,
        Tree,
    )
    from mkdocs_govreport.sources.markdown import closed, markdown_blocks
    from mkdocs_govreport.sources.plain_text import escape_markdown
    from mkdocs_govreport.sources.reading import READERS, read
    from mkdocs_govreport.sources.spellings import Spelling, dump_spellings, text_of
    from mkdocs_govreport.sources.structured import compose, scalar_fields

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "SIDECAR_SUFFIX",
    "Cell",
    "Document",
    "Doubt",
    "Field",
    "Grid",
    "Limits",
    "Paragraph",
    "Remark",
    "SourceError",
    "Spelling",
    "Tree",
    "closed",
    "compose",
    "dump_spellings",
    "escape_markdown",
    "limits_of",
    "markdown_blocks",
    "read",
    "scalar_fields",
    "text_of",
]

SIDECAR_SUFFIX = ".meta.yml"

__getattr__ = late(
    __name__,
    {
        **dict.fromkeys(
            ("Cell", "Document", "Doubt", "Field", "Grid", "Paragraph", "Remark", "SourceError", "Tree"), "document"
        ),
        **dict.fromkeys(("closed", "markdown_blocks"), "markdown"),
        "escape_markdown": "plain_text",
        **dict.fromkeys(("READERS", "read"), "reading"),
        **dict.fromkeys(("Spelling", "dump_spellings", "text_of"), "spellings"),
        **dict.fromkeys(("compose", "scalar_fields"), "structured"),
    },
)
