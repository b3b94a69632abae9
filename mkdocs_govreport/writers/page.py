"""A report as a web page: complete in one file, with the tables in the official layout, to print and to publish."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report
from mkdocs_govreport.writers.content import Content, compose_report
from mkdocs_govreport.writers.printed import column_shares

_FILE = "report.html"


def write_html(report: Report, catalogue: Catalogue) -> bytes:
    """Write a report as a page that needs nothing else, and that reads back as the same report."""
    return compose_report(report, catalogue, _compose, _FILE)


def _compose(content: Content) -> bytes:
    return _template().render(content=content, messages=Messages("zh"), shares=column_shares, html=Markup).encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mkdocs_govreport.writers"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(_FILE)
