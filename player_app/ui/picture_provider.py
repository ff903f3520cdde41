"""Pictures for QML, fetched and decoded off the Qt thread: `image://pictures/<sha256>[/<radius>]`."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath
from PySide6.QtQuick import QQuickImageProvider

from player_app.core.errors import Stopped, VeriteError

log = logging.getLogger(__name__)

MOST_PIXELS = 16_000_000
PATIENCE_S = 10.0
_BEGINNINGS = {
    b"jpeg": re.compile(rb"\xff\xd8\xff"),
    b"png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    b"webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""JPEG: ITU-T T.81 B.1.1.3; PNG: ISO/IEC 15948 5.2; WebP: RFC 9649 2.4."""


def decoded(content: bytes, wanted: QSize) -> QImage | None:
    """The picture, filling `wanted` where both sides are given; None if it can't be shown.

    Qt must not look for the format: of a PNG it would ask its SVG plugin too, which connects a
    signal. That takes a lock of Qt's while this thread holds Python's; a Qt thread in
    `disconnectNotify` holds Qt's and wants Python's, and both would wait for ever.
    """
    known = (each for each, beginning in _BEGINNINGS.items() if beginning.match(content))
    name = next(known, None)
    if name is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(name))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not 0 < size.width() * size.height() <= MOST_PIXELS:
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


def nothing() -> QImage:
    """A transparent dot, for a picture that can't be had."""
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(Qt.GlobalColor.transparent)
    return dot


class PictureProvider(QQuickImageProvider):
    """Answers on Qt's reader thread; what is fetched ahead is fetched four at a time.

    An asynchronous provider's responses would be asked, in Python, under the reader's lock: a Qt
    thread that holds Python's lock and wants the reader's would then wait for ever.
    """

    def __init__(self, bytes_of: Callable[[str], bytes]) -> None:
        super().__init__(
            QQuickImageProvider.ImageType.Image,
            QQuickImageProvider.Flag.ForceAsynchronousImageLoading,
        )
        self._bytes_of = bytes_of
        self._executor = ThreadPoolExecutor(4, thread_name_prefix="picture")
        self._guard = threading.RLock()  # a future that is done calls back at once, inside it
        self._wanted: dict[str, Future[bytes]] = {}
        self._closed = False

    def prefetch(self, pictures: Iterable[str]) -> None:
        """Have these pictures fetched, in this order, before they are asked for."""
        for sha256 in pictures:
            self._content(sha256)

    def requestImage(self, asked: str, size: QSize, wanted: QSize) -> QImage:
        sha256, _, radius = asked.partition("/")
        image = self._picture(sha256, QSize(wanted), float(radius or 0))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image

    def close(self) -> None:
        """Let go of whoever waits for a picture."""
        with self._guard:
            self._closed = True
            wanted, self._wanted = self._wanted, {}
        for future in wanted.values():
            future.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _content(self, sha256: str) -> Future[bytes]:
        with self._guard:
            if self._closed:
                raise Stopped
            future = self._wanted.get(sha256)
            if future is None:
                future = self._wanted[sha256] = self._executor.submit(self._bytes_of, sha256)
                future.add_done_callback(lambda _: self._forget(sha256))
            return future

    def _forget(self, sha256: str) -> None:
        with self._guard:
            self._wanted.pop(sha256, None)

    def _picture(self, sha256: str, wanted: QSize, radius: float) -> QImage:
        """The picture, or a transparent dot: the film's colour behind it then stays to be seen."""
        try:
            content = self._content(sha256).result(PATIENCE_S)
        except (VeriteError, TimeoutError, CancelledError) as error:
            log.info("a picture is missing: %s", error)
            return nothing()
        image = decoded(content, wanted)
        if image is None:
            log.warning("a picture could not be decoded")
            return nothing()
        return rounded(image, wanted, radius) if radius and wanted.isValid() else image
