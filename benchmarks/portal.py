"""How long a portal of many reports takes to build, beside other sites of as many pages.

    python benchmarks/portal.py [--sizes 1000] [--layouts word_html] [--theme mkdocs] [--repeat 3] [--kinds bare warm] [--peers]

In each round every kind of site is built once, in a process of its own: a bare MkDocs site of trivial pages
outside the nav; the portal *cold*, without its cache; the portal *warm*, nothing having changed; the portal after
one report has *changed*. With `--peers`, the same tables through mkdocs-table-reader and as raw HTML in Markdown.
The median of the rounds counts; on a machine that is busy with other things the fastest of each kind says more.
A last cold build in this process alone shows where the time goes.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mkdocs_govreport.editions import load_catalogue
from tests.support.generate import random_agency, random_report
from tests.support.layouts import SUFFIX, write

MIXED = ("pipes", "cell_lines", "html", "md", "yaml")
YEARS = range(2019, 2024)
_REST = 1.5  # seconds that a disk has before a build; it discards what was deleted after all is written

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
    "claims": ("mkdocs_govreport.pipeline.load:read_claims", "mkdocs_govreport.pipeline.load:check_claims"),
    "rules": (
        "mkdocs_govreport.pipeline.load:check_parts",
        "mkdocs_govreport.pipeline.load:check_dates",
        "mkdocs_govreport.pipeline.between:check_between",
        "mkdocs_govreport.pipeline.portal:apply_records",
    ),
    "cache": (
        "mkdocs_govreport.pipeline.cache:Cache.get",
        "mkdocs_govreport.pipeline.cache:Cache.put",
        "mkdocs_govreport.pipeline.workers:pack",
    ),
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


def write_portal(folder: Path, size: int, theme: str, layouts: Sequence[str]) -> None:
    """Write a site with `size` reports of agencies with consecutive years, in several layouts by turns."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text("# 说明\n\n一段文字。\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: 门户\ntheme: {theme}\nplugins:\n  - search\n  - govreport:\n      reports: reports\n",
        encoding="utf-8",
    )
    sizes = []
    for number, report in zip(range(size), _reports(random.Random(size)), strict=False):
        layout = layouts[number % len(layouts)]
        path = folder / "reports" / str(report.agency) / f"{report.year}{SUFFIX[layout]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = write(report, layout)
        path.write_bytes(data)
        sizes.append(len(data))
    print(f"  {size} reports of {statistics.mean(sizes) / 1000:.0f} kB on average")


