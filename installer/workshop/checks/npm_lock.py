"""The npm lock: a hash behind every package, and no registry's address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCK = Path("tests/npm/package-lock.json")


def npm_lock_defects(root: Path) -> Iterator[str]:
    """What is wrong with the lock of the tests' npm packages."""
    for defect in defects(json.loads((root / LOCK).read_text(encoding="utf-8"))):
        yield f"{LOCK}: {defect}"


def defects(lock: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a lock of npm's version 3, in sentences; the "" package is ours."""
    packages = {place: each for place, each in lock["packages"].items() if place}
    if not packages:
        yield "pins nothing"
    for place, package in packages.items():
        name = place.rpartition("node_modules/")[2]
        if "resolved" in package:
            yield f"says where {name} came from: omit-lockfile-registry-resolved is not in force"
        if not str(package.get("integrity", "")).startswith("sha512-"):
            yield f"has no hash for {name}"
