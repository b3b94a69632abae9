"""What decides how reports are read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Severity
from mkdocs_govreport.registry import Registry
from mkdocs_govreport.sources import Limits


@dataclass(frozen=True)
class Settings:
    """What decides how a report is read and judged, apart from its bytes.

    `folders` hold the folders of the agencies, and are no agency's themselves. `years` are those for which reports are
    expected; where there are none, the reports that are there tell. `deadlines` are set by the id of a kind of agency;
    None for a kind that has none. `is_whole` says whether all reports of the site are there, so that others are missing.
    None of these changes what is made of a single file.
    """

    catalogue: Catalogue
    registry: Registry = field(default_factory=Registry)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    folders: frozenset[str] = frozenset({"reports"})
    limits: Limits = field(default_factory=Limits)
    years: tuple[int, ...] = ()
    deadlines: Mapping[str, str | None] = field(default_factory=dict)
    is_whole: bool = True
