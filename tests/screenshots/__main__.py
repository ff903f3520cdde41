"""Writes pictures of every screen in its states: `python -m tests.screenshots DIR [NAME…]`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem

from installer.workshop.screen import virtual_screen
from player_app.ui.application import Window, make_application
from tests.journeys.screen import Screen
from tests.screenshots.scene import Scene, Theme
from tests.screenshots.scenes import SCENES

SCREEN = "4096x2400x24"
SIZES = ((1280, 800), (1024, 640))
THEMES: tuple[Theme, ...] = ("dark", "light")
LARGE = ((1.0, (3840, 2160), "4k"), (2.0, (1280, 800), "200"), (2.0, (1024, 640), "200-1024"))
SETTLED_S = 0.35
PICTURES_WITHIN_S = 10.0
LOADING, LEFT = 2, -1
SHEET_COLUMNS = 4
SHEET_WIDTH = 480


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a scene; all, where none is")
    asked = parser.parse_args(arguments)
    folder, wanted = asked.folder, set(asked.names)
    if unknown := wanted - {scene.name for scene in SCENES}:
        parser.error(f"there is no scene {', '.join(sorted(unknown))}")
    folder.mkdir(parents=True, exist_ok=True)
    scenes = [scene for scene in SCENES if not wanted or scene.name in wanted]
    has_screen = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    with nullcontext(dict[str, str]()) if has_screen else virtual_screen(SCREEN) as variables:
        os.environ.update(variables)
        draw_all(make_application(["screenshots"]), scenes, folder)
    sys.stdout.write(f"{folder}: {len(list(folder.glob('*.png')))} pictures\n")
    return 0


def draw_all(application: QGuiApplication, scenes: list[Scene], folder: Path) -> None:
    for width, height in SIZES:
        drawn = []
        for theme in THEMES:
            for scene in (each for each in scenes if theme in each.themes):
                path = folder / f"{scene.name}-{theme}-{width}.png"
                draw(application, scene, path, theme=theme, size=(width, height), scale=1.0)
                drawn.append(path)
        contact_sheet(drawn, folder / f"contact-{width}.png")
    large = []
    for scene in (each for each in scenes if each.main):
        for scale, size, name in LARGE:
            path = folder / f"{scene.name}-dark-{name}.png"
            draw(application, scene, path, theme="dark", size=size, scale=scale)
            large.append(path)
    if large:
        contact_sheet(large, folder / "contact-large.png")


def draw(
    application: QGuiApplication,
    scene: Scene,
    path: Path,
    *,
    theme: Theme,
    size: tuple[int, int],
    scale: float,
) -> None:
    stage = scene.stage(theme, scale)
    window = stage.window()
    window.root.resize(*size)
    QCursor.setPos(application.primaryScreen().geometry().bottomRight())
    scene.way(stage)
    settle(application, window)
    if scene.scroll:
        scroll(window, scene.scroll)
        settle(application, window)
    scene.gesture(Screen(window.root))
    settle(application, window)
    window.root.grabWindow().save(str(path))
    stage.leave_the_film()
    window.close()


def settle(application: QGuiApplication, window: Window) -> None:
    """Until fades are over and every picture has come."""
    begun = time.monotonic()
    while time.monotonic() < begun + SETTLED_S or loads(window):
        if time.monotonic() > begun + PICTURES_WITHIN_S:
            raise TimeoutError("pictures of a screen never came")
        application.processEvents()
        time.sleep(0.005)


def loads(window: Window) -> bool:
    """Whether an Image of the window has its picture still to come."""
    images = (i for i in items(window.root.contentItem()) if i.inherits("QQuickImageBase"))
    return any(status(each) == LOADING for each in images)


def items(item: QQuickItem) -> Iterator[QQuickItem]:
    """All that can be seen of an item; as QObjects, a list's cards are nobody's children."""
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from items(child)


def status(image: QQuickItem) -> int:
    """An enum of QML's, which PySide reads through an expression only."""
    context = QQmlEngine.contextForObject(image)
    # the context of a page that was left goes before its items do
    if not context or not context.isValid():
        return LEFT
    value = QQmlExpression(context, image, "status").evaluate()
    return int(value[0] if isinstance(value, tuple) else value)


def scroll(window: Window, y: float) -> None:
    """Scroll the page that is shown, as far as it goes."""
    for item in window.root.findChildren(QObject, "scrollPage"):
        if isinstance(item, QQuickItem) and item.isVisible():
            most = item.property("contentHeight") - item.height()
            item.setProperty("contentY", max(0.0, min(y, most)))


def contact_sheet(paths: Iterable[Path], target: Path) -> None:
    """All pictures small on one sheet, each with its name."""
    small = []
    for path in paths:
        with Image.open(path) as picture:
            height = round(picture.height * SHEET_WIDTH / picture.width)
            small.append((path.stem, picture.convert("RGB").resize((SHEET_WIDTH, height))))
    cell = max(image.height for _, image in small) + 20
    rows = -(-len(small) // SHEET_COLUMNS)
    sheet = Image.new("RGB", (SHEET_WIDTH * SHEET_COLUMNS, cell * rows), "#444444")
    pen = ImageDraw.Draw(sheet)
    for number, (name, image) in enumerate(small):
        x, y = number % SHEET_COLUMNS * SHEET_WIDTH, number // SHEET_COLUMNS * cell
        sheet.paste(image, (x, y + 20))
        pen.text((x + 6, y + 4), name, fill="white")
    sheet.save(target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
