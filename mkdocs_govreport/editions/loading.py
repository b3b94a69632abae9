"""Reading the files under `schemas/`: the shipped editions and further ones, with what they inherit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mkdocs_govreport.editions.catalogue import (
    Catalogue,
    Edition,
    Indicator,
    Label,
    Part,
    Unit,
    Wording,
)
from mkdocs_govreport.editions.characters import Characters
from mkdocs_govreport.editions.equations import Scope, expand_equations
from mkdocs_govreport.editions.errors import CatalogueError
from mkdocs_govreport.editions.layout import compile_layout
from mkdocs_govreport.editions.measures import checked, measures
from mkdocs_govreport.editions.phrases import phrases
from mkdocs_govreport.editions.rules import RULE_SCHEMA, Rule, check_entry, distinct_rules, read_rule, read_text
from mkdocs_govreport.parsed import parse_yaml


def schemas_root() -> Path:
    """Return the folder of the shipped data: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


@lru_cache(maxsize=8)
def load_catalogue(extra_editions: tuple[str, ...] = ()) -> Catalogue:
    """Read the shipped editions, and those in the folders `extra_editions`.

    Raises:
        CatalogueError: when a file is missing, is not valid or contradicts another.
    """
    root = schemas_root()
    folders = [folder for parent in (str(root / "editions"), *extra_editions) for folder in _folders_in(Path(parent))]
    raw: dict[str, dict[str, Any]] = {}
    for folder in folders:
        data = _read_folder(folder)
        data["shipped"] = folder.parent == root / "editions"
        raw[data["edition"]["id"]] = data
    rule_schema = _json(root / RULE_SCHEMA)
    common = [rule for path in sorted((root / "rules").glob("*.yml")) for rule in _common_rules(path, rule_schema)]
    editions = {}
    for edition_id in raw:
        try:
            editions[edition_id] = _edition(_inherited(edition_id, raw), rule_schema)
        except CatalogueError as error:
            raise CatalogueError(f"edition {edition_id}: {error}") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"edition {edition_id}: {type(error).__name__}: {error}") from error
    _check_paths(editions.values())
    ordered = dict(sorted(editions.items(), key=lambda item: item[1].first_year))
    rules = distinct_rules(common, [rule for edition in ordered.values() for rule in edition.rules.values()])
    schemas = [_json(path) for path in sorted(root.glob("*.schema.json"))] + [
        dict(edition.schema) for edition in ordered.values()
    ]
    wording = _wording(_yaml(root / "wording.yml"), _yaml(root / "characters.yml"))
    return Catalogue(
        ordered,
        wording,
        rules,
        {schema["$id"]: schema for schema in schemas},
        measures(_yaml(root / "measures.yml")),
        _digest([root, root / "rules", *folders]),
    )


def _digest(folders: list[Path]) -> bytes:
    """Return a digest of the files in `folders`, for what is kept of reports that were read by them."""
    whole = hashlib.sha256()
    for folder in folders:
        for path in sorted(file for file in folder.iterdir() if file.suffix in {".yml", ".json"}):
            data = path.read_bytes()
            whole.update(b"%s:%d:" % (path.name.encode(), len(data)))
            whole.update(data)
    return whole.digest()


def _folders_in(parent: Path) -> list[Path]:
    try:
        return sorted(folder for folder in parent.iterdir() if folder.is_dir())
    except OSError as error:
        raise CatalogueError(f"{parent}: 没有这个目录 / no such folder") from error


