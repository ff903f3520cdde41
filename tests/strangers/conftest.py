"""Streams of strangers, made once, and who plays them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.core.stream import SegmentList
from tests.strangers.nginx import Nginx, nginx
from tests.strangers.packagings import (
    Stranger,
    fragmented_by_ffmpeg,
    make_clear,
    transport_stream_by_ffmpeg,
    transport_stream_by_shaka,
)
from tests.strangers.player import MakeStrangersPlayer, Place, StrangersPlayer


@pytest.fixture(scope="session")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clear(tmp_path_factory.mktemp("strangers") / "clear")


@pytest.fixture(scope="session")
def by_ffmpeg(clear: Path) -> Stranger:
    return transport_stream_by_ffmpeg(clear, clear.parent / "ffmpeg")


@pytest.fixture(scope="session")
def by_shaka(clear: Path) -> Stranger:
    return transport_stream_by_shaka(clear, clear.parent / "shaka")


@pytest.fixture(scope="session")
def fragmented(clear: Path) -> Stranger:
    return fragmented_by_ffmpeg(clear, clear.parent / "fragmented")


@pytest.fixture
def server(clear: Path, tmp_path: Path) -> Iterator[Nginx]:
    with nginx(clear.parent, tmp_path / "nginx") as started:
        yield started


@pytest.fixture
def make_player(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
) -> Iterator[MakeStrangersPlayer]:
    made: list[StrangersPlayer] = []

    def make(place: Place, listed: SegmentList | None = None, **options: Any) -> StrangersPlayer:
        made.append(StrangersPlayer(place, listed, **options))
        return made[-1]

    yield make
    for player in made:
        player.close()
