"""How long a portal of many reports takes to build, beside a bare MkDocs site of as many pages.

    python benchmarks/portal.py [--sizes 100 1000] [--theme mkdocs] [--repeat 3]

Every build is a process of its own; the two kinds alternate, and the median counts. On a machine that
is busy with other things the ratio of the fastest builds says more. A last build in this process shows
where the time goes.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mkdocs_govreport.editions import load_catalogue  # noqa: E402 - after the path is set
from tests.support.generate import random_agency, random_report  # noqa: E402
from tests.support.layouts import SUFFIX, write  # noqa: E402

LAYOUTS = ("pipes", "cell_lines", "html", "md", "yaml")
YEARS = range(2019, 2024)

# What belongs to which stage. Functions are named where they are looked up; a name that does not exist
# (any more) is passed over and said so.
STAGES = {
    "reading": ("mkdocs_govreport.pipeline.load:read", "pathlib:Path.read_bytes"),
    "recognising": (
        "mkdocs_govreport.recognise:Recogniser.recognise",
        "mkdocs_govreport.pipeline.load:from_document",
        "mkdocs_govreport.pipeline.load:identify",
    ),
    "schema": (
        "mkdocs_govreport.pipeline.load:check_schema",
        "mkdocs_govreport.pipeline.load:check_form",
        "mkdocs_govreport.pipeline.load:to_document",
    ),
    "rules": ("mkdocs_govreport.pipeline.portal:check_arithmetic",),
    "other loading": ("mkdocs_govreport.site.plugin:GovReportPlugin.on_pre_build",),
    "rendering": (
        "mkdocs_govreport.site.renderer:Renderer.report",
        "mkdocs_govreport.site.renderer:Renderer.agency",
        "mkdocs_govreport.site.renderer:Renderer.index",
        "mkdocs_govreport.site.renderer:Renderer.front",
        "mkdocs_govreport.site.plugin:GovReportPlugin.on_files",
        "mkdocs_govreport.site.plugin:GovReportPlugin.on_post_page",
    ),
}


@dataclass(frozen=True)
class Measured:
    """One build: wall time and the highest resident memory of its process."""

    seconds: float
    megabytes: float


def write_portal(folder: Path, size: int, theme: str) -> None:
    """Write a site with `size` reports of agencies with consecutive years, in a mix of layouts."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text("# 说明\n\n一段文字。\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: 门户\ntheme: {theme}\nplugins:\n  - search\n  - govreport:\n      reports: reports\n",
        encoding="utf-8",
    )
    for number, report in zip(range(size), _reports(random.Random(size)), strict=False):
        layout = LAYOUTS[number % len(LAYOUTS)]
        path = folder / "reports" / str(report.agency) / f"{report.year}{SUFFIX[layout]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(report, layout))


def _reports(rng: random.Random) -> Iterator[Any]:
    editions = load_catalogue()
    names: set[str] = set()
    while True:
        name = random_agency(rng)
        while name in names:
            name += "第二分局"
        names.add(name)
        previous = None
        for year in YEARS:
            edition = editions.usual_edition(year).id
            previous = random_report(rng, edition, agency=name, year=year, previous=previous)
            yield previous


def write_bare(folder: Path, size: int, theme: str) -> None:
    """Write a site of `size` trivial pages outside the nav."""
    pages = folder / "docs" / "pages"
    pages.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 首页\n", encoding="utf-8")
    for number in range(size):
        (pages / f"{number}.md").write_text(f"# 第 {number} 页\n\n一段文字。\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: 站点\ntheme: {theme}\nnav: [index.md]\nnot_in_nav: |\n  /pages/\n", encoding="utf-8"
    )


def build(folder: Path) -> Measured:
    """Build a site in a process of its own.

    Raises:
        SystemExit: when the build fails, with what it printed.
    """
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    log = folder / "build.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--quiet"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths},
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{folder.name}: the build failed\n{log.read_text(encoding='utf-8')[-3000:]}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measured(seconds, kilobytes / 1024)


def median(builds: list[Measured]) -> Measured:
    """Return the middle of several builds, for time and memory apart."""
    return Measured(
        statistics.median(one.seconds for one in builds), statistics.median(one.megabytes for one in builds)
    )


class Stages:
    """Time by stage; time in a function that another calls counts for the inner one alone."""

    def __init__(self) -> None:
        """Start with nothing measured."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function` with its time counted for `stage`."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                whole = time.perf_counter() - start
                self.seconds[stage] += whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole

        return timed

    def install(self) -> list[str]:
        """Put the timed functions in place; return the names that do not exist."""
        missing = []
        for stage, names in STAGES.items():
            for name in names:
                module, _, path = name.partition(":")
                *owners, last = path.split(".")
                try:
                    owner: Any = importlib.import_module(module)
                    for step in owners:
                        owner = getattr(owner, step)
                    setattr(owner, last, self.wrap(stage, getattr(owner, last)))
                except (ImportError, AttributeError):
                    missing.append(name)
        return missing


def shares(folder: Path, size: int) -> None:
    """Build a portal in this process and print where the time went."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    # What a worker does is not seen from here: everything is loaded in this process.
    os.cpu_count = lambda: 1
    stages = Stages()
    missing = stages.install()
    start = time.perf_counter()
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    whole = time.perf_counter() - start
    stages.seconds["MkDocs itself"] = whole - sum(stages.seconds.values())
    print(f"\nOne build of {size} reports in this process alone: {whole:.1f} s")
    for stage, seconds in stages.seconds.items():
        print(f"  {stage:<14} {seconds:7.2f} s  {seconds / whole:6.1%}  {seconds / size * 1000:6.2f} ms per report")
    for name in missing:
        print(f"  not found: {name}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of reports")
    parser.add_argument("--theme", default="mkdocs")
    parser.add_argument("--repeat", type=int, default=3, help="builds of each kind")
    arguments = parser.parse_args()
    engine = "with" if importlib.util.find_spec("jsonschema_rs") else "without"
    print(f"{os.cpu_count()} processors, theme {arguments.theme}, {engine} jsonschema-rs, no cache")
    print(
        f"{'reports':>8} {'portal':>9} {'bare':>9} {'ratio':>7} {'fastest':>8} {'ms/report':>10} {'portal MB':>10} {'MB ratio':>9}"
    )
    with tempfile.TemporaryDirectory() as temporary:
        for size in arguments.sizes:
            portal, bare = Path(temporary) / f"portal-{size}", Path(temporary) / f"bare-{size}"
            write_portal(portal, size, arguments.theme)
            write_bare(bare, size, arguments.theme)
            pairs = [(build(portal), build(bare)) for _ in range(arguments.repeat)]
            with_reports, without = median([one for one, _ in pairs]), median([other for _, other in pairs])
            print(
                f"{size:>8} {with_reports.seconds:>7.2f} s {without.seconds:>7.2f} s"
                f" {with_reports.seconds / without.seconds:>6.2f}×"
                f" {min(one.seconds for one, _ in pairs) / min(other.seconds for _, other in pairs):>7.2f}×"
                f" {with_reports.seconds / size * 1000:>10.1f} {with_reports.megabytes:>10.0f}"
                f" {with_reports.megabytes / without.megabytes:>8.2f}×",
                flush=True,
            )
        shares(portal, size)


if __name__ == "__main__":
    main()
