"""The peers: libVLC in a bare process and mpv, asked how long they need for a first picture."""

from __future__ import annotations

import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

GIVE_UP_S = 60


def mpv_is_here() -> bool:
    return shutil.which("mpv") is not None


def mpv_first_picture_s(address: str) -> float:
    """Seconds from *loadfile* to the first picture in an idle mpv without screen and sound."""
    with tempfile.TemporaryDirectory() as folder:
        door = Path(folder) / "mpv"
        command = ["mpv", "--no-config", "--idle=yes", "--vo=null", "--ao=null", "--really-quiet"]
        mpv = subprocess.Popen([*command, f"--input-ipc-server={door}"])
        try:
            with _connected(door) as link:
                return _mpv_opens(link, address)
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


def _mpv_opens(link: socket.socket, address: str) -> float:
    begun = time.monotonic()
    link.sendall(json.dumps({"command": ["loadfile", address]}).encode() + b"\n")
    for line in link.makefile("rb"):
        if json.loads(line).get("event") == "playback-restart":
            return time.monotonic() - begun
    raise RuntimeError("mpv ended before it showed a picture")


def mpv_seek_s(address: str, places: Sequence[float], length_s: float) -> float:
    """From a seek to its first picture, the median over some parts of the film."""
    with tempfile.TemporaryDirectory() as folder:
        door = Path(folder) / "mpv"
        command = ["mpv", "--no-config", "--idle=yes", "--vo=null", "--ao=null", "--really-quiet"]
        mpv = subprocess.Popen([*command, f"--input-ipc-server={door}"])
        try:
            with _connected(door) as link:
                _mpv_opens(link, address)
                return statistics.median(_mpv_seeks(link, part * length_s) for part in places)
        finally:
            mpv.terminate()
            mpv.wait(timeout=5)


def _mpv_seeks(link: socket.socket, to_s: float) -> float:
    begun = time.monotonic()
    command = {"command": ["seek", to_s, "absolute+exact"]}
    link.sendall(json.dumps(command).encode() + b"\n")
    for line in link.makefile("rb"):
        if json.loads(line).get("event") == "playback-restart":
            return time.monotonic() - begun
    raise RuntimeError("mpv ended before it showed a picture")


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
