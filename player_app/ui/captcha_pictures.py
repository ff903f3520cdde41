"""Captcha pictures for QML, held in memory only: `image://captcha/<id>`."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from player_app.ui.picture_provider import decoded


class CaptchaPictures(QQuickImageProvider):
    """The last picture kept is the only one there is."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._image = QImage()

    def keep(self, picture: bytes) -> None:
        self._image = decoded(picture, QSize()) or QImage()

    def requestImage(self, _asked: str, size: QSize, _wanted: QSize) -> QImage:
        size.setWidth(self._image.width())
        size.setHeight(self._image.height())
        return self._image
