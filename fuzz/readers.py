"""Coverage-guided fuzzing of the readers: no uncaught exception, no hang, no lost cell.

    python fuzz/readers.py [html docx …] [--inputs 20000] [--seed 1] [--keep FOLDER]

Each format is fuzzed in a process of its own, which begins with reports in all layouts of that format and
mutates their bytes and the pieces that they are made of; of packages of XML (Word files, spreadsheets) it
mutates the parts inside. Every input goes the whole way from bytes to findings. An input fails that raises
what is no finding, takes more than the time or the memory allowed, or loses a number that its reader saw
in a table, in the text or in a value. PDF is parsed in this process, within a limit of time and of memory;
`pdf_process` has it parsed by its own process as a build does, which is slow. `sidecar` is the metadata
beside a file. Failing inputs are kept in FOLDER. Needs atheris (`pip install '.[fuzz]'`), and Linux or macOS.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["mkdocs_govreport"]):
    from mkdocs_govreport import sources
    from mkdocs_govreport.editions import load_catalogue
    from mkdocs_govreport.pipeline import Result, Settings, load_one
    from mkdocs_govreport.sources import READERS, Document, SourceError, read, text_of

    for module in pkgutil.iter_modules(sources.__path__):  # a build imports them when it meets their formats
        importlib.import_module(f"{sources.__name__}.{module.name}")

from fuzz.mutations import mutator_of
from mkdocs_govreport.sources import pdf, pdf_pages
from mkdocs_govreport.sources.encoding import decode
from mkdocs_govreport.sources.limits import DEFAULT_LIMITS, Limits
from tests.support.lost import lost_numbers, numbers_in
from tests.support.seeds import SAME, seeds

SECONDS = 10  # for one input, under instrumentation, which slows everything down
MEGABYTES = 600  # of the whole process
PARSING_SECONDS = 5  # of processor time for a PDF that is parsed in this process
LONGEST = 400_000
MOST_OF_A_KIND = 5  # failing inputs that are kept
SETTINGS = Settings(load_catalogue())
SUFFIXES = {suffix[1:]: suffix for suffix in READERS if suffix not in SAME} | {
    "pdf_process": ".pdf",
    "sidecar": ".meta.yml",
}
BARE = {".txt", ".md", ".csv", ".tsv"}
"""Formats of which every digit is text."""


class LostCellError(AssertionError):
    """A number that stands in an input and that is neither in the report nor in a finding."""


class SlowError(AssertionError):
    """An input that took too long."""


class _Caught(logging.Handler):
    """Keeps the exception that loading a file has turned into a finding."""

    error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.error = record.exc_info[1] if record.exc_info else None


def target_of(name: str) -> Callable[[bytes], None]:
    """Return what is done with an input of a format; raises what is wrong."""
    caught = _Caught()
    log = logging.getLogger("mkdocs_govreport.pipeline.load")
    log.addHandler(caught)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    file = f"青禾区/2023{SUFFIXES[name]}"
    sound = seeds(".txt")[0] if name == "sidecar" else b""

    def target(data: bytes) -> None:
        caught.error = None
        begun = time.process_time()
        result = load_one(sound, "青禾区/2023.txt", SETTINGS, data) if sound else load_one(data, file, SETTINGS)
        if time.process_time() - begun > SECONDS:
            raise SlowError
        if caught.error:
            raise caught.error
        if not sound:
            _check_numbers(data, file, result)

    return target


def _check_numbers(data: bytes, file: str, result: Result) -> None:
    try:
        source = read(data, file)
    except SourceError:
        return
    lost = [f"{number} at {origin}" for number, origin in lost_numbers(source, result)]
    if isinstance(source, Document) and Path(file).suffix in BARE:
        metadata = [str(value) for item in source.metadata.items() for value in (item[0], item[1].value)]
        seen = {number for text in [*map(text_of, source.blocks), *metadata] for number in numbers_in(text)}
        text = decode(data, DEFAULT_LIMITS)
        lost += [f"{number} of the text" for number in numbers_in(text) if number not in seen]
    if lost:
        raise LostCellError(lost[0])


# --- PDF in this process --------------------------------------------------------------------------------


def _parse_here(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Parse a PDF as its own process does, within a limit of processor time and of memory."""
    with _bounded(limits):
        try:
            found = pdf_pages._read(data, limits.pages)
        except MemoryError:
            found = {"problem": "memory"}
    return pdf.pages_in(found, limits)


