"""One visit of a viewer: the real application on a fresh profile, its window, its browser."""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QObject

from player_app.app import App, Wanted
from player_app.environment import Environment
from player_app.storage.paths import open_paths
from tests.edge_code import find_tones
from tests.journeys.screen import Screen

FRAME_RATE = 24
LAST_LOOK = Path(__file__).parents[2] / "build" / "last-look.png"
"""What the window showed when a step failed."""
OPENER = """#!/bin/sh
printf '%s\\n' "$1" >> '{log}'
"""


class Visit:
    """The application and what a viewer sees and hears of it."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app = app
        self.screen = Screen(app.window.root)
        self._opened = folder / "opened"
        self._sound = folder / "sound.wav"

    def opened_pages(self) -> list[str]:
        """The addresses that were handed to the system's browser."""
        return self._opened.read_text().split() if self._opened.exists() else []

    def position_ms(self) -> int:
        """Where the player says the film is."""
        return int(self.app.player.property("positionMs"))

    def pictured_ms(self) -> int | None:
        """Where the film is by the frame number that is to be seen in the window."""
        number = self.screen.frame_number("picture")
        return None if number is None else round(number * 1000 / FRAME_RATE)

    def tones(self) -> list[float]:
        """When the marker tone was heard, in seconds of the sound since the start."""
        return find_tones(*_samples(self._sound.read_bytes()))


def _samples(sound: bytes) -> tuple[npt.NDArray[np.int16], int]:
    """Samples × channels and rate of a WAV file that may still grow: 16 bits, 44 bytes ahead."""
    channels, rate = struct.unpack_from("<HI", sound, 22)
    whole = (len(sound) - 44) // (2 * channels) * channels
    return np.frombuffer(sound, np.int16, whole, 44).reshape(-1, channels), rate


@contextmanager
def visit(service: str, folder: Path, environment: Environment) -> Iterator[Visit]:
    """The application until the end of the block; ends as it ends for a viewer.

    It begins on this service; where it is empty, with what an earlier visit left in the folder,
    or the viewer is asked for one.
    """
    programs = folder / "programs"
    programs.mkdir(parents=True, exist_ok=True)
    opener = programs / "xdg-open"
    opener.write_text(OPENER.format(log=folder / "opened"))
    opener.chmod(0o755)
    app = App(
        open_paths(folder / "profile"),
        dataclasses.replace(environment, path=str(programs)),
        engine_options=("--aout=afile", f"--audiofile-file={folder / 'sound.wav'}"),
    )
    made = Visit(app, folder)
    try:
        app.start(Wanted(service=service, trusted=bool(service)))
        yield made
    except (AssertionError, TimeoutError):
        LAST_LOOK.parent.mkdir(exist_ok=True)
        made.screen.look().save(str(LAST_LOOK))
        raise
    finally:
        app.stop()
        QCoreApplication.sendPostedEvents(QObject(), 0)
