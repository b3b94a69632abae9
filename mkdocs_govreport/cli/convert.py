"""`govreport convert`: reports in another format."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

from mkdocs_govreport.cli.site import EXIT_NOT_DONE, loaded, one_line, options_of, print_data, site_options
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Report
from mkdocs_govreport.records import RecordFiles
from mkdocs_govreport.sources import SIDECAR_SUFFIX
from mkdocs_govreport.writers import BINARY, WRITERS

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--to", "format_", type=click.Choice(tuple(WRITERS)), required=True, help="Format to write.")
@click.option(
    "--output", "-o", type=click.Path(file_okay=False), help="Folder to write to; needed for several reports."
)
@site_options
def convert(paths: tuple[str, ...], format_: str, output: str | None, **given: Any) -> None:
    """Convert reports to any format, from which each reads back as the same report.

    json and yaml are the canonical document, csv a list of its values, md is for going on writing;
    xlsx, docx and html have the tables in the official layout, docx and html ready to print.

    Prints what could be told even when agency or year are not known; findings that are errors go to
    standard error. Exits 0 when everything was converted, 2 when something was not.
    """
    options = options_of(paths, given)
    messages = Messages(options.language)
    if format_ in BINARY and output is None and sys.stdout.isatty():
        click.echo(messages("convert-binary", format=format_), err=True)
        sys.exit(EXIT_NOT_DONE)
    portal = loaded(options, RecordFiles())  # what is recorded about a report changes nothing of what is in it
    unread = {finding.file for finding in portal.failing if not finding.file.endswith(SIDECAR_SUFFIX)} - {
        report.file for report in portal.reports
    }
    for finding in portal.failing:
        click.echo(one_line(finding, messages), err=True)
    if len(portal.reports) > 1 and output is None:
        click.echo(messages("convert-several", count=len(portal.reports)), err=True)
        sys.exit(EXIT_NOT_DONE)
    names: set[str] = set()
    for report in portal.reports:
        data = WRITERS[format_](report, portal.catalogue)
        if output is None:
            print_data(data)
        else:
            name = file_name(report, names)
            target = Path(output) / f"{name}.{format_}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            click.echo(messages("converted", path=target), err=True)
    sys.exit(EXIT_NOT_DONE if unread or not portal.reports else 0)


def file_name(report: Report, taken: set[str]) -> str:
    """Name a file about a report by its identity, or by where it was; every system takes the name."""
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
