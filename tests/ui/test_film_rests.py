"""Who leaves a film finds it where they left it, as soon as its place is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from player_app.app import App, Wanted
from player_app.environment import Environment
from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.database import open_database
from player_app.storage.paths import open_paths
from player_app.storage.secrets import Secrets
from player_app.ui.navigation import HOME
from tests.fakes.keyring import MemoryKeyring
from tests.journeys.screen import Screen
from tests.ui import samples

FILM = samples.films()[0]


@pytest.fixture
def app(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    tmp_path: Path,
) -> Iterator[App]:
    """The real application, on a profile that knows films and nobody's place in them."""
    paths = open_paths(tmp_path / "profile")
    database, _ = open_database(paths.database)
    Catalogue(database).apply(Change((FILM,), (), "1"))
    database.close()
    environment = Environment({}, "", "", system_proxy=False, variables={})
    made = App(paths, environment, Secrets(MemoryKeyring()))
    made.start(Wanted())
    yield made
    made.stop()
    QCoreApplication.sendPostedEvents(QObject(), 0)


def test_a_film_that_was_left_is_among_those_to_go_on_with_once_its_place_is_kept(
    app: App,
) -> None:
    app.navigation.start_over(HOME)
    app.home.begin()
    screen = Screen(app.window.root)
    screen.until(lambda: screen.shows("posterCard"), "home with the film")
    assert not screen.says("Go on watching")

    app._library.positions.keep(FILM.id, 20_000, rests=True)

    screen.until(lambda: screen.says("Go on watching"), "the film to go on with")
