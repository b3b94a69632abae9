"""The MkDocs plugin: hooks that put the portal on the site.

Reports are read and checked before MkDocs empties the site folder, so that a failing build leaves
the previous site as it was. Pages are generated, tables are put in when a page is written.
"""

from __future__ import annotations

import gc
import logging
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_govreport.editions import CatalogueError
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Severity
from mkdocs_govreport.options import RECORDS, Options, OptionsError
from mkdocs_govreport.output.summary import summary
from mkdocs_govreport.pipeline import Cache, Portal, load_portal
from mkdocs_govreport.site.config import GovReportConfig
from mkdocs_govreport.site.content import RenderedPage
from mkdocs_govreport.site.kept import Kept
from mkdocs_govreport.site.keys import overriding_templates, page_keys
from mkdocs_govreport.site.pages import GeneratedPage, generated_file
from mkdocs_govreport.site.plan import PlannedPage, page_path, plan_pages
from mkdocs_govreport.site.printed import printed_findings
from mkdocs_govreport.site.rendering import Rendering
from mkdocs_govreport.site.slots import fill_places
from mkdocs_govreport.site.subjects import FRONT, INDEX, Link

log = get_plugin_logger("govreport")

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = "assets/govreport/govreport.css"
_SCRIPT = "assets/govreport/govreport.js"
_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.INFO: logging.INFO}


