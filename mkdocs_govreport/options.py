"""The options of a site: what each may be, and what the checks are given of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs_govreport.editions import Measures, load_catalogue, month_and_day
from mkdocs_govreport.model import Severity
from mkdocs_govreport.pipeline import Cache, Settings
from mkdocs_govreport.records import RecordFiles
from mkdocs_govreport.sources import Limits, limits_of

LANGUAGES = ("zh", "en")
RECORDS = {
    "waivers": "waivers.yml",
    "baseline": "baseline.json",
    "corrections": "corrections.yml",
    "published": "published.json",
}
"""The files of records, each with the name under which it is found beside `mkdocs.yml` where the option is not set."""
CACHE = ".cache/govreport"
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class OptionsError(ValueError):
    """Options that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Options:
    """What a site says about its reports; paths are relative to `base`, the folder of `mkdocs.yml`.

    `reports` are the paths to check; `folders` are those that the site keeps its reports in, where they are others.
    `cache` is the folder of what is kept from build to build; None where nothing is. `years` are those for which
    reports are expected, `deadlines` the days by which agencies of a kind report; None for a kind that has none.
    `records` are the files of records that are set, by the name of the option.
    """

    base: Path
    reports: tuple[str, ...] = ("reports",)
    agencies: str | None = None
    language: str = "zh"
    rules: Mapping[str, Severity] = field(default_factory=dict)
    editions: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None
    years: tuple[int, ...] = ()
    deadlines: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the paths to check take in all folders of the site, and not just some reports that somebody named."""
        given, kept = ([(self.base / path).resolve() for path in paths] for paths in (self.reports, self.folders))
        kept = [folder for folder in kept if folder.exists()]
        if not kept:
            return not self.folders or all(path.is_dir() for path in given)
        return all(any(folder.is_relative_to(path) for path in given) for folder in kept)

    records: Mapping[str, str] = field(default_factory=dict)

    @property
    def registry(self) -> Path | None:
        """The file of the registry of agencies, if the site has one."""
        return self.base / self.agencies if self.agencies else None

    def record_file(self, name: str) -> Path:
        """Return the file of a record, whether there is one or not."""
        return self.base / self.records.get(name, RECORDS[name])

    @property
    def record_files(self) -> RecordFiles:
        """The files of records: those that are set, and those that are found under their usual names."""
        files = {name: self.record_file(name) for name in RECORDS}
        return RecordFiles(
            self.base,
            **{name: path for name, path in files.items() if name in self.records or path.exists()},
            today=date.today(),
            whole=self.folders in ((), self.reports),
        )

    def open_cache(self, exposed: Iterable[Path] = ()) -> Cache | None:
        """Open the cache, outside the folders that are watched or published.

        A cache inside a watched folder would make `serve` build without end.
        """
        folder = self.cache
        if folder is not None and any(folder.resolve().is_relative_to(path.resolve()) for path in exposed):
            folder = _home_of_caches() / hashlib.sha256(str(self.base.resolve()).encode()).hexdigest()[:16]
        return Cache(folder) if folder is not None else None

    def settings(self) -> Settings:
        """Load what the checks need.

        Raises:
            CatalogueError: when the edition data cannot be used.
            OptionsError: when a severity is set for a rule that does not exist, or a deadline for a kind.
        """
        if self.editions:
            load_catalogue.cache_clear()  # `serve` builds again when they were edited
        catalogue = load_catalogue(tuple(str(self.base / folder) for folder in self.editions))
        unknown = sorted(set(self.rules) - set(catalogue.rules))
        if unknown:
            raise OptionsError(
                f"rules: 没有名为 {', '.join(unknown)} 的规则 / no such rule; 可用 / known: {', '.join(catalogue.rules)}"
            )
        return Settings(
            catalogue,
            severities=self.rules,
            folders=frozenset(self.folders or self.reports),
            limits=self.limits,
            years=self.years,
            deadlines=_by_kind(self.deadlines, catalogue.measures),
            is_whole=self.is_whole,
        )


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


def parse_years(value: Any) -> tuple[int, ...]:
    """Read the years for which reports are expected.

    Raises:
        OptionsError: for anything that is no list of years.
    """
    years = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR for year in years):
        raise OptionsError(f"years: 应为年份的列表，如 [2023, 2024] / is a list of years: {value}")
    return tuple(sorted(set(years)))


def parse_deadlines(value: Any) -> dict[str, str | None]:
    """Read days by kind of agency; `false` is none.

    Raises:
        OptionsError: for what is no day of every year.
    """
    if not isinstance(value, Mapping):
        raise OptionsError("deadlines: 应写成“类别: 月-日”/ consists of “kind: month-day”")
    for kind, day in value.items():
        if day is not False and not (isinstance(day, str) and month_and_day(day)):
            raise OptionsError(f"deadlines: {kind}: “{day}” 不是 01-31 这样的月日 / is no day such as 01-31")
    return {str(kind): day or None for kind, day in value.items()}


def _by_kind(deadlines: Mapping[str, str | None], measures: Measures) -> dict[str, str | None]:
    found = {}
    for word, day in deadlines.items():
        kind = measures.kind(word)
        if kind is None:
            known = ", ".join(f"{kind.id}（{min(kind.names, key=str.isascii)}）" for kind in measures.kinds.values())
            raise OptionsError(f"deadlines: 没有类别 {word} / no such kind; 可用 / known: {known}")
        found[kind.id] = day
    return found


def parse_cache(value: Any, base: Path) -> Path | None:
    """Read where the cache is: a path, or False for none.

    Raises:
        OptionsError: for anything else.
    """
    if value is False:
        return None
    if not isinstance(value, str) or not value.strip():
        raise OptionsError("cache: 应为目录或 false / is a folder or false")
    return base / value


def parse_records(options: Mapping[str, Any]) -> dict[str, str]:
    """Read where the records of a site are, from the options that are set.

    Raises:
        OptionsError: for what is no path.
    """
    found = {name: options[name] for name in RECORDS if options.get(name) is not None}
    for name, path in found.items():
        if not isinstance(path, str) or not path.strip():
            raise OptionsError(f"{name}: 应为一个文件 / is one file: {path}")
    return found


def _home_of_caches() -> Path:
    """Return the folder where programs of this user keep what they can make again."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable]) / "govreport"
    return Path.home() / ".cache" / "govreport"


def parse_limits(limits: Any) -> Limits:
    """Read the limits of sources.

    Raises:
        OptionsError: for a name that is no limit, or a value that is no number.
    """
    if not isinstance(limits, Mapping):
        raise OptionsError("limits: 应写成“限制项: 数值”/ consists of “limit: number”")
    try:
        return limits_of(limits)
    except ValueError as error:
        raise OptionsError(str(error)) from error
