"""A bare PySide6 window with one Text: prints how long it took from the process's start."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

QML = b"""
import QtQuick
Window { visible: true; width: 1280; height: 800
    Text { anchors.centerIn: parent; text: "Hello" }
}
"""


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    engine = QQmlApplicationEngine()
    engine.loadData(QML)
    engine.rootObjects()[0].frameSwapped.connect(application.quit)  # type: ignore[attr-defined]
    application.exec()
    sys.stdout.write(f"{time.monotonic() - float(sys.argv[1]):.4f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
