"""The formats that findings are written in: one table of them, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.data import write_json
from mkdocs_govreport.output.github import write_github
from mkdocs_govreport.output.gitlab import write_gitlab
from mkdocs_govreport.output.junit import write_junit
from mkdocs_govreport.output.page import write_page
from mkdocs_govreport.output.sarif import write_sarif
from mkdocs_govreport.output.text import write_text
from mkdocs_govreport.pipeline import Portal

Writer = Callable[[Portal, Context], str]

FORMATS: Mapping[str, Writer] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
    "gitlab": write_gitlab,
    "sarif": write_sarif,
    "junit": write_junit,
    "html": write_page,
}
"""The writer of each format; `text` is for people at a terminal, the others are what other programs read."""
