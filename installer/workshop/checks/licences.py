"""The licences of what is installed: an MIT program that links LGPL may stand on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from installer.workshop.checks.lock import pins

ALLOWED = {
    *("0bsd", "apache-2.0", "bsd-2-clause", "bsd-3-clause", "cc0-1.0", "hpnd", "isc"),
    *("lgpl-2.1+", "lgpl-2.1-or-later", "lgpl-3.0-only", "lgpl-3.0-or-later"),
    *("mit", "mit-0", "mit-cmu", "mpl-2.0", "psf-2.0", "python-2.0", "unlicense", "zlib"),
}
SPELLINGS = {
    "3-clause bsd license": "bsd-3-clause",
    "apache 2.0": "apache-2.0",
    "apache license, version 2.0": "apache-2.0",
    "apache software license": "apache-2.0",
    "bsd license": "bsd-3-clause",
    "mit license": "mit",
    "mozilla public license 2.0 (mpl 2.0)": "mpl-2.0",
}


def is_allowed(expression: str) -> bool:
    """Whether one side of every OR, and both sides of every AND, is on the list."""
    expression = SPELLINGS.get(expression.strip().lower(), expression.strip().lower())
    either = re.split(r"\s+or\s+", expression)
    return any(
        all(part.strip("() ") in ALLOWED for part in re.split(r"\s+and\s+", side))
        for side in either
    )


def licence_of(package: Distribution) -> str:
    """What the package says of itself, the most exact statement first."""
    said = package.metadata
    trove = [
        each.rpartition("::")[2].strip()
        for each in said.get_all("Classifier", [])
        if each.startswith("License ::")
    ]
    stated = [*said.get_all("License-Expression", []), *said.get_all("License", []), *trove]
    return next((each for each in stated if each and "\n" not in each), "")


def licence_defects(root: Path) -> Iterator[str]:
    """Locked packages, as installed here, whose licence is not on the list."""
    locked = pins((root / "requirements-dev.lock").read_text(encoding="utf-8"))
    yield from unfit(locked)


def unfit(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            continue  # locked for another system
        if not is_allowed(licence):
            yield f"{name} is under {licence or 'no licence that it names'}"
