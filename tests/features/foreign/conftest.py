"""A server of another house for a module, a film service at it and a player of that for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.foreign.service import Authority, authority, film_service
from tests.features.foreign.viewer import player_of
from tests.features.player import Player
from tests.service.site import Site


@pytest.fixture(scope="module")
def server() -> Iterator[Authority]:
    with authority() as running:
        yield running


@pytest.fixture
def site(server: Authority) -> Iterator[Site]:
    with film_service(server) as running:
        yield running


@pytest.fixture
def player(site: Site, tmp_path: Path) -> Iterator[Player]:
    with player_of(site, tmp_path) as player:
        yield player
