"""What libVLC needs for a film, loaded ahead of the first one, which need not wait for it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

LIST_OF_PLUGINS = "plugins.dat"
FOR_A_FILM = (
    *("adaptive", "mp4", "http", "packetizer_h264", "packetizer_mpeg4audio", "avcodec"),
    *("vmem", "swscale", "samplerate", "audio_format", "float_mixer", "trivial_channel_mixer"),
)


def load_ahead() -> None:
    """Where libVLC knows its plugins by a list, it loads each when a film first asks for it.

    Nothing where there is no such list: there it has loaded all of them. Linux only: the folder is
    found by where the process has libVLC from.
    """
    folder = _folder() if sys.platform.startswith("linux") else None
    if folder is None or not (folder / LIST_OF_PLUGINS).exists():
        return
    for name in FOR_A_FILM:
        for file in folder.glob(f"*/lib{name}_plugin.so"):
            # a plugin that can't be loaded is libVLC's to name, once a film needs it
            with contextlib.suppress(OSError):
                ctypes.CDLL(str(file))


def _folder() -> Path | None:
    told = os.environ.get("VLC_PLUGIN_PATH")
    if told:
        return Path(told)
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").split()
    core = next((each for each in mapped if "/libvlccore.so" in each), None)
    return None if core is None else Path(core).parent / "vlc" / "plugins"
