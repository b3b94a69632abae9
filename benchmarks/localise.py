"""How often the cause of wrong figures is found in reports that were damaged on purpose, and how long that takes.

    python benchmarks/localise.py [--reports 1000] [--seed 0]

Reports of four sizes are filled in with realistic figures, damaged in one way, and checked. An answer is right when
it names the cells that were changed, all of them and no other, with their true values. *First* is the share of
reports whose first explanation is right, *among* of those that list the right one, *certain* of those with a certain
one, *wrong* how many certain ones were wrong. *Astray* is the share for which a first explanation that is said to be
certain or likely changes a figure that was right, *unsure* is the share that was refused, or for which the explanations
are said to be possible only. Times are of the processor, for the equations of a damaged report with all findings.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mkdocs_govreport.canonical import to_document
from mkdocs_govreport.checks import Findings, Members, check_arithmetic, check_form, check_schema
from mkdocs_govreport.model import Explanation, Finding, Report
from tests.support.wrong_figures import (
    CATALOGUE,
    SIZES,
    STRUCTURES,
    Damage,
    Damaged,
    damaged,
    realistic_report,
    wrong_cells,
)


@dataclass
class Count:
    """What became of damaged reports of one kind."""

    reports: int = 0
    seen: int = 0
    first: int = 0
    among: int = 0
    certain: int = 0
    wrong: int = 0
    astray: int = 0
    unsure: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, case: Damaged, findings: list[Finding], seconds: float) -> None:
        """Compare the explanations with the truth."""
        self.reports += 1
        self.seconds.append(seconds)
        self.seen += bool(findings)
        lists = [list(finding.explanations) for finding in findings]
        if any(change.before is None for found in lists for e in found for change in e.changes):
            lists = [[e] for e in _joined(lists)]  # a blank is offered by every equation that lacks it
        first = {(c.path, c.after) for found in lists if found for c in found[0].changes}
        self.first += first == set(case.truth.items())
        self.among += (len(lists) == 1 and any(_is_right(e, case) for e in lists[0])) or first == set(
            case.truth.items()
        )
        certain = [e for found in lists for e in found if e.confidence == "certain"]
        self.certain += bool(certain)
        self.wrong += any(case.truth.get(c.path) != c.after for e in certain for c in e.changes)
        named = [found[0] for found in lists if found and found[0].confidence != "possible"]
        self.astray += any(case.truth.get(c.path) != c.after for e in named for c in e.changes)
        self.unsure += all(not found or found[0].confidence == "possible" for found in lists)

    def row(self, name: str) -> str:
        """Write the counts on one line."""
        times = sorted(1000 * seconds for seconds in self.seconds)
        shares = [n / self.reports for n in (self.seen, self.first, self.among, self.certain)]
        return (
            f"{name:<34} {self.reports:>6} "
            + " ".join(f"{share:>7.1%}" for share in shares)
            + f" {self.wrong:>6} {self.astray / self.reports:>7.1%} {self.unsure / self.reports:>7.1%}"
            + f" {statistics.median(times):>6.2f} ms {times[int(0.95 * len(times))]:>6.2f} ms {times[-1]:>6.1f} ms"
        )


def _joined(lists: list[list[Explanation]]) -> list[Explanation]:
    """Take each change that is offered once."""
    changes = {change.path: (change, e) for found in lists for e in found for change in e.changes}
    return [Explanation(e.kind, e.confidence, (change,)) for change, e in changes.values()]


def _is_right(explanation: Explanation, case: Damaged) -> bool:
    return {change.path: change.after for change in explanation.changes} == dict(case.truth)


def measure(
    name: str, damage: Damage, reports: int, seed: int, sizes: dict[str, int], *, linked: bool = False
) -> Count:
    """Damage and check reports of the sizes by turns; `linked` ones between those of the years before and after."""
    count = Count()
    for number in range(reports):
        rng = random.Random(f"{seed}/{name}/{number}")
        size = list(sizes.values())[number % len(sizes)]
        edition = rng.choice(list(CATALOGUE.editions))
        before = realistic_report(rng, size, edition, year=2022) if linked else None
        report = realistic_report(rng, size, edition, previous=before)
        after = realistic_report(rng, size, edition, year=2024, previous=report) if linked else None
        case = damaged(rng, report, damage)
        if case is None:
            continue
        start = time.process_time()
        findings = check_arithmetic([r for r in (before, case.report, after) if r], CATALOGUE, {})
        count.add(case, findings, time.process_time() - start)
    return count


def members_left_out(omitted: int, members: int, trials: int, seed: int) -> str:
    """Add members up without some of them; say how often those are named, alone, and how long it takes."""
    named = 0
    seconds = []
    for number in range(trials):
        rng = random.Random(f"{seed}/members/{members}/{omitted}/{number}")
        reports = [realistic_report(rng, rng.choice(list(SIZES.values())), agency=f"机关{n}") for n in range(members)]
        left_out = rng.sample(reports, omitted)
        kept = [report for report in reports if report not in left_out]
        figures = {
            path: figure._replace(value=sum(report.figures[path].value or 0 for report in kept))
            for path, figure in reports[0].figures.items()
        }
        body = replace(realistic_report(rng, 8), figures=figures)
        start = time.process_time()
        findings = check_arithmetic([body], CATALOGUE, {}, members={2023: Members(tuple(reports))})
        seconds.append(1000 * (time.process_time() - start))
        messages = [e.message.zh for finding in findings for e in finding.explanations if e.message]
        right = [all(report.agency in message for report in left_out) for message in messages]
        named += right == [True]
    return (
        f"{members:>4} members, {omitted} left out: named and no other {named / trials:7.1%}, "
        f"median {statistics.median(seconds):.1f} ms"
    )


def whole_check(report: Report) -> float:
    """Return the seconds that all rules about a loaded report take."""
    start = time.process_time()
    findings = Findings(CATALOGUE, {})
    check_form(report, (), CATALOGUE, findings)
    check_schema(to_document(report, CATALOGUE, origins=False), report, CATALOGUE, findings, lambda _: None)
    check_arithmetic([report], CATALOGUE, {})
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000, help="reports of each size and kind")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    titles = ("seen", "first", "among", "certain")
    print(
        f"{'damage':<34} {'n':>6} "
        + " ".join(f"{t:>7}" for t in titles)
        + f" {'wrong':>6} {'astray':>7} {'unsure':>7}",
        end="",
    )
    print(f" {'median':>9} {'p95':>9} {'max':>9}")
    small, large = [], []
    for cells in range(1, 7):
        for size, median in SIZES.items():
            name = f"{cells} wrong cell{'s' * (cells > 1)}, {size}"
            count = measure(name, wrong_cells(cells), arguments.reports, arguments.seed, {size: median})
            print(count.row(name), flush=True)
            (small if cells <= 3 else large).append(count)
    for cells in range(1, 4):
        name = f"{cells} wrong, linked years"
        print(measure(name, wrong_cells(cells), arguments.reports, arguments.seed, SIZES, linked=True).row(name))
    for name, damage in STRUCTURES.items():
        print(measure(name, damage, arguments.reports, arguments.seed, SIZES).row(name), flush=True)
    wrong, reports = sum(c.wrong for c in small), sum(c.reports for c in small)
    print(f"certain and wrong with up to 3 wrong cells: {wrong} of {reports} ({wrong / reports:.3%})")
    unsure, reports = sum(c.unsure for c in large), sum(c.reports for c in large)
    print(f"refused or unsure with 4 to 6 wrong cells: {unsure} of {reports} ({unsure / reports:.2%})")
    times = [seconds for count in small for seconds in count.seconds]
    print(f"median of reports with up to 3 wrong cells: {1000 * statistics.median(times):.2f} ms")
    for members in (30, 200):
        for omitted in (1, 2):
            print(members_left_out(omitted, members, 20, arguments.seed))
    rng = random.Random(arguments.seed)
    sound = [realistic_report(rng, size) for size in SIZES.values() for _ in range(50)]
    for name, reports_ in (
        ("sound", sound),
        ("damaged", [case.report for r in sound if (case := damaged(rng, r, wrong_cells(3)))]),
    ):
        seconds = sorted(1000 * whole_check(report) for report in reports_)
        print(
            f"all rules on a {name} report: median {statistics.median(seconds):.2f} ms, p95 {seconds[int(0.95 * len(seconds))]:.2f} ms"
        )


if __name__ == "__main__":
    main()
