"""A film that is said to be here is: what other hands took of it is noticed, and fetched again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player_app.core.download import DownloadState
from player_app.core.storage_errors import FolderGone
from player_app.core.stream import SegmentList
from player_app.features.lost_parts import LostParts
from tests.features.offline_rig import Rig
from tests.features.small_film import FILMS
from tests.media.host import Host

S = DownloadState
LISTS: dict[str, SegmentList | None] = {each.list_sha256: each.listed for each in FILMS}
SEGMENT = FILMS[0].listed.videos()[0].segments[2].sha256 or ""
PICTURE = next(iter(FILMS[0].pictures))


@pytest.fixture
def folder(tmp_path: Path, media_host: Host) -> Path:
    """Of a profile with two films, which nothing runs on."""
    rig = Rig(tmp_path / "profile", FILMS, media_host)
    rig.downloads.begin()
    for film_id in ("film-1", "film-2"):
        rig.start(film_id)
        rig.until(film_id, S.COMPLETE)
    rig.close()
    return tmp_path / "profile"


@pytest.fixture
def again(folder: Path, media_host: Host) -> Iterator[Callable[[], Rig]]:
    made: list[Rig] = []

    def open_again() -> Rig:
        made.append(Rig(folder, FILMS, media_host))
        return made[-1]

    yield open_again
    for each in made:
        each.close()


def lost(rig: Rig, list_of: Callable[[str], SegmentList | None] = LISTS.get) -> LostParts:
    return LostParts(
        owner=lambda: rig.around.owner,
        downloads=rig.downloads,
        segments=rig.segments,
        list_of=list_of,
    )


def remove(folder: Path, key: str) -> None:
    next((folder / "segments").rglob(f"{key}*")).unlink()


def test_a_film_whose_file_went_is_not_called_here_and_comes_again(
    folder: Path, again: Callable[[], Rig]
) -> None:
    remove(folder, SEGMENT)
    rig = again()
    assert lost(rig).look() == ("film-1",)
    assert (rig.state("film-1"), rig.state("film-2")) == (S.QUEUED, S.COMPLETE)
    rig.host.asked.clear()
    rig.downloads.begin()
    rig.until("film-1", S.COMPLETE)
    assert rig.missing("film-1") == set()
    assert len(rig.host.asked) == 1
    assert lost(rig).look() == ()


def test_a_film_is_here_without_a_picture_of_the_catalogue(
    folder: Path, again: Callable[[], Rig]
) -> None:
    remove(folder, PICTURE)
    rig = again()
    assert lost(rig).look() == ()
    assert rig.state("film-1") is S.COMPLETE


def test_what_was_found_damaged_while_it_played_is_lost_once_that_has_ended(
    again: Callable[[], Rig], expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone")
    rig = again()
    rig.spoil(SEGMENT)
    assert lost(rig).look("film-2") == ()
    assert lost(rig).look("film-1") == ("film-1",)
    assert rig.state("film-1") is S.QUEUED


def test_a_profile_that_came_back_without_its_films_has_none_of_them(
    folder: Path, again: Callable[[], Rig]
) -> None:
    (folder / "segments").rename(folder / "elsewhere")
    rig = again()
    assert lost(rig, lambda _: None).look() == ("film-1", "film-2")


def test_no_film_is_lost_while_its_folder_is_away_nor_to_who_is_not_signed_in(
    folder: Path, again: Callable[[], Rig], expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone")
    rig = again()
    (folder / "segments").rename(folder / "elsewhere")
    with pytest.raises(FolderGone):
        lost(rig).look()
    assert rig.state("film-1") is S.COMPLETE
    (folder / "elsewhere").rename(folder / "segments")
    rig.spoil(SEGMENT)
    rig.around.owner = None
    assert lost(rig).look() == ()
