"""What the path of a report tells: surely in the form `agency/year`, else what its names hint at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.recognise import recogniser
from mkdocs_govreport.recognise.dates import with_arabic_dates
from mkdocs_govreport.recognise.names import AgencyNames

_YEAR = re.compile(r"^(20\d{2})年?度?$")
_BETWEEN = re.compile(r"[\W_]+")
_MOST_FOLDERS = 3  # above a file whose names may tell something


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that may be an agency's, and longer ones with the folders above, for a name that several have."""

    name: str
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathHints:
    """`agency` and `year` where the path has the form `agency/year`; what its names hint at otherwise.

    `is_of_report` says that the name calls the year that of the report; another may be that of its publication.
    `hint` is what remains of a name when all is taken away that names no agency; `is_bare` says that nothing
    remains of the name of the file itself.
    """

    agency: Claim | None = None
    year: int | None = None
    hint: Claim | None = None
    hinted_year: int | None = None
    is_of_report: bool = False
    is_bare: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    years: frozenset[int]
    is_of_report: bool
    rest: str


class PathReader:
    """Reads paths by the wording of file names."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the phrases."""
        self._wording = catalogue.wording.identity.file_names
        self._characters = catalogue.wording.characters
        self._names = AgencyNames(catalogue.wording)
        self._recogniser = recogniser(catalogue)
        self._name_of = lru_cache(maxsize=1024)(self._read_name)  # the files of a folder share its name

    def read(self, file: str, folders: Iterable[str]) -> PathHints:
        """Read a path; `folders` are those that all reports are kept in, whose names tell nothing."""
        path = PurePosixPath(file)
        above = _folders_above(path, frozenset(map(PurePosixPath, folders)))
        strict = _YEAR.match(path.stem)
        if strict and above and self._may_be_agency(above[0]):
            return PathHints(_claim(above[0], above[1:]), int(strict[1]))
        own = self._name_of(path.stem)
        named = [self._name_of(folder) for folder in above]
        year, is_of_report = self._year(own, named)
        if strict:
            return PathHints(None, int(strict[1]), self._agency(own, above, named))
        hint, title = self._agency(own, above, named), self._title(path.stem)
        return PathHints(None, None, hint, year, is_of_report, not own.rest, title)

    def _may_be_agency(self, folder: str) -> bool:
        """Whether a folder is not just a year, or the word for reports."""
        return bool(self._name_of(folder).rest)

    def _agency(self, own: _Name, above: list[str], named: list[_Name]) -> Claim | None:
        """Take the name of the file, else that of the nearest folder that has a word besides years and 年报."""
        if own.rest:
            return _claim(own.rest, above)
        return next((_claim(name.rest, above[n + 1 :]) for n, name in enumerate(named) if name.rest), None)

    def _year(self, own: _Name, named: list[_Name]) -> tuple[int | None, bool]:
        for name in (own, *named):
            if len(name.years) == 1:
                return next(iter(name.years)), name.is_of_report
            if name.years:
                break
        return None, False

    def _title(self, stem: str) -> str | None:
        text = unicodedata.normalize("NFKC", stem)
        for _ in range(3):  # 附件1：01 …
            text = self._wording.around_title.sub("", text).strip(" _-")
        told = self._recogniser.identity_of_title(text)
        return text if told.agency and told.year else None

    def _read_name(self, name: str) -> _Name:
        text = self._characters.simplified(with_arabic_dates(unicodedata.normalize("NFKC", name)))
        for pattern in self._wording.dates:
            text = pattern.sub(" ", text)
        years = {int(match["year"]) for pattern in self._wording.year_of_report for match in pattern.finditer(text)}
        is_of_report = len(years) == 1
        years = years or {int(match["year"]) for match in self._wording.year.finditer(text)}
        text = self._wording.report.sub(" ", self._wording.year.sub(" ", text))
        words = [self._wording.additions.sub("", word) for word in _BETWEEN.split(text)]
        words = [word for word in words if word]
        # 袁州区-慈化镇 is a region and an agency, 新建文档-慈化镇 is no name.
        parted = "" if all(self._names.is_place(word) for word in words[:-1]) else "-"
        return _Name(frozenset(years), is_of_report, parted.join(words))


def _folders_above(path: PurePosixPath, folders: frozenset[PurePosixPath]) -> list[str]:
    """Return the names of the folders that a file is in, the nearest first, up to those that hold all reports."""
    found: list[str] = []
    for folder in path.parents:
        if folder in folders or not folder.name or len(found) == _MOST_FOLDERS:
            break
        found.append(folder.name)
    return found


def _claim(name: str, above: list[str]) -> Claim:
    longer = tuple("".join(reversed(above[:count])) + name for count in range(1, len(above) + 1))
    return Claim(name, longer)


@lru_cache(maxsize=8)
def path_reader(catalogue: Catalogue) -> PathReader:
    """Return the reader of a catalogue."""
    return PathReader(catalogue)
