"""Writing a baseline: the findings that are there, so that from now on only new ones fail."""

from __future__ import annotations

import sys

import click

from mkdocs_govreport.cli.site import EXIT_NOT_DONE, give_up
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.options import Options
from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.records import RecordError, baseline_of, pruned, read_baseline, write_lines


def write_baseline(portal: Portal, options: Options) -> None:
    """Record every error and warning of a portal; of reports that were not checked, what is recorded stays."""
    path = options.record_file("baseline")
    kept = []
    if path.exists() and not options.record_files.whole:
        judged = _judged(portal)
        kept = [entry for entry in _entries(portal, options) if entry["file"] not in judged]
    entries = kept + baseline_of(portal.findings, portal.reports, portal.catalogue)
    write_lines(path, "findings", sorted(entries, key=lambda entry: (entry["file"], entry["rule"])))
    click.echo(
        Messages(options.language)("baseline-written", path=options.record_files.name(path), count=len(entries)),
        err=True,
    )


def prune_baseline(portal: Portal, options: Options) -> None:
    """Remove from a baseline what is not found any more."""
    messages = Messages(options.language)
    path = options.record_file("baseline")
    if not path.exists():
        click.echo(messages("baseline-none"), err=True)
        sys.exit(EXIT_NOT_DONE)
    entries = _entries(portal, options)
    judged = None if options.record_files.whole else _judged(portal)
    found = pruned(entries, portal.findings, portal.reports)
    left = [entry for entry in entries if entry in found or (judged is not None and entry["file"] not in judged)]
    write_lines(path, "findings", left)
    click.echo(
        messages(
            "baseline-pruned", path=options.record_files.name(path), count=len(left), removed=len(entries) - len(left)
        ),
        err=True,
    )


def _entries(portal: Portal, options: Options) -> list[dict[str, object]]:
    try:
        return [dict(entry) for entry in read_baseline(options.record_file("baseline"), portal.catalogue)]
    except RecordError as error:
        give_up(error)


def _judged(portal: Portal) -> set[str]:
    return {finding.file for finding in portal.findings} | {report.file for report in portal.reports}
