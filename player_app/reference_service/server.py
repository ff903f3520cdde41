"""Runs the service on loopback, in a thread of this process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import uvicorn

from player_app.reference_service.app import build, open_service
from player_app.reference_service.demo import fill
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.service import Service
from player_app.reference_service.settings import Settings

START_S = 30.0


@dataclass(frozen=True, slots=True)
class RunningService:
    address: str
    service: Service


def loopback_socket(port: int = 0) -> socket.socket:
    """A socket bound to 127.0.0.1, so that the address is known before the service is built."""
    # asyncio sets TCP_NODELAY only where a socket says that it is TCP: else a body waits 40 ms
    # behind its head for the other side's delayed acknowledgement
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


@contextmanager
def running(
    settings: Settings, *, hooks: TestHooks | None = None, bound: socket.socket | None = None
) -> Iterator[RunningService]:
    """The demo's service, until the end of the block.

    An empty `settings.origin` becomes the socket's own address.
    """
    bound = bound or loopback_socket()
    own = f"http://127.0.0.1:{bound.getsockname()[1]}"
    service = open_service(replace(settings, origin=settings.origin or own), hooks)
    fill(service)
    config = uvicorn.Config(
        build(service),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([bound],), name="service", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("the service did not start")
        time.sleep(0.01)
    try:
        yield RunningService(own, service)
    finally:
        server.should_exit = True
        thread.join(10)
        service.engine.dispose()
        bound.close()
