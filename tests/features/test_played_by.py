"""A film is asked about by the right that it would be played by, which need not be the best one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from player_app.core.rental import NotStarted, Running
from player_app.core.rights import Right
from player_app.features.browse import FilmFacts
from player_app.features.played_by import PlayedBy
from tests.features.offline_viewer import FILM, OfflinePlayer, Viewer


@pytest.fixture
def player(viewer: Viewer) -> Iterator[OfflinePlayer]:
    """Who rented the film, did not begin it, and subscribed."""
    viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        yield player


def right_of(player: OfflinePlayer, *, in_subscription: bool = True) -> Right:
    def facts(film_id: str) -> FilmFacts:
        found = player.browse.film(film_id)
        return found if in_subscription else replace(found, film=replace(found.film, offers=()))

    _, right = PlayedBy(
        facts=facts,
        rights=player.start_records.rights,
        licence=player.offline.licence,
        started_at=player.start_records.started_at,
        clock=player.rental_clock,
    ).right_to(FILM)
    return right


def test_a_subscriber_streams_without_a_rentals_time_beginning(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    viewer.subscribe()
    player.browse.refresh()

    assert right_of(player).kind == "subscription"
    permit = player.permits.permit(FILM)
    assert permit.licence.subscription
    player.starts.began(permit)
    assert player.start_records.local(permit.licence.right_id) is None


def test_a_rentals_licence_that_is_kept_is_what_a_subscriber_would_begin(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    kept = player.offline.take(FILM, "v")
    viewer.subscribe()
    player.browse.refresh()
    assert player.browse.film(FILM).right.kind == "subscription"

    right = right_of(player)

    assert isinstance(right.standing, NotStarted)
    assert right.rental is not None
    assert right.rental.right_id == kept.licence.right_id
    player.starts.began(kept)
    assert isinstance(right_of(player).standing, Running)


def test_a_film_that_is_not_the_subscriptions_is_played_by_its_rental(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    viewer.subscribe()
    player.browse.refresh()

    assert isinstance(right_of(player, in_subscription=False).standing, NotStarted)


def test_a_subscriber_is_told_the_rentals_own_clock_too(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    before = player.browse.film(FILM)
    viewer.subscribe()
    player.browse.refresh()

    after = player.browse.film(FILM)

    assert after.right.kind == "subscription"
    assert after.rental == before.rental == before.right
    assert isinstance(after.rental.standing, NotStarted)


def test_where_what_is_kept_is_over_the_best_right_is_what_counts(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    player.offline.take(FILM, "v")
    player.offline.note(FILM, None, "refunded")
    viewer.subscribe()
    player.browse.refresh()

    assert right_of(player).kind == "subscription"
