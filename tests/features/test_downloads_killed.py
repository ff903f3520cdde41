"""A player killed at any moment of a download lost nothing that it had acknowledged."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from player_app.core.download import DownloadState
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.server import RunningService
from player_app.storage.copied import copy_of
from player_app.storage.database import open_database
from player_app.storage.downloads import DownloadStore
from player_app.storage.film_file import film_file_of
from player_app.storage.segments.files import listing, path_of
from player_app.storage.segments.index import FILE
from player_app.storage.segments.names import Named
from tests.features.downloading_process import DownloadingProcess, segments_in
from tests.features.offline_rig import parts_in
from tests.money.player_process import player_at
from tests.plugins.promises import Promise
from tests.subscription import subscribe

S = DownloadState
LONGEST_S = 0.7
FILMS = 2


@dataclass
class Viewer:
    """What was acknowledged: films in their qualities, and which of them rest."""

    owner: str
    films: dict[str, dict[str, tuple[str, ...]]]
    wanted: dict[str, str] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)

    def do_something(self, process: DownloadingProcess) -> None:
        film = random.choice(sorted(self.films))  # noqa: S311 - a walk
        deed = random.choice(["start", "start", "start", "pause", "resume", "remove"])  # noqa: S311
        if deed == "start":
            video = random.choice(sorted(self.films[film]))  # noqa: S311
            process.say("start", film, video)
            self.wanted[film] = video
            self.resting.discard(film)
        elif film in self.wanted:
            process.say(deed, film)
            self.resting.discard(film)
            if deed == "pause":
                self.resting.add(film)
            elif deed == "remove":
                del self.wanted[film]


@pytest.fixture
def viewer(service: RunningService, tmp_path: Path) -> Viewer:
    """A profile that is signed in, with a subscription, and knows what each film consists of."""
    subscribe(service.service)
    player = player_at(tmp_path)
    player.services.choose(player.services.look_up(service.address))
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    films = {}
    cards = player.browse.home().rows[-1].cards
    for film_id in [each.film.id for each in cards if each.film.streams][:FILMS]:
        permit = player.licences.permit(film_id)
        listed = permit.segment_list
        assert listed is not None
        films[film_id] = {
            each.id: tuple(part.key for part in parts_in(permit, each.id))
            for each in listed.videos()
        }
    owner = player.connection.owner()
    player.close()
    assert owner is not None
    return Viewer(owner, films)


def expect_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path


def lets_go(database: Path, viewer: Viewer) -> bool:
    """Whether files were being removed: each goes before its row does."""
    opened, _ = open_database(database)
    rows = DownloadStore(opened).all(viewer.owner)
    opened.close()
    return any(each.state is S.REMOVING or each.former for each in rows)


def expect_every_row_to_have_its_file(folder: Path, *, but_for_removed: bool) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        rows = connection.execute("SELECT name, content, bytes FROM segments").fetchall()
    for name, content, size in rows:
        path = path_of(folder, Named(name, content))
        if but_for_removed and not path.exists():
            continue
        data = path.read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (size, content)


def expect_no_orphan_after_a_start(folder: Path) -> None:
    store = segments_in(folder)
    found = listing(store.folder)
    assert found.parts == ()
    assert store.sizes().files == len(found.files)
    store.close()


def expect_what_was_acknowledged(path: Path, viewer: Viewer) -> None:
    database, damaged = open_database(path)
    rows = {each.film_id: each for each in DownloadStore(database).all(viewer.owner)}
    database.close()
    assert damaged is None
    kept = {film: row.rendition_id for film, row in rows.items() if row.state is not S.REMOVING}
    assert kept == viewer.wanted
    assert all(rows[each].state in (S.PAUSED, S.COMPLETE) for each in viewer.resting)


@pytest.mark.promise(1)
def test_what_was_acknowledged_survives_a_kill_and_the_download_goes_on(
    viewer: Viewer, tmp_path: Path, promise: Promise, expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone, and is forgotten")
    profile = tmp_path / "profile"
    database, segments = profile / "verite.sqlite3", profile / "segments"
    for _ in range(promise.count(smoke=2, full=50)):
        process = DownloadingProcess(tmp_path)
        viewer.do_something(process)
        time.sleep(random.uniform(0, LONGEST_S))  # noqa: S311 - a moment
        process.kill()

        for each in (database, copy_of(database), film_file_of(database), segments / FILE):
            expect_sound(each)
        expect_every_row_to_have_its_file(segments, but_for_removed=lets_go(database, viewer))
        expect_no_orphan_after_a_start(tmp_path)
        expect_what_was_acknowledged(database, viewer)
        promise.tried()

    process = DownloadingProcess(tmp_path)
    for film, qualities in viewer.films.items():
        process.say("start", film, viewer.wanted.get(film, min(qualities)))
        viewer.wanted.setdefault(film, min(qualities))
    process.say("wait")
    process.kill()
    viewer.resting.clear()
    expect_what_was_acknowledged(database, viewer)
    store = segments_in(tmp_path)
    for film, video in viewer.wanted.items():
        assert all(store.get(key) is not None for key in viewer.films[film][video])
    store.close()
