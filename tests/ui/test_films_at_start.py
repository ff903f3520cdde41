"""At the start the real application looks whether the films that were here still are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from player_app.app import taking
from player_app.app.app import App
from player_app.core.download import Download, DownloadState
from player_app.core.refusals import NotFound
from player_app.core.rental import Rental, RentalState
from player_app.core.rights import Rights
from player_app.core.stream import Taste
from player_app.environment import Environment
from player_app.features.connection import Connection
from player_app.media.gateway.begun import Begun
from player_app.storage.database import open_database
from player_app.storage.downloads import DownloadStore
from player_app.storage.paths import open_paths
from player_app.storage.secrets import Secrets
from tests.fakes.keyring import MemoryKeyring
from tests.features.small_film import FILMS
from tests.ui import samples

FILM, OWNER = samples.films()[0], "acc-rosa http://127.0.0.1"
HERE = Download(
    FILM.id, "v360", 360, (), 1_000, 0, 1, DownloadState.COMPLETE, 1_000, list_sha256="ab" * 32
)


@pytest.fixture
def app(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[App]:
    """On a profile that was brought back without its films."""
    monkeypatch.setattr(Connection, "owner", lambda _self: OWNER)
    paths = open_paths(tmp_path / "profile")
    database, _ = open_database(paths.database)
    DownloadStore(database).put(OWNER, HERE)
    database.close()
    environment = Environment({}, "", "", system_proxy=False, variables={})
    made = App(paths, environment, Secrets(MemoryKeyring()))
    yield made
    made.stop()
    QCoreApplication.sendPostedEvents(QObject(), 0)


def test_a_film_whose_files_are_gone_is_not_said_to_be_here(app: App) -> None:
    assert app._offline.films_here() == (FILM.id,)
    app._offline.begin(lambda: None)
    assert app._offline.films_here() == ()


def test_a_film_that_looking_at_would_keep_from_others_is_not_made_ready(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = replace(samples.TERMS, exclusive=True)
    bought = Rental("ren-1", FILM.id, "offer", terms, 0, None, None, RentalState.ACTIVE)
    app._foundation.connection.kept.put("rights", Rights((bought,), None, 0))
    made_ready: list[str] = []
    monkeypatch.setattr(
        app._playback.watch, "prepare", lambda film, _taste: made_ready.append(film)
    )
    for film_id in (FILM.id, "film-of-another"):
        app._playback.prepare(film_id, Taste())
    assert made_ready == ["film-of-another"]


def test_it_is_found_where_a_playback_ends(app: App) -> None:
    app._offline.film_ended("another")
    assert app._offline.films_here() == (FILM.id,)
    app._offline.film_ended(FILM.id)
    assert app._offline.films_here() == ()


def test_whatever_can_not_be_settled_at_the_start_downloads_begin(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise NotFound(404, "not-found", "the film")

    begun: list[bool] = []
    monkeypatch.setattr(app._offline._claiming, "claim", gone)
    monkeypatch.setattr(app._offline.downloads, "begin", lambda: begun.append(True))
    app._offline.begin(lambda: None)
    assert begun == [True]
    assert app._offline.films_here() == ()


def test_a_run_of_a_download_goes_on_with_what_the_one_before_began(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    class Run:
        def __init__(self, *, begun: object, **_others: object) -> None:
            given.append(begun)

        def run(self, _stop: threading.Event) -> None:
            pass

    monkeypatch.setattr(taking, "Taking", Run)
    permitted = FILMS[0].permit("http://127.0.0.1/film-1/master.m3u8")
    for _ in range(2):
        app._offline._taking._take(FILM.id, permitted, (), threading.Event(), lambda _: None)
    assert given[0] is given[1]
    assert isinstance(given[0], Begun)
