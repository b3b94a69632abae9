"""Coverage-guided fuzzing of the readers: no uncaught exception, no hang, no lost cell.

    python fuzz/readers.py [html docx …] [--inputs 20000] [--keep FOLDER]

Each format is fuzzed in a process of its own, which begins with reports in all layouts of that format and
mutates them; of packages of XML (Word files, spreadsheets) it mutates the parts inside. Every input goes the
whole way from bytes to findings. An input fails that raises what is no finding, takes more than the time or
the memory allowed, or loses a number that its reader saw in a table. Failing inputs are kept in FOLDER.
Needs atheris (`pip install '.[fuzz]'`), and Linux or macOS.
"""

from __future__ import annotations

import argparse
import importlib
import io
import pkgutil
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["mkdocs_govreport"]):
    from mkdocs_govreport import sources
    from mkdocs_govreport.editions import load_catalogue
    from mkdocs_govreport.pipeline import Result, Settings, load_one
    from mkdocs_govreport.sources import Document, Grid, SourceError, read

    for module in pkgutil.iter_modules(sources.__path__):  # a build imports them when it meets their formats
        importlib.import_module(f"{sources.__name__}.{module.name}")

from tests.support.generate import random_report
from tests.support.layouts import SUFFIX, write

SECONDS = 10  # for one input, under instrumentation, which slows everything down
MEGABYTES = 1500
LONGEST = 400_000
PACKAGES = {".docx", ".odt", ".xlsx", ".ods"}
FORMATS = tuple(sorted({suffix.removeprefix(".") for suffix in SUFFIX.values()}))
SETTINGS = Settings(load_catalogue())
_DIGITS = re.compile(r"\d+")


class LostCellError(AssertionError):
    """A number that a reader saw in a table and that is neither in the report nor in a finding."""


def seeds(suffix: str) -> list[bytes]:
    """Return reports of both editions in every layout of a format."""
    layouts = [layout for layout, other in SUFFIX.items() if other == suffix]
    return [
        write(random_report(random.Random(number), edition), layout)
        for number, layout in enumerate(layouts)
        for edition in SETTINGS.catalogue.editions
    ]


def check(data: bytes, file: str) -> None:
    """Load one input as a build does.

    Raises:
        LostCellError: when a number of a table has disappeared.
        Exception: whatever the program failed with, which a build would report as unreadable.
    """
    result = load_one(data, file, SETTINGS)
    for finding in result.findings:
        if finding.rule == "unreadable":
            read(data, file)  # raises what was caught, if a reader did
            raise RuntimeError(finding.message.en)
    try:
        document = read(data, file)
    except SourceError:
        return
    if isinstance(document, Document):
        _check_numbers(document, result)


def _check_numbers(document: Document, result: Result) -> None:
    if result.report is None:
        return
    report = result.report
    kept = [figure.origin.raw for figure in report.figures.values()]
    kept += [str(value) for row in report.extra_rows for value in (row.label, *row.values)]
    kept += [finding.message.zh for finding in result.findings]
    kept += [*report.narrative.values(), report.title or ""]
    known = {number for text in kept for number in _DIGITS.findall(text)}
    for block in document.blocks:
        for cell in (cell for row in block.rows for cell in row) if isinstance(block, Grid) else ():
            text = cell.text.strip()
            if text.isascii() and text.isdecimal() and text not in known:
                raise LostCellError(f"{text} at {cell.origin}")


def mutate_package(data: bytes, longest: int, seed: int) -> bytes:
    """Mutate a part of a package, weighted by size, or now and then the package itself."""
    rng = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:
        return atheris.Mutate(data, longest)
    if not parts or rng.random() < 0.05:
        return atheris.Mutate(data, longest)
    name = rng.choices(list(parts), [len(part) + 1 for part in parts.values()])[0]
    parts[name] = atheris.Mutate(parts[name], longest)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return target.getvalue()


def fuzz(suffix: str, inputs: int, corpus: Path, failures: Path) -> None:
    """Fuzz one format in this process, which ends with it."""
    corpus.mkdir(parents=True, exist_ok=True)
    failures.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(suffix)):
        (corpus / f"seed-{number}").write_bytes(seed)
    arguments = [
        sys.argv[0],
        f"-runs={inputs}",
        f"-max_len={LONGEST}",
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={failures}/{suffix[1:]}-",
        "-print_final_stats=1",
        "-verbosity=0",
        "-seed=1",
        str(corpus),
    ]
    mutator = mutate_package if suffix in PACKAGES else None
    target = lambda data: check(data, f"青禾区/2023{suffix}")  # noqa: E731
    if mutator:
        atheris.Setup(arguments, target, custom_mutator=mutator)
    else:
        atheris.Setup(arguments, target)
    atheris.Fuzz()


def main() -> None:
    """Fuzz formats one after another and say how each ended."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[*FORMATS, []], help="formats; all of them by default")
    parser.add_argument("--inputs", type=int, default=20_000, help="inputs for each format")
    parser.add_argument("--keep", type=Path, help="folder for failing inputs and the corpus")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        if arguments.alone:
            fuzz(f".{arguments.formats[0]}", arguments.inputs, folder / arguments.formats[0], folder / "failures")
        failed = []
        for name in arguments.formats or FORMATS:
            command = [
                sys.executable,
                __file__,
                name,
                "--alone",
                "--inputs",
                str(arguments.inputs),
                "--keep",
                str(folder),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            stats = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
            print(
                f"{name:>5}: {'ok' if done.returncode == 0 else 'FAILED'}, {stats.get('number_of_executed_units', '?')} inputs,"
                f" {stats.get('new_units_added', '?')} new ways, peak {stats.get('peak_rss_mb', '?')} MB",
                flush=True,
            )
            if done.returncode:
                failed.append(name)
                print(done.stderr[-3000:])
        if failed:
            sys.exit(1)


if __name__ == "__main__":
    main()
