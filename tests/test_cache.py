"""What is kept from build to build changes how long a build takes, and nothing else."""

from __future__ import annotations

import os
import pickle
import pickletools
import re
import sqlite3
import subprocess
import sys
import time
import zlib
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from mkdocs_govreport import model
from mkdocs_govreport.configuration import options_of_site
from mkdocs_govreport.figures import Figures
from mkdocs_govreport.model import Figure, Origin
from mkdocs_govreport.options import Options
from mkdocs_govreport.pipeline import SourceFile, between, load, stamps, workers
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.packing import pack, unpack
from mkdocs_govreport.site import fragments
from tests.documents import EXAMPLE, ROOT, changed, sound_text
from tests.support.site import Built, Site

TEXT = sound_text()
OTHER = changed(TEXT, ("2023年", "2022年"))
REGISTRY = "agencies:\n  - {id: qinghe, name: 青禾区, aliases: [清禾区]}\n"
FILES = {
    "reports/青禾区/2023.txt": TEXT,
    "reports/青禾区/2022.txt": OTHER,
    "reports/宿迁市/2024.yaml": (EXAMPLE / "reports/suqian/2024.yaml").read_bytes(),
    "agencies.yml": REGISTRY,
    "docs/note.md": "# 说明\n\n<!-- govreport: table agency=青禾区 year=2023 part=applications -->\n",
}


posix = pytest.mark.skipif(os.name != "posix", reason="stamps tell nothing where a program can set them back")

_BUILD_DATE = re.compile(rb"Build Date UTC : .*")


def site_with(folder: Path, **options: Any) -> Site:
    return Site(folder, options={"agencies": "agencies.yml", **options}).write(FILES)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_with(tmp_path)


@pytest.mark.parametrize("words", [model.Basis, model.Severity, model.Status, model.Verdict])
def test_words_of_the_model_are_packed_by_their_value_in_every_python(words: type[StrEnum]) -> None:
    for word in words:
        names = {argument for _, argument, _ in pickletools.genops(pack(word)) if isinstance(argument, str)}
        assert word.value in names
        assert unpack(pack(word)) is word


def store(site: Site) -> Path:
    return site.folder / ".cache/govreport/reports.sqlite"


def everything(built: Built) -> dict[str, bytes]:
    assert built.error is None, built.log
    return {
        path.relative_to(built.output).as_posix(): _BUILD_DATE.sub(b"", path.read_bytes())
        for path in built.output.rglob("*")
        if path.is_file() and not path.name.startswith("sitemap")
    }


def findings_in(built: Built) -> list[str]:
    return [line for line in built.log.splitlines() if "built in" not in line]


def without_cache(site: Site) -> dict[str, bytes]:
    kept, site.options = site.options, {**site.options, "cache": False}
    try:
        return everything(site.build())
    finally:
        site.options = kept


@pytest.fixture
def nothing_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(load, "load_source", refuse)
    monkeypatch.setattr(between, "check_between", refuse)
    monkeypatch.setattr(fragments.Fragments, "render", refuse)


# --- what a build finds there ---------------------------------------------------------------------


def test_a_second_build_makes_the_same_site(site: Site) -> None:
    site.build()

    assert everything(site.build()) == without_cache(site)


def test_a_second_build_reads_and_renders_nothing(site: Site, request: pytest.FixtureRequest) -> None:
    site.write({"docs/note.md": "# 说明\n"})
    site.build()
    request.getfixturevalue("nothing_is_made_again")

    assert site.build().error is None


def test_findings_are_printed_again(site: Site) -> None:
    site.write({"reports/青禾区/2023.txt": changed(TEXT, ("(一)予以公开 | 14 | 3", "(一)予以公开 | 17 | 3"))})
    first, second = site.build(), site.build()

    assert first.error is not None
    assert "17" in first.log
    assert findings_in(second) == findings_in(first)


def test_findings_are_printed_with_the_lines_that_they_quote(site: Site) -> None:
    site.write({"waivers.yml": WAIVER})
    first = findings_in(site.build())
    site.write({"waivers.yml": WAIVER.replace("blank-cell, agency", "blank-cell,  agency")})
    second = findings_in(site.build())
    site.options["cache"] = False

    assert second != first
    assert findings_in(site.build()) == second


