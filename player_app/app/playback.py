"""How a film plays: the engine, the gateway it reads from, licences, and what drives them."""

from __future__ import annotations

import time

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.desktop.running_clock import running_s
from player_app.features.connection import Connection
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.features.starts import Starts
from player_app.features.watch import Watch
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.store import MemoryStore
from player_app.media.vlc_engine import VlcEngine
from player_app.ui.video_surface import VideoSurface

HELD_FILM_BYTES = 256 * 1024 * 1024


class Playback:
    """`engine_options` are libVLC's own, such as another output for its sound."""

    def __init__(
        self, foundation: Foundation, library: Library, engine_options: tuple[str, ...]
    ) -> None:
        connection, desk = foundation.connection, library.desk
        self.surface = VideoSurface(running_s)
        self.engine = VlcEngine(self.surface, engine_options)
        self._gateway = Gateway(foundation.transport, MemoryStore(HELD_FILM_BYTES))
        self.starts = Starts(connection)
        self.licences = Licences(connection, desk, LicenceKeys(connection, desk))
        self.watch = Watch(
            engine=self.engine,
            gateway=self._gateway,
            permits=self.licences,
            positions=library.positions,
            film=library.film,
            media_origins=lambda: _media_origins(connection),
            may_go_out=self.starts.began,
            pictures=self.surface,
        )

        connection.at_sign_out(self.watch.leave)

    def close(self, until: float) -> None:
        """The film first, then what it is read from."""
        self.watch.shut_down(max(0.0, until - time.monotonic()))
        self.engine.close(max(0.0, until - time.monotonic()))
        self._gateway.close(max(0.0, until - time.monotonic()))
        self.starts.close()


def _media_origins(connection: Connection) -> tuple[str, ...]:
    service = connection.service
    return service.media_origins if service is not None else ()