def clear_cache(folder: Path) -> None:
    """Make the next build a cold one."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def change_one(folder: Path) -> None:
    """Touch the text of one report."""
    path = min((folder / "reports").rglob("*.*"))
    path.write_bytes(path.read_bytes() + b"\n")


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


def write_peer(folder: Path, size: int, theme: str, kind: str) -> None:
    """Write a site of the same tables by other means: mkdocs-table-reader, or HTML in Markdown."""
    write_bare(folder, 0, theme)
    catalogue = load_catalogue()
    for number, report in zip(range(size), _reports(random.Random(size)), strict=False):
        blocks = [f"# {report.title}", *report.narrative.values()]
        for part in report.edition_of:
            layout = catalogue.edition_of(report, part).layouts[part]
            rows = [[_text(report, part, cell, catalogue) for cell in row] for row in layout.rows]
            if kind == "html":
                cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
                blocks.append("<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "\n</table>")
            else:
                name = f"{number}-{part}.csv"
                padded = [row + [""] * (layout.width - len(row)) for row in rows]
                text = "\n".join(",".join(row) for row in [[str(n) for n in range(layout.width)], *padded])
                (folder / "docs" / "pages" / name).write_text(text, encoding="utf-8")
                blocks.append(f'{{{{ read_csv("pages/{name}", keep_default_na=False) }}}}')
        (folder / "docs" / "pages" / f"{number}.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    if kind == "table-reader":
        config = folder / "mkdocs.yml"
        config.write_text(config.read_text(encoding="utf-8") + "plugins: [search, table-reader]\n", encoding="utf-8")


def _text(report: Any, part: str, cell: Any, catalogue: Any) -> str:
    if cell.label:
        return str(catalogue.edition_of(report, part).labels[part][cell.label].text.zh).replace(",", "，")
    figure = report.figures.get(f"{part}.{cell.figure}")
    return "" if figure is None or figure.value is None else str(figure.value)


def build(folder: Path) -> Measured:
    """Build a site in a process of its own, which has its bytecode as an installed package has, and a disk at rest.

    Raises:
        SystemExit: when the build fails, with what it printed.
    """
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    log = folder / "build.log"
    # No build is to pay for what the one before it has written and deleted.
    os.sync()
    time.sleep(_REST)
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--quiet"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": ""},
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


@dataclass(frozen=True)
class Kind:
    """A kind of site: its folder, and what is done to it before each build."""

    name: str
    folder: Path
    before: Callable[[Path], None] | None = None


def kinds_of_sites(folder: Path, size: int, theme: str, layouts: Sequence[str], *, peers: bool) -> list[Kind]:
    """Write the sites of one size; a warm build follows a cold one of the same site."""
    bare, portal = folder / f"bare-{size}", folder / f"portal-{size}"
    write_bare(bare, size, theme)
    write_portal(portal, size, theme, layouts)
    kinds = [
        Kind("bare MkDocs", bare),
        Kind("portal, cold", portal, clear_cache),
        Kind("portal, warm", portal),
        Kind("portal, one changed", portal, change_one),
    ]
    if peers:
        for name in ("table-reader", "html"):
            write_peer(folder / f"{name}-{size}", size, theme, name)
        kinds.append(Kind("mkdocs-table-reader", folder / f"table-reader-{size}"))
        kinds.append(Kind("HTML in Markdown", folder / f"html-{size}"))
    return kinds


def compare(kinds: list[Kind], size: int, repeat: int) -> None:
    """Build every kind `repeat` times by turns and print the medians beside those of the first kind."""
    builds: dict[str, list[Measured]] = defaultdict(list)
    for _ in range(repeat):
        for kind in kinds:
            if kind.before is not None:
                kind.before(kind.folder)
            builds[kind.name].append(build(kind.folder))
    base = builds[kinds[0].name]
    print(f"  {'':<20} {'median':>9} {'ratio':>7} {'fastest':>9} {'ratio':>7} {'ms/page':>8} {'MB':>6} {'ratio':>6}")
    for kind in kinds:
        own = builds[kind.name]
        middle, fastest = median(own), min(one.seconds for one in own)
        print(
            f"  {kind.name:<20} {middle.seconds:>7.2f} s {middle.seconds / median(base).seconds:>6.2f}×"
            f" {fastest:>7.2f} s {fastest / min(one.seconds for one in base):>6.2f}×"
            f" {middle.seconds / size * 1000:>8.2f} {middle.megabytes:>6.0f}"
            f" {middle.megabytes / median(base).megabytes:>5.1f}×",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of reports")
    parser.add_argument("--layouts", nargs="+", default=["word_html"], help="layouts of the reports, or `mixed`")
    parser.add_argument("--theme", default="mkdocs")
    parser.add_argument("--repeat", type=int, default=3, help="builds of each kind")
    parser.add_argument("--kinds", nargs="+", help="build only the kinds of these words, such as `bare warm`")
    parser.add_argument("--peers", action="store_true", help="also build the same tables by other means")
    arguments = parser.parse_args()
    layouts = MIXED if arguments.layouts == ["mixed"] else arguments.layouts
    engine = "with" if importlib.util.find_spec("jsonschema_rs") else "without"
    print(f"{os.cpu_count()} processors, theme {arguments.theme}, layouts {', '.join(layouts)}, {engine} jsonschema-rs")
    with tempfile.TemporaryDirectory() as temporary:
        for size in arguments.sizes:
            kinds = kinds_of_sites(Path(temporary), size, arguments.theme, layouts, peers=arguments.peers)
            if arguments.kinds:
                build(kinds[1].folder)  # so that a warm build follows another, whichever kinds are built
                compare(
                    [kind for kind in kinds if set(kind.name.split()) & set(arguments.kinds)], size, arguments.repeat
                )
            else:
                compare(kinds, size, arguments.repeat)
        if not arguments.kinds:
            clear_cache(kinds[1].folder)
            shares(kinds[1].folder, size)


if __name__ == "__main__":
    main()
