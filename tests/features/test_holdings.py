"""What a viewer holds: rentals newest first, each film once, and all that is on this computer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.download import DownloadState, Progress
from player_app.core.refusals import NotFound
from player_app.core.rental import NotStarted
from player_app.core.rights import Rights, rental_of, right_to
from player_app.core.storage_errors import FolderGone
from player_app.core.withdrawn import stand_in
from player_app.features.browse import FilmFacts
from player_app.features.holdings import Holdings, before_in_queue
from tests.ui import offline_samples, samples
from tests.ui.offline_samples import DAY, download
from tests.ui.standstill import NOW

FILMS = {film.id: film for film in samples.films()}
S = DownloadState
OLD, NEW = "film-02", "film-03"
DOWNLOADS = (
    download(NEW, S.COMPLETE),
    download("film-04", S.RUNNING, 0.4),
    download("film-05", S.PAUSED),
    download("film-06", S.QUEUED),
    download("film-gone", S.COMPLETE),
)


def rights() -> Rights:
    first = offline_samples.rental(OLD, NotStarted(NOW + 28 * DAY)).rental
    second = offline_samples.rental(NEW, NotStarted(NOW + 30 * DAY)).rental
    assert first is not None
    assert second is not None
    again = replace(first, id="rental-again", purchased_at=NOW)
    return Rights((first, second, again), None, NOW)


def facts(film_id: str) -> FilmFacts:
    if film_id not in FILMS:
        raise NotFound(404, "not-found", film_id)
    best, rental = right_to(film_id, rights(), NOW), rental_of(film_id, rights(), NOW)
    return FilmFacts(FILMS[film_id], best, 9_000, (), None, rental=rental)


def holdings(gone: FolderGone | None = None) -> Holdings:
    def sizes() -> tuple[int, int]:
        if gone is not None:
            raise gone
        return 590, 38_400

    return Holdings(
        facts=facts,
        rights=rights,
        downloads=lambda: DOWNLOADS,
        progress=lambda _film_id: Progress(5, 10),
        licence=lambda film_id: offline_samples.UNTIL_SUNDAY if film_id == NEW else None,
        sizes=sizes,
        trouble=lambda: gone,
        keeps_streams=lambda: True,
    )


def test_a_film_that_was_rented_twice_is_there_once_by_its_latest_rental() -> None:
    held = holdings().read().rentals

    assert [each.film.id for each in held] == [OLD, NEW]
    assert held[0].right.rental is not None
    assert held[0].right.rental.id == "rental-again"
    assert held[0].taken is None
    assert held[1].taken is not None
    assert held[1].taken.licence == offline_samples.UNTIL_SUNDAY


def test_a_rental_that_a_subscription_covers_keeps_its_own_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def subscribed(film_id: str) -> FilmFacts:
        return replace(facts(film_id), right=samples.SUBSCRIBED)

    before, made = holdings().read().rentals, holdings()
    monkeypatch.setattr(made, "_facts", subscribed)
    after = made.read().rentals
    assert not any(each.subscribed for each in before)
    assert all(each.subscribed for each in after)
    assert [each.right for each in after] == [each.right for each in before]
    assert {each.right.kind for each in after} == {"rental"}


def test_a_film_that_left_the_catalogue_stays_with_what_is_here() -> None:
    gone = holdings().of("film-gone")

    assert gone is not None
    assert gone.film == stand_in("film-gone")
    assert gone.download.state is S.COMPLETE


def test_while_the_folder_is_away_all_that_is_known_is_told_and_nothing_is_called_here() -> None:
    gone = FolderGone("/mnt/films")
    away, here = holdings(gone), holdings()

    assert replace(away.read(), trouble=None) == replace(
        here.read(),
        taken=tuple(replace(each, away=True) for each in here.read().taken),
        rentals=away.read().rentals,
        held_bytes=0,
        free_bytes=0,
    )
    assert away.read().trouble is gone
    assert [each.right for each in away.read().rentals] == [
        each.right for each in here.read().rentals
    ]
    found = away.of(NEW)
    assert found is not None
    assert found.away


def test_a_film_that_is_not_here_is_nothing() -> None:
    assert holdings().of(OLD) is None


def test_what_comes_and_what_is_queued_is_before_others_in_the_queue() -> None:
    assert before_in_queue(DOWNLOADS) == {
        NEW: 0,
        "film-04": 0,
        "film-05": 1,
        "film-06": 1,
        "film-gone": 2,
    }


def test_the_room_is_told_as_it_is() -> None:
    holding = holdings().read()

    assert (holding.held_bytes, holding.free_bytes) == (590, 38_400)
