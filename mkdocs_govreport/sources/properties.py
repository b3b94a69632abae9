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

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")


class Property(NamedTuple):
    """A property as the file has it: its full name, its text, its place."""

    name: str
    value: str
    origin: Origin


def with_properties(document: Document, properties: Iterable[Property]) -> Document:
    """Return a document with the metadata that properties of the report state, and with its kept spellings."""
    own = [entry for entry in properties if entry.name.startswith(PREFIX)]
    spellings = [spelling for entry in own if entry.name == SPELLINGS for spelling in load_spellings(entry.value)]
    fields = fields_of(
        entry._replace(name=entry.name.removeprefix(PREFIX)) for entry in own if entry.name != SPELLINGS
    )
    return replace(
        document, blocks=respell(document.blocks, spellings), metadata={**document.metadata, **fields}
    )


def fields_of(properties: Iterable[Property]) -> dict[str, Field]:
    """Return texts as metadata; the members of a group are numbers where they can be."""
    fields: dict[str, Field] = {}
    for name, value, origin in properties:
        group, _, member = name.partition(".")
        if not member:
            fields[name] = Field(value, origin)
            continue
        members: dict[str, Any] = dict(fields[group].value) if group in fields and _is_group(fields[group]) else {}
        members[member] = number_of(value) if _NUMBER.fullmatch(value) else value or None
        fields[group] = Field(members, origin)
    return fields


def _is_group(field: Field) -> bool:
    return isinstance(field.value, dict)


def number_of(text: str) -> Number:
    """Turn digits into a number; a whole one is an int."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
