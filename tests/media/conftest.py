"""The host of the test film, and everything that plays them: real libVLC, real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from tests.media.host import Host, serving
from tests.media.player import MakePlayer, TestPlayer


@pytest.fixture
def host(
    film: dict[str, Any],  # noqa: ARG001 - made by now
    film_folder: Path,
) -> Iterator[Host]:
    with serving(film_folder) as found:
        yield found


@pytest.fixture
def make_player(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    film: dict[str, Any],
    host: Host,
) -> Iterator[MakePlayer]:
    made: list[TestPlayer] = []

    def make(**options: Any) -> TestPlayer:
        made.append(TestPlayer(film, host, **options))
        return made[-1]

    yield make
    for player in made:
        player.close()
