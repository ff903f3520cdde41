"""The pages that count a rental's time do so by the clock that rentals are judged by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from player_app.app.app import App
from player_app.core.account import Account
from player_app.core.rental import Rental, RentalState
from player_app.core.rights import Rights
from player_app.environment import Environment
from player_app.storage.catalogue import Change
from player_app.storage.paths import open_paths
from player_app.storage.secrets import Secrets
from player_app.ui.navigation import Place
from tests.fakes.keyring import MemoryKeyring
from tests.ui import samples

FILM, HOUR = next(each for each in samples.films() if each.streams), 3_600


@pytest.fixture
def app(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    tmp_path: Path,
) -> Iterator[App]:
    environment = Environment({}, "", "", system_proxy=False, variables={})
    made = App(open_paths(tmp_path / "profile"), environment, Secrets(MemoryKeyring()))
    yield made
    made.stop()
    QCoreApplication.sendPostedEvents(QObject(), 0)


def test_the_time_left_is_counted_from_the_services_time(app: App, qtbot: QtBot) -> None:
    connection, navigation = app._foundation.connection, app._views.navigation
    home, film = cast("Any", app._views.home), cast("Any", app._views.film)
    true = app._foundation.clock.now() - 5 * HOUR
    connection.account = Account("acc-rosa", "rosa", "Rosa", "rosa@example.org", None)
    app._library.rental_clock.contact(true, 0.0)
    begun = true - 47 * HOUR - 1
    rental = Rental(
        "ren-1", FILM.id, "offer", samples.TERMS, begun, begun, None, RentalState.ACTIVE
    )
    connection.kept.put("rights", Rights((rental,), None, true))
    app._library.browse._catalogue.apply(Change((FILM,), (), "1"))

    home.load()
    navigation.go(Place("film", FILM.id))

    qtbot.waitUntil(lambda: film.standing != "", timeout=5_000)
    assert film.standing.startswith("59 min left")
    qtbot.waitUntil(lambda: bool(home.rows.rows), timeout=5_000)
    cards = [card for row in home.rows.rows for card in row.cards.rows]
    assert cards[0].clock.startswith("59 min left")
