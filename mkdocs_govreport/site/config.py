"""The options of the plugin in `mkdocs.yml`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import config_options as opt
from mkdocs.config.base import Config

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


class GovReportConfig(Config):
    """Options of the plugin `govreport`; paths are relative to `mkdocs.yml`."""

    reports = opt.Type((str, list), default="reports")
    """Folder of the reports, or a list of folders, files and globs. Keep it outside `docs_dir`, so that
    sources are not published by accident."""

    agencies = opt.Optional(opt.Type(str))
    """The registry of agencies, a YAML file. Without it agencies come from the reports themselves."""

    language = opt.Choice(LANGUAGES, default="zh")
    """Language of pages and messages: `zh` or `en`."""

    rules = opt.Type(dict, default={})
    """Severity by rule name: `error`, `warning`, `info` or `off`."""

    editions = opt.ListOfItems(opt.Type(str), default=[])
    """Folders with further editions of the form."""

    limits = opt.Type(dict, default={})
    """How large a source may be, by name: see [limits](what-you-can-drop-in.md#limits)."""

    cache = opt.Type((str, bool), default=CACHE)
    """Folder of what is kept from build to build, or `false` for none. It is neither watched nor published."""

    waivers = opt.Optional(opt.Type(str))
    """The waivers, a YAML file; `waivers.yml` if there is one."""

    baseline = opt.Optional(opt.Type(str))
    """The baseline, a file that `govreport check --write-baseline` writes; `baseline.json` if there is one."""

    corrections = opt.Optional(opt.Type(str))
    """The log of corrections, a YAML file; `corrections.yml` if there is one."""

    published = opt.Optional(opt.Type(str))
    """What was last published, a file that `govreport publish` writes; `published.json` if there is one."""

    path = opt.Type(str, default="reports")
    """Where the pages of the portal stand within the site."""

    years = opt.Type((list, int), default=[])
    """Years for which a report of each agency of the registry is expected; by default those of which most are there."""

    deadlines = opt.Type(dict, default={})
    """Month and day by which agencies of a kind report, or `false` for none."""

    def options(self, base: Path) -> Options:
        """Return the options that the checks take.

        Raises:
            OptionsError: for a word that is no severity, no year or no day, or an empty `path`.
        """
        if not self.path.strip("/"):
            raise OptionsError("path: 不能为空 / must not be empty")
        reports = self.reports if isinstance(self.reports, list) else [self.reports]
        return Options(
            base,
            tuple(map(str, reports)),
            self.agencies,
            self.language,
            parse_rules(self.rules),
            tuple(self.editions),
            limits=parse_limits(self.limits),
            cache=parse_cache(self.cache, base),
            years=parse_years(self.years),
            deadlines=parse_deadlines(self.deadlines),
            records=parse_records(self),
        )
