"""Pages on their way to the site: as they were kept, or rendered anew, and put together when they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import Environment

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.site.content import Content, RenderedPage
from mkdocs_govreport.site.kept import Kept
from mkdocs_govreport.site.subjects import Link
from mkdocs_govreport.site.tables import FilledTable, Tables

if TYPE_CHECKING:
    from mkdocs_govreport.site.renderer import Renderer


class Rendering:
    """Gives the pages of one portal, from what older builds have kept where it can."""

    def __init__(self, portal: Portal, language: str, environment: Environment, kept: Kept) -> None:
        """Bind the portal, its strings, the templates, which a site may override, and what is kept."""
        self._portal = portal
        self._messages = Messages(language)
        # The environments of MkDocs do not escape; ours must, for what stands in reports is not ours.
        self._environment = environment.overlay(autoescape=True)
        self._kept = kept
        self._tables = Tables(self._environment, self._messages, portal.catalogue, kept)

    @cached_property
    def renderer(self) -> Renderer:
        """What renders anew; imported when it is needed, since a build without changes does without it."""
        from mkdocs_govreport.site.renderer import Renderer

        return Renderer(self._portal, self._messages, self._environment, self._tables)

    def page(
        self, subject: str, build: Callable[[Renderer, Link], Content], link: Link, complain: Callable[[str], None]
    ) -> RenderedPage:
        """Return a page as it was kept, or render it; `complain` is told of each directive that is wrong.

        A page with a wrong directive is not kept, so that every build complains.
        """
        kept = self._kept.get(subject)
        if kept is not None:
            text, headings, pieces = kept
            return RenderedPage(text, headings, tuple(p if isinstance(p, str) else FilledTable(*p) for p in pieces))
        complaints: list[str] = []
        content = build(self.renderer, link)
        pieces = tuple(self.renderer.fill(content.html, link, subject, complaints.append))
        page = RenderedPage(content.text, content.headings, pieces)
        if complaints:
            for complaint in complaints:
                complain(complaint)
        else:
            plain = tuple(piece if isinstance(piece, str) else tuple(piece) for piece in pieces)
            self._kept.add(subject, (page.text, page.headings, plain))
        return page

    def html(self, pieces: Iterable[str | FilledTable]) -> str:
        """Put the pieces of a page together."""
        texts: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                texts.append(piece)
            else:
                texts += self._tables.pieces(piece)
        return "".join(texts)
