"""The registry of agencies: who reports, under which names, in which region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import SourceError, compose

SCHEMA = "urn:mkdocs-govreport:agencies"


class RegistryError(Exception):
    """A registry that cannot be used; the message says what to mend, in `line` where that is known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that reports; fields as in `schemas/agencies.schema.json`."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    region: str | None = None
    parent: str | None = None
    since: int | None = None
    until: int | None = None
    pinyin: str | None = None
    deadline: str | None = None


@dataclass(frozen=True)
class Registry:
    """All agencies of a site; empty where the site keeps no registry."""

    agencies: tuple[Agency, ...] = field(default=())

    def find(self, name: str | None) -> Agency | None:
        """Return the agency of that id, name or alias."""
        return self._by_name.get(plain(name)) if name else None

    @cached_property
    def _by_name(self) -> dict[str, Agency]:
        names: dict[str, Agency] = {}
        for agency in self.agencies:
            for name in (agency.id, agency.name, *agency.aliases):
                names.setdefault(plain(name), agency)
        return names

    def mentioned_in(self, texts: Iterable[str]) -> Agency | None:
        """Return the one agency that `texts` name; None when they name none or several."""
        text = plain("".join(texts))
        found = {
            agency.id: agency
            for name, agency in self._by_name.items()
            if len(name) > 1 and name in text and name != agency.id
        }
        # 袁州区 is inside 袁州区慈化镇: of names within names the longer counts.
        longest = [
            agency
            for agency in found.values()
            if not any(plain(agency.name) in plain(other.name) for other in found.values() if other is not agency)
        ]
        return longest[0] if len(longest) == 1 else None


def load_registry(path: Path, catalogue: Catalogue) -> Registry:
    """Read a registry.

    Raises:
        RegistryError: when it does not exist, is not YAML, is not of its schema or names an id twice.
    """
    try:
        tree = compose(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise RegistryError(f"{path.name} 不存在 / does not exist") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path.name}: {error}") from error
    except SourceError as error:
        raise RegistryError(str(error.values.get("problem", error.rule)), error.line) from error
    validator = Draft202012Validator(catalogue.schemas[SCHEMA])
    for fault in sorted(validator.iter_errors(tree.data), key=lambda fault: list(map(str, fault.absolute_path))):
        place = ".".join(map(str, fault.absolute_path))
        origin = tree.origins.get(place)
        raise RegistryError(f"{place}: {fault.message}" if place else fault.message, origin.line if origin else None)
    agencies = tuple(_agency(entry) for entry in tree.data["agencies"])
    seen: set[str] = set()
    for number, agency in enumerate(agencies):
        if agency.id in seen:
            raise RegistryError(f"id “{agency.id}” 重复 / is given twice", tree.origins[f"agencies.{number}.id"].line)
        seen.add(agency.id)
    for number, agency in enumerate(agencies):
        if agency.parent and agency.parent not in seen:
            raise RegistryError(
                f"parent “{agency.parent}” 不存在 / is no id", tree.origins[f"agencies.{number}.parent"].line
            )
    return Registry(agencies)


def _agency(entry: dict[str, Any]) -> Agency:
    return Agency(**{**entry, "aliases": tuple(entry.get("aliases", ()))})
