"""The tests' npm packages: installed from a lock with hashes, left alone while the lock stands."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from installer.workshop import ROOT
from installer.workshop.steps import StepFailed, step

FOLDER = ROOT / "tests" / "npm"


def make_ready(folder: Path = FOLDER) -> None:
    """Install what the folder's lock lists, unless this very lock is installed."""
    if is_ready(folder):
        return
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        raise StepFailed(
            f"the tests need Node.js (18 or newer) with its npm; missing: {', '.join(missing)}"
        )
    step(
        f"installing the npm packages of {folder.name}/package-lock.json",
        [
            *(str(shutil.which("npm")), "ci", "--prefix", str(folder)),
            *("--ignore-scripts", "--no-audit", "--no-fund"),
        ],
    )
    _stamp(folder).parent.mkdir(exist_ok=True)
    _stamp(folder).write_text(_print_of(folder), encoding="ascii")


def is_ready(folder: Path = FOLDER) -> bool:
    """Whether the packages of today's lock are there: `npm ci` takes the stamp with the rest."""
    try:
        return _stamp(folder).read_text(encoding="ascii") == _print_of(folder)
    except OSError:
        return False


def _stamp(folder: Path) -> Path:
    return folder / "node_modules" / "lock.sha256"


def _print_of(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
