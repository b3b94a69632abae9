"""What metadata says of a report: the front matter, the sidecar, and what a page states of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_govreport.canonical import IDENTITY
from mkdocs_govreport.checks import Findings
from mkdocs_govreport.checks.faults import misfit
from mkdocs_govreport.model import Text
from mkdocs_govreport.recognise.dates import find_date, iso_date, with_arabic_dates
from mkdocs_govreport.recognise.page_lines import web_address
from mkdocs_govreport.sources import Field

_YEAR = re.compile(r"^(20\d{2})年?度?$")
_KNOWN = {*IDENTITY, "processing_fee"}
_A_YEAR = Text("为四位数的年份", "a year of four digits")
_A_TEXT = Text("为文字", "a text")
_A_GROUP = Text("为一组字段", "a group of fields")
_AN_ADDRESS = Text("为 http:// 或 https:// 开头的网址", "an address that begins with http:// or https://")
_LONGEST = 200


def stated_fields(metadata: Mapping[str, Field], findings: Findings) -> dict[str, Any]:
    """Return the fields that metadata states; what is not known or of the wrong kind is a finding."""
    fields: dict[str, Any] = {}
    for name, entry in metadata.items():
        if name not in _KNOWN:
            findings.add("unknown-field", entry.origin, field=name)
        elif entry.value is not None:
            value, demand = _understood(name, entry.value)
            if value is None:
                findings.add("schema", entry.origin, path=name, problem=misfit(demand, entry.value))
            else:
                fields[name] = value
    return fields


def _understood(name: str, value: Any) -> tuple[Any, Text]:
    """Return the value of a field, None where it is of the wrong kind, and the kind that is wanted."""
    if name == "year":
        match = _YEAR.match(str(value).strip())
        return int(match[1]) if match else None, _A_YEAR
    if name == "processing_fee":
        return dict(value) if isinstance(value, Mapping) else None, _A_GROUP
    if name == "source_url":
        return web_page(value), _AN_ADDRESS
    return None if isinstance(value, Mapping | list) else str(value), _A_TEXT


def web_page(value: Any) -> str | None:
    """Return the address of a web page that a value is; nothing else may become a link."""
    text = str(value).strip()
    return text if web_address(text) == text else None


def page_fields(stated: Mapping[str, Field]) -> dict[str, str]:
    """Return what a page states of itself; what cannot be understood is as if it were not there."""
    fields = {}
    for name, entry in stated.items():
        text = str(entry.value).strip()
        if name == "published_on":
            date = find_date(with_arabic_dates(text))
            value = iso_date(date[0]) if date else None
        else:
            value = web_page(text) if name == "source_url" else text
        if value and len(value) <= _LONGEST:
            fields[name] = value
    return fields
