"""The player's rooms as `app/` builds them, without a window, and a viewer's films in them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player_app.app.foundation import Foundation
from player_app.app.kept_things import kept_here
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.core.download import DownloadState
from player_app.core.kept_here import KeptThings, Kind
from player_app.environment import Environment
from player_app.media.gateway.gateway import Gateway
from player_app.storage.paths import open_paths
from player_app.storage.secrets import Secrets
from tests.fakes.keyring import MemoryKeyring
from tests.features.offline_viewer import FILM, Viewer
from tests.waiting import until

ENVIRONMENT = Environment({}, "", "", system_proxy=False, variables={})


class Rooms:
    def __init__(self, folder: Path, keyring: MemoryKeyring) -> None:
        self.keyring = keyring
        paths = open_paths(folder)
        self.foundation = Foundation(paths, ENVIRONMENT, Secrets(keyring))
        self.library = Library(self.foundation, paths)
        self.gateway = Gateway(self.foundation.transport, self.foundation.segments.cache)
        self.offline = Offline(self.foundation, self.library, self.gateway)
        self.here = kept_here(self.foundation, self.library, self.offline)

    def sign_in(self, viewer: Viewer) -> None:
        services = self.library.services
        if services.current() is None:
            services.choose(services.look_up(viewer.service.address))
        self.library.desk.sign_in(viewer.email, "a quiet evening", None)
        self.library.browse.refresh()
        self.offline.begin(lambda: None)

    def take(self, film_id: str = FILM) -> None:
        """Offline, in its least quality; returns once it is here."""
        downloads = self.offline.downloads
        downloads.start(film_id, downloads.choices(film_id)[0].quality)

        def is_here() -> bool:
            found = downloads.of(film_id)
            return found is not None and found.state is DownloadState.COMPLETE

        until(is_here, "the film to be here")

    def of(self, kind: Kind) -> KeptThings | None:
        return next((each for each in self.here.list() if each.kind is kind), None)

    @property
    def held_bytes(self) -> int:
        return self.foundation.segments.store.sizes().held_bytes

    def close(self) -> None:
        ends = time.monotonic() + 5
        self.foundation.fall_silent()
        self.offline.stop_taking(ends)
        self.gateway.close(5.0)
        self.offline.close()
        self.library.checkouts.close()
        self.foundation.break_off()
        self.foundation.close(ends)


@contextmanager
def rooms(folder: Path, keyring: MemoryKeyring | None = None) -> Iterator[Rooms]:
    made = Rooms(folder, keyring or MemoryKeyring())
    try:
        yield made
    finally:
        made.close()
