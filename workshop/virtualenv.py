"""The virtual environment: made from a lock with hashes, and left alone while the lock stands."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from workshop import ROOT
from workshop.steps import step

FOLDER = ROOT / ".venv"
PLAYER_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


def python() -> Path:
    return program("python")


def program(name: str) -> Path:
    """A program of the environment."""
    if sys.platform == "win32":
        return FOLDER / "Scripts" / f"{name}.exe"
    return FOLDER / "bin" / name


def make_ready(lock: Path) -> None:
    """Install what the lock lists, unless this very lock, or the larger one, is installed."""
    if _stamp() in {_print_of(lock), _print_of(DEV_LOCK)} and python().exists():
        return
    if not _works():
        step(
            "making the virtual environment", [sys.executable, "-m", "venv", "--clear", str(FOLDER)]
        )
    step(
        f"installing the Python packages of {lock.name}",
        [
            *(str(python()), "-m", "pip", "install", "--disable-pip-version-check"),
            *(
                "--require-hashes",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--requirement",
                str(lock),
            ),
        ],
    )
    (FOLDER / "lock.sha256").write_text(_print_of(lock), encoding="ascii")


def environment() -> dict[str, str]:
    """Of a child process: the environment's programs first, no user's own packages."""
    path = str(python().parent) + os.pathsep + os.environ.get("PATH", "")
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(FOLDER), "PYTHONNOUSERSITE": "1"}


def _stamp() -> str:
    try:
        return (FOLDER / "lock.sha256").read_text(encoding="ascii")
    except OSError:
        return ""


def _print_of(lock: Path) -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()


def _works() -> bool:
    asked = [str(python()), "-m", "pip", "--version"]
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
