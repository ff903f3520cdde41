"""Brings libVLC's pictures to the scene: QVideoFrames that it writes into, one QVideoSink."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoSink
from shiboken6 import isValid

from player_app.media.engine import PictureShape, Plane

_PLANES = range(3)
_REMEMBERED = 24

GAP_S = 1.0
"""libVLC displays something all the time: after such a gap it stood still, and so did all else."""

# memcmp without the GIL: comparing memoryviews takes 1 ms for a 720p picture, and holds it.
_memcmp = (ctypes.CDLL("msvcrt") if os.name == "nt" else ctypes.CDLL(None)).memcmp
_memcmp.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class VideoSurface(QObject):
    """`PictureTarget` and `PictureView`: libVLC's threads lock and display, Qt's shows the newest.

    A picture that equals the one before is not handed on: libVLC displays the last one again
    some 14 times a second while it is paused or stalled. `shown` counts those handed on.
    `running_s` is a clock that runs on through sleep, in seconds.
    """

    shown = Signal()
    _due = Signal()

    def __init__(self, running_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._running_s = running_s
        self._ran_at: float | None = None
        self._doubted_at: float | None = None
        self._format = _format(PictureShape(16, 16))
        self._writing: QVideoFrame | None = None
        self._latest: QVideoFrame | None = None
        self._guard = threading.Lock()
        self._waiting = False
        self._held: QVideoFrame | None = None
        self._holds = False
        self._newest_at = 0.0
        self._displayed: deque[float] = deque(maxlen=_REMEMBERED)
        self._sink: QVideoSink | None = None
        self._due.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @Slot(QVideoSink)
    def show_in(self, sink: QVideoSink) -> None:
        """Show pictures in this sink, beginning with the newest there is."""
        self._sink = sink
        if self._latest is not None:
            sink.setVideoFrame(self._latest)

    @Slot()
    def clear(self) -> None:
        """Forget the film's last picture."""
        with self._guard:
            self._latest = self._held = None
        if self._sink is not None and isValid(self._sink):
            self._sink.setVideoFrame(QVideoFrame())

    def newest(self) -> QVideoFrame:
        """The picture shown now, an invalid frame if there is none."""
        with self._guard:
            return self._latest if self._latest is not None else QVideoFrame()

    @property
    def newest_at(self) -> float:
        return self._newest_at

    @property
    def displayed(self) -> tuple[float, ...]:
        with self._guard:
            return tuple(self._displayed)

    def hold(self) -> None:
        with self._guard:
            self._held, self._holds = None, True

    def release(self) -> None:
        with self._guard:
            self._holds = False
        self._hand_on_held()

    def trust(self, looked_at: float) -> None:
        with self._guard:
            if self._doubted_at is None or self._doubted_at > looked_at:
                return
            self._doubted_at = None
        self._hand_on_held()

    def begin(self, shape: PictureShape) -> tuple[Plane, Plane, Plane]:
        self._format = _format(shape)
        self._writing = None
        with self._guard:
            self._ran_at = self._doubted_at = None
        frame = self._mapped()
        heights = (shape.height, (shape.height + 1) // 2, (shape.height + 1) // 2)
        y, u, v = (
            Plane(_address(frame, plane), frame.bytesPerLine(plane), heights[plane])
            for plane in _PLANES
        )
        return y, u, v

    def lock(self) -> tuple[int, int, int]:
        frame = self._mapped()
        return _address(frame, 0), _address(frame, 1), _address(frame, 2)

    def display(self) -> None:
        now, ran_at, frame = time.monotonic(), self._running_s(), self._writing
        with self._guard:
            self._displayed.append(now)
            if self._ran_at is not None and ran_at - self._ran_at > GAP_S:
                self._doubted_at = now
            self._ran_at = ran_at
            before = self._held or self._latest
        if frame is None or (before is not None and _same(frame, before)):
            return
        self._writing = None
        self._newest_at = now
        frame.unmap()
        with self._guard:
            if self._holds or self._doubted_at is not None:
                self._held = frame
                return
        self._hand_on(frame)

    def _hand_on_held(self) -> None:
        with self._guard:
            if self._holds or self._doubted_at is not None:
                return
            frame, self._held = self._held, None
        if frame is not None:
            self._hand_on(frame)

    def _hand_on(self, frame: QVideoFrame) -> None:
        with self._guard:
            self._latest = frame
            waiting, self._waiting = self._waiting, True
        if not waiting:
            self._due.emit()

    @Slot()
    def _show(self) -> None:
        with self._guard:
            self._waiting = False
            frame = self._latest
        if frame is not None:
            if self._sink is not None and isValid(self._sink):
                self._sink.setVideoFrame(frame)
            self.shown.emit()

    def _mapped(self) -> QVideoFrame:
        if self._writing is None:
            self._writing = QVideoFrame(self._format)
            self._writing.map(QVideoFrame.MapMode.ReadWrite)
        return self._writing


def _format(shape: PictureShape) -> QVideoFrameFormat:
    """Unset, Qt would guess the colour space from the size: two renditions, two colours."""
    size = QSize(shape.width, shape.height)
    form = QVideoFrameFormat(size, QVideoFrameFormat.PixelFormat.Format_YUV420P)
    form.setColorSpace(QVideoFrameFormat.ColorSpace.ColorSpace_BT709)
    form.setColorRange(QVideoFrameFormat.ColorRange.ColorRange_Video)
    form.setColorTransfer(QVideoFrameFormat.ColorTransfer.ColorTransfer_BT709)
    return form


def _address(frame: QVideoFrame, plane: int) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(frame.bits(plane)))


def _same(frame: QVideoFrame, before: QVideoFrame) -> bool:
    """Whether a mapped frame holds the same picture as one that was handed on."""
    if frame.size() != before.size() or not before.map(QVideoFrame.MapMode.ReadOnly):
        return False
    try:
        return not any(
            _memcmp(_address(frame, plane), _address(before, plane), frame.mappedBytes(plane))
            for plane in _PLANES
        )
    finally:
        before.unmap()
