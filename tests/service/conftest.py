"""A site on loopback, and a transport whose proxy nobody answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app.service.transport import Transport
from tests.service.site import Site, serving_site


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_site() as site:
        yield site


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport({"http": "http://127.0.0.1:9"}, "", "0.1.0")
    yield made
    made.close()