class GovReportPlugin(BasePlugin[GovReportConfig]):
    """Turns a folder of annual disclosure reports into pages, and stops the build on wrong figures."""

    def __init__(self) -> None:
        """Start without a portal; MkDocs keeps the plugin between builds of `serve`."""
        self._serving = False
        self._options: Options | None = None
        self._cache: Cache | None = None
        self._portal: Portal | None = None
        self._rendering: Rendering | None = None
        self._kept: Kept | None = None
        self._planned: dict[str, PlannedPage] = {}
        self._files: dict[str, File] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is `serve`, which no report may end."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Register templates, style and script, and watch the sources.

        Raises:
            PluginError: when an option is wrong.
        """
        try:
            self._options = self.config.options(Path(config.config_file_path or "mkdocs.yml").resolve().parent)
        except OptionsError as error:
            raise PluginError(str(error)) from error
        # After the theme's own folders and its custom_dir: a site overrides any template of ours.
        config.theme.dirs.append(str(_TEMPLATES))
        # First, so that the style sheets of the site come after ours and prevail.
        config.extra_css.insert(0, _STYLE)
        config.extra_javascript.append(_SCRIPT)
        watched = [self._options.base / path for path in (*self._options.reports, *self._options.editions)]
        if self._options.registry:
            watched.append(self._options.registry)
        watched += [self._options.record_file(name) for name in RECORDS]
        if self._serving:
            # The server refuses to watch what does not exist.
            config.watch.extend(str(path) for path in watched if path.exists())
        self._cache = self._options.open_cache([Path(config.docs_dir), Path(config.site_dir), *watched])
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check every report; print all findings and stop a build that has errors.

        MkDocs empties the site folder right after this event.

        Raises:
            PluginError: when the data of an edition is wrong, or, except in `serve`, when a report has an error.
        """
        options = self._active_options
        try:
            self._portal = load_portal(
                options.reports,
                options.base,
                options.settings(),
                options.registry,
                # The threads of `serve` must not fork.
                processes=1 if self._serving else None,
                cache=self._cache,
                records=options.record_files,
            )
        except (CatalogueError, OptionsError) as error:
            raise PluginError(str(error)) from error
        self._log_findings(self._portal, options, strict=bool(config.strict))
        failing = self._portal.failing
        messages = Messages(options.language)
        if failing and not self._serving:
            raise PluginError(
                messages("build-failed", errors=len(failing), reports=len({finding.file for finding in failing}))
            )
        if failing:
            log.info(messages("serve-findings", errors=len(failing)))

    # Last, so that a page that the site or another plugin has in our place is seen and kept.
    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of the portal; report pages stay out of the nav, whose cost grows with the square."""
        portal, options = self._loaded, self._active_options
        messages = Messages(options.language)
        self._planned = {planned.subject: planned for planned in plan_pages(portal, messages)}
        self._files = {}
        for planned in self._planned.values():
            self._add(planned, messages, files, config)
        overrides = overriding_templates(config.theme.dirs, _TEMPLATES)
        keys = page_keys(portal, self._planned.values(), options.language, self._addresses(), overrides)
        self._kept = Kept(self._cache, keys)
        self._rendering = Rendering(portal, options.language, config.theme.get_env(), self._kept)
        gc.freeze()  # files and pages stay until the end; what an earlier build of `serve` left is freed by `load_portal`
        return files

    # Before plugins that minify or index the finished page.
    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put generated pages in their places, and tables, indexes and findings where their directives stand."""
        rendering = self._rendering
        if rendering is None:
            return output
        link = self._link_from(page.file)

        def place(subject: str) -> str:
            if isinstance(page, GeneratedPage) and page.subject == subject and page.rendered is not None:
                rendered, page.rendered = page.rendered, None
                return rendering.html(rendered.pieces)
            # Another page has taken in the content of one of ours, to print all in one for example.
            content = self._planned[subject].build(rendering.renderer, link)
            return rendering.html(rendering.renderer.fill(content.html, link, "", self._complainer(page)))

        output = fill_places(output, place)
        if not isinstance(page, GeneratedPage) and "govreport:" in output:
            output = rendering.html(rendering.renderer.fill(output, link, "", self._complainer(page)))
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep what was rendered for the next build."""
        if self._kept is not None:
            self._kept.save()

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _active_options(self) -> Options:
        if self._options is None:
            raise RuntimeError("the options are known after on_config")
        return self._options

    @property
    def _loaded(self) -> Portal:
        if self._portal is None:
            raise RuntimeError("the portal is loaded by on_pre_build")
        return self._portal

    def _log_findings(self, portal: Portal, options: Options, *, strict: bool) -> None:
        """Log the findings of each report at its gravest severity.

        Warnings count under `--strict`, which ends `serve` at its first build; there they are said more quietly.
        """
        quiet = self._serving and strict
        for severity, text in printed_findings(portal, options.language, options.base, self._cache):
            log.log(logging.INFO if quiet else _LEVELS[severity], "%s", text.rstrip())
        log.info("%s", summary(portal, Messages(options.language)))

    def _addresses(self) -> list[str]:
        """Return the addresses of the pages that others link to, apart from those of reports."""
        return [self._files[planned.subject].url for planned in self._planned.values() if "/" not in planned.subject]

    def _complainer(self, page: Page) -> Callable[[str], None]:
        return lambda complaint: log.warning("%s: %s", page.file.src_uri, complaint)

    def _add(self, planned: PlannedPage, messages: Messages, files: Files, config: MkDocsConfig) -> None:
        src_uri = self._src_uri(planned.subject)
        existing = files.get_file_from_path(src_uri)
        if existing is None and planned.subject == FRONT:
            existing = files.get_file_from_path("README.md")
        if existing is not None:
            if planned.subject != FRONT:  # that a site writes its own front page is normal
                log.warning("%s", messages("page-exists", page=src_uri))
            self._files[planned.subject] = existing
            return
        file = generated_file(config, src_uri, in_nav=planned.in_nav)
        self._files[planned.subject] = file
        files.append(file)

        def build(page: GeneratedPage) -> RenderedPage:
            if self._rendering is None:
                raise RuntimeError("pages are rendered after on_files")
            link = self._link_from(page.file)
            return self._rendering.page(planned.subject, planned.build, link, self._complainer(page))

        # MkDocs takes the title of a page that is there already, so one that the nav gives must be in it.
        title = _title_in_nav(config.nav, src_uri) or planned.title
        GeneratedPage(title, file, config, subject=planned.subject, description=planned.description, build=build)

    def _src_uri(self, subject: str) -> str:
        if subject == FRONT:
            return "index.md"
        path = self.config.path.strip("/")
        return f"{path}.md" if subject == INDEX else f"{posixpath.join(path, page_path(subject))}.md"

    def _link_from(self, file: File) -> Link:
        def link(subject: str) -> str:
            target = self._files.get(subject)
            return target.url_relative_to(file) if target else ""

        return link


def _title_in_nav(nav: object, src_uri: str) -> str | None:
    """Return the title that the nav of `mkdocs.yml` gives a page."""
    if isinstance(nav, list):
        return next((title for entry in nav if (title := _title_in_nav(entry, src_uri))), None)
    if isinstance(nav, dict):
        for title, target in nav.items():
            if target == src_uri:
                return str(title)
            found = _title_in_nav(target, src_uri)
            if found:
                return found
    return None
