"""A film whose service lists nothing is taken offline by its playlists, and judged by its sense."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.licence import Permit, Purpose
from player_app.core.stream_errors import DamagedStream, LicenceError, PlaylistError
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.lister import Lister
from tests.media.folder_store import FolderStore
from tests.media.host import Handler, once, serving
from tests.media.offline_session import NOWHERE, ORIGINS, NoWay, never, offline, played
from tests.media.permits import permit
from tests.media.taker import Taker
from tests.media.unlisted import VIDEO, Unlisted, without_a_list


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def refuse_unsigned(handler: Handler, _data: bytes) -> bool:
    """The first playlist is had by its signed address alone."""
    if not handler.path.endswith("master.m3u8"):
        return False
    handler.plain(403)
    return True


@pytest.fixture
def stranger(
    film: dict[str, Any], film_folder: Path, tmp_path: Path, store: FolderStore
) -> Iterator[Unlisted]:
    assert film
    folder = without_a_list(film_folder, tmp_path / "unlisted")
    with serving(folder) as host:
        host.faults.append(refuse_unsigned)
        made = Unlisted(folder, host, store)
        yield made
        made.transport.close()


def test_of_a_service_that_lists_nothing(stranger: Unlisted, store: FolderStore) -> None:
    taker = stranger.taker()
    taker.run()
    store.assert_is_whole(taker.parts, stranger.folder)
    kept, no_way = offline(stranger.permit()), NoWay()
    lister = Lister(kept, never, ORIGINS, upstream=no_way, store=store, link=Link())
    listed = lister.segment_list(lambda videos: videos[0])
    assert no_way.asked == []
    listed = replace(listed, renditions=(listed.videos()[0], *listed.audios()))
    played(kept, listed, store, listed.audios()[0])


def test_a_film_that_is_its_own_only_playlist(stranger: Unlisted, store: FolderStore) -> None:
    """Picture alone; its segments lie beside the first playlist."""
    for each in (stranger.folder / "v360").iterdir():
        shutil.copy(each, stranger.folder / each.name)
    (stranger.folder / "index.m3u8").rename(stranger.folder / "master.m3u8")
    parts = stranger.parts("master.m3u8")
    assert parts[0].lists
    stranger.taker(parts=parts).run()
    kept = offline(stranger.permit())
    offline_lister = Lister(kept, never, ORIGINS, upstream=NoWay(), store=store, link=Link())
    played(kept, offline_lister.segment_list(lambda videos: videos[0]), store, None)


def test_the_store_knows_the_files_of_an_unlisted_film_again_after_a_renewal() -> None:
    first = permit_without_a_list("lic-1").licence
    assert owner_of(replace(first, id="lic-2")) == owner_of(first)
    for other in (
        replace(first, film_id="film-2"),
        replace(first, issuer="https://elsewhere.example"),
        replace(first, segments_sha256="00" * 32),
        replace(first, purpose=Purpose.STREAM),
    ):
        assert owner_of(other) != owner_of(first)
    streamed = replace(first, purpose=Purpose.STREAM)
    assert owner_of(streamed) != owner_of(replace(streamed, id="lic-2"))


def permit_without_a_list(licence_id: str) -> Permit:
    nothing = {"length_ms": 1, "renditions": [], "captions": [], "preview": None}
    named = permit(nothing | {"content_keys": {}}, NOWHERE)
    licence = replace(named.licence, id=licence_id, segments_sha256=None, purpose=Purpose.OFFLINE)
    return replace(named, licence=licence, segment_list=None)


@pytest.mark.promise(4)
@pytest.mark.parametrize(
    "path", ["v360/00004.m4s", "a-main/00002.m4s", "v360/init.mp4", VIDEO, "captions/en.vtt"]
)
def test_without_hashes_what_can_not_be_film_is_not_stored(
    stranger: Unlisted, store: FolderStore, path: str
) -> None:
    """As long as the wrong answer comes with the right length, nothing but its sense tells."""

    def wrong(handler: Handler, data: bytes) -> None:
        handler.head(len(data))
        handler.wfile.write(bytes(data[::-1]))

    parts = stranger.parts()
    stranger.host.faults.append(once(path, wrong))
    taker = stranger.taker(parts=parts)
    taker.run()
    store.assert_is_whole(taker.parts, stranger.folder)
    assert [each for each, _ in stranger.host.asked].count(path) >= 2

    stranger.host.faults.append(once(path, wrong, times=1_000))
    again = FolderStore(stranger.folder.parent / "again")
    stranger.store = again
    with pytest.raises(DamagedStream):
        stranger.taker(parts=parts).run()
    again.assert_holds_only(parts, stranger.folder)


def test_an_unlisted_film_without_its_key_is_not_taken(stranger: Unlisted) -> None:
    keyless = stranger.permit()
    keyless = replace(keyless, licence=replace(keyless.licence, keys={}))
    taker = Taker(
        {}, stranger.host, stranger.store, permitted=lambda: keyless, parts=stranger.parts()
    )
    with pytest.raises(LicenceError):
        taker.run()


def test_a_picture_that_an_unlisted_film_does_not_have(stranger: Unlisted) -> None:
    with pytest.raises(PlaylistError):
        stranger.parts("v1080/index.m3u8")
