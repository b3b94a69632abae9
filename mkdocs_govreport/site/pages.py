"""Generated pages: files and pages of MkDocs that are rendered without Markdown and outside the nav."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from mkdocs_govreport.site.content import RenderedPage
from mkdocs_govreport.site.slots import hold_place

Build = Callable[["GeneratedPage"], RenderedPage]

# Themes write titles and descriptions into the page as they are, and some undo escapes before that.
_HARMLESS = str.maketrans("<>&\"'`", "＜＞＆＂＇｀")


class GeneratedPage(Page):
    """A page whose content comes from a template.

    Running its text through Markdown and the parsers behind it would take most of the build.
    """

    def __init__(
        self, title: str, file: File, config: MkDocsConfig, *, subject: str, description: str, build: Build
    ) -> None:
        """Take the title, and the function that makes the content when MkDocs renders the page."""
        super().__init__(harmless(title), file, config)
        self.subject = subject
        self.description = harmless(description)
        self._build = build

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the metadata; there is no source to read."""
        self.markdown = ""
        # Wide tables need the room of Material's sidebars; other themes pass over `hide`. Only the page
        # of a report is long enough for a table of contents.
        hide = ["navigation"] if "/" in self.subject else ["navigation", "toc"]
        self.meta = {"title": self.title, "description": self.description, "hide": hide}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make table of contents and anchors, and as the content the text that is searched.

        What readers see takes its place when the page is written: whatever reads contents on the way, such as
        a search index, parses them tag by tag.
        """
        rendered = self._build(self)
        self.rendered: RenderedPage | None = rendered
        self.content = hold_place(self.subject, rendered.text)
        tokens: list[Any] = [
            {"id": anchor, "name": title, "level": level, "children": []} for anchor, title, level in rendered.headings
        ]
        self.toc = get_toc(tokens)
        self.present_anchor_ids = {anchor for anchor, _, _ in rendered.headings}
        self.links_to_anchors = {}


def harmless(text: str) -> str:
    """Return a text of a source that is no markup, escaped or not: its marks in full width, on one line."""
    return " ".join(text.translate(_HARMLESS).split())


def generated_file(config: MkDocsConfig, src_uri: str, *, in_nav: bool) -> File:
    """Return a file for a generated page."""
    inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    return File.generated(config, src_uri, content="", inclusion=inclusion)
