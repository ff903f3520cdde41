"""Where the files that aren't code lie: in a checkout, a wheel, or an installed player."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A path below `resources`, wherever this player was started from."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen, "resources", *parts)
    packaged = _HERE / "_resources"
    return (packaged if packaged.is_dir() else _HERE.parent / "resources").joinpath(*parts)
