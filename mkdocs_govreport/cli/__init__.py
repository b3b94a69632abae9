"""The command `govreport`: checking and converting reports without a site; a module for each command."""

from mkdocs_govreport.cli.check import check
from mkdocs_govreport.cli.convert import convert
from mkdocs_govreport.cli.group import main

for command in (check, convert):
    main.add_command(command)

__all__ = ["main"]
