"""The options in `mkdocs.yml`, read without MkDocs, so that the commands take them too."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from mkdocs_govreport.options import (
    CACHE,
    LANGUAGES,
    Options,
    OptionsError,
    parse_cache,
    parse_deadlines,
    parse_limits,
    parse_records,
    parse_rules,
    parse_years,
)


def options_of_site(folder: Path) -> Options:
    """Return the options in the `mkdocs.yml` of a folder; the defaults where there is none.

    Raises:
        OptionsError: when the file cannot be read or an option is wrong.
    """
    path = folder / "mkdocs.yml"
    if not path.exists():
        return Options(folder)
    return _from_plugins(_configuration(path).get("plugins"), folder)


def _configuration(path: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Read a configuration with what it inherits, as MkDocs does: mappings merge, all else replaces."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_TolerantLoader)  # noqa: S506 - derived from the safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OptionsError(f"{path}: {error}") from error
    config = dict(found) if isinstance(found, Mapping) else {}
    parent = config.pop("INHERIT", None)
    if not isinstance(parent, str) or path in heirs:
        return config
    return _merged(_configuration((path.parent / parent).resolve(), (*heirs, path)), config)


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _from_plugins(plugins: Any, folder: Path) -> Options:
    entries = plugins.items() if isinstance(plugins, Mapping) else []
    if isinstance(plugins, list):
        entries = [
            item for entry in plugins for item in (entry.items() if isinstance(entry, Mapping) else [(entry, None)])
        ]
    for name, found in entries:
        if name == "govreport" and isinstance(found, Mapping):
            language = found.get("language") or "zh"
            if language not in LANGUAGES:
                raise OptionsError(f"language: “{language}” 不是 zh 或 en / is neither zh nor en")
            agencies = _texts("agencies", found.get("agencies"))
            if len(agencies) > 1:
                raise OptionsError("agencies: 只能是一个文件 / is one file")
            rules = found.get("rules") or {}
            if not isinstance(rules, Mapping):
                raise OptionsError("rules: 应写成“规则: 级别” / consists of “rule: severity”")
            return Options(
                folder,
                _texts("reports", found.get("reports")) or ("reports",),
                agencies[0] if agencies else None,
                language,
                parse_rules(rules),
                _texts("editions", found.get("editions")),
                limits=parse_limits(found.get("limits") or {}),
                cache=parse_cache(found.get("cache", CACHE), folder),
                years=parse_years(found.get("years")),
                deadlines=parse_deadlines(found.get("deadlines") or {}),
                records=parse_records(found),
            )
    return Options(folder)


def _texts(option: str, value: Any) -> tuple[str, ...]:
    """Return the paths of an option that takes one or several."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) for item in values):
        raise OptionsError(f"{option}: 应为路径 / is no path: {value}")
    return tuple(values)


class _TolerantLoader(yaml.SafeLoader):
    """A safe loader that knows `!ENV` and passes over the other tags that MkDocs and its extensions use."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Read `!ENV name` and `!ENV [name, other name, default]` as MkDocs does."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names, default = (items[:-1], items[-1]) if len(items) > 1 else (items, None)
    for name in names:
        if name.value in os.environ:
            value = os.environ[name.value]
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return None if default is None else loader.construct_object(default)


_TolerantLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
_TolerantLoader.add_constructor("!ENV", _from_environment)
