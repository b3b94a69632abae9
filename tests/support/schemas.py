"""The shipped schemas for validators that the tests make themselves."""

from __future__ import annotations

from typing import Any

from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from mkdocs_govreport.editions import Catalogue


def schema_registry(catalogue: Catalogue) -> Registry[Any]:
    """Return the schemas of a catalogue as a registry for validators."""
    resources = [
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in catalogue.schemas.items()
    ]
    return Registry().with_resources(resources)
