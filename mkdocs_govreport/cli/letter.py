"""`govreport letter`: letters that ask agencies to check their reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mkdocs_govreport.cli.convert import file_name
from mkdocs_govreport.cli.site import EXIT_NOT_DONE, loaded, options_of, print_data, site_options
from mkdocs_govreport.letters import FORMATS, query_letter
from mkdocs_govreport.messages import Messages


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--to", "format_", type=click.Choice(tuple(FORMATS)), default="docx", help="Word (docx) or Markdown (md)."
)
@click.option("--output", "-o", type=click.Path(file_okay=False), help="Folder to write to; without it md is printed.")
@site_options
def letter(paths: tuple[str, ...], format_: str, output: str | None, **given: Any) -> None:
    """Write for each report with open findings a letter that asks the agency to check it.

    Errors and warnings about the report are listed with both sides of each sum, the places of the figures, and the value
    that follows where it can be proven. Sender, recipient of the reply and deadline are left blank. Exits 0 when everything was
    written or there is nothing to ask, 2 when there was no report.
    """
    options = options_of(paths, given)
    messages = Messages(options.language)
    portal = loaded(options)
    if not portal.reports:
        click.echo(messages("letter-no-report"), err=True)
        sys.exit(EXIT_NOT_DONE)
    letters = [
        (report, composed)
        for report in portal.reports
        if (composed := query_letter(report, portal.findings_of(report.file), portal.catalogue, messages))
    ]
    if not letters:
        click.echo(messages("letter-none"), err=True)
    elif output is None and (format_ == "docx" or len(letters) > 1):
        click.echo(messages("letter-folder", count=len(letters)), err=True)
        sys.exit(EXIT_NOT_DONE)
    names: set[str] = set()
    for report, composed in letters:
        data = FORMATS[format_](composed)
        if output is None:
            print_data(data)
            continue
        target = Path(output) / f"{messages('letter-file', name=file_name(report, names))}.{format_}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        click.echo(messages("converted", path=target), err=True)
