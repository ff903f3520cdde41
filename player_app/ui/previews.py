"""The small pictures above the timeline, cut out of their sheets off the Qt thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from player_app.core.errors import VeriteError
from player_app.ui.picture_provider import decoded, nothing

STEP_MS = 1000


class Sheet(Protocol):
    """A preview picture: the file it lies in, and where on it in pixels."""

    @property
    def sha256(self) -> str: ...

    @property
    def data(self) -> bytes: ...

    @property
    def place(self) -> tuple[int, int, int, int]: ...


Find = Callable[[int], Sheet | None]


class Previews(QQuickImageProvider):
    """Answers `image://previews/<film's turn>/<second>` from the film that plays."""

    def __init__(self) -> None:
        super().__init__(
            QQuickImageProvider.ImageType.Image,
            QQuickImageProvider.Flag.ForceAsynchronousImageLoading,
        )
        self._guard = threading.Lock()
        self._find: Find | None = None
        self._turn = 0
        self._sheet: tuple[str, QImage] = ("", QImage())

    def show(self, find: Find | None) -> None:
        """Previews come from here from now on."""
        with self._guard:
            self._find = find
            self._turn += 1

    def source(self, position_ms: int) -> str:
        return f"image://previews/{self._turn}/{position_ms // STEP_MS}"

    def requestImage(self, name: str, size: QSize, _wanted: QSize) -> QImage:
        turn, _, second = name.partition("/")
        with self._guard:
            find = self._find if turn == str(self._turn) else None
        try:
            sheet = find(int(second) * STEP_MS) if find is not None and second.isdecimal() else None
        except VeriteError:
            sheet = None
        image = self._cut(sheet) if sheet is not None else nothing()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image

    def _cut(self, sheet: Sheet) -> QImage:
        if self._sheet[0] != sheet.sha256:
            self._sheet = (sheet.sha256, decoded(sheet.data, QSize()) or QImage())
        return self._sheet[1].copy(QRect(*sheet.place))
