"""The directive: an HTML comment that is replaced when its page is written.

`<!-- govreport: index year=2024 -->` and `<!-- govreport: table agency=suqian year=2024
part=applications -->` stand on pages of authors; the generated pages use the same. Markdown passes
comments through and search indexes pass over them, so tables cost neither of them anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

_SLOT = re.compile(r"<!--\s*govreport:\s*([\w-]+)((?:\s+[\w-]+=(?:\"[^\"]*\"|[^\s\"]+))*)\s*-->")
_ARGUMENT = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|([^\s\"]+))")
_ANY = re.compile(r"<!--\s*govreport:(.*?)-->", re.DOTALL)


class SlotError(ValueError):
    """A directive that asks for what there is not; the message is for its author."""


def fill_slots(html: str, fill: Callable[[str, Mapping[str, str]], str], malformed: Callable[[str], str]) -> str:
    """Replace every directive in `html`; `fill` gets its kind and arguments, `malformed` what is none."""
    if "govreport:" not in html:
        return html

    def replace(match: re.Match[str]) -> str:
        # Our templates escape what they write into a directive.
        arguments = {name: unescape(quoted or bare) for name, quoted, bare in _ARGUMENT.findall(match[2])}
        return fill(match[1], arguments)

    html = _SLOT.sub(replace, html)
    return _ANY.sub(lambda match: malformed(match[1].strip()), html)
