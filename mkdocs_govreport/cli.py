"""The command `govreport`: checking and converting reports without a site."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

import click

from mkdocs_govreport.editions import CatalogueError
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding, Report, Severity
from mkdocs_govreport.options import LANGUAGES, Options, OptionsError, options_of_site, parse_rules
from mkdocs_govreport.output.data import findings_document
from mkdocs_govreport.output.text import render_findings, source_lines
from mkdocs_govreport.pipeline import Portal, load_portal
from mkdocs_govreport.sources import SIDECAR_SUFFIX
from mkdocs_govreport.writers import BINARY, WRITERS

EXIT_FINDINGS = 1
EXIT_NOT_DONE = 2

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-govreport")
def main() -> None:
    """Check and convert annual government disclosure reports (政府信息公开工作年度报告).

    Options come from the mkdocs.yml of the current folder where there is one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK lacks characters that reports have


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--language", type=click.Choice(LANGUAGES), help="Language of messages; zh by default."),
        click.option("--agencies", type=click.Path(), help="Registry of agencies (YAML)."),
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


@main.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    help="Text for people or JSON for programs.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@_common
def check(paths: tuple[str, ...], format_: str, strict: bool, **given: Any) -> None:
    """Check reports: files, folders or globs; without PATHS those of the site.

    Exits 0 without errors (with --strict, without warnings), 1 with findings, 2 when nothing could be checked.
    """
    options = _options(paths, given)
    portal = _load(options)
    if format_ == "json":
        _print_data(
            json.dumps(findings_document(portal, options.language), ensure_ascii=False, indent=2).encode() + b"\n"
        )
    else:
        colour = sys.stdout.isatty()
        width = _width()
        click.echo(
            render_findings(portal, options.language, source_lines(options.base), colour=colour, width=width),
            nl=False,
        )
    if not portal.files:
        sys.exit(EXIT_NOT_DONE)
    failing = portal.failing or (strict and portal.count(Severity.WARNING))
    sys.exit(EXIT_FINDINGS if failing else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--to", "format_", type=click.Choice(tuple(WRITERS)), required=True, help="Format to write.")
@click.option(
    "--output", "-o", type=click.Path(file_okay=False), help="Folder to write to; needed for several reports."
)
@_common
def convert(paths: tuple[str, ...], format_: str, output: str | None, **given: Any) -> None:
    """Convert reports to any format, from which each reads back as the same report.

    json and yaml are the canonical document, csv a list of its values, md is for going on writing;
    xlsx, docx and html have the tables in the official layout, docx and html ready to print.

    Prints what could be told even when agency or year are not known; findings that are errors go to
    standard error. Exits 0 when everything was converted, 2 when something was not.
    """
    options = _options(paths, given)
    messages = Messages(options.language)
    if format_ in BINARY and output is None and sys.stdout.isatty():
        click.echo(messages("convert-binary", format=format_), err=True)
        sys.exit(EXIT_NOT_DONE)
    portal = _load(options)
    unread = {finding.file for finding in portal.failing if not finding.file.endswith(SIDECAR_SUFFIX)} - {
        report.file for report in portal.reports
    }
    for finding in portal.failing:
        click.echo(_one_line(finding, messages), err=True)
    if len(portal.reports) > 1 and output is None:
        click.echo(messages("convert-several", count=len(portal.reports)), err=True)
        sys.exit(EXIT_NOT_DONE)
    names: set[str] = set()
    for report in portal.reports:
        data = WRITERS[format_](report, portal.catalogue)
        if output is None:
            _print_data(data)
        else:
            name = _file_name(report, names)
            target = Path(output) / f"{name}.{format_}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            click.echo(messages("converted", path=target), err=True)
    sys.exit(EXIT_NOT_DONE if unread or not portal.reports else 0)


def _file_name(report: Report, taken: set[str]) -> str:
    """Name a converted report by its identity, or by where it was; every system takes the name."""
    if report.agency_id and report.year:
        name = f"{report.agency_id}-{report.year}"
    else:
        name = "-".join(PurePosixPath(report.file).with_suffix("").parts[-2:])
    name = _NOT_IN_NAMES.sub("-", name).strip(". ")
    number = 2
    while name.casefold() in taken:
        name = f"{name}-{number}"
        number += 1
    taken.add(name.casefold())
    return name


def _options(paths: tuple[str, ...], given: dict[str, Any]) -> Options:
    """Take the options of the site in the current folder, with what the command line sets."""
    try:
        options = options_of_site(Path.cwd())
        if paths:
            options = replace(options, reports=paths, folders=options.reports)
        rules = dict(rule.partition("=")[::2] for rule in given["rules"])
        return replace(
            options,
            language=given["language"] or options.language,
            agencies=given["agencies"] or options.agencies,
            editions=given["editions"] or options.editions,
            rules={**options.rules, **parse_rules(rules)},
        )
    except OptionsError as error:
        _give_up(error)


def _load(options: Options) -> Portal:
    try:
        return load_portal(
            options.reports,
            options.base,
            options.settings(),
            options.registry,
            processes=None,
            cache=options.open_cache(),
        )
    except (CatalogueError, OptionsError) as error:
        _give_up(error)


def _give_up(error: Exception) -> NoReturn:
    click.echo(f"govreport: {error}", err=True)
    sys.exit(EXIT_NOT_DONE)


def _print_data(data: bytes) -> None:
    """Print what programs read: UTF-8, whatever encoding the system gives to a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        click.echo(data.decode(), nl=False)


def _width() -> int:
    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def _one_line(finding: Finding, messages: Messages) -> str:
    line = f":{finding.origin.line}" if finding.origin and finding.origin.line else ""
    return f"{finding.file}{line}: {messages(finding.severity.value)} {finding.code} {finding.rule}: {finding.message.into(messages.language)}"
