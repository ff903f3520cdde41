"""A service that answers wrongly where it is told to: it passes the rest on to the real one."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from player_app.reference_service.server import loopback_socket, running
from player_app.reference_service.service import Service
from tests.service_settings import quick_settings

PASSED_ON = ("Content-Type", "ETag", "Retry-After", "Location")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is said instead, or what becomes of a good body."""

    status: int = 200
    body: Callable[[bytes], bytes] = bytes
    kind: str = "application/json"


class Meddler(http.server.ThreadingHTTPServer):
    """`wrong` holds what to say by how a path begins; `asked` every method and path.

    `service` is the real one behind it.
    """

    daemon_threads = True

    service: Service

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.behind = behind
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.wrong: dict[str, Wrong] = {}
        self.asked: list[str] = []

    def wrong_for(self, path: str) -> Wrong | None:
        return next((wrong for start, wrong in self.wrong.items() if path.startswith(start)), None)


class _Passing(http.server.BaseHTTPRequestHandler):
    server: Meddler

    def _pass_on(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        behind = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=30)
        kept = {name: value for name, value in self.headers.items() if name != "Accept-Encoding"}
        behind.request(self.command, self.path, sent, kept)
        answer = behind.getresponse()
        body, status = answer.read(), answer.status
        behind.close()
        kind = answer.getheader("Content-Type") or ""
        if (wrong := self.server.wrong_for(self.path)) is not None:
            body, status, kind = wrong.body(body), wrong.status, wrong.kind
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name in PASSED_ON[1:]:
            if (value := answer.getheader(name)) is not None and wrong is None:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # the player hangs up on what is too large
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - the names are http.server's

    def log_message(self, *_: object) -> None:
        return


@contextlib.contextmanager
def meddled(folder: Path) -> Iterator[Meddler]:
    """The real service, known by the address of the one that passes things on."""
    bound = loopback_socket()
    meddler = Meddler(bound.getsockname()[1])
    settings = quick_settings(folder, origin=meddler.address)
    thread = threading.Thread(target=meddler.serve_forever, args=(0.02,))
    thread.start()
    try:
        with running(settings, bound=bound) as started:
            meddler.service = started.service
            yield meddler
    finally:
        meddler.shutdown()
        thread.join()
        meddler.server_close()
