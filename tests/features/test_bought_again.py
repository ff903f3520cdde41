"""A film whose rental is over is rented again: what is kept of it plays at once."""

from __future__ import annotations

from player_app.core.licence import Purpose
from player_app.core.rental import Expired, NotStarted
from player_app.features.permits import Permits
from player_app.reference_service.hooks import TestHooks
from tests.features.kept_films import brought, kept_id, media_asked
from tests.features.offline_viewer import DAY, FILM, OfflinePlayer, Viewer
from tests.waiting import until

LATER = 40 * DAY


def let_it_end(viewer: Viewer, rental: str, player: OfflinePlayer, hooks: TestHooks) -> None:
    player.clock.ahead_s = hooks.ahead_s = LATER
    viewer.set_state(rental, "ended")


def look_round(player: OfflinePlayer) -> None:
    """A contact, and the round that follows it, if one does."""
    player.connection.refresh_rights()
    player.renewals.at_contact()
    until(lambda: player.renewals._round is None, "the round to end")


def test_what_is_bought_soon_after_a_contact_is_looked_after_at_the_next(
    viewer: Viewer, hooks: TestHooks
) -> None:
    rental = viewer.rent()
    with viewer.player() as player:
        before = brought(player)
        let_it_end(viewer, rental, player, hooks)
        look_round(player)
        assert isinstance(player.offline.standing(FILM), Expired)

        viewer.rent()
        asked = media_asked(hooks)
        look_round(player)

        assert kept_id(player) != before
        assert isinstance(player.offline.standing(FILM), NotStarted)
        assert media_asked(hooks) == asked


def test_a_contact_that_tells_nothing_new_is_no_round(viewer: Viewer, hooks: TestHooks) -> None:
    viewer.rent()
    with viewer.player() as player:
        brought(player)
        look_round(player)
        done = player.renewals._done
        hooks.ahead_s = player.clock.ahead_s = 60

        look_round(player)

        assert player.renewals._done == done


def test_who_asks_for_a_film_that_is_rented_again_tells_that_it_plays_from_here(
    viewer: Viewer, hooks: TestHooks
) -> None:
    rental = viewer.rent()
    with viewer.player() as player:
        brought(player)
        told: list[str] = []
        permits = Permits(player.licences, player.offline, lambda: told.append(kept_id(player)))
        permits.permit(FILM)
        assert not told

        let_it_end(viewer, rental, player, hooks)
        viewer.rent()

        permit = permits.permit(FILM)

        assert permit.licence.purpose is Purpose.OFFLINE
        assert told == [permit.licence.id]
        permits.permit(FILM)
        assert len(told) == 1
