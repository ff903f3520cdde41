"""Who paid for a film has it, whatever becomes of the service's list of films."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.catalogue import Film
from player_app.core.download import Quality, new_download
from player_app.core.refusals import NotFound
from player_app.core.withdrawn import UNKNOWN_TITLE, stand_in
from player_app.reference_service import films
from player_app.reference_service.server import RunningService
from player_app.storage.downloads import DownloadStore
from player_app.storage.own_films import OwnFilmStore
from tests.features.kept_films import brought
from tests.features.offline_viewer import FILM, OTHER_FILM, OfflinePlayer, Viewer
from tests.features.player import refusing
from tests.storage.damage import zeroed


@contextmanager
def taken_down(service: RunningService, film_id: str = FILM) -> Iterator[None]:
    """The service shows it no more meanwhile."""
    with service.service.transaction() as session:
        body = films.find(session, film_id).body
        films.remove(session, film_id)
    try:
        yield
    finally:
        with service.service.transaction() as session:
            films.put(session, body)


def on_home(player: OfflinePlayer) -> set[str]:
    return {card.film.id for row in player.browse.home().rows for card in row.cards}


def as_told(film: Film) -> Film:
    return replace(film, offers=(), featured=False)


def test_a_rented_film_that_the_service_takes_down_is_the_viewers_and_nowhere_else(
    viewer: Viewer, service: RunningService
) -> None:
    viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        before = player.browse.film(FILM).film
        with taken_down(service), taken_down(service, OTHER_FILM):
            player.browse.refresh()

            after = player.browse.film(FILM)
            assert (after.film, after.listed) == (as_told(before), False)
            assert after.right.may_play
            assert not on_home(player) & {FILM, OTHER_FILM}
            assert FILM not in [hit.film.id for hit in player.search.find(before.title)]
            with pytest.raises(NotFound):
                player.browse.film(OTHER_FILM)


def test_a_film_that_is_here_opens_after_the_whole_list_was_removed(viewer: Viewer) -> None:
    viewer.subscribe()
    with viewer.player() as player:
        player.browse.refresh()
        before = player.browse.film(FILM).film
        brought(player)
        player.own_films.settle()
        player.catalogue.forget_films()

        assert player.browse.film(FILM).film == as_told(before)
        assert player.permits.permit(FILM).segment_list is not None


def test_a_film_that_is_here_is_known_after_the_file_of_the_list_was_damaged(
    viewer: Viewer, expect_log: Callable[[str], None]
) -> None:
    expect_log("the list of films is damaged")
    viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        before = player.browse.film(FILM).film
        path: Path = player.paths.database
    zeroed(path.with_name(f"{path.stem}-films{path.suffix}"))

    with viewer.player() as player:
        assert player.browse.film(FILM).film == as_told(before)


def test_a_film_of_which_nothing_was_kept_has_a_stand_in_for_who_has_it(viewer: Viewer) -> None:
    with viewer.player() as player:
        owner = player.connection.owner() or ""
        taken = new_download(FILM, Quality("v360", 360, (), 1), 1, 1)
        DownloadStore(player.database).put(owner, taken)

        assert player.browse.film(FILM).film == stand_in(FILM)
        assert player.browse.film(FILM).film.title == UNKNOWN_TITLE
        with pytest.raises(NotFound):
            player.browse.film(OTHER_FILM)


def test_what_is_known_goes_with_the_last_of_rental_download_and_licence(viewer: Viewer) -> None:
    rental = viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        owner = player.connection.owner() or ""
        store = OwnFilmStore(player.database)
        brought(player)
        viewer.set_state(rental, "ended")
        player.browse.refresh()
        assert store.all(owner).keys() == {FILM}

        player.offline.give_back(FILM)
        player.own_films.settle()
        assert store.all(owner) == {}


def test_what_another_viewer_has_is_not_known_to_this_one_and_is_there_when_they_are_back(
    viewer: Viewer, service: RunningService, tmp_path: Path
) -> None:
    viewer.rent()
    other = Viewer(tmp_path, service)
    with viewer.player() as player:
        player.browse.refresh()
        player.catalogue.forget_films()
        player.desk.sign_out()
        other.sign_in(player)
        player.own_films.settle()
        with pytest.raises(NotFound):
            player.browse.film(FILM)

        player.desk.sign_out()
        viewer.sign_in(player)
        player.own_films.settle()
        assert player.browse.film(FILM).film.title != UNKNOWN_TITLE


def test_a_disk_that_refuses_keeps_no_contact_from_being_one(viewer: Viewer) -> None:
    with viewer.player() as player:
        player.browse.refresh()
        with refusing(player):
            player.own_films.contact(0, 0.0)


def test_what_goes_from_the_list_is_kept_before_it_goes(
    viewer: Viewer, service: RunningService
) -> None:
    """Of a profile that is older than this, too."""
    viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        before = player.browse.film(FILM).film
        OwnFilmStore(player.database).change(player.connection.owner() or "", put=(), drop=(FILM,))
        with taken_down(service):
            player.browse.refresh()
            assert player.browse.film(FILM).film == as_told(before)
