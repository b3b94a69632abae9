"""Annual government disclosure reports, read, checked, and as a checked MkDocs portal.

What `__all__` names is public and stays; everything else may change.
"""

from importlib import metadata
from typing import TYPE_CHECKING, Any

from mkdocs_govreport.late import late

if TYPE_CHECKING:
    from mkdocs_govreport.library import check, load, read
    from mkdocs_govreport.model import Figure, Finding, Origin, Report, Severity, Status, Text
    from mkdocs_govreport.pipeline import Portal, Result, Row

__all__ = [
    "Figure",
    "Finding",
    "Origin",
    "Portal",
    "Report",
    "Result",
    "Row",
    "Severity",
    "Status",
    "Text",
    "__version__",
    "check",
    "load",
    "read",
]

_names = late(
    __name__,
    {
        **dict.fromkeys(("check", "load", "read"), "library"),
        **dict.fromkeys(("Figure", "Finding", "Origin", "Report", "Severity", "Status", "Text"), "model"),
        **dict.fromkeys(("Portal", "Result", "Row"), "pipeline"),
    },
)


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for: the plugin and the commands need few of them."""
    return metadata.version("mkdocs-govreport") if name == "__version__" else _names(name)