@contextmanager
def _bounded(limits: Limits) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    signal.signal(signal.SIGVTALRM, stop)  # the fuzzer has the alarm of the clock
    resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory_megabytes * 1_000_000, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, PARSING_SECONDS)
    try:
        yield
    except TimeoutError as error:
        raise limits.exceeded("seconds") from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# --- running ----------------------------------------------------------------------------------------------


def _keeping(target: Callable[[bytes], None], name: str, failures: Path) -> Callable[[bytes], None]:
    """Keep the inputs that fail, a few of each kind, and go on, so that one fault does not hide others."""
    seen: Counter[str] = Counter()

    def keep(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
            seen[kind] += 1
            if seen[kind] <= MOST_OF_A_KIND:
                path = failures / f"{name}-{kind}-{seen[kind]}"
                path.write_bytes(data)
                path.with_name(f"{path.name}.why").write_text("".join(traceback.format_exception(error)))

    return keep


def fuzz(name: str, inputs: int, seed: int, folder: Path) -> None:
    """Fuzz one format in this process, which ends with it."""
    corpus, failures = folder / name, folder / "failures"
    corpus.mkdir(parents=True, exist_ok=True)
    failures.mkdir(parents=True, exist_ok=True)
    for number, made in enumerate(seeds(SUFFIXES[name])):
        (corpus / f"seed-{number}").write_bytes(made)
    if name == "pdf":
        pdf._parse = _parse_here
    arguments = [
        sys.argv[0],
        f"-runs={inputs}",
        f"-max_len={LONGEST}",
        f"-timeout={SECONDS * 3}",
        f"-report_slow_units={SECONDS * 3}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={failures}/{name}-",
        "-print_final_stats=1",
        "-verbosity=0",
        f"-seed={seed}",
        str(corpus),
    ]
    target = _keeping(target_of(name), name, failures)
    atheris.Setup(arguments, target, custom_mutator=mutator_of(SUFFIXES[name]))
    atheris.Fuzz()


def main() -> None:
    """Fuzz formats one after another and say how each ended."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[*SUFFIXES, []], help="formats; all of them by default")
    parser.add_argument("--inputs", type=int, default=20_000, help="inputs for each format")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    parser.add_argument("--keep", type=Path, help="folder for failing inputs and the corpus")
    parser.add_argument("--replay", type=Path, help="run one kept input and show what it raises")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.replay:
        target_of(arguments.formats[0])(arguments.replay.read_bytes())
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        if arguments.alone:
            fuzz(arguments.formats[0], arguments.inputs, arguments.seed, folder)
        numbers = ["--inputs", str(arguments.inputs), "--seed", str(arguments.seed)]
        failed = [name for name in arguments.formats or SUFFIXES if not _is_sound(name, numbers, folder)]
    sys.exit(bool(failed))


def _is_sound(name: str, numbers: list[str], folder: Path) -> bool:
    """Fuzz one format in a process of its own."""
    command = [sys.executable, __file__, name, "--alone", *numbers, "--keep", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    stats = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
    kept = sorted(path for path in (folder / "failures").glob(f"{name}-*") if path.suffix != ".why")
    is_sound = done.returncode == 0 and not kept
    print(
        f"{name:>11}: {'ok' if is_sound else 'FAILED'}, {stats.get('number_of_executed_units', '?')} inputs,"
        f" {stats.get('new_units_added', '?')} new ways, slowest {stats.get('slowest_unit_time_sec', '?')} s,"
        f" peak {stats.get('peak_rss_mb', '?')} MB",
        flush=True,
    )
    for path in kept:
        why = path.with_name(f"{path.name}.why")
        print(f"  {path.name}: {why.read_text().splitlines()[-1] if why.exists() else 'see below'}", flush=True)
    if done.returncode:
        print(done.stderr[-3000:], flush=True)
    return is_sound


if __name__ == "__main__":
    main()
