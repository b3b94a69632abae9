"""What the commands share: the options of the site, loading its reports, giving up, printing."""

from __future__ import annotations

import io
import logging
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from mkdocs_govreport.configuration import options_of_site
from mkdocs_govreport.editions import Catalogue, CatalogueError
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Severity
from mkdocs_govreport.options import LANGUAGES, RECORDS, Options, OptionsError, parse_rules
from mkdocs_govreport.pipeline import Portal, load_portal
from mkdocs_govreport.records import RecordFiles

EXIT_FINDINGS = 1
EXIT_NOT_DONE = 2


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that set what `mkdocs.yml` may set too."""
    command = catalogue_options(command)
    return click.option("--agencies", type=click.Path(), help="Registry of agencies (YAML).")(command)


def catalogue_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add those of the options that concern editions and rules, and the language."""
    for option in (
        click.option("--language", type=click.Choice(LANGUAGES), help="Language of messages; zh by default."),
        click.option(
            "--editions",
            multiple=True,
            type=click.Path(exists=True, file_okay=False),
            help="Folder with further editions of the form.",
        ),
        click.option(
            "--rule",
            "rules",
            multiple=True,
            metavar="NAME=SEVERITY",
            help="Severity of a rule: error, warning, info or off.",
        ),
    ):
        command = option(command)
    return command


def options_of(paths: tuple[str, ...], given: dict[str, Any]) -> Options:
    """Take the options of the site in the current folder, with what the command line sets."""
    try:
        options = options_of_site(Path.cwd())
        if paths:
            options = replace(options, reports=paths, folders=options.reports)
        rules = dict(rule.partition("=")[::2] for rule in given["rules"])
        return replace(
            options,
            language=given["language"] or options.language,
            agencies=given.get("agencies") or options.agencies,
            records={**options.records, **{name: given[name] for name in RECORDS if given.get(name)}},
            editions=given["editions"] or options.editions,
            rules={**options.rules, **parse_rules(rules)},
        )
    except OptionsError as error:
        give_up(error)


def loaded(options: Options, records: RecordFiles | None = None) -> Portal:
    """Load the portal, with the records of the site unless others are given; options that cannot be used end the command."""
    try:
        return load_portal(
            options.reports,
            options.base,
            options.settings(),
            options.registry,
            processes=1 if logging.getLogger(__package__).isEnabledFor(logging.DEBUG) else None,
            cache=options.open_cache(),
            records=records or options.record_files,
        )
    except (CatalogueError, OptionsError) as error:
        give_up(error)


def rules_in_force(given: dict[str, Any]) -> tuple[Catalogue, Mapping[str, Severity], Messages]:
    """Return the rules, the severities that the site sets, and the strings of its language."""
    options = options_of((), given)
    try:
        settings = options.settings()
    except (CatalogueError, OptionsError) as error:
        give_up(error)
    return settings.catalogue, settings.severities, Messages(options.language)


def give_up(error: Exception) -> NoReturn:
    """End the command, which could not do its work."""
    click.echo(f"govreport: {error}", err=True)
    sys.exit(EXIT_NOT_DONE)


def print_data(data: bytes) -> None:
    """Print what programs read: UTF-8, whatever encoding the system gives to a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        click.echo(data.decode(), nl=False)


def terminal_width() -> int:
    """Return the width to write for."""
    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def one_line(finding: Finding, messages: Messages) -> str:
    """Write a finding on one line, with its place."""
    line = f":{finding.origin.line}" if finding.origin and finding.origin.line else ""
    return f"{finding.file}{line}: {messages(finding.severity.value)} {finding.code} {finding.rule}: {finding.message.into(messages.language)}"
