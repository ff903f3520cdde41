"""`python -m tests.bench [NAME …] [--json FILE]`: ours against a peer's, in turns."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.bench import films, peers
from tests.bench.ours import PLACES
from tests.bench.result import Result, in_turns
from tests.bench.service import DEMO, FILM_ID, SLUG, bench_resources, bench_service
from tests.faults.link import Link, slow_link

LINK = Link(rtt_ms=80, rate_bps=20_000_000)
CPU_S = 20.0
SHORT_MINUTES = 2
MANY = 10_000


class Bench:
    """What the benchmarks share: films made once, a file server, child processes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack

    @cached_property
    def film(self) -> Path:
        return films.source(self.folder)

    @cached_property
    def ordinary(self) -> str:
        films.ordinary_hls(self.film, self.folder / "ordinary")
        return "ordinary/index.m3u8"

    @cached_property
    def fragmented(self) -> str:
        films.fragmented_hls(self.film, self.folder / "fragmented")
        return "fragmented/index.m3u8"

    @cached_property
    def in_ts(self) -> str:
        films.ts_hls(self.film, self.folder / "ts")
        return "ts/index.m3u8"

    @cached_property
    def files(self) -> int:
        """The port of a server of the folder's files."""
        server = _Server(("127.0.0.1", 0), lambda *a: _Quiet(*a, directory=self.folder))
        self.stack.callback(server.shutdown)
        Thread(target=server.serve_forever, daemon=True).start()
        return server.server_port

    @cached_property
    def resources(self) -> Path:
        return bench_resources(self.folder, self.film)

    @cached_property
    def short_resources(self) -> Path:
        folder = self.folder / "short"
        folder.mkdir()
        return bench_resources(folder, films.source(folder, SHORT_MINUTES))

    @cached_property
    def taken(self) -> Path:
        """A profile with the film on this computer, and nothing that answers any more."""
        profile = self.folder / "taken"
        with bench_service(self.resources) as service:
            self.ours("take", str(profile), service, FILM_ID)
        return profile

    def ours(self, *arguments: str, **variables: str) -> float:
        command = [sys.executable, "-m", "tests.bench.ours", *arguments]
        run = subprocess.run(
            command,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=300,
            env={**_as_installed(), **variables},
        )
        return float(run.stdout)


def _as_installed() -> dict[str, str]:
    """The environment in which Python keeps what it compiled, as it does where it is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A peer that leaves in the middle of a file is no error."""


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


def first_picture(bench: Bench, how: str, at_most: float) -> Result:
    """Play pressed until the first picture, over the slow link, against the better peer."""
    with ExitStack() as stack:
        far = stack.enter_context(slow_link(bench.files, LINK))
        service = stack.enter_context(
            bench_service(
                bench.resources,
                lambda port: f"http://127.0.0.1:{stack.enter_context(slow_link(port, LINK))}",
            )
        )
        ordinary = f"http://127.0.0.1:{far}/{bench.ordinary}"
        fragmented = f"http://127.0.0.1:{far}/{bench.fragmented}"
        ours, vlc, mpv, vlc_fragmented = in_turns(
            lambda: bench.ours(how, "new", service, FILM_ID),
            lambda: peers.libvlc_first_picture_s(ordinary),
            lambda: peers.mpv_first_picture_s(ordinary),
            lambda: peers.libvlc_first_picture_s(fragmented),
        )
    peer, name = min((vlc, "libVLC"), (mpv, "mpv"))
    beside = (f"libVLC {vlc:.3f} s, mpv {mpv:.3f} s; libVLC on fragments {vlc_fragmented:.3f} s",)
    return Result(f"first-picture-{how}", ours, peer, name, "s", at_most, beside)


def first_picture_offline(bench: Bench) -> Result:
    """Play pressed on a film that is on this computer, the service gone."""
    ours, peer = in_turns(
        lambda: bench.ours("first-picture-offline", str(bench.taken), FILM_ID),
        lambda: peers.libvlc_first_picture_s(str(bench.film)),
    )
    return Result("first-picture-offline", ours, peer, "libVLC, plain MP4", "s", 3.0)


def seek_offline(bench: Bench) -> Result:
    ours, peer = in_turns(
        lambda: bench.ours("seek-offline", str(bench.taken), FILM_ID),
        lambda: peers.mpv_seek_s(str(bench.film), PLACES, films.MINUTES * 60),
    )
    return Result("seek-offline", ours, peer, "mpv, plain MP4", "s", 1.5)