CHANGES = {
    "a figure": {"reports/青禾区/2023.txt": changed(TEXT, ("行政许可 | 1846", "行政许可 | 1847"))},
    "a report of last year": {"reports/青禾区/2022.txt": changed(OTHER, ("行政许可 | 1846", "行政许可 | 1845"))},
    "a sidecar": {"reports/青禾区/2023.txt.meta.yml": "publisher: 青禾区政务公开办\n"},
    "another report": {"reports/白石镇/2023.txt": changed(TEXT, ("青禾区", "白石镇"))},
    "the registry": {"agencies.yml": REGISTRY.replace("[清禾区]", "[清禾区], region: 云川市")},
    "a template": {"overrides/govreport/agency.html": "<h1>{{ agency.name }}</h1><p>本站另有版式</p>"},
    "what a template takes in": {"overrides/part.html": "<p>另一句</p>"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_made_again(change: str, site: Site) -> None:
    site.config = {"theme": {"name": "mkdocs", "custom_dir": "overrides"}}
    site.write({"overrides/part.html": "<p>一句</p>"})
    if "takes in" in change:
        site.write({"overrides/govreport/agency.html": '{{ agency.name }}{% include "part.html" %}'})
    before = everything(site.build())
    site.write(CHANGES[change])
    after = everything(site.build())

    assert after != before
    assert after == without_cache(site)


BLANK = changed(TEXT, ("行政许可 | 1846", "行政许可 | /"))
LICENCES = "proactive_disclosure.licences.decisions"
WAIVER = f"waivers:\n  - {{rule: blank-cell, agency: qinghe, year: 2023, figures: {{{LICENCES}: null}}, reason: 原文如此, author: 甲, date: 2024-03-02}}\n"
CORRECTION = f"corrections:\n  - {{agency: qinghe, year: 2022, date: 2024-03-05, figures: {{{LICENCES}: {{from: 1864, to: 1846}}}}, reason: 来函更正, author: 甲}}\n"
RECORDS = {
    "a waiver": {"waivers.yml": WAIVER},
    "another reason": {"waivers.yml": WAIVER.replace("原文如此", "来函说明")},
    "no waiver any more": {"waivers.yml": ""},
    "a correction": {"corrections.yml": CORRECTION},
}


@pytest.mark.parametrize("record", RECORDS)
def test_what_a_record_changes_is_made_again(record: str, site: Site) -> None:
    site.write({"reports/青禾区/2023.txt": BLANK})
    if record != "a waiver":
        site.write({"waivers.yml": WAIVER})
    before = everything(site.build())
    site.write(RECORDS[record])
    after = everything(site.build())

    assert after != before
    assert after == without_cache(site)


@pytest.mark.parametrize(
    "options",
    [{"language": "en"}, {"rules": {"blank-cell": "error"}}, {"path": "nianbao"}, {"limits": {"cells": 10}}],
    ids=lambda options: next(iter(options)),
)
def test_other_options_make_everything_again(options: dict[str, Any], site: Site) -> None:
    site.build()
    site.options |= options
    built = site.build()
    findings = findings_in(built)
    kept = everything(built) if built.error is None else None
    site.options["cache"] = False
    again = site.build()

    assert findings_in(again) == findings
    assert kept is None or kept == everything(again)


TOWN = "agencies:\n  - {id: qinghe, name: 青禾区}\n  - {id: baishi, name: 白石镇, kind: township}\n"
BETWEEN = {
    "agencies.yml": TOWN,
    "reports/白石镇/2023.txt": changed(TEXT, ("青禾区", "白石镇")),
    "reports/白石镇/2023.txt.meta.yml": "published_on: 2024-01-16\n",
}
CHANGES_BETWEEN: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "the years": ({"years": [2021]}, {}),
    "a deadline for a kind": ({"deadlines": {"township": "01-15"}}, {}),
    "a deadline for an agency": ({}, {"agencies.yml": TOWN.replace("township", 'township, deadline: "01-15"')}),
    "a line of the registry": ({}, {"agencies.yml": f"# 机关名录\n{TOWN}"}),
    "a report of another year": (
        {},
        {"reports/青禾区/2022.txt": changed(OTHER, ("行政规范性文件 | 5 | 2 | 31", "行政规范性文件 | 5 | 2 | 28"))},
    ),
}


@pytest.mark.parametrize("change", CHANGES_BETWEEN)
def test_what_is_checked_between_reports_is_checked_again(change: str, site: Site) -> None:
    options, files = CHANGES_BETWEEN[change]
    site.options["years"] = [2020]
    site.write(BETWEEN)
    before = findings_in(site.build())
    site.options |= options
    site.write(files)
    after = findings_in(site.build())
    site.options["cache"] = False

    assert after != before
    assert findings_in(site.build()) == after


def test_a_report_that_is_gone_leaves_nothing(site: Site) -> None:
    site.build()
    (site.folder / "reports/青禾区/2022.txt").unlink()

    assert everything(site.build()) == without_cache(site)


def test_a_file_under_another_name_is_another(site: Site) -> None:
    site.build()
    (site.folder / "reports/青禾区/2022.txt").rename(site.folder / "reports/青禾区/2022.text")

    assert everything(site.build()) == without_cache(site)


def test_many_processes_fill_it_as_one_does(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_FEWEST", 2)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    site.build()

    assert store(site).exists()
    assert everything(site.build()) == without_cache(site)


# --- files that look as they did ------------------------------------------------------------------


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds be a minute after their files were written, so that their stamps count."""
    now = time.time_ns
    monkeypatch.setattr(stamps.time, "time_ns", lambda: now() + 60_000_000_000)


def rewrite(path: Path) -> None:
    """Change a figure; size and time of the file stay what they were."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1846", b"1847"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@posix
@pytest.mark.usefixtures("later")
def test_files_that_have_not_changed_are_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    monkeypatch.setattr(SourceFile, "read", lambda self: pytest.fail(f"{self.name} is read"))

    assert site.build().error is None


@pytest.mark.usefixtures("later")
def test_a_change_that_leaves_size_and_time_is_seen(site: Site) -> None:
    before = everything(site.build())
    rewrite(site.folder / "reports/青禾区/2023.txt")
    after = everything(site.build())

    assert after != before
    assert after == without_cache(site)


@pytest.mark.usefixtures("later")
def test_a_change_of_a_sidecar_that_leaves_size_and_time_is_seen(site: Site) -> None:
    site.write({"reports/青禾区/2023.txt.meta.yml": "publisher: 青禾区1846办\n"})
    before = everything(site.build())
    rewrite(site.folder / "reports/青禾区/2023.txt.meta.yml")
    after = everything(site.build())

    assert after != before
    assert after == without_cache(site)


def test_a_change_within_a_tick_of_the_clock_is_seen(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stat, seen = os.stat, dict[str, os.stat_result]()

    def standing_still(path: Any, **options: Any) -> os.stat_result:
        if str(path).endswith("2023.txt"):
            return seen.setdefault(str(path), stat(path, **options))
        return stat(path, **options)

    before = everything(site.build())
    written = (site.folder / "reports/青禾区/2023.txt").stat().st_ctime_ns
    monkeypatch.setattr(stamps.time, "time_ns", lambda: written)
    monkeypatch.setattr(stamps.os, "stat", standing_still)
    site.build()
    rewrite(site.folder / "reports/青禾区/2023.txt")
    after = everything(site.build())

    assert after != before
    assert after == without_cache(site)


# --- harm -----------------------------------------------------------------------------------------


def damage_start(path: Path) -> None:
    path.write_bytes(b"\x00" * 100 + path.read_bytes()[100:])


def damage_all(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip_values(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT key, value FROM entries").fetchall()
        for key, value in rows:
            middle = len(value) // 2
            flipped = value[:middle] + bytes([value[middle] ^ 255]) + value[middle + 1 :]
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", (flipped, key))
    connection.close()


def another_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE entries")
        connection.execute("CREATE TABLE entries (key TEXT)")
    connection.close()


@pytest.mark.parametrize("harm", [damage_start, damage_all, truncate, empty, flip_values, another_table])
def test_a_damaged_store_does_no_harm(harm: Any, site: Site) -> None:
    site.build()
    harm(store(site))

    assert everything(site.build()) == without_cache(site)
    assert everything(site.build()) == without_cache(site)


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return (print, ("a stranger's code runs",))


def test_a_value_of_strangers_is_not_run(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.build()
    with sqlite3.connect(store(site)) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM entries")]
    connection.close()
    Cache(store(site).parent).put(dict.fromkeys(keys, pickle.dumps(Bomb())))

    assert everything(site.build()) == without_cache(site)
    assert "stranger" not in capsys.readouterr().out


def test_origins_of_strangers_are_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    figures = Figures({"part.row.column": Figure(1, Origin("a.html", "1", line=2))})
    function, (paths, values, notes, packed) = figures.__reduce__()
    strange = function(paths, values, notes, zlib.compress(pickle.dumps(Bomb())))

    assert function(paths, values, notes, packed) == figures
    with pytest.raises(pickle.UnpicklingError):
        strange["part.row.column"]
    assert capsys.readouterr().out == ""


def test_a_folder_that_cannot_be_made_does_no_harm(site: Site) -> None:
    site.write({".cache": "a file where the folder should be"})

    assert everything(site.build()) == without_cache(site)


def test_builds_at_the_same_time_do_not_disturb_each_other(site: Site) -> None:
    site.configuration()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
    builds = [
        subprocess.Popen(
            [*command, f"site{number}"], cwd=site.folder, env={**_environment(), "NO_MKDOCS_2_WARNING": "1"}
        )
        for number in range(4)
    ]

    assert [build.wait() for build in builds] == [0] * 4
    assert everything(site.build()) == without_cache(site)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_writer_that_is_killed_leaves_a_store_that_works(tmp_path: Path) -> None:
    script = (
        "import sys, os, pathlib\n"
        "from mkdocs_govreport.pipeline.cache import Cache\n"
        "cache = Cache(pathlib.Path(sys.argv[1]))\n"
        "cache.put({b'kept': b'1'})\n"
        "cache._transaction(lambda connection: ("
        "connection.execute('INSERT INTO entries VALUES (?, ?, 1)', (b'half', b'2')), os._exit(9)))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=_environment(), check=False)

    assert Cache(tmp_path).get([b"kept", b"half"]) == {b"kept": b"1"}


# --- its folder -------------------------------------------------------------------------------------


def test_it_forgets_what_has_not_been_used_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = 24 * 60 * 60
    for today, used in ((1000, b"old"), (1020, b"used"), (1045, b"new")):
        monkeypatch.setattr("time.time", lambda today=today: today * day)
        cache = Cache(tmp_path)
        cache.put({used: b"value"})
        cache.get([b"used"])

    assert cache.get([b"old", b"used", b"new"]).keys() == {b"used", b"new"}


def test_it_forgets_the_oldest_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_govreport.pipeline.cache._LARGEST", 250)
    for today in range(1, 5):
        monkeypatch.setattr("time.time", lambda today=today: today * 24 * 60 * 60)
        cache = Cache(tmp_path)
        cache.put({bytes([today]): b"x" * 100})

    assert cache.get(bytes([today]) for today in range(1, 5)).keys() == {b"\x03", b"\x04"}


def test_its_folder_asks_not_to_be_versioned_or_backed_up(site: Site) -> None:
    site.build()

    assert (store(site).parent / ".gitignore").read_text() == "*\n"
    assert (store(site).parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


@pytest.mark.parametrize(
    ("options", "config"),
    [
        ({"reports": "."}, {}),
        ({"cache": "reports/kept"}, {}),
        ({"cache": "docs/kept"}, {}),
        ({"cache": "site/kept"}, {}),
    ],
    ids=["reports are everywhere", "among the reports", "in docs_dir", "in site_dir"],
)
def test_it_is_never_where_it_is_watched_or_published(
    options: dict[str, Any], config: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    site = site_with(tmp_path / "site-folder", **options)
    site.config = config
    site.write({"mkdocs.yml": ""})
    site.build()

    assert list(home.rglob("reports.sqlite"))
    assert not list(site.folder.rglob("reports.sqlite"))


def test_none_is_kept_where_the_site_wants_none(tmp_path: Path) -> None:
    site_with(tmp_path, cache=False).build()

    assert not list(tmp_path.rglob("reports.sqlite"))


def test_commands_keep_it_beside_the_configuration_and_nowhere_without_one(site: Site, tmp_path: Path) -> None:
    site.configuration()

    assert options_of_site(site.folder).cache == store(site).parent
    assert Options(tmp_path).cache is None
