"""The prose of reports as HTML that can do no harm."""

from __future__ import annotations

import re

import markdown
import nh3

_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
# What Markdown, HTML or the sanitiser could see in a text. Most prose has none of it, and is spared
# converters that would leave it as it is.
_MARKED = re.compile(r"[\\`*_\[\]<>&#|~\u00a0]|^(?:[ \t]|[-+=:]|\d+[.)])| \n|\n\n\n|\Z(?<=\n)", re.MULTILINE)
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


class Prose:
    """Renders the Markdown of reports; what is not on the list of harmless elements is dropped."""

    def __init__(self) -> None:
        """Build the converter once; building it takes longer than converting a part."""
        self._markdown = markdown.Markdown(extensions=["tables", "sane_lists"])

    def render(self, text: str) -> str:
        """Return `text` as HTML."""
        if not text.strip():
            return ""
        if not _MARKED.search(text):
            return "\n".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
        html = self._markdown.reset().convert(text)
        return nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_filtered,
            url_schemes=_SCHEMES,
            link_rel="noopener nofollow",
        )


def _filtered(_: str, name: str, value: str) -> str | None:
    """Keep links that lead somewhere: a relative one led to a file beside the source, and here leads astray."""
    return None if name == "href" and not _ADDRESS.fullmatch(value) else value
