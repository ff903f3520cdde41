"""How the bytes of a film taken along come: by which licence, over which link, into what."""

from __future__ import annotations

import threading
from collections.abc import Callable

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.licensing import Licensing
from player_app.core.catalogue import PictureFile
from player_app.core.licence import Permit
from player_app.core.parts import Part, parts_of
from player_app.core.stream_errors import NotForOffline
from player_app.features.bringing import Needs, OnProgress
from player_app.features.offline_choices import OfflineChoices, pictures_of
from player_app.features.settings import DownloadWishes
from player_app.media.gateway.begun import Begun
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle

BEGUN_BYTES = 64 * 1024 * 1024
"""So much is remembered of segments that were on their way as a download stopped."""

RESERVE_BYTES = 512 * 1024 * 1024
"""So much of the disk is left to others."""


class FilmTaking:
    """`gateway` is the one that films play through: what it measured of the link serves both."""

    def __init__(
        self, foundation: Foundation, library: Library, gateway: Gateway, licensing: Licensing
    ) -> None:
        self._foundation, self._library = foundation, library
        self._gateway, self._licensing = gateway, licensing
        self._throttle = Throttle(lambda: self.wishes().most_bytes_per_s)
        self._waits: Callable[[], bool] = lambda: False
        self._taking: Taking | None = None
        self._begun = Begun(BEGUN_BYTES)
        segments = foundation.segments
        self.choices = OfflineChoices(
            look=licensing.stream_places.look,
            parts=parts,
            pictures=self.pictures,
            missing=segments.store.missing,
            free_bytes=segments.free_bytes,
            reserve_bytes=RESERVE_BYTES,
        )
        self.needs = Needs(
            permit=self._permit,
            parts=parts,
            take=self._take,
            segments=segments.store,
            free_bytes=segments.free_bytes,
            reserve_bytes=RESERVE_BYTES,
            pictures=self.pictures,
            picture=library.pictures.bytes_of,
            save_comments=library.comments.save,
        )

    def give_way_to(self, waits: Callable[[], bool]) -> None:
        """Whether a film that plays `waits` for the link: it comes first."""
        self._waits = waits

    def nudge(self) -> None:
        """The service can be reached again: what waits to try once more does so now."""
        if (taking := self._taking) is not None:
            taking.nudge()

    def wishes(self) -> DownloadWishes:
        return self._library.settings.read().downloads

    def may_use_way(self) -> bool:
        return self.wishes().on_metered or not self._foundation.network.is_metered()

    def pictures(self, film_id: str) -> tuple[PictureFile, ...]:
        return pictures_of(self._library.film(film_id))

    def origins(self) -> tuple[str, ...]:
        """From where the service's media may come."""
        service = self._foundation.connection.service
        return service.media_origins if service is not None else ()

    def _permit(self, film_id: str, video_id: str) -> Permit:
        self._library.own_films.settle()
        permit = self._licensing.kept.take(film_id, video_id)
        self._licensing.starts.download_began(permit)
        return permit

    def _must_yield(self) -> bool:
        return self._waits()

    def _take(
        self,
        film_id: str,
        permit: Permit,
        wanted: tuple[Part, ...],
        stop: threading.Event,
        on_progress: OnProgress,
    ) -> None:
        self._taking = taking = Taking(
            upstream=self._foundation.transport,
            store=self._foundation.segments.store,
            permit=permit,
            renew=lambda: self._licensing.permits.fresh(film_id),
            origins=self.origins(),
            parts=wanted,
            link=self._gateway.link,
            throttle=self._throttle,
            on_progress=on_progress,
            yields=self._must_yield,
            begun=self._begun,
            workers=self.wishes().parallel,
        )
        try:
            taking.run(stop)
        finally:
            self._taking = None


def parts(permit: Permit, video_id: str) -> tuple[Part, ...]:
    """What the film of that picture consists of; raises `NotForOffline` where nobody listed it."""
    listed = permit.segment_list
    if listed is None:
        raise NotForOffline(permit.licence.film_id)
    return parts_of(listed, video_id, owner_of(permit.licence))
