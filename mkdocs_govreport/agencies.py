"""Reading the registry of agencies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs_govreport.checks.faults import described, faults
from mkdocs_govreport.editions import Catalogue, month_and_day
from mkdocs_govreport.model import Origin, Text
from mkdocs_govreport.registry import Agency, Registry
from mkdocs_govreport.sources import DEFAULT_LIMITS, SourceError, Tree, compose
from mkdocs_govreport.sources.encoding import decode

__all__ = ["Agency", "Registry", "RegistryError", "load_registry"]

SCHEMA = "urn:mkdocs-govreport:agencies"

_PROBLEMS = {
    "empty-file": Text("文件是空的", "the file is empty"),
    "undecodable": Text("无法识别文字编码，请另存为 UTF-8", "its encoding cannot be told; save it as UTF-8"),
}


class RegistryError(ValueError):
    """A registry that cannot be used: `problem` says what to mend, in `line` where that is known."""

    def __init__(self, problem: Text, line: int | None = None) -> None:
        super().__init__(problem.zh)
        self.problem = problem
        self.line = line


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
    _check_deadlines(agencies, tree)
    places = {
        agency.id: Origin(path.name, line=_line(tree, f"agencies.{number}.id"))
        for number, agency in enumerate(agencies)
    }
    return Registry(agencies, catalogue.wording, places)


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


def _check_deadlines(agencies: tuple[Agency, ...], tree: Tree) -> None:
    for number, agency in enumerate(agencies):
        if agency.deadline is not None and month_and_day(agency.deadline) is None:
            problem = Text(
                f"期限（deadline）“{agency.deadline}”不是每年都有的月日（如 01-31）",
                f'the deadline "{agency.deadline}" is no day of every year, such as 01-31',
            )
            raise RegistryError(problem, _line(tree, f"agencies.{number}.deadline"))


def _agency(entry: dict[str, Any]) -> Agency:
    return Agency(**{**entry, "aliases": tuple(entry.get("aliases", ()))})
