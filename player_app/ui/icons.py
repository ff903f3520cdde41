"""The player's own icons, drawn in the colour that QML asks for: `image://icons/<name>/<rrggbb>`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer


class Icons(QQuickImageProvider):
    """SVG files of one folder; `currentColor` in them becomes the colour asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, asked: str, size: QSize, wanted: QSize) -> QImage:
        name, _, colour = asked.partition("/")
        drawing = (self._folder / f"{Path(name).name}.svg").read_text(encoding="utf-8")
        image = QImage(wanted if wanted.isValid() else QSize(24, 24), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        tinted = drawing.replace("currentColor", f"#{colour}")
        QSvgRenderer(QByteArray(tinted.encode())).render(painter)
        painter.end()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
