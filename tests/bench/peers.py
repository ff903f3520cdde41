"""The peers: libVLC in a bare process and mpv, asked how long they need for a first picture."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

GIVE_UP_S = 60


def mpv_is_here() -> bool:
    return shutil.which("mpv") is not None


def mpv_first_picture_s(address: str) -> float:
    """Seconds from *loadfile* to the first picture."""
    with _idle_mpv() as mpv:
        return mpv.shows("loadfile", address)


def mpv_seek_s(address: str, places: Sequence[float], length_s: float) -> float:
    """From a seek to its first picture, the median over some parts of the film."""
    with _idle_mpv() as mpv:
        mpv.shows("loadfile", address)
        return statistics.median(
            mpv.shows("seek", part * length_s, "absolute+exact") for part in places
        )


class _Mpv:
    """An mpv that is told by lines of JSON what to do, and tells its events so (mpv(1), IPC)."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._lines = link.makefile("rb")

    def shows(self, *command: object) -> float:
        """Seconds from the command to the first picture that comes of it."""
        begun = time.monotonic()
        self._link.sendall(json.dumps({"command": command}).encode() + b"\n")
        for line in self._lines:
            if json.loads(line).get("event") == "playback-restart":
                return time.monotonic() - begun
        raise RuntimeError("mpv ended before it showed a picture")


@contextlib.contextmanager
def _idle_mpv() -> Iterator[_Mpv]:
    """Without screen and sound."""
    with tempfile.TemporaryDirectory() as folder:
        door = Path(folder) / "mpv"
        command = ["mpv", "--no-config", "--idle=yes", "--vo=null", "--ao=null", "--really-quiet"]
        mpv = subprocess.Popen([*command, f"--input-ipc-server={door}"])
        try:
            with _connected(door) as link:
                yield _Mpv(link)
        finally:
            mpv.terminate()
            mpv.wait(timeout=5)


def _connected(door: Path) -> socket.socket:
    deadline = time.monotonic() + GIVE_UP_S
    while time.monotonic() < deadline:
        link = socket.socket(socket.AF_UNIX)
        try:
            link.connect(str(door))
        except OSError:
            link.close()
            time.sleep(0.02)
        else:
            link.settimeout(GIVE_UP_S)
            return link
    raise TimeoutError("mpv did not open its door")


def libvlc_first_picture_s(address: str) -> float:
    """Seconds from *play* to the first displayed picture in a bare process of libVLC."""
    return float(_bare("first-picture", address))


def libvlc_cpu_s(address: str, seconds: float) -> float:
    """CPU seconds that a bare libVLC takes for so many seconds of film, nothing shown."""
    return float(_bare("cpu", address, str(seconds)))


def _bare(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.bench.bare_libvlc", *arguments]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    return run.stdout
