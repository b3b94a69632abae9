"""How much of reports whose cells are glued together is read, whether any of it is wrong, and how long it takes.

    python benchmarks/glued.py [--reports 10000] [--seed 0] [--kinds sound …]

Reports are generated, large and small, and written with the gaps between cells lost in one of several ways.
Four kinds are counted apart: sound reports; reports in which one cell is wrong, so that the sums do not hold;
reports in which a cell is blank that should be 0, or should be a figure, which leaves no trace in such text.
A report is wrong when a cell of it was read as something else than is printed. Times are of the processor.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mkdocs_govreport.editions import load_catalogue
from mkdocs_govreport.model import Report
from mkdocs_govreport.recognise import recogniser
from mkdocs_govreport.sources import Document, read
from tests.support.generate import random_report
from tests.support.glue import GLUINGS, glued
from tests.support.layouts import source_of

CATALOGUE = load_catalogue()


def sound(_: random.Random, report: Report) -> Report:
    """Leave a report as it is."""
    return report


def wrong_cell(rng: random.Random, report: Report) -> Report:
    """Print another number in one cell that a sum of the report is about, as people mistype it."""
    path = rng.choice(_checked(report))
    figure = report.figures[path]
    old = int(figure.value or 0)
    new = rng.choice([old + 1, old + rng.randint(2, 30), old * 10 + rng.randint(1, 9), abs(old - 1), old + 100])
    return _with(report, path, new if new != old else old + 1)


def lost_blank(rng: random.Random, report: Report) -> Report:
    """Leave a cell blank that should be 0, as offices do; in text without gaps it leaves no trace."""
    zeros = [path for path in _checked(report) if report.figures[path].value == 0]
    return _with(report, rng.choice(zeros), None)


def lost_figure(rng: random.Random, report: Report) -> Report:
    """Leave a cell blank that should not be."""
    filled = [path for path in _checked(report) if report.figures[path].value]
    return _with(report, rng.choice(filled or _checked(report)), None)


KINDS: dict[str, Callable[[random.Random, Report], Report]] = {
    "sound": sound,
    "wrong cell": wrong_cell,
    "blank for 0": lost_blank,
    "figure left out": lost_figure,
}


def _checked(report: Report) -> list[str]:
    parts = {
        e.part for edition in CATALOGUE.editions.values() for e in edition.equations if len(e.scopes) == 1 and e.is_sum
    }
    return [path for path in report.figures if path.split(".", 1)[0] in parts]


def _with(report: Report, path: str, value: int | None) -> Report:
    return replace(report, figures={**report.figures, path: report.figures[path]._replace(value=value)})


@dataclass
class Count:
    """What became of the rows and the cells of many reports, and the time that recognising each took."""

    reports: int = 0
    whole: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, name: str, printed: Report, found: Report, seconds: float) -> None:
        """Compare a report as it was printed with what was read of it."""
        self.reports += 1
        self.seconds.append(seconds)
        wrong = [path for path, figure in found.figures.items() if figure.value != printed.figures[path].value]
        if wrong:
            self.wrong.append(f"{name}: {', '.join(wrong[:3])}")
        complete = True
        for part in printed.edition_of:
            for line in CATALOGUE.editions[printed.edition_of[part]].layouts[part].lines:
                paths = [f"{part}.{figure}" for figure in line.figures]
                read_ = all(path in found.figures for path in paths)
                complete &= read_
                if len(paths) > 1:
                    self.rows[part, "read" if read_ else "refused"] += 1
        self.whole += complete


def measure(kind: str, gluing: str, numbers: range, seed: int) -> Count:
    """Recognise generated reports of one kind, glued in one way."""
    count = Count()
    for number in numbers:
        name = f"{seed}/{kind}/{gluing}/{number}"
        rng = random.Random(name)
        printed = KINDS[kind](rng, random_report(rng, rng.choice(list(CATALOGUE.editions))))
        document = read(glued(source_of(printed), rng, GLUINGS[gluing]), "inbox/report.txt")
        assert isinstance(document, Document)
        start = time.process_time()
        found = recogniser(CATALOGUE).recognise(document)
        count.add(name, printed, found.report, time.process_time() - start)
    return count


def share(count: Count, part: str) -> str:
    """Say which share of the rows of a table was read."""
    decided, refused = count.rows[part, "read"], count.rows[part, "refused"]
    return f"{decided / (decided + refused):6.1%}" if decided + refused else "     —"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000, help="reports of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    arguments = parser.parse_args()
    each = -(-arguments.reports // len(GLUINGS))
    parts = list(dict.fromkeys(part for edition in CATALOGUE.editions.values() for part in edition.tables))
    print(f"{each} reports of each kind and gluing; rows read of each table with several cells: {', '.join(parts)}")
    print(
        f"{'kind':<15} {'gluing':<12} {'whole':>7} {'rows read':>27} {'wrong':>6} {'median':>9} {'p95':>9} {'max':>9}"
    )
    for kind in arguments.kinds:
        for gluing in GLUINGS:
            count = measure(kind, gluing, range(each), arguments.seed)
            times = sorted(1000 * seconds for seconds in count.seconds)
            print(
                f"{kind:<15} {gluing:<12} {count.whole / count.reports:>7.1%} "
                f"{' '.join(share(count, part) for part in parts):>27} {len(count.wrong):>6} "
                f"{statistics.median(times):>6.1f} ms {times[int(0.95 * len(times))]:>6.1f} ms {times[-1]:>6.0f} ms",
                flush=True,
            )
            for wrong in count.wrong[:5]:
                print(f"    wrong: {wrong}")


if __name__ == "__main__":
    main()
