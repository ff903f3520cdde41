"""A site on loopback, and a transport whose proxy nobody answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from player_app.service.transport import Transport
from tests.service.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport({"http": "http://127.0.0.1:9"}, "", "0.1.0")
    yield made
    made.close()
