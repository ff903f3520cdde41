"""By what a film plays: the licence that is kept with it, else the service's word."""

from __future__ import annotations

from typing import Any

import pytest

from player_app.core.errors import Unreachable
from player_app.core.licence import Purpose
from player_app.core.refusals import HeldElsewhere, PlacesTaken
from player_app.core.stream_errors import RentalOver
from player_app.reference_service.hooks import TestHooks
from tests.features.kept_films import taken
from tests.features.offline_viewer import DAY, FILM, Viewer


def test_as_many_devices_as_the_terms_say_and_what_is_held_elsewhere(viewer: Viewer) -> None:
    viewer.rent(devices=1, exclusive=True)
    with viewer.player() as player, viewer.player("other") as other:
        licence = taken(player)
        with pytest.raises(PlacesTaken):
            other.offline.take(FILM, "v360")
        with pytest.raises(HeldElsewhere):
            other.permits.permit(FILM)
        assert player.permits.permit(FILM).licence.id == licence
        player.offline.give_back(FILM)
        player.returned.tell()
        assert other.permits.permit(FILM).licence.purpose is Purpose.STREAM


def test_a_fresh_permit_brings_another_address_for_the_same_film(
    viewer: Viewer, hooks: TestHooks
) -> None:
    viewer.rent()
    with viewer.player() as player:
        taken(player)
        kept = player.permits.permit(FILM)
        hooks.ahead_s = 30
        fresh = player.permits.fresh(FILM)
        assert fresh.media_address != kept.media_address
        assert fresh.only_video == kept.only_video
        player.offline.give_back(FILM)
        assert player.permits.fresh(FILM).licence.purpose is Purpose.STREAM


def test_an_expired_licence_streams_where_there_is_a_right_and_no_place(
    viewer: Viewer,
) -> None:
    viewer.rent(devices=1)
    with viewer.player() as player, viewer.player("other") as other:
        taken(player)
        player.desk.sign_out()
        player.desk.say_farewell()
        taken(other)
        viewer.sign_in(player)
        assert player.permits.permit(FILM).licence.purpose is Purpose.STREAM


def test_without_a_network_the_reason_is_what_keeps_it_from_playing_here(viewer: Viewer) -> None:
    viewer.rent(finish_within_s=DAY, start_within_s=DAY)
    with viewer.player() as player:
        taken(player)
        player.clock.ahead_s = DAY + 5
        with pytest.raises(RentalOver) as over:
            player.offline.kept(FILM)
        assert over.value.why == "not-started-in-time"
        player.transport.send = _unreachable  # type: ignore[method-assign]
        with pytest.raises(RentalOver) as still:
            player.permits.permit(FILM)
        assert still.value.why == over.value.why


def _unreachable(*_: Any, **__: Any) -> Any:
    raise Unreachable("127.0.0.1", "offline")
