"""`govreport check`: the findings about reports."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import click

from mkdocs_govreport.cli.baseline import prune_baseline, write_baseline
from mkdocs_govreport.cli.site import (
    EXIT_FINDINGS,
    EXIT_NOT_DONE,
    loaded,
    options_of,
    print_data,
    site_options,
    terminal_width,
)
from mkdocs_govreport.model import Severity
from mkdocs_govreport.output.data import findings_document
from mkdocs_govreport.output.text import render_findings, source_lines


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    help="Text for people or JSON for programs.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--baseline", type=click.Path(dir_okay=False), help="Findings that were there before and do not fail.")
@click.option("--write-baseline", "write", is_flag=True, help="Record the findings there are in the baseline.")
@click.option("--prune-baseline", "prune", is_flag=True, help="Remove from the baseline what is not found any more.")
@site_options
def check(paths: tuple[str, ...], format_: str, strict: bool, write: bool, prune: bool, **given: Any) -> None:
    """Check reports: files, folders or globs; without PATHS those of the site.

    Exits 0 without errors (with --strict, without warnings), 1 with findings, 2 when nothing could be checked.
    """
    options = options_of(paths, given)
    if write:
        write_baseline(loaded(options, replace(options.record_files, baseline=None)), options)
        return
    portal = loaded(options)
    if prune:
        prune_baseline(portal, options)
        return
    if format_ == "json":
        print_data(
            json.dumps(findings_document(portal, options.language), ensure_ascii=False, indent=2).encode() + b"\n"
        )
    else:
        colour = sys.stdout.isatty()
        width = terminal_width()
        click.echo(
            render_findings(portal, options.language, source_lines(options.base), colour=colour, width=width),
            nl=False,
        )
    if not portal.files:
        sys.exit(EXIT_NOT_DONE)
    failing = portal.failing or (strict and portal.count(Severity.WARNING))
    sys.exit(EXIT_FINDINGS if failing else 0)
