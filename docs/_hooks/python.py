"""The reference of the public names, written from their docstrings: it cannot name what there is not."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import mkdocs_govreport

MARKER = "<!-- public names -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the reference where the marker stands."""
    return markdown.replace(MARKER, "\n\n".join(_reference())) if MARKER in markdown else markdown


def _reference() -> Iterator[str]:
    for name in sorted(mkdocs_govreport.__all__, key=lambda name: (not name.islower(), name)):
        value = getattr(mkdocs_govreport, name)
        if inspect.isfunction(value) or inspect.isclass(value):
            yield from _entry(name, value, "##")
    yield from _entry("Portal.rows", mkdocs_govreport.Portal.rows, "##")


def _entry(name: str, value: Any, level: str) -> Iterator[str]:
    yield f"{level} {name} {{ #{name} }}"
    yield f"```python\n{name}{_signature(value)}\n```"
    yield f"```text\n{inspect.getdoc(value)}\n```"


def _signature(value: Any) -> str:
    if inspect.isclass(value):
        return "".join(f"\n    {field}: {kind}" for field, kind in inspect.get_annotations(value).items())
    return str(inspect.signature(value))
