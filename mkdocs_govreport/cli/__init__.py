"""The command `govreport`: checking and converting reports without a site, and the rules that they are checked by."""

from mkdocs_govreport.cli.check import check
from mkdocs_govreport.cli.convert import convert
from mkdocs_govreport.cli.group import main
from mkdocs_govreport.cli.letter import letter
from mkdocs_govreport.cli.publish import publish
from mkdocs_govreport.cli.rules import explain, rules
from mkdocs_govreport.cli.waive import waive

for command in (check, convert, rules, explain, letter, waive, publish):
    main.add_command(command)

__all__ = ["main"]
