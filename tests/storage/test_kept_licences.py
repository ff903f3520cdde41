"""Rows of kept licences: as this device has sealed them, in their own places, or not at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.sealing import hidden
from player_app.storage.database import Database, open_database
from player_app.storage.licences import LABEL, KeptLicence, LicenceStore
from player_app.storage.packing import pack
from tests.plugins.promises import Promise

ROSA, MAX = "acc-rosa https://films.example", "acc-max https://films.example"
SECRET, OTHER_SECRET = b"d" * 32, b"o" * 32


def kept(film_id: str = "film-1", **changes: object) -> KeptLicence:
    one = KeptLicence(
        film_id=film_id,
        licence_id=f"lic-{film_id}",
        token="a.signed.token",
        signed_by={"kid": "k1", "kty": "OKP", "crv": "Ed25519", "x": "x"},
        media_address="https://media.example/film-1/master.m3u8",
        media_expires_at=1_800_000_000,
        list_sha256="0" * 64,
        video_id="v360",
        asked_at=1_800_000_000,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened, _ = open_database(tmp_path / "verite.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> LicenceStore:
    return LicenceStore(database, lambda: SECRET)


def row(database: Database, owner: str = ROSA, film_id: str = "film-1") -> bytes:
    with database.read() as connection:
        found: bytes = connection.execute(
            "SELECT sealed FROM licences WHERE owner = ? AND film_id = ?", (owner, film_id)
        ).fetchone()[0]
    return found


def write(database: Database, whole: bytes, owner: str = ROSA, film_id: str = "film-1") -> None:
    with database.write() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO licences VALUES (?,?,?)", (owner, film_id, whole)
        )


def test_what_is_kept_is_there_after_a_restart_for_its_owner_alone(tmp_path: Path) -> None:
    one = kept(coming=kept(licence_id="lic-next"), started_at=5, revoked="refunded")
    for look in (False, True):
        database, _ = open_database(tmp_path / "verite.sqlite3")
        store = LicenceStore(database, lambda: SECRET)
        if not look:
            store.put(ROSA, one)
        assert store.of(ROSA, "film-1") == one
        assert store.films(ROSA) == ("film-1",)
        assert store.of(MAX, "film-1") is None
        assert store.films(MAX) == ()
        assert store.everybody() == ((ROSA, "film-1"),)
        database.close()


def test_a_return_takes_the_licence_and_waits_in_one_step(
    store: LicenceStore, database: Database
) -> None:
    one = kept(coming=kept(licence_id="lic-next"))
    store.put(ROSA, one)
    store.put(MAX, kept())
    store.give_back(ROSA, "film-1", one.ids())
    assert store.of(ROSA, "film-1") is None
    assert store.of(MAX, "film-1") == kept()
    assert store.returned(ROSA) == ("lic-film-1", "lic-next")
    assert store.returned(MAX) == ()
    store.give_back_unkept(ROSA, "lic-next")
    store.told(ROSA, "lic-next")
    assert LicenceStore(database, lambda: SECRET).returned(ROSA) == ("lic-film-1",)


@pytest.mark.promise(20)
def test_any_changed_byte_of_a_kept_licence_is_seen(
    store: LicenceStore, database: Database, promise: Promise
) -> None:
    store.put(ROSA, kept())
    right, chance = row(database), random.Random(20)  # noqa: S311 - which bytes change is no secret
    for _ in range(promise.count(smoke=40, full=1_000)):
        at = chance.randrange(len(right))
        other = bytes([right[at] ^ chance.randrange(1, 256)])
        write(database, right[:at] + other + right[at + 1 :])
        with pytest.raises(KeptLicenceUnusable):
            store.of(ROSA, "film-1")
        promise.tried()


@pytest.mark.promise(20)
def test_a_row_of_another_film_owner_or_device_or_without_a_mac_opens_nowhere(
    store: LicenceStore, database: Database, promise: Promise
) -> None:
    store.put(ROSA, kept())
    store.put(ROSA, kept("film-2"))
    store.put(MAX, kept())
    elsewhere = LicenceStore(database, lambda: OTHER_SECRET)
    elsewhere.put(ROSA, kept("film-3"))
    label = f"{LABEL} of {ROSA} film-1"
    forged = {
        "another film's": row(database, film_id="film-2"),
        "another owner's": row(database, owner=MAX),
        "another device's": row(database, film_id="film-3"),
        "sealed by another secret": hidden(OTHER_SECRET, label, pack(kept())),
        "sealed for something else": hidden(SECRET, "verite clock v1", pack(kept())),
        "of another film under the right seal": hidden(SECRET, label, pack(kept("film-2"))),
        "no licence under the right seal": hidden(SECRET, label, pack({"film_id": "film-1"})),
        "a MAC of zeros": bytes(32) + pack(kept()),
        "no MAC": pack(kept()),
        "a MAC alone": row(database)[:32],
        "longer": row(database) + b"\x00",
        "nothing": b"",
    }
    for whole in forged.values():
        write(database, whole)
        with pytest.raises(KeptLicenceUnusable):
            store.of(ROSA, "film-1")
        promise.tried()
    with pytest.raises(KeptLicenceUnusable):
        elsewhere.of(MAX, "film-1")
