"""The slow link is as slow as it says."""

from __future__ import annotations

import http.server
import threading
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.faults.link import Line, Link, slow_link


@pytest.fixture
def file_server(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "film").write_bytes(bytes(1_000_000))
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_line_carries_its_rate_and_no_more() -> None:
    line = Line(rate_bps=8000)
    assert line.reserve(1000, now=10.0) == 11.0
    assert line.reserve(500, now=10.0) == 11.5
    assert line.reserve(1000, now=20.0) == 21.0


def test_a_megabyte_takes_its_time_over_a_slow_link(file_server: int) -> None:
    with slow_link(file_server, Link(rtt_ms=80, rate_bps=20_000_000)) as port:
        begun = time.monotonic()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/film") as reply:
            body = reply.read()
        took_s = time.monotonic() - begun
    assert len(body) == 1_000_000
    assert took_s >= 0.4 + 0.16
