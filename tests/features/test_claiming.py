"""Once the index of the segments is lost, every download's files are its own again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.core.catalogue import PictureFile
from player_app.core.download import DownloadState
from player_app.core.refusals import NotFound
from player_app.core.storage_errors import DatabaseDamaged
from player_app.core.stream import SegmentList
from player_app.features.claiming import Claiming
from player_app.storage.segments.index import FILE
from player_app.storage.segments.ledger import UNCLAIMED
from tests.features.offline_rig import MAX, ROSA, Rig
from tests.features.small_film import FILMS
from tests.media.host import Host

S = DownloadState
LISTS: dict[str, SegmentList | None] = {each.list_sha256: each.listed for each in FILMS}


@pytest.fixture
def rig(tmp_path: Path, media_host: Host, expect_log: Callable[[str], None]) -> Iterator[Rig]:
    """Rosa has the first film, Max the second; the index is lost."""
    expect_log("the index of segments is lost or damaged")
    before = Rig(tmp_path / "profile", FILMS, media_host)
    before.downloads.begin()
    for owner, film_id in ((ROSA, "film-1"), (MAX, "film-2")):
        before.around.owner = owner
        before.start(film_id)
        before.until(film_id, S.COMPLETE)
    before.segments.put("streamed", b"some other film")
    before.close()
    for each in (tmp_path / "profile" / "segments").glob(f"{FILE}*"):
        each.unlink()
    made = Rig(tmp_path / "profile", FILMS, media_host)
    yield made
    made.close()


def claim(
    rig: Rig,
    list_of: Callable[[str], SegmentList | None] = LISTS.get,
    pictures: Callable[[str], tuple[PictureFile, ...]] | None = None,
) -> None:
    Claiming(
        store=rig.store,
        segments=rig.segments,
        list_of=list_of,
        pictures=pictures or (lambda film_id: rig.films[film_id].picture_files()),
    ).claim()


def test_every_viewers_films_are_theirs_again_and_the_rest_may_make_way(rig: Rig) -> None:
    assert rig.segments.held_by(UNCLAIMED)
    claim(rig)

    assert rig.held("film-1", owner=ROSA) == rig.keys("film-1").keys()
    assert rig.held("film-2", owner=MAX) == rig.keys("film-2").keys()
    assert not rig.segments.held_by(UNCLAIMED)
    rig.segments.trim(0)
    assert not rig.segments.has("streamed")
    assert rig.missing("film-1") == rig.missing("film-2") == set()


def test_what_is_claimed_goes_when_it_is_removed(rig: Rig) -> None:
    claim(rig)
    rig.downloads.remove("film-1")
    left = rig.keys("film-1").keys() - set(rig.segments.missing(rig.keys("film-1")))
    assert left == rig.keys("film-1").keys() & rig.keys("film-2").keys()


def test_nothing_makes_way_while_one_film_can_not_say_what_is_its_own(rig: Rig) -> None:
    claim(rig, lambda _: None)

    assert rig.segments.held_by(UNCLAIMED)
    rig.segments.trim(0)
    assert rig.missing("film-1") == rig.missing("film-2") == set()


def test_a_list_that_lacks_the_film_s_picture_claims_nothing(
    rig: Rig, expect_log: Callable[[str], None]
) -> None:
    expect_log("a download does not fit its list")
    claim(rig, lambda _: SegmentList(1, (), (), None))
    assert rig.segments.held_by(UNCLAIMED)


def test_a_film_that_has_left_the_catalogue_keeps_no_other_from_its_files(rig: Rig) -> None:
    pictures = rig.films["film-1"].picture_files()

    def gone(film_id: str) -> tuple[PictureFile, ...]:
        if film_id == "film-1":
            raise NotFound(404, "not-found", "the film")
        return rig.films[film_id].picture_files()

    claim(rig, pictures=gone)
    assert rig.held("film-1", owner=ROSA) == rig.keys("film-1").keys() - {
        each.sha256 for each in pictures
    }
    assert rig.held("film-2", owner=MAX) == rig.keys("film-2").keys()


def test_a_film_whose_claim_fails_keeps_no_other_from_its_files(rig: Rig) -> None:
    def failing(list_sha256: str) -> SegmentList | None:
        if list_sha256 == FILMS[0].list_sha256:
            raise DatabaseDamaged(None)
        return LISTS[list_sha256]

    with pytest.raises(DatabaseDamaged):
        claim(rig, failing)
    assert rig.held("film-2", owner=MAX) == rig.keys("film-2").keys()
    assert rig.segments.held_by(UNCLAIMED)
