"""Pictures on their way to a page that may be gone before they arrive."""

from __future__ import annotations

import ctypes
import time

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtMultimedia import QVideoSink
from pytestqt.qtbot import QtBot

from player_app.media.engine import PictureShape
from player_app.ui.video_surface import GAP_S, VideoSurface

SHAPE = PictureShape(16, 16)


class Clock:
    ahead_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s


def show_a_picture(surface: VideoSurface) -> None:
    surface.begin(SHAPE)
    surface.lock()
    surface.display()


def test_a_picture_reaches_the_sink(qtbot: QtBot) -> None:
    surface, sink = VideoSurface(), QVideoSink()
    surface.show_in(sink)

    with qtbot.waitSignal(surface.shown):
        show_a_picture(surface)

    assert sink.videoFrame().isValid()


def test_a_picture_for_a_page_that_is_gone_is_let_go(qtbot: QtBot) -> None:
    surface, sink = VideoSurface(), QVideoSink()
    surface.show_in(sink)
    sink.deleteLater()
    QCoreApplication.sendPostedEvents(sink, QEvent.Type.DeferredDelete)

    with qtbot.waitSignal(surface.shown):
        show_a_picture(surface)
    surface.clear()


def test_the_next_page_shows_the_newest_picture_at_once(qtbot: QtBot) -> None:
    surface, sink = VideoSurface(), QVideoSink()
    with qtbot.waitSignal(surface.shown):
        show_a_picture(surface)

    surface.show_in(sink)

    assert sink.videoFrame().isValid()


def test_a_picture_after_a_gap_is_shown_only_when_somebody_looked_after_it(qtbot: QtBot) -> None:
    clock = Clock()
    surface = VideoSurface(clock)
    with qtbot.waitSignal(surface.shown):
        show_a_picture(surface)
    before = surface.newest()
    looked_at = time.monotonic()
    clock.ahead_s = GAP_S + 1

    show_another(surface)
    assert surface.newest() == before
    surface.trust(looked_at)
    surface.release()
    assert surface.newest() == before
    with qtbot.waitSignal(surface.shown):
        surface.trust(time.monotonic())
    assert surface.newest() != before


def test_the_first_picture_of_an_opening_comes_after_no_gap(qtbot: QtBot) -> None:
    clock = Clock()
    surface = VideoSurface(clock)
    with qtbot.waitSignal(surface.shown):
        show_a_picture(surface)
    clock.ahead_s = GAP_S + 1

    with qtbot.waitSignal(surface.shown):
        surface.begin(SHAPE)
        show_another(surface)


def show_another(surface: VideoSurface) -> None:
    """Of another shade, on an opening that is under way."""
    luma, _, _ = surface.lock()
    ctypes.memset(luma, 99, SHAPE.width)
    surface.display()
