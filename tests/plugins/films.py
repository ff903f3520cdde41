"""The packaged film that the tests of playing share, made once for all processes and runs."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.media import packaging
from tests.media.packaging import package

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build/test-films"
STUDIO = ROOT / "player_app/reference_service/studio"


@pytest.fixture(scope="session")
def film_folder() -> Path:
    """Nobody writes there: other processes read it, and later runs."""
    sources = (Path(packaging.__file__), STUDIO / "edge_code.py", STUDIO / "fragments.py")
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / _print_of(sources)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            package(unfinished)
            unfinished.rename(made)
    return made


@pytest.fixture(scope="session")
def film(film_folder: Path) -> dict[str, Any]:
    """Twelve seconds in segments of one."""
    found: dict[str, Any] = json.loads((film_folder / "package.json").read_text())
    return found


def _print_of(sources: Iterable[Path]) -> str:
    """What is made by other sources is another film."""
    return sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:16]
