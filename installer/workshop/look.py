"""Run inside the virtual environment: waits until a screen is painted on, and keeps a picture."""

from __future__ import annotations

import sys
import time

from PySide6.QtGui import QGuiApplication, QImage

PATIENCE_S = 60.0
SAMPLES = 64
COLOURS = 8


def is_painted(image: QImage) -> bool:
    """Whether a sparse grid over the picture has more than a few colours."""
    across, down = max(1, image.width() // SAMPLES), max(1, image.height() // SAMPLES)
    columns, rows = range(0, image.width(), across), range(0, image.height(), down)
    return len({image.pixel(x, y) for x in columns for y in rows}) > COLOURS


def main(path: str) -> int:
    application = QGuiApplication([])
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        image = application.primaryScreen().grabWindow(0).toImage()
        if is_painted(image) and image.save(path):
            return 0
        time.sleep(0.5)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
