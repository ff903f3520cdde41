"""A viewer whose library was damaged and begun anew is told so, until they put it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from player_app.app import App, Wanted
from player_app.environment import Environment
from player_app.storage.database import open_database
from player_app.storage.paths import Paths, open_paths
from player_app.storage.secrets import Secrets
from player_app.ui.application import Window
from tests.fakes.keyring import MemoryKeyring
from tests.journeys.screen import Screen
from tests.screenshots.scenes import SCENES
from tests.ui.accessible import heard_in
from tests.ui.stage import Stage

Start = Callable[[], App]
SENTENCE = "Your library was damaged. Everything of yours was saved from its copy"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_paths(tmp_path / "profile")


@pytest.fixture
def start(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    paths: Paths,
) -> Iterator[Start]:
    """Starts the real application on the profile, as it starts for a viewer."""
    started: list[App] = []

    def start_it() -> App:
        environment = Environment({}, "", "", system_proxy=False, variables={})
        started.append(App(paths, environment, Secrets(MemoryKeyring())))
        started[-1].start(Wanted())
        return started[-1]

    yield start_it
    for app in started:
        app.stop()
    QCoreApplication.sendPostedEvents(QObject(), 0)


def test_a_damaged_library_is_told_of_at_the_start(
    paths: Paths, start: Start, expect_log: Callable[[str], None]
) -> None:
    open_database(paths.database)[0].close()
    with paths.database.open("r+b") as file:
        file.write(b"\xff" * 4096)
    expect_log("the library is damaged")

    app = start()
    screen = Screen(app.window.root)

    screen.until(lambda: screen.says(SENTENCE), "the sentence about the damaged library")
    (kept_as,) = paths.folder.glob("verite.sqlite3.damaged-*")
    assert screen.says(str(kept_as))
    assert kept_as.read_bytes().startswith(b"\xff")
    assert any(SENTENCE in alert for alert in alerts_in(app.window))


def test_a_whole_library_is_not_spoken_of(paths: Paths, start: Start) -> None:
    open_database(paths.database)[0].close()

    screen = Screen(start().window.root)

    screen.item("servicePage")
    assert not screen.shows("damagedBar")


def test_each_of_two_notices_is_put_away_with_the_keys(
    open_window: Callable[[Stage], Window],
) -> None:
    scene = next(each for each in SCENES if each.name == "home-damaged-and-passing")
    stage = scene.stage("dark", 1.0)
    window = open_window(stage)
    scene.way(stage)
    screen = Screen(window.root)
    damaged, passing = screen.item("damagedBar"), screen.item("passingBar")
    screen.until(lambda: damaged.y() + damaged.height() <= passing.y(), "one below the other")
    assert len(alerts_in(window)) == 2

    dismiss_with_keys(screen, window)
    screen.until(lambda: not screen.shows("damagedBar"), "the first notice to go")
    assert screen.shows("passingBar")
    dismiss_with_keys(screen, window)
    screen.until(lambda: not screen.shows("passingBar"), "the second notice to go")
    assert alerts_in(window) == []


def alerts_in(window: Window) -> list[str]:
    return [
        each.name
        for each in heard_in(window.root)
        if each.role == QAccessible.Role.AlertMessage and each.name
    ]


def dismiss_with_keys(screen: Screen, window: Window) -> None:
    """Tab until the focus is on the first button that puts a notice away, and press it."""

    def there() -> bool:
        held = window.root.activeFocusItem()
        if held is not None and held.isVisible() and held.objectName() == "messageDismiss":
            return True
        screen.press(Qt.Key.Key_Tab)
        return False

    screen.until(there, "the button to put a notice away")
    screen.press(Qt.Key.Key_Space)