def seek_online(bench: Bench) -> Result:
    """To places that nothing was read of, over the slow link.

    The peer gets transport streams: mpv 0.35 with FFmpeg 5.1 shows nothing any more after a seek
    in HLS of fragmented MP4.
    """
    with ExitStack() as stack:
        far = stack.enter_context(slow_link(bench.files, LINK))
        service = stack.enter_context(
            bench_service(
                bench.resources,
                lambda port: f"http://127.0.0.1:{stack.enter_context(slow_link(port, LINK))}",
            )
        )
        address = f"http://127.0.0.1:{far}/{bench.in_ts}"
        ours, peer = in_turns(
            lambda: bench.ours("seek", "new", service, FILM_ID),
            lambda: peers.mpv_seek_s(address, PLACES, films.MINUTES * 60),
        )
    return Result("seek-online", ours, peer, "mpv, in TS", "s", 0.6)


def download_link(bench: Bench) -> Result:
    """A film of two minutes over the slow link, until it is stored, checked and durable.

    Each turn has a service of its own: each is a new device, and places for films are few.
    """

    def take() -> float:
        with ExitStack() as stack:
            service = stack.enter_context(
                bench_service(
                    bench.short_resources,
                    lambda port: f"http://127.0.0.1:{stack.enter_context(slow_link(port, LINK))}",
                )
            )
            return bench.ours("take", "new", service, FILM_ID)

    (ours,) = in_turns(take)
    streams = bench.short_resources / "streams" / SLUG
    size = sum(each.stat().st_size for each in streams.rglob("*.m4s"))
    return Result("download-link", ours, size * 8 / LINK.rate_bps, "the link's rate", "s", 1.05)


def gateway(bench: Bench) -> Result:
    """All of a film that is here, decrypted, over loopback, in one connection."""
    ours, share = in_turns(
        lambda: bench.ours("gateway", str(bench.taken), FILM_ID),
        lambda: bench.ours("gateway-share", str(bench.taken), FILM_ID),
    )
    beside = (f"{50 / ours:.0f} MB/s; a film of 8 Mbit/s takes {share:.1%} of a core (aim: 10%)",)
    return Result("gateway", ours, 1.0, "50 MB/s", "s for 50 MB", 1.0, beside)


def cpu(bench: Bench) -> Result:
    """CPU seconds a minute of film, nothing shown; beside it, shown on a virtual screen."""
    address = f"http://127.0.0.1:{bench.files}/{bench.fragmented}"
    with bench_service(bench.resources) as service:
        arguments = ("cpu", "new", service, FILM_ID, str(CPU_S))
        ours, peer = in_turns(
            lambda: bench.ours(*arguments, QT_QPA_PLATFORM="offscreen") * 60 / CPU_S,
            lambda: peers.libvlc_cpu_s(address, CPU_S) * 60 / CPU_S,
            turns=3,
        )
        beside: tuple[str, ...] = ("not shown on a screen here: no DISPLAY",)
        if os.environ.get("DISPLAY"):
            shown = bench.ours(*arguments, QT_QPA_PLATFORM="xcb") * 60 / CPU_S
            beside = (f"shown under {os.environ['DISPLAY']}: {shown:.2f} s",)
    return Result("cpu", ours, peer, "libVLC, vdummy", "CPU s/min", 1.5, beside)


def start(bench: Bench) -> Result:
    """Process start until home is painted from 10,000 films, against a bare window."""
    profile = bench.folder / "profile"
    with bench_service(DEMO, films_in_all=MANY) as service:
        bench.ours("prepare", str(profile), service)
    ours, peer = in_turns(
        lambda: bench.ours("start", str(profile), str(time.monotonic())),
        lambda: float(
            subprocess.run(
                [sys.executable, "-m", "tests.bench.bare_window", str(time.monotonic())],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
                timeout=60,
            ).stdout
        ),
    )
    return Result("start", ours, peer, "bare PySide6 window", "s", 1.5)


BENCHES: dict[str, Callable[[Bench], Result]] = {
    "first-picture-cold": lambda bench: first_picture(bench, "cold", 0.5),
    "first-picture-warm": lambda bench: first_picture(bench, "warm", 0.1),
    "first-picture-offline": first_picture_offline,
    "seek-online": seek_online,
    "seek-offline": seek_offline,
    "download-link": download_link,
    "gateway": gateway,
    "cpu": cpu,
    "start": start,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHES)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    if not peers.mpv_is_here():
        sys.stdout.write("mpv is missing: apt-get install mpv\n")
        return 1
    results = []
    with tempfile.TemporaryDirectory(prefix="verite-bench-") as folder, ExitStack() as stack:
        bench = Bench(Path(folder), stack)
        for name in arguments.names or BENCHES:
            result = BENCHES[name](bench)
            results.append(result)
            sys.stdout.write(f"{result.line()}\n")
            sys.stdout.writelines(f"    {each}\n" for each in result.beside)
            sys.stdout.flush()
    if arguments.json:
        table = {result.name: result.as_json() for result in results}
        arguments.json.write_text(json.dumps(table, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
