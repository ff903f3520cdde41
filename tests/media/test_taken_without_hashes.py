"""A film of whose files its service tells no hash is taken offline, and judged by its sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.licence import Permit
from player_app.core.stream import CheckedFile, Rendition
from player_app.core.stream_errors import DamagedStream, LicenceError
from tests.media.folder_store import FolderStore
from tests.media.host import Handler, Host, once
from tests.media.offline_session import offline, played
from tests.media.permits import permit
from tests.media.taker import VIDEO, Taker


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def permitted(film: dict[str, Any], host: Host) -> Callable[[], Permit]:
    """By a list of nothing but paths."""
    named = permit(film, host.address)
    listed = named.segment_list
    assert listed is not None
    captions = tuple(replace(each, file=_bare(each.file)) for each in listed.captions)
    renditions = tuple(_without_hashes(each) for each in listed.renditions)
    found = replace(named, segment_list=replace(listed, renditions=renditions, captions=captions))
    return lambda: found


def _bare(file: CheckedFile) -> CheckedFile:
    return CheckedFile(file.path, None, None)


def _without_hashes(rendition: Rendition) -> Rendition:
    segments = (replace(each, bytes=None, sha256=None, fragments=()) for each in rendition.segments)
    assert rendition.init is not None
    return replace(rendition, init=_bare(rendition.init), segments=tuple(segments))


def test_a_film_without_hashes_plays_from_what_was_taken(
    permitted: Callable[[], Permit], host: Host, store: FolderStore, film_folder: Path
) -> None:
    taker = Taker({}, host, store, permitted=permitted)
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
    kept = offline(permitted())
    listed = kept.segment_list
    assert listed is not None
    (video,) = (each for each in listed.videos() if each.id == VIDEO)
    listed = replace(listed, renditions=(video, *listed.audios()))
    played(kept, listed, store, listed.audios()[0])


@pytest.mark.promise(4)
@pytest.mark.parametrize(
    "path",
    [
        "v360/00004.m4s",
        "a-main/00002.m4s",
        "v360/init.mp4",
        "v360/index.m3u8",
        "captions/en.vtt",
    ],
)
def test_without_hashes_what_can_not_be_film_is_not_stored(
    path: str,
    permitted: Callable[[], Permit],
    host: Host,
    film_folder: Path,
    tmp_path: Path,
) -> None:
    """As long as the wrong answer comes with the right length, nothing but its sense tells."""

    def wrong(handler: Handler, data: bytes) -> None:
        handler.head(len(data))
        handler.wfile.write(bytes(data[::-1]))

    store = FolderStore(tmp_path / "store")
    host.faults.append(once(path, wrong))
    taker = Taker({}, host, store, permitted=permitted)
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
    assert [each for each, _ in host.asked].count(path) >= 2

    host.faults.append(once(path, wrong, times=1_000))
    again = FolderStore(tmp_path / "again")
    taker = Taker({}, host, again, permitted=permitted)
    with pytest.raises(DamagedStream):
        taker.run()
    again.assert_holds_only(taker.parts, film_folder)


def test_a_film_without_hashes_and_without_its_key_is_not_taken(
    permitted: Callable[[], Permit], host: Host, store: FolderStore
) -> None:
    keyless = permitted()
    keyless = replace(keyless, licence=replace(keyless.licence, keys={}))
    with pytest.raises(LicenceError):
        Taker({}, host, store, permitted=lambda: keyless).run()
