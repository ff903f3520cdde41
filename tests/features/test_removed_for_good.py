"""What a viewer removes from this computer is gone, and the service hears of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

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
