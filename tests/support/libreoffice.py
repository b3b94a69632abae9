"""Converting files by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")

needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="needs LibreOffice (soffice), which is not installed")


def convert(source: Path, target: str, *, reader: str | None = None) -> bytes:
    """Convert a file in its folder to the ending of `target`, which may name a filter after a colon."""
    folder = source.parent
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    options += [f"--infilter={reader}"] if reader else []
    command = [str(PROGRAM), *options, "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix(f".{target.partition(':')[0]}").read_bytes()
