"""The rows of downloads: durable, each owner's own, and nothing hostile comes out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.download import Download, DownloadState, Quality, new_download
from player_app.storage.database import Database, open_database
from player_app.storage.downloads import DownloadStore
from player_app.storage.packing import pack, unpack

ROSA, MAX = "acc-rosa http://127.0.0.1", "acc-max http://127.0.0.1"
HIGH = Quality("v720", 720, ("a-main",), 3_000)
FILM = new_download("film-1", HIGH, 1_700_000_000, 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made, _ = open_database(tmp_path / "verite.sqlite3")
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> DownloadStore:
    return DownloadStore(database)


def test_a_download_is_what_it_was_after_a_restart(tmp_path: Path) -> None:
    rows = (
        replace(
            FILM,
            state=DownloadState.WAITING,
            reason="no-room",
            facts=(9, 3),
            former=("v360",),
            list_sha256="ab",
        ),
        replace(FILM, film_id="film-2", state=DownloadState.REMOVING, again=HIGH, height=None),
    )
    database, _ = open_database(tmp_path / "verite.sqlite3")
    DownloadStore(database).put(ROSA, *rows)
    database.close()

    database, _ = open_database(tmp_path / "verite.sqlite3")
    store = DownloadStore(database)
    assert set(store.all(ROSA)) == set(rows)
    assert store.of(ROSA, "film-1") == rows[0]
    assert store.of(ROSA, "film-3") is None
    database.close()


def test_the_downloads_of_another_owner_stay_out_of_sight_and_reach(store: DownloadStore) -> None:
    store.put(ROSA, FILM)
    store.put(MAX, replace(FILM, order=7))
    store.remove(MAX, "film-1")
    store.remove(MAX, "film-1")

    assert store.all(MAX) == ()
    assert store.all(ROSA) == (FILM,)
    assert store.everybody() == ((ROSA, FILM),)


def fields_of(download: Download, **changes: object) -> bytes:
    return pack(asdict(download) | changes)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\xc1",
        pack("a text"),
        pack(FILM)[:-3],
        pack({"film_id": "film-1"}),
        fields_of(FILM, film_id="film-2"),
        fields_of(FILM, state="flying"),
        fields_of(FILM, state="waiting"),
        fields_of(FILM, reason="metered"),
        fields_of(FILM, total_bytes=-1),
        fields_of(FILM, done_bytes=0.5),
        fields_of(FILM, facts=[[1]], state="failed", reason="no-room"),
        fields_of(FILM, again=asdict(HIGH)),
        fields_of(FILM, again={**asdict(HIGH), "rendition_id": ""}, state="removing"),
    ],
    ids=repr,
)
def test_a_row_that_is_no_download_is_passed_over_and_logged(
    database: Database, packed: bytes, expect_log: Callable[[str], None]
) -> None:
    expect_log("the row of a download can't be read")
    with database.write() as connection:
        connection.execute("INSERT INTO downloads VALUES (?,?,?)", (ROSA, "film-1", packed))
    store = DownloadStore(database)

    assert not store.all(ROSA)
    assert not store.everybody()
    assert store.of(ROSA, "film-1") is None


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_wrong_bit_makes_a_sound_download_or_none(place: int, bit: int) -> None:
    packed = bytearray(pack(FILM))
    packed[place % len(packed)] ^= 1 << bit
    found = unpack(bytes(packed), Download)

    assert found is None or found.total_bytes >= 0
