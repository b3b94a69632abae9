"""The public functions: read one report, check it, load a folder of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mkdocs_govreport.agencies import load_registry
from mkdocs_govreport.model import Finding
from mkdocs_govreport.options import Options, parse_rules
from mkdocs_govreport.pipeline import Portal, Result, Settings, SourceFile, load_portal
from mkdocs_govreport.pipeline.load import load_one, own_sums
from mkdocs_govreport.sources import SIDECAR_SUFFIX

_NAME = "report.txt"  # of bytes that come without a name


def read(source: str | Path | bytes, *, name: str = "", agencies: str | Path | None = None) -> Result:
    """Read one report: its figures, its prose, and what was odd about the reading.

    Args:
        source: the path of a file (the metadata beside it, `<file>.meta.yml`, is read too), or the bytes of one.
        name: the name of the file where bytes are given; its ending tells the format, its folder may tell the agency.
        agencies: the path of a registry of agencies.

    Returns:
        A result with `report` (None where the file is no report that can be read), `findings` about the reading and
        the form, and the `claims` of the prose. Nothing that stands in the file raises.

    Raises:
        OSError: when the file of a path cannot be opened.
        ValueError: when the registry cannot be used.
    """
    return _read(source, name, _settings(agencies, {}))


def check(
    source: str | Path | bytes | Result,
    *,
    name: str = "",
    agencies: str | Path | None = None,
    rules: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Check one report by itself: how it was read, its form, its own sums, and its prose against its figures.

    What takes several reports, such as figures carried over from the year before, is checked by `load`.

    Args:
        source: as for `read`, or what `read` has returned.
        name: as for `read`.
        agencies: as for `read`.
        rules: the severity of rules by their names: `error`, `warning`, `info` or `off`. Findings of a result that
            `read` has returned keep theirs.

    Raises:
        OSError: when the file of a path cannot be opened.
        ValueError: for a rule or severity that does not exist, and when the registry cannot be used.
    """
    settings = _settings(agencies, rules or {})
    result = source if isinstance(source, Result) else _read(source, name, settings)
    return (*result.findings, *own_sums(result, settings))


def load(
    paths: str | Path | Sequence[str | Path],
    *,
    agencies: str | Path | None = None,
    rules: Mapping[str, str] | None = None,
    processes: int | None = 1,
) -> Portal:
    """Load and check all reports of folders, alone and against one another.

    Args:
        paths: a folder, a file or a pattern, or several. Relative ones are relative to the current folder.
        agencies: the path of a registry of agencies.
        rules: as for `check`.
        processes: how many processes may read many reports; None for as many as there are processors.

    Raises:
        ValueError: for a rule or severity that does not exist. What is wrong with the registry is a finding.
    """
    base = Path.cwd()
    given = [paths] if isinstance(paths, str | Path) else paths
    options = Options(base, tuple(str(path) for path in given), rules=parse_rules(rules or {}))
    registry = base / agencies if agencies is not None else None
    return load_portal(options.reports, base, options.settings(), registry, processes=processes)


def _read(source: str | Path | bytes, name: str, settings: Settings) -> Result:
    if isinstance(source, bytes):
        return load_one(source, name or _NAME, settings)
    path = Path(source)
    beside = path.with_name(path.name + SIDECAR_SUFFIX)
    data, metadata = SourceFile(path, str(path), beside if beside.is_file() else None).read()
    return load_one(data, name or path.as_posix(), settings, metadata)


def _settings(agencies: str | Path | None, rules: Mapping[str, str]) -> Settings:
    settings = Options(Path.cwd(), rules=parse_rules(rules)).settings()
    if agencies is None:
        return settings
    return replace(settings, registry=load_registry(Path(agencies), settings.catalogue))
