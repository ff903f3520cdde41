"""A film that was taken offline plays by a real session that has no way to the network."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from player_app.core.stream import CheckedFile
from player_app.core.stream_errors import DamagedStream, PlaylistError
from player_app.media.gateway.link import Link
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.folder_store import FolderStore
from tests.media.host import Handler, Host, once, serving
from tests.media.offline_session import never, offline, played
from tests.media.permits import permit
from tests.media.taker import VIDEO, Taker


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def test_with_every_sound_its_captions_and_its_small_pictures(
    film: dict[str, Any], film_folder: Path, store: FolderStore, tmp_path: Path
) -> None:
    folder = tmp_path / "film"
    shutil.copytree(film_folder, folder)
    sheet = b"\xff\xd8\xff and so on"
    (folder / "sheet.jpg").write_bytes(sheet)
    said = {"path": "sheet.jpg", "bytes": len(sheet), "sha256": sha256(sheet).hexdigest()}
    sizes = {"interval_ms": 1_000, "tile_width": 1, "tile_height": 1, "columns": 4, "rows": 4}
    package = film | {"preview": {**sizes, "sheets": [said]}}
    with serving(folder) as host:
        Taker(package, host, store).run()
        kept = offline(permit(package, host.address))
    listed = kept.segment_list
    assert listed is not None
    (video,) = (each for each in listed.videos() if each.id == VIDEO)
    for audio in listed.audios():
        played(kept, replace(listed, renditions=(video, audio)), store, audio)


def test_a_playlist_that_names_other_files_than_the_list_is_not_stored(
    film: dict[str, Any], host: Host, store: FolderStore
) -> None:
    def another(handler: Handler, _data: bytes) -> None:
        data = (handler.server.folder / "v720/index.m3u8").read_bytes().replace(b"00003", b"00033")
        handler.head(len(data))
        handler.wfile.write(data)

    host.faults.append(once("v360/index.m3u8", another, times=1_000))
    taker = Taker(film, host, store)
    with pytest.raises(DamagedStream):
        taker.run()
    assert not store.has(taker.parts[0].key)


def test_what_is_no_playlist_is_not_kept_by_a_session_either(
    film: dict[str, Any], host: Host
) -> None:
    def portal(handler: Handler, _data: bytes) -> None:
        handler.head(9)
        handler.wfile.write(b"<!doctype")

    host.faults.append(once("v360/index.m3u8", portal))
    named = permit(film, host.address)
    assert named.segment_list is not None
    permission = Permission(
        named, named.segment_list.videos()[0], None, never, lambda: None, host.origins
    )
    store, transport = MemoryStore(1 << 24), Transport({}, "", "0")
    for refused in (True, False):
        session = Session(permission, transport, store, Link(), doubted=set())
        try:
            if refused:
                with pytest.raises(PlaylistError):
                    session.prepare(0)
            else:
                session.prepare(0)
        finally:
            session.abort()
            assert session.join(time.monotonic() + 5)
    transport.close()


def test_captions_without_a_hash_are_taken_as_they_are(
    film: dict[str, Any], host: Host, store: FolderStore, film_folder: Path
) -> None:
    named = permit(film, host.address)
    assert named.segment_list is not None
    (captions,) = named.segment_list.captions
    bare = replace(captions, file=CheckedFile(captions.file.path, None, None))
    listed = replace(named.segment_list, captions=(bare,))
    taker = Taker(film, host, store, permitted=lambda: replace(named, segment_list=listed))
    taker.run()
    store.assert_is_whole(taker.parts, film_folder)
