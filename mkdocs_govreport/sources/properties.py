"""What a file says of a report beside its text: `<meta>` elements of a page, properties of a Word file.

They are named `govreport:agency` and so on, and are to a page what front matter is to Markdown. A
name with a dot is a member of a group: `govreport:processing_fee.cases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from mkdocs_govreport.model import Number, Origin
from mkdocs_govreport.sources.document import Document, Field
from mkdocs_govreport.sources.spellings import load_spellings, respell

PREFIX = "govreport:"
SPELLINGS = f"{PREFIX}spellings"
GENERATOR = "mkdocs-govreport"
REPORT_NAMESPACE = "urn:mkdocs-govreport:report"
"""Of the XML part in which a Word file keeps long properties."""

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")


class Property(NamedTuple):
    """A property as the file has it: its full name, its text, its place."""

    name: str
    value: str
    origin: Origin


def with_properties(document: Document, properties: Iterable[Property]) -> Document:
    """Return a document with the metadata that properties of the report state, and with its kept spellings.

    A page that this program wrote is all report: no site has put its frame around it.
    """
    known = list(properties)
    if any(entry.name == "generator" and entry.value == GENERATOR for entry in known):
        document = replace(document, framed=False, containers=())
    own = [entry for entry in known if entry.name.startswith(PREFIX)]
    spellings = [spelling for entry in own if entry.name == SPELLINGS for spelling in load_spellings(entry.value)]
    fields = grouped(
        _field(entry._replace(name=entry.name.removeprefix(PREFIX))) for entry in own if entry.name != SPELLINGS
    )
    titles = (str(fields["title"].value),) if "title" in fields else ()
    return replace(
        document,
        blocks=respell(document.blocks, spellings),
        metadata={**document.metadata, **fields},
        titles=(*document.titles, *titles),
    )


def grouped(entries: Iterable[tuple[str, Field]]) -> dict[str, Field]:
    """Return fields by name, those with a dot in their name as members of a group."""
    fields: dict[str, Field] = {}
    for name, field in entries:
        group, _, member = name.partition(".")
        if member:
            others = fields[group].value if group in fields else {}
            members = {**(others if isinstance(others, dict) else {}), member: field.value}
            fields[group] = Field(members, field.origin)
        else:
            fields[name] = field
    return fields


def _field(entry: Property) -> tuple[str, Field]:
    value: Any = entry.value
    if "." in entry.name:
        value = number_of(value) if _NUMBER.fullmatch(value) else value or None
    return entry.name, Field(value, entry.origin)


def number_of(text: str) -> Number:
    """Turn digits into a number; a whole one is an int."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
