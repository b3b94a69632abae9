"""The folders of the pages, which stay while MkDocs empties the site.

To delete and make a thousand folders is a fifth and more of a build without changes on a disk. What is in them goes, as
it would with them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Set
from pathlib import Path

_ASIDE = ".govreport-folders"  # hidden, since MkDocs leaves what is hidden in the site


class Folders:
    """The folder of the portal's pages in the site, put aside before the site is emptied, and put back after that."""

    def __init__(self, site: Path, path: str) -> None:
        """Take the site's folder and the path of the portal's pages in it."""
        self._own = site / path.strip("/")
        self._aside = site / _ASIDE

    def put_aside(self) -> None:
        """Hide the folder; where that fails, it is emptied with the site."""
        self.discard()  # what a build has left that was stopped
        if not self._own.is_symlink():
            with contextlib.suppress(OSError):
                self._own.rename(self._aside)

    def put_back(self, pages: Iterable[str]) -> None:
        """Put the folder back with nothing in it but the folders that the files `pages` of this build are written to."""
        with contextlib.suppress(OSError):
            self._own.parent.mkdir(parents=True, exist_ok=True)
            self._aside.rename(self._own)
            _empty(str(self._own), _folders_of(pages))
        self.discard()

    def discard(self) -> None:
        """Delete the folder where it was put aside."""
        shutil.rmtree(self._aside, ignore_errors=True)


def _folders_of(files: Iterable[str]) -> set[str]:
    """Return the folders that files are in, and those that these are in."""
    found: set[str] = set()
    for file in files:
        folder = file.rpartition(os.sep)[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition(os.sep)[0]
    return found


def _empty(folder: str, needed: Set[str]) -> None:
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):  # as MkDocs, which leaves what it cannot delete
                Path(entry.path).unlink()
        elif entry.path in needed:
            _empty(entry.path, needed)
        else:
            shutil.rmtree(entry.path, ignore_errors=True)
