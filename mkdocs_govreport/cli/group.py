"""The group of all commands."""

from __future__ import annotations

import io
import logging
import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-govreport")
@click.option("--debug", is_flag=True, help="Print tracebacks of faults of this program, in one process.")
def main(*, debug: bool) -> None:
    """Check and convert annual government disclosure reports (政府信息公开工作年度报告).

    Options come from the mkdocs.yml of the current folder where there is one.
    """
    if debug:
        logging.basicConfig(level=logging.DEBUG, format="%(message)s")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK lacks characters that reports have
