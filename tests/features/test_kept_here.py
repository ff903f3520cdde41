"""What is said to be kept on this computer is all that is there, and goes when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from player_app.core.kept_here import KeptThings, Kind
from player_app.features.kept_here import TABLES, KeptHere, Segments
from player_app.storage.database import Database, open_database
from player_app.storage.inventory import files_below
from player_app.storage.paths import Paths, open_paths
from player_app.storage.schema import migrations, own_tables
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.storage.belongings import put_in


class Profile:
    def __init__(self, folder: Path) -> None:
        self.paths: Paths = open_paths(folder)
        self.database: Database
        self.database, _ = open_database(self.paths.database)
        self.segments: SegmentStore
        self.segments, _ = open_segments(self.paths.segments, device="this one")
        self.removed: list[Kind] = []
        self.here = KeptHere(
            paths=self.paths,
            database=self.database,
            segments=Segments(lambda: self.segments.folder, self._sizes),
            secrets=lambda: ("device", "sign-in"),
            farewells=lambda: ("farewell-0",),
            removals={kind: partial(self.removed.append, kind) for kind in Kind},
        )

    def of(self, kind: Kind) -> KeptThings | None:
        return next((each for each in self.here.list() if each.kind is kind), None)

    def close(self) -> None:
        self.segments.close()
        self.database.close()

    def _sizes(self) -> tuple[int, int, int]:
        sizes = self.segments.sizes()
        return sizes.held_bytes, sizes.cached_bytes, sizes.files


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = Profile(tmp_path / "profile")
    put_in(made.database)
    yield made
    made.close()


def test_every_table_of_the_viewers_own_has_a_kind() -> None:
    names = {table.name for table in own_tables(max(migrations()))} - {"kept"}
    assert names == set(TABLES)


def test_every_file_is_counted_once(profile: Profile) -> None:
    (profile.paths.pictures / ("0" * 64)).write_bytes(b"x" * 1000)
    (profile.paths.logs / "verite.log").write_bytes(b"y" * 100)
    of_files = (Kind.PICTURES, Kind.LOGS, Kind.SPARE, Kind.LOCKS, Kind.UNKNOWN)
    counted = sum(each.count for each in profile.here.list() if each.kind in of_files)
    catalogue = profile.of(Kind.CATALOGUE)
    assert catalogue is not None
    own = {profile.paths.database.name + end for end in ("", "-wal", "-shm")}
    files = [
        path
        for path in files_below(profile.paths.folder)
        if path.name not in own and not path.is_relative_to(profile.paths.segments)
    ]
    films = [path for path in files if path.name.startswith("verite-films")]
    assert counted == len(files) - len(films)
    assert profile.of(Kind.PICTURES) == KeptThings(
        Kind.PICTURES, 1, 1000, str(profile.paths.pictures)
    )


def test_what_is_not_the_players_own_is_named_as_such(profile: Profile) -> None:
    assert profile.of(Kind.UNKNOWN) is None
    (profile.paths.folder / "holiday.jpg").write_bytes(b"z" * 10)
    unknown = profile.of(Kind.UNKNOWN)
    assert unknown is not None
    assert (unknown.count, unknown.bytes, unknown.may_be_removed) == (1, 10, False)


def test_rows_are_counted_by_what_they_are(profile: Profile) -> None:
    places, comments = profile.of(Kind.PLACES), profile.of(Kind.COMMENTS)
    assert places is not None
    assert comments is not None
    assert (places.count, comments.count) == (2, 2)
    assert (places.bytes or 0) > 0


def test_films_and_what_streamed_are_told_apart(profile: Profile) -> None:
    film, streamed = b"a" * 5_000, b"b" * 3_000
    profile.segments.hold("rosa film-01 v360", [sha256(film).hexdigest()])
    for each in (film, streamed):
        profile.segments.put(sha256(each).hexdigest(), each)
    films, cache = profile.of(Kind.FILMS), profile.of(Kind.STREAMED)
    assert films is not None
    assert cache is not None
    assert (films.bytes, cache.bytes) == (5_000, 3_000)


def test_secrets_are_counted_but_never_measured(profile: Profile) -> None:
    secrets = profile.of(Kind.SECRETS)
    assert secrets == KeptThings(Kind.SECRETS, 2, None, "")
    assert profile.of(Kind.FAREWELLS) == KeptThings(Kind.FAREWELLS, 1, None, "")


def test_what_is_removed_is_what_was_asked_for(profile: Profile) -> None:
    profile.here.remove(Kind.PICTURES)
    assert profile.removed == [Kind.PICTURES]
