"""The templates of the portal, which a site may override."""

from __future__ import annotations

from jinja2 import Environment

from mkdocs_govreport.messages import Messages
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.site.subjects import Link


class Fragments:
    """Renders templates with what all of them use."""

    def __init__(self, environment: Environment, portal: Portal, messages: Messages) -> None:
        """Bind the templates, the portal and the strings."""
        self._environment = environment
        self._portal = portal
        self._messages = messages
        self._lang = "zh-CN" if messages.language == "zh" else "en"

    def render(self, name: str, link: Link, **values: object) -> str:
        """Render a template; `link` returns the address of a page of the portal."""
        template = self._environment.get_template(f"govreport/{name}.html")
        return template.render(t=self._messages, portal=self._portal, link=link, lang=self._lang, **values)
