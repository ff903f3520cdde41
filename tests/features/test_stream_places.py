"""A film that streams to one device at a time is kept from the others by playing it alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app.core.refusals import HeldElsewhere
from player_app.features.stream_places import StreamPlaces
from tests.features.kept_films import taken
from tests.features.offline_viewer import FILM, OTHER_FILM, OfflinePlayer, Viewer


@pytest.fixture
def player(viewer: Viewer) -> Iterator[OfflinePlayer]:
    viewer.rent(exclusive=True)
    with viewer.player() as player:
        player.browse.refresh()
        yield player


def places_of(player: OfflinePlayer) -> StreamPlaces:
    return StreamPlaces(
        permits=player.permits,
        rights=player.connection.rights,
        is_kept=player.offline.has,
        give_back=player.returned.give_back,
        tell=player.returned.tell,
    )


def test_a_look_at_a_film_keeps_it_from_no_other_device(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    places = places_of(player)
    with viewer.player("other") as other:
        assert places.look(FILM).segment_list is not None
        taken(other)


def test_a_look_at_a_film_that_streams_leaves_its_place_till_it_ends(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    places = places_of(player)
    with viewer.player("other") as other:
        player.permits.permit(FILM)
        places.look(FILM)
        with pytest.raises(HeldElsewhere):
            taken(other)
        places.ended(FILM)
        taken(other)


def test_an_opening_that_is_given_up_gives_its_place_back_unless_another_follows(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    places = places_of(player)
    with viewer.player("other") as other:
        given_up, opened = player.permits.permit(FILM), player.permits.permit(FILM)
        places.unplayed(given_up)
        with pytest.raises(HeldElsewhere):
            taken(other)
        places.unplayed(opened)
        taken(other)


def test_only_a_film_that_others_would_wait_for_is_not_made_ready(
    viewer: Viewer, player: OfflinePlayer
) -> None:
    places = places_of(player)
    viewer.rent(OTHER_FILM)
    player.browse.refresh()
    assert places.would_be_taken(FILM)
    assert not places.would_be_taken(OTHER_FILM)
    taken(player)
    assert not places.would_be_taken(FILM)
