"""One colour is one colour on the screen, whichever rendition plays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.media.packaging import GROUND

ROOT = Path(__file__).resolve().parents[2]

SHOWS_BOTH = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
from tests.media.host import serving
from tests.media.player import TestPlayer
app = QGuiApplication([])
folder = Path(sys.argv[1])
package = json.loads((folder / "package.json").read_text())
view = QQuickView(QUrl.fromLocalFile(sys.argv[2]))
view.resize(640, 360)
view.show()
with serving(folder) as host:
    player = TestPlayer(package, host)
    player.surface.show_in(view.rootObject().property("videoSink"))
    for quality in ("v360", "v720"):
        player.surface.clear()
        player.open(quality=quality)
        height = int(quality[1:])
        player.wait(lambda: player.surface.newest().height() == height)
        player.wait(lambda: 50 < view.grabWindow().pixelColor(20, 20).red() < 250)
        colour = view.grabWindow().pixelColor(20, 20)
        print(colour.red(), colour.green(), colour.blue())
    player.close()
view.close()
"""


def test_both_renditions_have_the_films_colour_on_the_screen(
    screen: dict[str, str],
    film_folder: Path,
    film: dict[str, Any],  # noqa: ARG001 - made by now
    tmp_path: Path,
) -> None:
    page = tmp_path / "Picture.qml"
    page.write_text(
        "import QtQuick\nimport QtMultimedia\nVideoOutput { width: 640; height: 360 }\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", SHOWS_BOTH, str(film_folder), str(page)],
        cwd=ROOT,
        env={**os.environ, **screen, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=40,
    )
    colours = [tuple(map(int, line.split())) for line in run.stdout.splitlines()]
    assert len(colours) == 2
    for colour in colours:
        assert all(abs(got - meant) <= 4 for got, meant in zip(colour, GROUND, strict=True)), (
            colours
        )
