"""Where libVLC is, whether it is new enough, and what it is told once; the only importer of vlc."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path
from typing import Any

from player_app.core.stream_errors import EngineMissing

_LEAST = (3, 0, 18)
LEAST_VERSION = ".".join(map(str, _LEAST))

HELD_MS = 700
"""So much film libVLC reads before it shows it; its end waits for a picture that is due so late."""

QUIET = (
    "--quiet",
    "--ignore-config",
    "--no-video-title-show",
    "--no-osd",
    "--no-sub-autodetect-file",
    "--no-metadata-network-access",
    "--no-lua",
    "--no-xlib",
    "--no-spu",
    "--avcodec-hw=none",
    f"--network-caching={HELD_MS}",
)


def options(sound: tuple[str, ...] = ()) -> list[str]:
    """For an instance of libVLC; `sound` says where sound goes, else the system decides."""
    return [*QUIET, *(sound or _sound())]


def _sound() -> tuple[str, ...]:
    """Without any sound device libVLC would try ALSA again and again, which writes to stderr."""
    if not sys.platform.startswith("linux") or "PULSE_SERVER" in os.environ:
        return ()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if Path("/dev/snd").exists() or (runtime and Path(runtime, "pulse", "native").exists()):
        return ()
    return ("--aout=dummy",)


def libvlc() -> Any:
    """The vlc module; on Linux by libVLC's own name, since searching for it runs programs."""
    if sys.platform.startswith("linux") and "PYTHON_VLC_LIB_PATH" not in os.environ:
        try:
            ctypes.CDLL("libvlc.so.5")
        except OSError as absent:
            raise EngineMissing(LEAST_VERSION, None) from absent
        os.environ["PYTHON_VLC_LIB_PATH"] = "libvlc.so.5"
    try:
        import vlc  # noqa: PLC0415 - loading it takes time and may fail
    except (ImportError, OSError, AttributeError, NotImplementedError, SystemExit) as absent:
        # where PYTHON_VLC_LIB_PATH names no library, python-vlc would end the process
        raise EngineMissing(LEAST_VERSION, None) from absent
    return vlc


def is_new_enough(version: str) -> bool:
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return found is not None and _LEAST <= tuple(map(int, found.groups())) < (4,)
