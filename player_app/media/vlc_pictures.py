"""libVLC's picture callbacks: they copy pointers between libVLC and a picture target."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from player_app.media.engine import PictureShape, PictureTarget

ALIGNMENT = 32
"""A decoder's pictures are larger than the visible ones by less than this many pixels."""

_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_Format = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_void_p,
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
)
_Cleanup = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Pictures:
    """Holds the callback objects for the life of the process; libVLC calls them at any time.

    `begun` hears, on a thread of libVLC's, of the first picture of each opening.
    """

    def __init__(self, target: PictureTarget, begun: Callable[[], None]) -> None:
        self._target = target
        self._begun = begun
        self._is_first = True
        self._known: PictureShape | None = None
        self._first: PictureShape | None = None
        self._lock = _Lock(self._on_lock)
        self._display = _Display(self._on_display)
        self._format = _Format(self._on_format)
        self._cleanup = _Cleanup(lambda _opaque: None)

    def expect(self, shape: PictureShape | None) -> None:
        """What the next opening's pictures measure, if that is known."""
        self._known, self._first, self._is_first = shape, None, True

    def attach(self, vlc: Any, player: Any) -> None:
        """Once for a player, before it plays."""
        kinds = vlc.CallbackDecorators
        player.video_set_callbacks(
            ctypes.cast(self._lock, kinds.VideoLockCb),
            None,
            ctypes.cast(self._display, kinds.VideoDisplayCb),
            None,
        )
        player.video_set_format_callbacks(
            ctypes.cast(self._format, kinds.VideoFormatCb),
            ctypes.cast(self._cleanup, kinds.VideoCleanupCb),
        )

    def _on_lock(self, _opaque: Any, planes: Any) -> None:
        planes[0], planes[1], planes[2] = self._target.lock()

    def _on_display(self, _opaque: Any, _picture: Any) -> None:
        self._target.display()
        if self._is_first:
            self._is_first = False
            self._begun()

    def _on_format(
        self, _opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any
    ) -> int:
        asked = PictureShape(width[0], height[0])
        self._first = self._first or asked
        shape = visible_shape(self._known, self._first, asked)
        ctypes.memmove(chroma, b"I420", 4)
        width[0], height[0] = shape.width, shape.height
        for index, plane in enumerate(self._target.begin(shape)):
            pitches[index], lines[index] = plane.pitch, plane.lines
        return 1


def visible_shape(
    known: PictureShape | None, first: PictureShape, asked: PictureShape
) -> PictureShape:
    """The size to give back: libVLC asks several times, the last time for the decoder's size.

    Taking that would make libVLC scale every picture.
    """
    if known is not None:
        return known
    wider, higher = asked.width - first.width, asked.height - first.height
    return first if 0 <= wider < ALIGNMENT and 0 <= higher < ALIGNMENT else asked
