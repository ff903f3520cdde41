"""A small window of its own for what keeps the player from starting."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from player_app.core.storage_errors import StorageError
from player_app.ui.application import QML
from player_app.ui.icons import Icons
from player_app.ui.viewmodels.trouble import TroubleViewModel

log = logging.getLogger(__name__)
T = TypeVar("T")


def until_it_works(work: Callable[[], T]) -> T | None:
    """What `work` makes; while this computer can't store it the viewer is asked, None: to end."""
    while True:
        try:
            return work()
        except StorageError as error:
            log.exception("the player can't start")
            if not wants_another_try(error):
                return None


def wants_another_try(error: StorageError) -> bool:
    """Show what is wrong, and wait for the viewer to decide."""
    QGuiApplication.setQuitOnLastWindowClosed(False)  # the player's own window is yet to come
    try:
        return _decision(error)
    finally:
        QGuiApplication.setQuitOnLastWindowClosed(True)


def _decision(error: StorageError) -> bool:
    trouble, icons = TroubleViewModel(error), Icons(QML / "Verite" / "icons")
    engine, waiting = QQmlApplicationEngine(), QEventLoop()
    answers: list[bool] = []
    trouble.decided.connect(answers.append)
    trouble.decided.connect(waiting.quit)
    engine.addImportPath(str(QML))
    engine.addImageProvider("icons", icons)
    engine.setInitialProperties({"trouble": trouble})
    engine.load(QUrl.fromLocalFile(str(QML / "Verite" / "TroubleWindow.qml")))
    if not answers:
        waiting.exec()
    for root in engine.rootObjects():
        root.setProperty("visible", False)
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(engine, QEvent.Type.DeferredDelete)
    return bool(answers and answers[0])
