"""How a film plays: the engine, the gateway it reads from, and what drives them."""

from __future__ import annotations

import time

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.core.stream import Taste
from player_app.desktop.running_clock import running_s
from player_app.features.connection import Connection
from player_app.features.going_on import GoingOn
from player_app.features.watch import Watch
from player_app.media.gateway.gateway import Gateway
from player_app.media.vlc_engine import VlcEngine
from player_app.ui.video_surface import VideoSurface


class Playback:
    """`engine_options` are libVLC's own, such as another output for its sound."""

    def __init__(
        self,
        foundation: Foundation,
        library: Library,
        gateway: Gateway,
        offline: Offline,
        engine_options: tuple[str, ...],
    ) -> None:
        connection = foundation.connection
        self.surface = VideoSurface(running_s)
        self.engine = VlcEngine(self.surface, engine_options)
        self._gateway, self._offline = gateway, offline
        self.watch = Watch(
            engine=self.engine,
            gateway=gateway,
            permits=offline.licensing.permits,
            positions=library.positions,
            film=library.film,
            media_origins=lambda: _media_origins(connection),
            may_go_out=offline.licensing.starts.began,
            goes_on=lambda permit: GoingOn(
                permit,
                library.rental_clock,
                rights=connection.rights,
                kept=offline.licensing.kept.licence,
                ended=offline.film_ended,
            ),
            unplayed=offline.licensing.stream_places.unplayed,
            pictures=self.surface,
        )
        offline.give_way_to(waits=self.watch.waits, plays=self.watch.plays)
        connection.at_sign_out(self.watch.leave)

    def prepare(self, film_id: str, taste: Taste) -> None:
        """Make a film ready to start, where that keeps it from no other device; blocks."""
        if not self._offline.licensing.stream_places.would_be_taken(film_id):
            self.watch.prepare(film_id, taste)

    def close(self, until: float) -> None:
        """The film first, then what it is read from."""
        self.watch.shut_down(max(0.0, until - time.monotonic()))
        self.engine.close(max(0.0, until - time.monotonic()))
        self._gateway.close(max(0.0, until - time.monotonic()))


def _media_origins(connection: Connection) -> tuple[str, ...]:
    service = connection.service
    return service.media_origins if service is not None else ()
