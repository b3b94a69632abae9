"""`govreport waive`: drafts of waivers, to be given a reason and put into the file of waivers."""

from __future__ import annotations

import sys
from typing import Any

import click
import yaml

from mkdocs_govreport.cli.site import EXIT_NOT_DONE, loaded, options_of, print_data, site_options
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.records import draft_waivers

_WIDE = 100_000  # no line is broken


@click.command()
@click.argument("paths", nargs=-1, required=True)
@site_options
def waive(paths: tuple[str, ...], **given: Any) -> None:
    """Print a waiver for each open finding of published reports, all but its reason and its author.

    Put the entries that shall stand into the file of waivers and say why; without a reason they are errors. Exits 0, or 2
    when there is no file.
    """
    options = options_of(paths, given)
    messages = Messages(options.language)
    portal = loaded(options)
    if not portal.files:
        click.echo(messages("letter-no-report"), err=True)
        sys.exit(EXIT_NOT_DONE)
    today = options.record_files.today.isoformat()
    drafts = list(draft_waivers(portal.findings, portal.reports, portal.catalogue, today))
    if not drafts:
        click.echo(messages("waive-none"), err=True)
        return
    lines = ["waivers:"]
    for finding, entry in drafts:
        comment = " ".join(finding.message.into(messages.language).split())
        written = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=_WIDE).splitlines()
        lines += [f"  # {comment}", f"  - {written[0]}", *(f"    {line}" for line in written[1:])]
    print_data("\n".join(lines).encode() + b"\n")
