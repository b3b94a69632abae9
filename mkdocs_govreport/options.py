"""The options of a site, as `mkdocs.yml` has them; read without MkDocs, so that the commands take them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Severity
from mkdocs_govreport.pipeline import Settings

LANGUAGES = ("zh", "en")


class OptionsError(ValueError):
    """Options that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Options:
    """What a site says about its reports; paths are relative to `base`, the folder of `mkdocs.yml`."""

    base: Path
    reports: tuple[str, ...] = ("reports",)
    agencies: str | None = None
    language: str = "zh"
    rules: Mapping[str, Severity] = field(default_factory=dict)
    editions: tuple[str, ...] = ()

    @property
    def registry(self) -> Path | None:
        """The file of the registry of agencies, if the site has one."""
        return self.base / self.agencies if self.agencies else None

    def settings(self) -> Settings:
        """Load what the checks need.

        Raises:
            CatalogueError: when the edition data cannot be used.
            OptionsError: when a severity is set for a rule that does not exist.
        """
        catalogue = load_catalogue(tuple(str(self.base / folder) for folder in self.editions))
        unknown = sorted(set(self.rules) - set(catalogue.rules))
        if unknown:
            raise OptionsError(
                f"rules: 没有名为 {', '.join(unknown)} 的规则 / no such rule; 可用 / known: {', '.join(catalogue.rules)}"
            )
        return Settings(catalogue, severities=self.rules)


def parse_rules(rules: Mapping[str, Any]) -> dict[str, Severity]:
    """Read severities by rule name; `off` may have become False on the way through YAML.

    Raises:
        OptionsError: for a word that is no severity.
    """
    parsed = {}
    for name, word in rules.items():
        try:
            parsed[str(name)] = Severity.OFF if word is False else Severity(str(word))
        except ValueError as error:
            raise OptionsError(
                f"rules: {name}: “{word}” 不是 error、warning、info、off 之一 / is none of them"
            ) from error
    return parsed


def options_of_site(folder: Path) -> Options:
    """Return the options in the `mkdocs.yml` of a folder; the defaults where there is none.

    Raises:
        OptionsError: when the file cannot be read or an option is wrong.
    """
    path = folder / "mkdocs.yml"
    if not path.exists():
        return Options(folder)
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), Loader=_TolerantLoader)  # noqa: S506 - derived from the safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OptionsError(f"{path}: {error}") from error
    plugins = config.get("plugins") if isinstance(config, Mapping) else None
    return _from_plugins(plugins, folder)


def _from_plugins(plugins: Any, folder: Path) -> Options:
    entries = plugins.items() if isinstance(plugins, Mapping) else []
    if isinstance(plugins, list):
        entries = [
            item for entry in plugins for item in (entry.items() if isinstance(entry, Mapping) else [(entry, None)])
        ]
    for name, found in entries:
        if name == "govreport" and isinstance(found, Mapping):
            given = found.get("reports", "reports")
            language = found.get("language", "zh")
            if language not in LANGUAGES:
                raise OptionsError(f"language: “{language}” 不是 zh 或 en / is neither zh nor en")
            return Options(
                folder,
                tuple(map(str, given)) if isinstance(given, list) else (str(given),),
                found.get("agencies"),
                language,
                parse_rules(found.get("rules") or {}),
                tuple(map(str, found.get("editions") or ())),
            )
    return Options(folder)


class _TolerantLoader(yaml.SafeLoader):
    """A safe loader that passes over the tags that MkDocs and its extensions use."""


_TolerantLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
