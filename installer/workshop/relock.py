"""Makes the locks anew: every package pinned with its hashes, for every system at once."""

from __future__ import annotations

from pathlib import Path

from installer.workshop import BUILD, ROOT, virtualenv
from installer.workshop.checks.lock import MADE_FOR, lists_print
from installer.workshop.steps import StepFailed, step

HEADER = "# Versions for every system; installed by dev.py with --require-hashes.\n"


def relock() -> None:
    """Keep what is pinned where the lists allow it; the smaller locks agree with the largest."""
    if not virtualenv.program("uv").exists():
        if not virtualenv.DEV_LOCK.exists():
            raise StepFailed("a first lock needs uv in .venv: .venv/bin/pip install uv")
        virtualenv.make_ready(virtualenv.DEV_LOCK)
    _compile(virtualenv.DEV_LOCK, *_extras("service", "studio", "dev"))
    agreeing = ("--constraint", str(virtualenv.DEV_LOCK))
    _compile(virtualenv.PLAYER_LOCK, *_extras("service"), *agreeing)
    _compile(virtualenv.VOICE_LOCK, *_extras("studio", "voice"), *agreeing)


def _extras(*names: str) -> list[str]:
    return [argument for name in names for argument in ("--extra", name)]


def _compile(lock: Path, *which: str) -> None:
    fresh = BUILD / lock.name
    fresh.parent.mkdir(exist_ok=True)
    fresh.write_bytes(lock.read_bytes() if lock.exists() else b"")
    step(
        f"resolving {lock.name}",
        [
            *(str(virtualenv.program("uv")), "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"),
            *("--no-emit-index-url", "--no-emit-find-links", *which, "pyproject.toml"),
            *("--output-file", str(fresh)),
        ],
    )
    pinned = fresh.read_text(encoding="utf-8")
    made_for = MADE_FOR + lists_print(ROOT / "pyproject.toml")
    lock.write_text(f"{made_for}\n{HEADER}{pinned}", encoding="utf-8")
