#!/usr/bin/env python3
"""One command a habit: `python3 dev.py portal | test | lint | types | docs | bench | fuzz`.

Needs nothing but Python and the system's package manager: makes a virtual environment in `.venv`,
installs the project in it, and for the tests a Chromium with Chinese fonts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
INSTALLERS = {
    "apt-get": (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"]),
    "dnf": (["dnf", "install", "-y", "-q", "chromium", "google-noto-sans-cjk-fonts"],),
    "pacman": (["pacman", "-Sy", "--noconfirm", "--needed", "chromium", "noto-fonts-cjk"],),
    "apk": (["apk", "add", "--quiet", "chromium", "font-noto-cjk"],),
    "brew": (["brew", "install", "--quiet", "--cask", "chromium"],),
}


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command and stop with its exit code if it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    code = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, check=False).returncode
    if code:
        sys.exit(code)


def install(extra: str) -> None:
    """Make the virtual environment and install the project with an extra."""
    if not PYTHON.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode == 0
        if not made and shutil.which("apt-get"):
            # Debian ships venv apart from Python.
            as_root("apt-get", "update", "-qq")
            as_root("apt-get", "install", "-y", "-qq", "python3-venv")
            made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode == 0
        if not made:
            sys.exit("dev.py: no virtual environment could be made; install Python's venv module")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f".[{extra}]")


def as_root(*command: str) -> None:
    """Run a command of the package manager, through sudo where that is needed."""
    prefix = (
        ["sudo"]
        if hasattr(os, "geteuid") and os.geteuid() != 0 and shutil.which("sudo") and command[0] != "brew"
        else []
    )
    run(*prefix, *command)


def install_browser() -> None:
    """Install Chromium by the system's package manager unless there is a browser."""
    if os.environ.get("GOVREPORT_CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    for manager, commands in INSTALLERS.items():
        if shutil.which(manager):
            for command in commands:
                as_root(*command)
            return
    sys.exit("dev.py: no Chromium found; install one, or name it in GOVREPORT_CHROMIUM")


def portal() -> None:
    """Build the example portal."""
    install("example")
    # Without directory addresses the links work from a file too, with no server.
    run(BIN / "mkdocs", "build", "--quiet", "--no-directory-urls", cwd=ROOT / "example_site")
    print(f"\nThe example portal is built. Open {(ROOT / 'example_site/site/index.html').as_uri()}")
    print(f"or serve it with a live preview: {BIN.relative_to(ROOT) / 'mkdocs'} serve -f example_site/mkdocs.yml")


def test(*arguments: str) -> None:
    """Install what the tests need and run lint, types and tests."""
    install("dev")
    install_browser()
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", *arguments)


def lint() -> None:
    """Check and format the code."""
    install("dev")
    run(PYTHON, "-m", "ruff", "check", "--fix", ".")
    run(PYTHON, "-m", "ruff", "format", ".")


def types() -> None:
    """Check types."""
    install("dev")
    run(PYTHON, "-m", "mypy")


def docs() -> None:
    """Build the documentation."""
    install("example")
    run(BIN / "mkdocs", "build", "--strict", "--quiet")
    print(f"Open {(ROOT / 'site/index.html').as_uri()}")


def bench(*arguments: str) -> None:
    """Run the benchmark of a portal, beside other ways to publish the same tables."""
    install("bench")
    run(PYTHON, "benchmarks/portal.py", "--peers", *arguments)


def fuzz(*arguments: str) -> None:
    """Fuzz the readers."""
    install("fuzz")
    run(PYTHON, "fuzz/readers.py", *arguments)


HABITS = {"portal": portal, "test": test, "lint": lint, "types": types, "docs": docs, "bench": bench, "fuzz": fuzz}

if __name__ == "__main__":
    habit = HABITS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if habit is None:
        sys.exit(__doc__)
    habit(*sys.argv[2:])
