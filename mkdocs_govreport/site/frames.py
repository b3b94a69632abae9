"""What a theme puts around the pages of reports, rendered once for all that differ in nothing but their names.

A theme renders navigation, table of contents and scripts of every page anew, which takes longer than all that is
done for the page here. Of pages with the same headings at the same depth it makes the same text but for title,
description and address. So one is rendered with marks in place of these, and the others are made of that. That a theme
keeps to this is not believed but tried: with that page itself, with the next one, and then with fewer and fewer of
those that follow. Where one comes out otherwise, the theme renders all that are left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mkdocs_govreport.site.pages import GeneratedPage
from mkdocs_govreport.site.slots import hold_place, with_place

_TEMPLATE = "govreport/framed.html"  # of a page that is rendered here: it writes what the context has under this name
_OUTPUT = "govreport_output"
_USUAL_TEMPLATE = "main.html"
_FIRST = 3  # the page of a kind of which its frame is made; for fewer pages it would save nothing
_HARMLESS = ("mkdocs.contrib.search", "material.plugins.search", "mkdocs_govreport")  # plugins that change no context

_PLACE, _TITLE, _DESCRIPTION, _SOURCE = "gr题place", "gr题title", "gr题description", "gr题source"
_ADDRESS = "gr-address"  # other characters would be escaped in addresses
_IN_SCRIPT = {str(htmlsafe_json_dumps(mark))[1:-1]: mark for mark in (_TITLE, _DESCRIPTION, _SOURCE)}
_MARK = re.compile(
    rf"({'|'.join(map(re.escape, (_PLACE, *_IN_SCRIPT, *_IN_SCRIPT.values())))}|{_ADDRESS}(?:/0)*(?:\.0)?/?)"
)


@dataclass(slots=True)
class _Kind:
    """Pages of one frame: how many there were, and the frame as texts with marks between them."""

    count: int = 0
    pieces: tuple[str, ...] = ()
    is_regular: bool = True

    @property
    def is_tried(self) -> bool:
        """Whether the theme renders the page too, to compare: with every doubling of the pages."""
        return self.count <= _FIRST or self.count & (self.count - 1) == 0


class Frames:
    """Renders generated pages, by the theme or like another page that it has rendered."""

    def __init__(self, environment: Environment, config: MkDocsConfig) -> None:
        """Take what a theme renders with."""
        self._environment = environment
        self._config = config
        self._kinds: defaultdict[tuple[object, ...], _Kind] = defaultdict(_Kind)

    def prepare(self, pages: Iterable[Page | None]) -> None:
        """Have generated pages rendered here, unless templates of the site or another plugin may treat each in its own way."""
        handlers = self._config.plugins.events["page_context"]
        owners = [type(getattr(handler, "__self__", None)).__module__ for handler in handlers]
        if self._has_templates_of_the_site() or not all(owner.startswith(_HARMLESS) for owner in owners):
            return
        for page in pages:
            if isinstance(page, GeneratedPage):
                page.meta.setdefault("template", _TEMPLATE)

    def with_output(self, page: Page, context: TemplateContext, nav: Navigation) -> TemplateContext:
        """Render a page, if it was prepared, and return the context from which MkDocs writes it."""
        if not isinstance(page, GeneratedPage) or page.meta.get("template") != _TEMPLATE:
            return context
        del page.meta["template"]  # the theme is not to see it
        return cast("TemplateContext", dict(context) | {_OUTPUT: self._render(page, context, nav)})

    def _render(self, page: GeneratedPage, context: TemplateContext, nav: Navigation) -> str:
        """Return a page as the theme writes it, with its content still held by its place."""
        if not page.is_untouched or any(page is other for other in nav.pages):
            return self._rendered(context)
        depth = (context["base_url"], page.url.removesuffix(page.own_address), _address_mark(page))
        kind = self._kinds[(*depth, str(page.toc), repr({**page.meta, "title": "", "description": ""}))]
        kind.count += 1
        if not kind.is_regular or kind.count < _FIRST:
            return self._rendered(context)
        if not kind.pieces:
            marked = self._rendered({**context, "page": self._marked(page)})
            kind.pieces = tuple(_MARK.split(with_place(marked, _PLACE)))
        framed = _filled(kind.pieces, page)
        if kind.is_tried:
            rendered = self._rendered(context)
            kind.is_regular = framed == with_place(rendered, hold_place(page.subject, ""))
            return rendered
        return framed

    def _has_templates_of_the_site(self) -> bool:
        """Whether the site replaces templates of its theme; those of ours make nothing of what is around a page."""
        folder = Path(self._config.theme.custom_dir or "")
        templates = folder.rglob("*.html") if self._config.theme.custom_dir else ()
        return any(not template.is_relative_to(folder / "govreport") for template in templates)

    def _rendered(self, context: Any) -> str:
        return self._environment.get_template(_USUAL_TEMPLATE).render(context)

    def _marked(self, page: GeneratedPage) -> GeneratedPage:
        """Return the page with marks in place of what is its own."""
        file = copy(page.file)
        file.src_uri = _SOURCE
        file.url = page.url.removesuffix(page.own_address) + _address_mark(page)
        marked = copy(page)
        marked.file = file
        marked.title = _TITLE
        marked.meta = {**page.meta, "title": _TITLE, "description": _DESCRIPTION}
        marked._set_canonical_url(self._config.site_url)
        return marked


def _address_mark(page: GeneratedPage) -> str:
    """Return an address that is as deep as the page's own, and is that of a folder or a file as it is."""
    *folders, name = page.own_address.split("/")
    mark = "/".join((_ADDRESS, *("0" * (len(folders) - (not name)))))
    return mark + ("/" if not name else ".0" if "." in name else "")


def _filled(pieces: tuple[str, ...], page: GeneratedPage) -> str:
    values = {
        _PLACE: hold_place(page.subject, ""),
        _TITLE: page.title,
        _DESCRIPTION: page.description,
        _SOURCE: page.file.src_uri,
    }
    for mark in set(pieces[1::2]) - values.keys():
        values[mark] = (
            str(htmlsafe_json_dumps(values[_IN_SCRIPT[mark]]))[1:-1] if mark in _IN_SCRIPT else page.own_address
        )
    filled = list(pieces)
    filled[1::2] = [values[mark] for mark in pieces[1::2]]
    return "".join(filled)
