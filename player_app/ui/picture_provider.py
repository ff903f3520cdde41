"""Pictures for QML, fetched and decoded off the Qt thread: `image://pictures/<sha256>[/<radius>]`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath
from PySide6.QtQuick import QQuickAsyncImageProvider, QQuickImageResponse, QQuickTextureFactory

from player_app.core.errors import VeriteError

log = logging.getLogger(__name__)

MOST_PIXELS = 16_000_000
_FORMATS = {b"jpeg", b"png", b"webp"}


def decoded(content: bytes, wanted: QSize) -> QImage | None:
    """The picture, filling `wanted` where both sides are given; None if it can't be shown."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    pixels = size.width() * size.height()
    if bytes(reader.format().data()) not in _FORMATS or not 0 < pixels <= MOST_PIXELS:
        return None
    if wanted.width() > 0 and wanted.height() > 0:
        filling = size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if filling.width() < size.width():
            reader.setScaledSize(filling)
    image = reader.read()
    return None if image.isNull() else image


def rounded(image: QImage, wanted: QSize, radius: float) -> QImage:
    """The middle of the picture in `wanted`'s shape, its corners cut round."""
    shape = wanted.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    scale = shape.width() / max(wanted.width(), 1)
    cut = QImage(shape, QImage.Format.Format_ARGB32_Premultiplied)
    cut.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addRoundedRect(QRectF(cut.rect()), radius * scale, radius * scale)
    painter = QPainter(cut)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    left, top = (image.width() - shape.width()) // 2, (image.height() - shape.height()) // 2
    painter.drawImage(-left, -top, image)
    painter.end()
    return cut


class _Response(QQuickImageResponse):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.wrong = ""
        self.cancelled = threading.Event()

    def textureFactory(self) -> QQuickTextureFactory:
        return QQuickTextureFactory.textureFactoryForImage(self.image)

    def errorString(self) -> str:
        return self.wrong

    def cancel(self) -> None:
        self.cancelled.set()


class PictureProvider(QQuickAsyncImageProvider):
    """Asks `bytes_of(sha256)` on threads of its own, so that a slow picture holds up no other.

    Qt deletes a response on its reader thread after it has finished: the wrapper is kept until
    then, and none finishes once `close` has been called, since the engine may then be gone.
    """

    def __init__(self, bytes_of: Callable[[str], bytes]) -> None:
        super().__init__()
        self._bytes_of = bytes_of
        self._executor = ThreadPoolExecutor(4, thread_name_prefix="picture")
        self._guard = threading.Lock()
        self._kept: list[_Response] = []
        self._closed = False

    def requestImageResponse(self, asked: str, wanted: QSize) -> QQuickImageResponse:
        response = _Response()
        sha256, _, radius = asked.partition("/")
        size = QSize(wanted)
        with self._guard:
            self._kept = [each for each in self._kept if shiboken6.isValid(each)]
            self._kept.append(response)
            if not self._closed:
                self._executor.submit(self._answer, response, sha256, size, float(radius or 0))
        return response

    def close(self) -> None:
        with self._guard:
            self._closed = True
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _answer(self, response: _Response, sha256: str, wanted: QSize, radius: float) -> None:
        if not response.cancelled.is_set():
            response.image = self._picture(sha256, wanted, radius)
        with self._guard:
            if not self._closed:
                response.finished.emit()

    def _picture(self, sha256: str, wanted: QSize, radius: float) -> QImage:
        """The picture, or a transparent dot: the film's colour behind it then stays to be seen."""
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        nothing.fill(Qt.GlobalColor.transparent)
        try:
            content = self._bytes_of(sha256)
        except VeriteError as error:
            log.info("a picture is missing: %s", error)
            return nothing
        image = decoded(content, wanted)
        if image is None:
            log.warning("a picture could not be decoded")
            return nothing
        return rounded(image, wanted, radius) if radius and wanted.isValid() else image