def _read_folder(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = {
        name: _yaml(folder / f"{name}.yml")
        for name in ("edition", "labels", "layout", "rules", "phrases")
        if (folder / f"{name}.yml").exists()
    }
    edition = data.get("edition")
    if not isinstance(edition, dict) or "id" not in edition:
        raise CatalogueError(f"{folder / 'edition.yml'}: missing, or without an id")
    edition["id"] = str(edition["id"])  # 2021 without quotes is a number
    data["schema"] = _json(folder / "report.schema.json")
    return data


def _inherited(edition_id: str, raw: Mapping[str, dict[str, Any]], heirs: tuple[str, ...] = ()) -> dict[str, Any]:
    data = raw[edition_id]
    parent = str(data["edition"].get("inherits") or "")
    if not parent:
        return data
    if parent not in raw:
        raise CatalogueError(f"it inherits from {parent}, which does not exist")
    if parent in {*heirs, edition_id}:
        raise CatalogueError(f"it inherits from itself, by way of {parent}")
    merged = _merge(
        _inherited(parent, raw, (*heirs, edition_id)), {name: part for name, part in data.items() if name != "schema"}
    )
    return {**merged, "schema": data["schema"]}


def _check_paths(editions: Collection[Edition]) -> None:
    """Refuse rules, indicators and phrases about figures that no table has; last year's may be of another edition."""
    own = {e.id: {path for part in e.tables for path in e.figures(part)} for e in editions}
    every = frozenset().union(*own.values())
    for edition in editions:
        for indicator in edition.indicators:
            _refuse(edition, f"the indicator {indicator.id}", set(indicator.figures) - own[edition.id])
        _refuse(edition, "phrases.yml", set(edition.phrases.paths - own[edition.id]))
        _refuse(edition, "the section checks", edition.checked.figures - own[edition.id])
        _refuse(edition, "the section checks", edition.checked.parts - edition.parts.keys(), "which are no parts")
        for equation in edition.equations:
            for operand in equation.left + equation.right:
                known = own[edition.id] if operand.scope is Scope.REPORT else every
                _refuse(edition, f"the rule {equation.rule}", {operand.path} - known)


def _refuse(edition: Edition, user: str, unknown: set[str], why: str = "which no table has") -> None:
    if unknown:
        raise CatalogueError(f"edition {edition.id}: {user} is about {', '.join(sorted(unknown))}, {why}")


def _merge(base: Any, change: Any) -> Any:
    """Lay `change` over `base`: mappings merge, null removes, everything else replaces."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    merged = dict(base)
    for key, value in change.items():
        if value is None and key in merged:
            del merged[key]
        else:
            merged[key] = _merge(merged.get(key), value)
    return merged


def _common_rules(path: Path, schema: Mapping[str, Any]) -> list[Rule]:
    try:
        return [read_rule(name, entry, schema) for name, entry in _yaml(path)["rules"].items()]
    except CatalogueError as error:
        raise CatalogueError(f"{path}: {error}") from error


def _edition_rules(entries: Mapping[str, Any], schema: Mapping[str, Any], *, further: bool) -> dict[str, Rule]:
    """Read the rules of an edition; the entries of shipped ones are complete, which tests see to."""
    try:
        if further:
            for name, entry in entries.items():
                check_entry(name, entry, schema)
        return {name: read_rule(name, entry, schema) for name, entry in entries.items()}
    except CatalogueError as error:
        raise CatalogueError(f"rules.yml: {error}") from error


def _edition(data: dict[str, Any], rule_schema: Mapping[str, Any]) -> Edition:
    edition = data["edition"]
    rules = data["rules"]["rules"]
    stated = _edition_rules(rules, rule_schema, further=not data["shipped"])
    parts = {name: _part(name, part) for name, part in edition["parts"].items()}
    labels = {part: {key: _label(key, label) for key, label in table.items()} for part, table in data["labels"].items()}
    layouts = {name: compile_layout(name, data["layout"][name]) for name, part in parts.items() if part.has_table}
    for name, layout in layouts.items():
        unnamed = set(layout.labels) - labels[name].keys()
        if unnamed:
            raise CatalogueError(f"layout of {name} uses labels that labels.yml lacks: {', '.join(sorted(unnamed))}")
    sets = data["rules"].get("sets", {})
    equations = tuple(equation for name, entry in rules.items() for equation in expand_equations(name, entry, sets))
    return Edition(
        id=edition["id"],
        title=read_text(edition["title"]),
        notice=edition.get("notice", {}).get("number", ""),
        first_year=edition["years"]["from"],
        last_year=edition["years"].get("to"),
        parts=parts,
        lead_table=edition["lead_table"],
        labels=labels,
        layouts=layouts,
        rules=stated,
        equations=equations,
        indicators=tuple(
            Indicator(name, read_text(indicator["title"]), tuple(indicator["figures"]))
            for name, indicator in edition["indicators"].items()
        ),
        schema=data["schema"],
        phrases=phrases(data.get("phrases") or {}),
        checked=checked(edition.get("checks", {})),
    )


def _part(name: str, data: Mapping[str, Any]) -> Part:
    title = data["title"]
    heading, short = data.get("heading", title), data.get("short", title)
    return Part(
        name, read_text(title), read_text(heading), read_text(short), tuple(data["keywords"]), bool(data.get("table"))
    )


def _label(key: str, data: Mapping[str, Any]) -> Label:
    text = read_text(data)
    return Label(key, text, read_text(data.get("short", data)), tuple(data.get("variants", ())))


def _wording(data: Mapping[str, Any], characters: Mapping[str, str]) -> Wording:
    units = {
        name: Unit(name, unit["kind"], unit["factor"], tuple(unit["names"]), read_text(unit["title"]))
        for name, unit in data["units"].items()
    }
    return Wording(
        data["repairs"],
        frozenset(data["blanks"]),
        units,
        tuple(data["residue"]),
        tuple(data["site_lines"]),
        Characters(characters["pairs"]),
        data,
    )


def _yaml(path: Path) -> Any:
    try:
        return parse_yaml(path.read_bytes())
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}") from error
