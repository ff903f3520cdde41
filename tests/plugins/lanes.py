"""Which tests are of real time, and so run beside few others.

A film plays in seconds that nobody can hurry, and a promise with a deadline is kept or not by the
clock: where too many tests share two cores, such a test measures them. All else mostly waits.
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

FIXTURES = {"make_player", "qapp", "screen"}
"""Of tests/media, those that ask for one of these."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _is_of_real_time(item):
            item.add_marker(pytest.mark.real_time)


def _is_of_real_time(item: pytest.Item) -> bool:
    folder = item.path.relative_to(ROOT).parts[1] if item.path.is_relative_to(ROOT) else ""
    asks = FIXTURES & set(getattr(item, "fixturenames", ()))
    return folder in FOLDERS or (folder == "media" and bool(asks))
