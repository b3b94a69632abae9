"""The registry of agencies: who reports, under which names, in which region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mkdocs_govreport.checks.faults import described, faults
from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Text
from mkdocs_govreport.recognise.spelling import plain
from mkdocs_govreport.sources import DEFAULT_LIMITS, SourceError, Tree, compose
from mkdocs_govreport.sources.encoding import decode

SCHEMA = "urn:mkdocs-govreport:agencies"

_PROBLEMS = {
    "empty-file": Text("文件是空的", "the file is empty"),
    "undecodable": Text("无法识别文字编码，请另存为 UTF-8", "its encoding cannot be told; save it as UTF-8"),
}


class RegistryError(Exception):
    """A registry that cannot be used: `problem` says what to mend, in `line` where that is known."""

    def __init__(self, problem: Text, line: int | None = None) -> None:
        super().__init__(problem.zh)
        self.problem = problem
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
        """Return the agency of that id, name or alias; None for a name that several have."""
        return self._by_name.get(plain(name)) if name else None

    @cached_property
    def _by_name(self) -> dict[str, Agency]:
        bearers: dict[str, dict[str, Agency]] = {}
        for agency in self.agencies:
            for name in (agency.name, *agency.aliases):
                bearers.setdefault(plain(name), {})[agency.id] = agency
        names = {name: next(iter(found.values())) for name, found in bearers.items() if len(found) == 1}
        return names | {plain(agency.id): agency for agency in self.agencies}

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
        tree = compose(decode(path.read_bytes(), DEFAULT_LIMITS), path.name)
    except FileNotFoundError as error:
        raise RegistryError(Text("文件不存在", "the file does not exist")) from error
    except OSError as error:
        raise RegistryError(Text("文件打不开", "the file cannot be opened")) from error
    except SourceError as error:
        problem = error.values.get("problem")
        raise RegistryError(problem if isinstance(problem, Text) else _PROBLEMS[error.rule], error.line) from error
    from mkdocs_govreport.checks.validator import Validator  # late: see there

    for fault in faults(Validator(catalogue.schemas[SCHEMA]), tree.data):
        for place, problem in described(fault):
            where = Text(f"{place} ", f"{place}: ") if place else Text("", "")
            raise RegistryError(Text(where.zh + problem.zh, where.en + problem.en), _line(tree, place))
    agencies = tuple(_agency(entry) for entry in tree.data["agencies"])
    _check_ids(agencies, tree)
    return Registry(agencies)


def _line(tree: Tree, place: str) -> int | None:
    while place and place not in tree.origins:
        place = place.rpartition(".")[0]
    return tree.origins[place].line if place in tree.origins else None


def _check_ids(agencies: tuple[Agency, ...], tree: Tree) -> None:
    parents: dict[str, str | None] = {}
    for number, agency in enumerate(agencies):
        if agency.id in parents:
            problem = Text(f"id “{agency.id}” 重复", f'the id "{agency.id}" is given twice')
            raise RegistryError(problem, _line(tree, f"agencies.{number}.id"))
        parents[agency.id] = agency.parent
    for number, agency in enumerate(agencies):
        line = _line(tree, f"agencies.{number}.parent")
        above = agency.parent
        if above is not None and above not in parents:
            problem = Text(f"上级（parent）“{above}” 不是名录中的 id", f'the parent "{above}" is no id of the registry')
            raise RegistryError(problem, line)
        passed = {agency.id}
        while above is not None and above in parents and above not in passed:
            passed.add(above)
            above = parents[above]
        if above == agency.id:
            problem = Text(f"“{agency.id}” 是自己的上级", f'"{agency.id}" is above itself')
            raise RegistryError(problem, line)


def _agency(entry: dict[str, Any]) -> Agency:
    return Agency(**{**entry, "aliases": tuple(entry.get("aliases", ()))})
