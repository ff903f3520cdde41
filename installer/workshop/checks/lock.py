"""The lock: made for today's pyproject.toml, a hash behind every line, and no host's name."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.IGNORECASE)
HOST = re.compile(r"https?:|file:|--(extra-)?index-url|--find-links| @ ", re.IGNORECASE)
MADE_FOR = "# Made by `python3 dev.py lock` for dependency lists "


def lists_print(pyproject: Path) -> str:
    """A fingerprint of everything in pyproject.toml that a lock depends on."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    keys = ("requires-python", "dependencies", "optional-dependencies")
    lists = json.dumps({key: project.get(key) for key in keys}, sort_keys=True)
    return hashlib.sha256(lists.encode()).hexdigest()[:16]


def pins(text: str) -> dict[str, str]:
    """Name → version of what a lock lists."""
    found = (PINNED.match(line) for line in text.splitlines())
    return {each["name"].lower(): each["version"] for each in found if each}


def defects(text: str, expected_print: str) -> Iterator[str]:
    """What is wrong with one lock, in sentences."""
    lines = text.splitlines()
    if not lines or lines[0] != MADE_FOR + expected_print:
        yield "was made for other dependency lists than today's: run `python3 dev.py lock`"
    if not pins(text):
        yield "pins nothing"
    for line in lines:
        if HOST.search(line):
            yield f"names a host: {line.strip()}"
    for entry in re.sub(r"\\\n\s*", " ", text).splitlines():
        pinned = PINNED.match(entry)
        if pinned and "--hash=sha256:" not in entry:
            yield f"has no hash for {pinned['name']}"
        if not pinned and entry.strip() and not entry.startswith("#"):
            yield f"holds a line that pins nothing: {entry.strip()}"


def lock_defects(root: Path) -> Iterator[str]:
    """What is wrong with the locks of the project."""
    expected = lists_print(root / "pyproject.toml")
    texts = {
        lock.name: lock.read_text(encoding="utf-8") for lock in root.glob("requirements*.lock")
    }
    for name, text in sorted(texts.items()):
        for defect in defects(text, expected):
            yield f"{name} {defect}"
    everything = pins(texts.get("requirements-dev.lock", ""))
    for name, text in texts.items():
        for package, version in pins(text).items():
            if everything.get(package, version) != version:
                yield f"{name} has {package} {version}, requirements-dev.lock another"
