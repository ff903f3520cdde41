"""Which tests are of real time, and so run beside few others, and which only when asked for.

A film plays in seconds that nobody can hurry, and a promise with a deadline is kept or not by the
clock: where too many tests share two cores, such a test measures them. All else mostly waits.

Further cases of what another test shows already are `thorough`, and so are a few long tests: they
run with the full numbers of a promise, and where they are asked for by that name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    *("bad_input", "endurance", "failures", "faults", "journeys"),
    *("money", "secrecy", "strangers"),
}
"""Of these folders of tests, all."""

THOROUGH = "thorough"
FIXTURES = {"make_player", "qapp", "screen"}
"""Of tests/media, those that ask for one of these."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What a lane runs nothing of is not even read; nothing is said of all else."""
    folder = _folder(collection_path)
    match config.getoption("markexpr"):
        case "real_time":
            return None if folder in {"", "media", *FOLDERS} or _is_named(collection_path) else True
        case "not real_time":
            return True if folder in FOLDERS else None
        case _:
            return None


def _is_named(path: Path) -> bool:
    """Whether a test there bears the mark itself."""
    files = path.rglob("test_*.py") if path.is_dir() else [path]
    return any("real_time" in file.read_text(encoding="utf-8") for file in files)


def _folder(path: Path) -> str:
    """Of tests/, the folder that holds it; "" outside of those."""
    parts = path.relative_to(ROOT).parts[1:] if path.is_relative_to(ROOT) else ()
    return parts[0] if parts else ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _is_of_real_time(item):
            item.add_marker(pytest.mark.real_time)
    if not _asks_for_more(config):
        left = [item for item in items if item.get_closest_marker(THOROUGH)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _asks_for_more(config: pytest.Config) -> bool:
    return config.getoption("--promises-full") or THOROUGH in config.getoption("markexpr")


def _is_of_real_time(item: pytest.Item) -> bool:
    asks = FIXTURES & set(getattr(item, "fixturenames", ()))
    folder = _folder(item.path)
    return folder in FOLDERS or (folder == "media" and bool(asks))
