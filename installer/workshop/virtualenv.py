"""The virtual environment: made from a lock with hashes, and left alone while the lock stands."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from installer.workshop import ROOT
from installer.workshop.steps import step

FOLDER = ROOT / ".venv"
PLAYER_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
VOICE_LOCK = ROOT / "requirements-voice.lock"
STAMP = FOLDER / "locks.sha256"
COMPILES_EACH_TIME = "PYTHONDONTWRITEBYTECODE"


def python() -> Path:
    return program("python")


def program(name: str) -> Path:
    """A program of the environment."""
    if sys.platform == "win32":
        return FOLDER / "Scripts" / f"{name}.exe"
    return FOLDER / "bin" / name


def make_ready(lock: Path) -> None:
    """Install what the lock lists, unless this very lock, or the larger one, is installed."""
    installed = _stamp()
    if installed & {_print_of(lock), _print_of(DEV_LOCK)} and lock != VOICE_LOCK:
        return
    if _print_of(lock) in installed:
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
    today = {_print_of(each) for each in (PLAYER_LOCK, DEV_LOCK, VOICE_LOCK)}
    STAMP.write_text("\n".join({_print_of(lock), *(installed & today)}), encoding="ascii")


def environment() -> dict[str, str]:
    """Of a child process: the environment's programs first, no user's own packages.

    Python keeps what it compiled: the tests start hundreds of processes of this project.
    """
    path = str(python().parent) + os.pathsep + os.environ.get("PATH", "")
    kept = {name: value for name, value in os.environ.items() if name != COMPILES_EACH_TIME}
    return {**kept, "PATH": path, "VIRTUAL_ENV": str(FOLDER), "PYTHONNOUSERSITE": "1"}


def _stamp() -> set[str]:
    """Fingerprints of the locks that this environment holds."""
    if not python().exists():
        return set()
    try:
        return set(STAMP.read_text(encoding="ascii").split())
    except OSError:
        return set()


def _print_of(lock: Path) -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()


def _works() -> bool:
    asked = [str(python()), "-m", "pip", "--version"]
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
