"""The MkDocs plugin: hooks that put the portal on the site.

Reports are read and checked before MkDocs empties the site folder, so that a failing build leaves
the previous site as it was. Pages are generated, tables are put in when a page is written.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Mapping
from html import escape
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
from mkdocs_govreport.options import Options, OptionsError
from mkdocs_govreport.output.text import render_reports, source_lines, summary
from mkdocs_govreport.pipeline import Portal, load_portal
from mkdocs_govreport.site.config import GovReportConfig
from mkdocs_govreport.site.pages import GeneratedPage, generated_file
from mkdocs_govreport.site.plan import FRONT, INDEX, PlannedPage, page_path, plan_pages
from mkdocs_govreport.site.renderer import Content, Renderer
from mkdocs_govreport.site.slots import SlotError, fill_slots
from mkdocs_govreport.site.views import Link

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
        self._portal: Portal | None = None
        self._renderer: Renderer | None = None
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
        if self._serving:
            watched = [self._options.base / path for path in (*self._options.reports, *self._options.editions)]
            if self._options.registry:
                watched.append(self._options.registry)
            # The server refuses to watch what does not exist.
            config.watch.extend(str(path) for path in watched if path.exists())
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
            )
        except (CatalogueError, OptionsError) as error:
            raise PluginError(str(error)) from error
        self._log_findings(self._portal, options, strict=bool(config.strict))
        failing = self._portal.failing
        if not failing:
            return
        messages = Messages(options.language)
        if self._serving:
            log.info(messages("serve-findings", errors=len(failing)))
            return
        raise PluginError(
            messages("build-failed", errors=len(failing), reports=len({finding.file for finding in failing}))
        )

    # Last, so that a page that the site or another plugin has in our place is seen and kept.
    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of the portal; report pages stay out of the nav, whose cost grows with the square."""
        renderer = Renderer(self._loaded, self._active_options.language, config.theme.get_env())
        self._renderer = renderer
        self._files = {}
        for planned in plan_pages(self._loaded, renderer.messages):
            self._add(planned, renderer, files, config)
        return files

    # Before plugins that minify or index the finished page.
    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put tables, indexes and findings where their directives stand."""
        renderer = self._renderer
        if renderer is None:
            return output
        subject = page.subject if isinstance(page, GeneratedPage) else ""
        link = self._link_from(page.file)

        def fill(kind: str, arguments: Mapping[str, str]) -> str:
            try:
                return renderer.slot(kind, arguments, link, subject)
            except SlotError as error:
                log.warning("%s: %s", page.file.src_uri, error)
                return f'<p class="gr-slot-error">{escape(str(error))}</p>'

        def malformed(text: str) -> str:
            log.warning("%s: %s", page.file.src_uri, renderer.messages("slot-malformed", text=text))
            return ""

        return fill_slots(output, fill, malformed)

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
        for severity, text in render_reports(portal, options.language, source_lines(options.base)):
            log.log(logging.INFO if quiet else _LEVELS[severity], "%s", text.rstrip())
        log.info("%s", summary(portal, Messages(options.language)))

    def _add(self, planned: PlannedPage, renderer: Renderer, files: Files, config: MkDocsConfig) -> None:
        src_uri = self._src_uri(planned.subject)
        existing = files.get_file_from_path(src_uri)
        if existing is None and planned.subject == FRONT:
            existing = files.get_file_from_path("README.md")
        if existing is not None:
            if planned.subject != FRONT:  # that a site writes its own front page is normal
                log.warning("%s", renderer.messages("page-exists", page=src_uri))
            self._files[planned.subject] = existing
            return
        file = generated_file(config, src_uri, in_nav=planned.in_nav)
        self._files[planned.subject] = file
        files.append(file)

        def build(page: GeneratedPage) -> Content:
            return planned.build(renderer, self._link_from(page.file))

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
