"""A program: pictures are decoded on a thread while models of Python lose connections on Qt's.

What Qt asks a new model of Python when it loses its first connection, it asks under a lock of its
own; a thread that wanted that lock, with Python's in its hands, would stop both for ever.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from player_app.ui.models.rows import Rows
from player_app.ui.picture_provider import decoded
from player_app.ui.viewmodels.player_face import ChoiceLine

MODELS = 10_000
LINES = (ChoiceLine("1", "One", chosen=True),)


def lose_connections() -> None:
    listeners = [QTimer() for _ in range(400)]
    kept: list[Rows] = []
    for turn in range(MODELS):
        model = Rows(ChoiceLine)
        kept.append(model)
        stop = listeners[turn % len(listeners)].stop
        model.modelReset.connect(stop, Qt.ConnectionType.SingleShotConnection)
        model.show(LINES)


def main(picture: bytes) -> int:
    _application = QGuiApplication([])
    done = threading.Event()
    images: list[bool] = []

    def decode() -> None:
        while not done.is_set():
            images.append(decoded(picture, QSize(8, 8)) is not None)

    threads = [threading.Thread(target=decode, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    lose_connections()
    done.set()
    for thread in threads:
        thread.join()
    return 0 if images and all(images) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).read_bytes()))
