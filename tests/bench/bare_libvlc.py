"""libVLC in a process with nothing else: prints one figure for the bench."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from typing import Any

import vlc

WIDTH, HEIGHT = 1280, 720
GIVE_UP_S = 60


def first_picture_s(address: str) -> float:
    """Seconds from *play* to the first call of the display callback."""
    instance = vlc.Instance("--quiet", "--aout=dummy", "--no-video-title-show")
    player = instance.media_player_new()
    planes = (ctypes.c_ubyte * (WIDTH * HEIGHT * 4))()
    shown = threading.Event()

    @vlc.CallbackDecorators.VideoLockCb  # type: ignore[untyped-decorator]
    def lock(_opaque: Any, out: Any) -> None:
        out[0] = ctypes.addressof(planes)

    @vlc.CallbackDecorators.VideoDisplayCb  # type: ignore[untyped-decorator]
    def display(_opaque: Any, _picture: Any) -> None:
        shown.set()

    player.video_set_callbacks(lock, None, display, None)
    player.video_set_format("RV32", WIDTH, HEIGHT, WIDTH * 4)
    player.set_media(instance.media_new(address))
    begun = time.monotonic()
    player.play()
    if not shown.wait(GIVE_UP_S):
        raise TimeoutError("libVLC showed no picture")
    took_s = time.monotonic() - begun
    player.stop()
    return took_s


def cpu_s(address: str, seconds: float) -> float:
    """CPU seconds of the process over `seconds` of playing with the dummy output."""
    instance = vlc.Instance("--quiet", "--vout=vdummy", "--aout=dummy", "--no-video-title-show")
    player = instance.media_player_new()
    player.set_media(instance.media_new(address))
    player.play()
    deadline = time.monotonic() + GIVE_UP_S
    while player.get_time() <= 0:
        if time.monotonic() > deadline:
            raise TimeoutError("libVLC did not play")
        time.sleep(0.02)
    before, begun = os.times(), time.monotonic()
    time.sleep(seconds)
    after, took_s = os.times(), time.monotonic() - begun
    player.stop()
    return (after.user + after.system - before.user - before.system) * seconds / took_s


def main() -> None:
    match sys.argv[1:]:
        case ["first-picture", address]:
            figure = first_picture_s(address)
        case ["cpu", address, seconds]:
            figure = cpu_s(address, float(seconds))
        case other:
            raise SystemExit(f"unknown: {other}")
    sys.stdout.write(f"{figure:.4f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
