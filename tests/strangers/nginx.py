"""A real nginx that serves a folder on 127.0.0.1."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import until

CONFIGURATION = """
daemon off; user root; worker_processes 1; pid {work}/nginx.pid; error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
  log_format asked '$status $request_uri $http_range'; access_log {work}/asked.log asked;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi; default_type application/octet-stream;
  sendfile on; limit_rate {rate};
  server {{ listen 127.0.0.1:{port}; location /media/grant/ {{ alias {folder}/; }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A finished request: its answer, the file, and the Range it had, or "-"."""

    status: int
    path: str
    range: str


@dataclass(frozen=True, slots=True)
class Nginx:
    port: int
    pid: int
    log: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, path: str) -> str:
        return f"{self.origin}/media/grant/{path}"

    @property
    def asked(self) -> list[Asked]:
        lines = (line.split(maxsplit=2) for line in self.log.read_text().splitlines())
        return [
            Asked(int(status), path.removeprefix("/media/grant/"), wanted)
            for status, path, wanted in lines
        ]

    def cut(self) -> None:
        """Cut every connection where it is: the process that serves them is killed for another."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        for worker in children.read_text().split():
            os.kill(int(worker), signal.SIGKILL)


@contextmanager
def nginx(folder: Path, work: Path, rate: int = 0) -> Iterator[Nginx]:
    """Serve `folder`, at `rate` bytes a second for each connection; 0: as fast as it goes."""
    work.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    made = CONFIGURATION.format(work=work, port=port, folder=folder, rate=rate)
    (work / "nginx.conf").write_text(made)
    process = subprocess.Popen(
        ["nginx", "-c", str(work / "nginx.conf"), "-p", str(work), "-e", str(work / "error.log")],
        env={**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin"},
    )
    try:
        until(lambda: _is_open(port), "nginx to listen")
        yield Nginx(port, process.pid, work / "asked.log")
    finally:
        process.terminate()
        process.wait(10)


def _is_open(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
