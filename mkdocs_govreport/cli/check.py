"""`govreport check`: the findings about reports."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mkdocs_govreport.cli.baseline import prune_baseline, write_baseline
from mkdocs_govreport.cli.site import (
    EXIT_FINDINGS,
    EXIT_NOT_DONE,
    give_up,
    loaded,
    options_of,
    print_data,
    site_options,
    terminal_width,
)
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.options import Options, OptionsError
from mkdocs_govreport.output.context import Context, prefix_in_repository
from mkdocs_govreport.output.detail import Detail
from mkdocs_govreport.output.formats import FORMATS
from mkdocs_govreport.output.selection import selected
from mkdocs_govreport.output.source_lines import source_lines
from mkdocs_govreport.output.standing import fails
from mkdocs_govreport.output.statistics import write_statistics
from mkdocs_govreport.output.step_summary import step_summary
from mkdocs_govreport.pipeline import Portal

_TEXT = "text"


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(FORMATS)),
    default=_TEXT,
    help="Text for people, or what another program reads.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="File to write the format to; the text is still printed."
)
@click.option(
    "--select", multiple=True, metavar="RULE,…", help="Only these rules: names, codes, or beginnings of codes."
)
@click.option("--ignore", multiple=True, metavar="RULE,…", help="All rules but these.")
@click.option("--statistics", is_flag=True, help="Print how many findings there are of each rule instead of the text.")
@click.option(
    "--detail",
    type=click.Choice([detail.value for detail in Detail]),
    help="How much of warnings and notes the text has; by default less where many files have some.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--baseline", type=click.Path(dir_okay=False), help="Findings that were there before and do not fail.")
@click.option("--write-baseline", "write", is_flag=True, help="Record the findings there are in the baseline.")
@click.option("--prune-baseline", "prune", is_flag=True, help="Remove from the baseline what is not found any more.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@site_options
def check(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    statistics: bool,
    detail: str | None,
    strict: bool,
    exit_zero: bool,
    write: bool,
    prune: bool,
    **given: Any,
) -> None:
    """Check reports: files, folders or globs; without PATHS those of the site.

    Exits 0 without errors (with --strict, without warnings), 1 with findings, 2 when nothing could be checked.
    """
    if statistics and format_ != _TEXT and output is None:
        raise click.UsageError(f"--statistics takes the place of the text; write {format_} to a file with --output")
    options = options_of(paths, given)
    if write:
        write_baseline(loaded(options, replace(options.record_files, baseline=None)), options)
        return
    portal = loaded(options)
    if prune:
        prune_baseline(portal, options)
        return
    try:
        portal = selected(portal, select, ignore)
    except OptionsError as error:
        give_up(error)
    context = _context(options, strict=strict, detail=Detail(detail or Detail.AUTO))
    if output is not None:
        _write_file(output, FORMATS[format_](portal, context), context)
    if format_ == _TEXT or output is not None:
        _print_text(portal, context, statistics=statistics)
    else:
        print_data(FORMATS[format_](portal, context).encode())
    if format_ == "github":
        _write_step_summary(portal, context)
    if not portal.files:
        sys.exit(EXIT_NOT_DONE)
    failing = any(fails(finding, strict=strict) for finding in portal.findings)
    sys.exit(EXIT_FINDINGS if failing and not exit_zero else 0)


def _context(options: Options, *, strict: bool, detail: Detail) -> Context:
    return Context(
        options.language,
        source_lines(options.base),
        width=terminal_width(),
        prefix=prefix_in_repository(options.base),
        strict=strict,
        detail=detail,
    )


def _print_text(portal: Portal, context: Context, *, statistics: bool) -> None:
    context = context.coloured() if sys.stdout.isatty() else context
    write = write_statistics if statistics else FORMATS[_TEXT]
    click.echo(write(portal, context), nl=False)


def _write_file(output: str, text: str, context: Context) -> None:
    try:
        path = Path(output)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    except OSError as error:
        give_up(error)
    click.echo(Messages(context.language)("output-written", path=output), err=True)


def _write_step_summary(portal: Portal, context: Context) -> None:
    """Add to the summary of the job where GitHub runs this; steps before this one may have written there too."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(step_summary(portal, context))
