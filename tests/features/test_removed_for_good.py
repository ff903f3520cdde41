"""What a viewer removes from this computer is gone, and the service hears of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from player_app.core.kept_here import KeptThings, Kind
from tests.features.kept_films import held
from tests.features.offline_viewer import FILM, Viewer
from tests.features.rooms import rooms
from tests.waiting import until


def test_a_place_that_is_given_back_is_free_at_the_service_at_once(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    viewer: Viewer,
    tmp_path: Path,
) -> None:
    viewer.rent()
    with rooms(tmp_path / "rooms") as player:
        player.sign_in(viewer)
        player.take()
        assert len(held(viewer)) == 1

        player.offline.downloads.remove(FILM)

        until(lambda: not held(viewer), "the service to have heard of it")


@pytest.mark.parametrize("who", ["nobody", "somebody else"])
def test_films_that_others_took_go_with_their_bytes_whoever_is_signed_in(
    qapp: QGuiApplication,  # noqa: ARG001 - Qt must be there
    viewer: Viewer,
    tmp_path: Path,
    who: str,
) -> None:
    """The service hears of it when they are back."""
    viewer.rent()
    with rooms(tmp_path / "rooms") as player:
        player.sign_in(viewer)
        player.take()
        player.library.desk.sign_out()
        if who == "somebody else":
            player.sign_in(Viewer(tmp_path, viewer.service))
        films = player.of(Kind.FILMS)
        assert films is not None
        assert films.bytes == player.held_bytes > 0
        assert player.of(Kind.LICENCES) is not None

        player.here.remove(Kind.FILMS)

        assert player.held_bytes == 0
        assert player.of(Kind.FILMS) is None
        assert len(held(viewer)) == 1
        player.library.desk.sign_out()
        player.sign_in(viewer)
        assert player.offline.downloads.all() == ()
        until(lambda: not held(viewer), "the service to have heard of it")


def test_what_is_held_for_a_download_that_can_not_be_read_goes_with_the_films(
    qapp: QGuiApplication,  # noqa: ARG001 - the same
    viewer: Viewer,
    tmp_path: Path,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the row of a download can't be read")
    viewer.rent()
    with rooms(tmp_path / "rooms") as player:
        player.sign_in(viewer)
        player.take()
    with rooms(tmp_path / "rooms", player.keyring) as player:
        with player.foundation.database.write() as connection:
            connection.execute("UPDATE downloads SET packed = x'00'")

        player.here.remove(Kind.FILMS)

        assert player.held_bytes == 0


def test_secrets_of_sign_outs_that_nobody_heard_of_are_listed_and_can_go(
    qapp: QGuiApplication,  # noqa: ARG001 - the same
    viewer: Viewer,
    tmp_path: Path,
) -> None:
    with rooms(tmp_path / "rooms") as player:
        player.sign_in(viewer)
        assert player.of(Kind.FAREWELLS) is None
        player.library.desk.sign_out()
        assert player.of(Kind.FAREWELLS) == KeptThings(Kind.FAREWELLS, 1, None, "")
        (name,) = player.library.farewells.names()

        player.here.remove(Kind.FAREWELLS)

        assert player.of(Kind.FAREWELLS) is None
        assert player.keyring.get(name) is None
