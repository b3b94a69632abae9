"""`govreport publish`: recording the figures that are published, to tell later what has changed."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click

from mkdocs_govreport.cli.site import (
    EXIT_FINDINGS,
    EXIT_NOT_DONE,
    give_up,
    loaded,
    one_line,
    options_of,
    site_options,
)
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.records import RecordError, published_entries, read_published, write_lines


@click.command()
@site_options
def publish(**given: Any) -> None:
    """Record the figures of all reports of the site as published; run it when the site has been published.

    A figure that changes afterwards needs an entry in the log of corrections. Exits 0 when the record was
    written, 1 when the reports have errors, silent changes among them, 2 when there is no report.
    """
    options = options_of((), given)
    messages = Messages(options.language)
    path = options.record_file("published")
    records = options.record_files
    portal = loaded(options, records if path.exists() else replace(records, published=None))
    if portal.failing:
        for finding in portal.failing:
            click.echo(one_line(finding, messages), err=True)
        click.echo(messages("publish-refused", errors=len(portal.failing)), err=True)
        sys.exit(EXIT_FINDINGS)
    entries = published_entries(portal.reports)
    if not entries:
        click.echo(messages("publish-none"), err=True)
        sys.exit(EXIT_NOT_DONE)
    try:
        before = read_published(path, portal.catalogue) if path.exists() else {}
    except RecordError as error:
        give_up(error)
    now = {(entry["agency"], entry["year"]) for entry in entries}
    write_lines(path, "reports", entries)
    click.echo(
        messages(
            "published",
            path=records.name(path),
            count=len(now),
            added=len(now - before.keys()),
            removed=len(before.keys() - now),
        ),
        err=True,
    )
