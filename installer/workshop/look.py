"""Run inside the virtual environment: keeps a picture of the screen up to date until it ends."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

EVERY_S = 2.0
SAMPLES = 64
COLOURS = 8


def is_painted(image: QImage) -> bool:
    """Whether a sparse grid over the picture has more than a few colours."""
    across, down = max(1, image.width() // SAMPLES), max(1, image.height() // SAMPLES)
    columns, rows = range(0, image.width(), across), range(0, image.height(), down)
    return len({image.pixel(x, y) for x in columns for y in rows}) > COLOURS


def main(path: Path) -> None:
    application = QGuiApplication([])
    unfinished = path.with_name(f"unfinished-{path.name}")
    kept = QImage()
    while True:
        image = application.primaryScreen().grabWindow(0).toImage()
        if image != kept and is_painted(image) and image.save(str(unfinished)):
            unfinished.replace(path)
            kept = image
        time.sleep(EVERY_S)


if __name__ == "__main__":
    # Ctrl-C is for the player; whoever started this ends it then
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main(Path(sys.argv[1]))
