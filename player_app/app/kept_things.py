"""What is kept on this computer, and how each kind of it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.core.kept_here import REMOVABLE, Kind
from player_app.features.account import DEVICE
from player_app.features.kept_here import CATALOGUE_VALUES, TABLES, KeptHere, Segments
from player_app.features.sign_in_keeper import SIGN_IN
from player_app.storage.catalogue import Catalogue
from player_app.storage.inventory import drop_rows
from player_app.storage.pictures import PictureStore


def kept_here(foundation: Foundation, library: Library, offline: Offline) -> KeptHere:
    store, database, paths = foundation.segments.store, foundation.database, foundation.paths

    def sizes() -> tuple[int, int, int]:
        found = store.sizes()
        return found.held_bytes, found.cached_bytes, found.files

    def forget_films() -> None:
        offline.downloads.remove_all()
        offline.licensing.kept.give_all_back()
        store.let_all_go()
        library.own_films.settle()

    def forget_catalogue() -> None:
        library.own_films.settle()
        Catalogue(database).forget_films()
        foundation.kept.forget(*CATALOGUE_VALUES)

    return KeptHere(
        paths=paths,
        database=database,
        segments=Segments(folder=lambda: store.folder, sizes=sizes),
        secrets=lambda: tuple(
            name for name in (SIGN_IN, DEVICE) if foundation.secrets.get(name) is not None
        ),
        farewells=library.farewells.names,
        removals={
            Kind.FILMS: forget_films,
            Kind.STREAMED: lambda: _told_nothing(store.trim(0)),
            Kind.PICTURES: PictureStore(paths.pictures).clear,
            Kind.CATALOGUE: forget_catalogue,
            Kind.PLACES: _rows_of(foundation, Kind.PLACES),
            Kind.COMMENTS: _rows_of(foundation, Kind.COMMENTS),
            Kind.LOGS: lambda: _empty(paths.logs),
            Kind.FAREWELLS: library.farewells.forget,
            Kind.SECRETS: lambda: _told_nothing(library.desk.sign_out()),
        },
    )


def remove_all(here: KeptHere) -> None:
    """The films first, which are the viewer's; the sign-in last, which all else may need."""
    for kind in sorted(REMOVABLE, key=lambda kind: (kind is Kind.SECRETS, kind is not Kind.FILMS)):
        here.remove(kind)


def _rows_of(foundation: Foundation, kind: Kind) -> Callable[[], None]:
    return lambda: drop_rows(foundation.database, (k for k, v in TABLES.items() if v is kind))


def _empty(folder: Path) -> None:
    """The log that is open goes on from its beginning."""
    for path in folder.iterdir():
        path.write_bytes(b"")


def _told_nothing(_answer: object) -> None:
    return None
