"""The file of the films: begun anew when it is damaged, for the service can send them again."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path

from player_app.core.storage_errors import DatabaseDamaged
from player_app.storage.damage import (
    FAILURES,
    asks_for_a_newer_sqlite,
    damage_found,
    is_damage,
    is_whole,
)
from player_app.storage.database_file import DatabaseFile, connected
from player_app.storage.file_moves import keep_aside, put_in_place, stands_in_the_way
from player_app.storage.schema import (
    FILMS,
    bring_up_to_date,
    definitions,
    definitions_of,
    version_of,
)

log = logging.getLogger(__name__)

_TAKEN_OVER = """
BEGIN IMMEDIATE;
INSERT INTO films SELECT number, id, slug, featured, streams, year, packed FROM earlier.films;
INSERT INTO picture_files SELECT sha256, film, address, bytes FROM earlier.picture_files;
INSERT INTO film_texts (rowid, title, people, subjects, tagline, summary, synopsis)
    SELECT rowid, title, people, subjects, tagline, summary, synopsis FROM earlier.film_texts;
INSERT INTO feed SELECT 1, CAST(packed AS TEXT) FROM earlier.kept WHERE name = 'cursor';
COMMIT;
"""


class FilmFile(DatabaseFile):
    """Reading all of it takes long where there are many films: only after a bad end is it checked.

    A mark stands beside it from its opening until it is closed well.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._mark = _mark_of_use(path)
        self._mark.touch(0o600)

    def close(self) -> None:
        super().close()
        if self.was_sound:
            self._mark.unlink(missing_ok=True)


def film_file_of(path: Path) -> Path:
    """Beside the viewer's own file."""
    return path.with_name(f"{path.stem}-films{path.suffix}")


def open_films(path: Path) -> tuple[FilmFile, DatabaseDamaged | None]:
    if not stands_in_the_way(path):
        try:
            return _opened(path), None
        except FAILURES as error:
            if not is_damage(error):
                raise
    log.error("the list of films is damaged and is begun anew")
    kept_as = keep_aside(path)
    return _opened(path), DatabaseDamaged(str(kept_as), "films")


def take_films_over(earlier: sqlite3.Connection, path: Path) -> None:
    """From the first version's one file of everything; without them they are fetched again."""
    (own,) = (place for _, name, place in earlier.execute("PRAGMA database_list") if name == "main")
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
            bring_up_to_date(connection, FILMS)
            connection.execute("ATTACH ? AS earlier", (own,))
            connection.executescript(_TAKEN_OVER)
    except FAILURES as error:
        part.unlink(missing_ok=True)
        if not is_damage(error):
            raise
        log.warning("the films of an earlier version could not be read")
    else:
        put_in_place(part, path)


def _opened(path: Path) -> FilmFile:
    if asks_for_a_newer_sqlite(path):
        raise damage_found()
    with contextlib.closing(connected(path)) as connection:
        version = version_of(connection)
        # of a newer version, too: had a newer player been here, it is the viewer's own that tells
        if definitions_of(connection) != definitions(FILMS, version):
            raise damage_found()
        if version and _mark_of_use(path).exists() and not is_whole(connection):
            raise damage_found()
        bring_up_to_date(connection, FILMS)
    path.chmod(0o600)
    return FilmFile(path)


def _mark_of_use(path: Path) -> Path:
    return path.with_name(f"{path.name}.in-use")
