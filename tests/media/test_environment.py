"""Neither a proxy of the environment nor a program named `proxy` sees the film."""

from __future__ import annotations

import http.client
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLAYS_A_FILM = """
import json, sys
from pathlib import Path
from player_app import environment
found = environment.protect()
from PySide6.QtGui import QGuiApplication
from tests.media.host import serving
from tests.media.player import TestPlayer
from player_app.service.transport import Transport
app = QGuiApplication([])
package = json.loads(Path(sys.argv[2]).read_text())
with serving(Path(sys.argv[1])) as host:
    upstream = None
    if sys.argv[4]:
        host.known_as = f"http://{sys.argv[4]}:{host.server_port}"
        upstream = Transport(found.proxies, found.no_proxy, "0.1.0")
    player = TestPlayer(package, host, upstream=upstream)
    player.open()
    player.wait(lambda: len(player.shown) > 24)
    player.close()
    print("frames", len(player.shown))
    if upstream is not None:
        upstream.close()
    print("path", found.for_children()["PATH"] == sys.argv[3])
"""


def play(folder: Path, variables: dict[str, str], service: str = "") -> str:
    """What a player says that plays the film, from a service of this name if there is one."""
    command = [sys.executable, "-c", PLAYS_A_FILM, str(folder), str(folder / "package.json")]
    run = subprocess.run(
        [*command, variables["PATH"], service],
        cwd=ROOT,
        env={**os.environ, **variables, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=40,
    )
    return run.stdout


@pytest.fixture
def trap(tmp_path: Path, film_folder: Path, film: dict[str, Any]) -> tuple[Path, dict[str, str]]:
    """A program `proxy` on PATH that writes down what it was asked."""
    assert json.loads((film_folder / "package.json").read_text())["length_ms"] == film["length_ms"]
    caught = tmp_path / "caught"
    program = tmp_path / "proxy"
    program.write_text(f'#!/bin/sh\necho "$@" >> {caught}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return caught, {"PATH": f"{tmp_path}:{os.environ['PATH']}"}


@pytest.mark.promise(26)
def test_a_program_named_proxy_is_never_asked(
    trap: tuple[Path, dict[str, str]], film_folder: Path
) -> None:
    caught, variables = trap
    said = play(film_folder, variables)
    assert int(said.split()[1]) > 20
    assert "path True" in said
    assert not caught.exists()


class Relay(BaseHTTPRequestHandler):
    """A proxy that alone knows where `.invalid` names lie: on this machine."""

    server: Proxy

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        self.server.seen.append(asked.hostname or self.path)
        if not (asked.hostname or "").endswith(".invalid"):
            self.send_error(403)
            return
        upstream = http.client.HTTPConnection("127.0.0.1", asked.port or 80, timeout=10)
        upstream.request("GET", asked.path)
        reply = upstream.getresponse()
        body = reply.read()
        upstream.close()
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self.server.seen.append(self.path)
        self.send_error(403)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name
        pass


class Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Relay)
        self.seen: list[str] = []

    @property
    def variables(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self.server_port}"
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy")
        return dict.fromkeys(names, address)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    server = Proxy()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.promise(26)
def test_a_proxy_of_the_environment_sees_no_request(
    trap: tuple[Path, dict[str, str]], film_folder: Path, proxy: Proxy
) -> None:
    caught, variables = trap
    said = play(film_folder, variables | proxy.variables)
    assert proxy.seen == []
    assert int(said.split()[1]) > 20
    assert not caught.exists()


@pytest.mark.promise(26)
def test_a_service_behind_a_proxy_is_reached_and_libvlc_still_asks_no_proxy(
    trap: tuple[Path, dict[str, str]], film_folder: Path, proxy: Proxy
) -> None:
    caught, variables = trap
    said = play(film_folder, variables | proxy.variables, "films.invalid")
    assert len(proxy.seen) > 12
    assert set(proxy.seen) == {"films.invalid"}
    assert int(said.split()[1]) > 20
    assert not caught.exists()
