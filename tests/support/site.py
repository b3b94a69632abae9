"""Real MkDocs sites in a temporary folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from lxml import html
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

THEMES: Mapping[str, Mapping[str, Any]] = {
    "mkdocs": {"name": "mkdocs"},
    "readthedocs": {"name": "readthedocs"},
    "material": {"name": "material", "font": False},
}


@dataclass
class Site:
    """A site that can be built again and again; `files` are below the folder of `mkdocs.yml`."""

    folder: Path
    theme: str = "mkdocs"
    options: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        """Write files below the site's folder."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    @property
    def output(self) -> Path:
        """The folder that the site is built into."""
        return self.folder / "site"

    def configuration(self) -> Path:
        """Write `mkdocs.yml` and return its path."""
        (self.folder / "docs").mkdir(exist_ok=True)
        config = {
            "site_name": "测试站点",
            "theme": dict(THEMES[self.theme]),
            "plugins": ["search", {"govreport": {"reports": "reports", **self.options}}],
            **self.config,
        }
        path = self.folder / "mkdocs.yml"
        path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        return path

    def build(self, *, serving: bool = False, strict: bool = False) -> Built:
        """Build the site as `mkdocs build` does, or as the first build of `mkdocs serve`."""
        return self.build_config(self.configuration(), serving=serving, strict=strict)

    def build_config(self, path: Path, *, serving: bool = False, strict: bool = False) -> Built:
        """Build the site of any `mkdocs.yml` into the output of this one."""
        records: list[logging.LogRecord] = []
        error: Exception | None = None
        with _records(records):
            config = load_config(str(path), strict=strict, site_dir=str(self.output))
            config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
            try:
                mkdocs_build(config)
            except (Abort, PluginError) as raised:
                error = raised
            finally:
                config.plugins.on_shutdown()
        return Built(self.output, records, error)


@dataclass
class Built:
    """What came of a build."""

    output: Path
    records: list[logging.LogRecord]
    error: Exception | None

    @property
    def log(self) -> str:
        """Everything that was logged."""
        return "\n".join(record.getMessage() for record in self.records)

    def page(self, address: str) -> html.HtmlElement:
        """Parse the page at an address such as `reports/2024/`."""
        path = self.output / address
        if not path.suffix:
            path /= "index.html"
        return html.document_fromstring(path.read_text(encoding="utf-8"))

    def text(self, address: str) -> str:
        """Return the text of a page."""
        return " ".join(self.page(address).text_content().split())


@contextmanager
def _records(records: list[logging.LogRecord]) -> Iterator[None]:
    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger = logging.getLogger("mkdocs")
    handler = Collector()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
