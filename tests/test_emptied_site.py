"""A build empties the site: folders of pages may stay, what was in them may not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.documents import sound_text
from tests.support.site import Site

BROKEN_LATER = """
from mkdocs.plugins import event_priority

@event_priority(100)
def on_files(files, config):
    raise SystemExit(3)
"""
FAILS_LATER = BROKEN_LATER.replace("SystemExit(3)", "RuntimeError('another plugin')")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    files = {f"reports/{agency}/2023.txt": sound_text() for agency in ("qinghe", "tanghe")}
    site = Site(tmp_path).write(files)
    assert site.build().error is None
    return site


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@contextmanager
def staying(folder: Path) -> Iterator[None]:
    """Fail where a folder is deleted, even if another is made in its place; while it is open its number is its own."""
    held = os.open(folder, os.O_RDONLY)
    try:
        yield
        assert os.fstat(held).st_ino == folder.stat().st_ino
    finally:
        os.close(held)


def test_the_folders_of_pages_stay(site: Site) -> None:
    with staying(site.output / "reports/qinghe/2023"):
        assert site.build().error is None


def test_a_site_holds_nothing_but_what_its_build_wrote(site: Site, tmp_path: Path) -> None:
    (site.folder / "reports/tanghe/2023.txt").unlink()
    left = {
        "site/reports/left.html": "旧",
        "site/reports/qinghe/2023/left.pdf": "旧",
        "site/reports/left/deep/index.html": "旧",
        "site/left/index.html": "旧",
    }
    site.write(left)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("留", encoding="utf-8")
    (site.output / "reports/qinghe/link").symlink_to(outside)
    (site.output / "reports/tanghe/2023/link").symlink_to(outside)
    assert site.build().error is None

    fresh = Site(tmp_path / "fresh").write({"reports/qinghe/2023.txt": sound_text()})
    assert fresh.build().error is None
    assert names(site.output) == names(fresh.output)
    assert (outside / "kept.txt").exists()


def test_a_folder_of_pages_that_is_a_link_is_left_to_mkdocs(site: Site, tmp_path: Path) -> None:
    (site.output / "reports").rename(tmp_path / "elsewhere")
    (site.output / "reports").symlink_to(tmp_path / "elsewhere")
    assert site.build().error is None
    assert (site.output / "reports").is_symlink()
    assert site.build().page("reports/qinghe/2023/") is not None


def test_pages_in_a_deeper_folder(tmp_path: Path) -> None:
    site = Site(tmp_path, options={"path": "open/annual"}).write({"reports/qinghe/2023.txt": sound_text()})
    site.build()
    before = names(site.output)
    with staying(site.output / "open/annual/qinghe/2023"):
        site.build()
    assert names(site.output) == before


def test_a_dirty_build_deletes_nothing(site: Site) -> None:
    kept = site.output / "reports/qinghe/2023/kept.pdf"
    kept.write_text("留", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--dirty", "-q", "-f", str(site.configuration())]
    subprocess.run(command, check=True, capture_output=True)
    assert kept.exists()


@pytest.mark.parametrize("hook", [BROKEN_LATER, FAILS_LATER], ids=["stopped", "another plugin fails"])
def test_nothing_hidden_is_left_in_the_site(hook: str, site: Site) -> None:
    site.write({"hook.py": hook})
    site.config = {"hooks": ["hook.py"]}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(site.configuration())]
    assert subprocess.run(command, check=False, capture_output=True).returncode
    if hook is FAILS_LATER:
        assert names(site.output) == set()
    site.config = {}
    assert site.build().error is None
    assert not any(name.startswith(".") for name in names(site.output))
