"""Choosing findings by their rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Finding
from mkdocs_govreport.options import OptionsError
from mkdocs_govreport.pipeline import Portal

_SEPARATOR = re.compile(r"[,\s]+")


def selected(portal: Portal, select: Iterable[str], ignore: Iterable[str]) -> Portal:
    """Keep the findings of the rules that `select` names, all where it names none, without those of `ignore`.

    A rule is named by name, code or the beginning of a code. A finding counts for its own rule and for those that the
    same cause breaks. That a file cannot be made into a report stays a finding whatever is selected, for else a
    report that nobody could check would pass.

    Raises:
        OptionsError: when no rule is so named.
    """
    wanted, unwanted = (_rules(names, portal.catalogue) for names in (select, ignore))
    if not wanted and not unwanted:
        return portal
    read = {report.file for report in portal.reports}

    def is_kept(finding: Finding) -> bool:
        rules = {finding.rule, *(breach.rule for breach in finding.also_breaks)} - unwanted
        unread = finding.fails and finding.file not in read
        return bool(rules) and (not wanted or bool(rules & wanted) or unread)

    return replace(portal, findings=tuple(filter(is_kept, portal.findings)))


def _rules(names: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    found: set[str] = set()
    for name in (part for text in names for part in _SEPARATOR.split(text) if part):
        rules = {rule.name for rule in catalogue.rules.values() if name == rule.name or rule.code.startswith(name)}
        if not rules:
            known = ", ".join(sorted(catalogue.rules))
            raise OptionsError(f'no rule has the name or the code "{name}"; known: {known}')
        found |= rules
    return frozenset(found)
