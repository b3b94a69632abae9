"""Where a site keeps its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The records of a site, None for those that it has not; `base` is the folder that their names are shown from.

    `today` tells what has expired. `whole` says whether all reports of the site are checked: of a part of them
    nobody can tell that a report is gone.
    """

    base: Path = Path()
    waivers: Path | None = None
    baseline: Path | None = None
    corrections: Path | None = None
    published: Path | None = None
    today: date = date.min
    whole: bool = True

    @property
    def has_any(self) -> bool:
        """Whether the site has any."""
        return any((self.waivers, self.baseline, self.corrections, self.published))

    def name(self, path: Path) -> str:
        """Name a file as findings show it."""
        return path.relative_to(self.base).as_posix() if path.is_relative_to(self.base) else path.name
