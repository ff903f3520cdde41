"""Pictures on their way to a page that may be gone before they arrive."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtMultimedia import QVideoSink
from pytestqt.qtbot import QtBot

from player_app.media.engine import PictureShape
from player_app.ui.video_surface import VideoSurface

SHAPE = PictureShape(16, 16)


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
