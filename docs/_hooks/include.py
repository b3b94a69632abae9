"""One copy of what GitHub shows at the top of the repository: pages that consist of a marker take it in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

_MARKER = re.compile(r"^<!-- include: (?P<file>[\w.-]+) -->$", re.MULTILINE)
_LINK = re.compile(r"\]\(docs/")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace each marker by the file that it names, with links as seen from `docs/`."""
    return _MARKER.sub(lambda marker: _LINK.sub("](", (ROOT / marker["file"]).read_text(encoding="utf-8")), markdown)
