"""A viewer's hands and eyes: finds controls in a real window, clicks, types, waits, looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.edge_code import read_frame_number

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


PRINTED = {Qt.Key.Key_Space: " "}
LEAST_PICTURE = 64
"""Pixels; a smaller picture is none yet."""
_PAUSE = threading.Event()
"""Waited for in place of `time.sleep`, which fails under libfaketime 0.9.10 from Python 3.11 on."""


class Screen:
    """One window. Controls are named by their objectName; only what can be seen is found."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window

    def until(self, condition: Callable[[], object], what: str, within_s: float = 10.0) -> None:
        """Let the application run until `condition` holds; `what` names it when it never does."""
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                seen = ", ".join(sorted(self.names()))
                raise TimeoutError(f"not within {within_s} s: {what}; on the screen: {seen}")
            self.breathe()

    def breathe(self) -> None:
        """Give the application a moment of its event loop."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, 0)
        _PAUSE.wait(0.005)

    def names(self) -> set[str]:
        """The names of everything visible."""
        return {item.objectName() for item in self._visible() if item.objectName()}

    def shows(self, name: str) -> bool:
        """Whether a control of this name is visible."""
        return self._find(name) is not None

    def item(self, name: str, within_s: float = 10.0) -> QQuickItem:
        """The visible control of this name, waited for."""
        self.until(lambda: self.shows(name), f"“{name}” to be seen", within_s)
        found = self._find(name)
        if found is None:
            raise LookupError(name)
        return found

    def focus(self) -> str:
        """The name of the control that has the keys, or of the nearest around it that has one."""
        item = self._window.activeFocusItem()
        while item is not None and not item.objectName():
            item = item.parentItem()
        return item.objectName() if item is not None else ""

    def text(self, name: str) -> str:
        """What the control of this name says."""
        return str(self.item(name).property("text"))

    def says(self, words: str) -> bool:
        """Whether any visible text contains these words."""
        return any(words in str(item.property("text") or "") for item in self._visible())

    def click(self, name: str, within_s: float = 10.0) -> None:
        """Press the control as a pointer would, once it is there, enabled and at rest."""
        item = self.item(name, within_s)
        self.until(lambda: bool(item.property("enabled")), f"“{name}” to be enabled", within_s)
        self._reveal(item)
        self._settle(item)
        self.click_at(item.mapToScene(QPointF(item.width() / 2, item.height() / 2)))

    def rests(self, name: str) -> None:
        """Wait until the control of this name is no longer moved."""
        self._settle(self.item(name))

    def move_to(self, place: QPointF) -> None:
        """Move the pointer to a place of the window."""
        self._pointer(QMouseEvent.Type.MouseMove, place, Qt.MouseButton.NoButton)

    def click_at(self, place: QPointF) -> None:
        """Press and release the left button at a place of the window."""
        self.move_to(place)
        self._pointer(QMouseEvent.Type.MouseButtonPress, place, Qt.MouseButton.LeftButton)
        self._pointer(QMouseEvent.Type.MouseButtonRelease, place, Qt.MouseButton.LeftButton)

    def _pointer(self, kind: QMouseEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
        """Post it: QTest would hold Python's lock while Qt waits for a thread that wants it."""
        down = button if kind == QMouseEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        seen = QPointF(self._window.mapToGlobal(place.toPoint()))
        keys = Qt.KeyboardModifier.NoModifier
        QCoreApplication.postEvent(self._window, QMouseEvent(kind, place, seen, button, down, keys))
        self.breathe()

    def type(self, name: str, text: str) -> None:
        """Put text into a field, in place of what it holds, key by key."""
        self.click(name)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.press(Qt.Key.Key_Backspace)
        self.write(text)

    def write(self, text: str) -> None:
        """Key by key, to whatever has the keys."""
        for character in text:
            self._key(0, Qt.KeyboardModifier.NoModifier, character)
        self.breathe()

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key."""
        self._key(key, modifiers, PRINTED.get(key, ""))
        self.breathe()

    def _key(self, key: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QCoreApplication.postEvent(self._window, QKeyEvent(kind, key, modifiers, text))

    def look(self) -> QImage:
        """The window as it is painted now."""
        return self._window.grabWindow()

    def frame_number(self, picture: str) -> int | None:
        """The edge code's frame number, read from the window where `picture` shows the film."""
        item = self.item(picture)
        film = item.property("contentRect")
        corner = item.mapToScene(film.topLeft())
        ratio = self._window.devicePixelRatio()
        pixels = pixels_of(self.look())
        top, left = round(corner.y() * ratio), round(corner.x() * ratio)
        height, width = round(film.height() * ratio), round(film.width() * ratio)
        if min(height, width) < LEAST_PICTURE:
            return None
        return read_frame_number(pixels[top : top + height, left : left + width])

    def _find(self, name: str) -> QQuickItem | None:
        return next((item for item in self._visible() if item.objectName() == name), None)

    def _visible(self) -> Iterator[QQuickItem]:
        return visible_below(self._window.contentItem())

    def _reveal(self, item: QQuickItem) -> None:
        """Scroll what holds the control until it lies within the window."""
        holder = item.parentItem()
        while holder is not None:
            if holder.metaObject().indexOfProperty("contentY") >= 0:
                _scroll_to(holder, item)
            holder = holder.parentItem()
        self.breathe()

    def _settle(self, item: QQuickItem) -> None:
        """Wait until an animation no longer moves the control."""
        before = item.mapToScene(QPointF(0, 0))

        def rests() -> bool:
            nonlocal before
            now = item.mapToScene(QPointF(0, 0))
            before, still = now, now == before
            return still

        self.breathe()
        self.until(rests, f"“{item.objectName()}” to be at rest")


def pixels_of(image: QImage) -> Pixels:
    """An image as rows × columns × RGB."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()


def visible_below(item: QQuickItem) -> Iterator[QQuickItem]:
    if not item.isVisible() or item.opacity() == 0:
        return
    yield item
    for child in item.childItems():
        yield from visible_below(child)


def _scroll_to(flickable: QQuickItem, item: QQuickItem) -> None:
    content = flickable.property("contentItem")
    if not isinstance(content, QQuickItem):
        return
    top = item.mapToItem(content, QPointF(0, 0)).y()
    seen = float(flickable.property("contentY"))
    if seen <= top and top + item.height() <= seen + flickable.height():
        return
    lowest = max(0.0, float(flickable.property("contentHeight")) - flickable.height())
    target = min(max(0.0, top - (flickable.height() - item.height()) / 2), lowest)
    flickable.setProperty("contentY", target)
