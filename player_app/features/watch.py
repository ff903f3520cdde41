"""Watching a film: from its permit to the last picture, with the place kept for the next time."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from player_app.core.catalogue import Film
from player_app.core.errors import Stopped
from player_app.core.licence import Permit
from player_app.core.playback import PlaybackState
from player_app.core.playback_events import EngineEvent
from player_app.core.refusals import NotAvailable
from player_app.core.stream import Rendition, SegmentList, Taste, preferred_audio
from player_app.desktop.running_clock import running_s
from player_app.features.entrance import Wishes
from player_app.features.going_on import GoesOn
from player_app.features.leading import Here, Means
from player_app.features.playback import Playback, start_of
from player_app.media.engine import Engine, PictureView
from player_app.media.gateway.gateway import Gateway, chosen
from player_app.media.gateway.lister import Lister
from player_app.media.gateway.sessions import Permission, Session

WARM_FOR_S = 60.0
PLACE_KEPT_WITHIN_S = 1.0


class Permits(Protocol):
    def permit(self, film_id: str) -> Permit: ...

    def fresh(self, film_id: str) -> Permit:
        """For a film that plays: with another media address than the one before."""


class Place(Protocol):
    """Where a film was left."""

    @property
    def position_ms(self) -> int: ...

    @property
    def finished(self) -> bool: ...


class Positions(Protocol):
    def of(self, film_id: str) -> Place | None: ...

    def keep(
        self,
        film_id: str,
        position_ms: int,
        *,
        finished: bool = False,
        watch_session: str = "",
        rests: bool = False,
    ) -> None: ...


class Watch:
    """At most one film plays and at most one is warm; `film` answers a film of the catalogue.

    `may_go_out` is asked with the permit before the first byte of a film goes to the engine, and
    `goes_on` makes what says for how long one that is opened may play; `unplayed` is called with a
    permit by which nothing plays after all; `pictures` is where the engine's pictures come;
    `listener` hears every new state, from a thread of the playback.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        gateway: Gateway,
        permits: Permits,
        positions: Positions,
        film: Callable[[str], Film],
        media_origins: Callable[[], tuple[str, ...]],
        may_go_out: Callable[[Permit], None],
        goes_on: Callable[[Permit], GoesOn],
        unplayed: Callable[[Permit], None],
        pictures: PictureView,
    ) -> None:
        self._engine = engine
        self._gateway = gateway
        self._permits = permits
        self._positions = positions
        self._film = film
        self._media_origins = media_origins
        self._may_go_out = may_go_out
        self._goes_on = goes_on
        self._unplayed = unplayed
        self._means = Means(engine, gateway, pictures, self._next_number, running_s)
        self._leavings = 0
        self._departures = 0
        self._placing = threading.Lock()
        self._guard = threading.Lock()
        self._openings = 0
        self._wishes = 0
        self._preparing: Session | Lister | None = None
        self._warm: _Warm | None = None
        self._playing: Playback | None = None
        self._closing: Playback | None = None
        engine.listen(self._hear)

    def waits(self) -> bool:
        """Whether a film that plays, or is about to, waits for the network."""
        playback = self._playing
        return self._preparing is not None or (playback is not None and playback.waits)

    def plays(self, film_id: str) -> bool:
        """Whether this film is open, or has not been let go of yet."""
        return any(
            each is not None and each.film.id == film_id and not each.join(0.0)
            for each in (self._playing, self._closing)
        )

    def prepare(self, film_id: str, taste: Taste) -> None:
        """Make a film that may be played ready to start at its place, for a minute."""
        leavings = self._leavings  # loading may take so long that the player is left meanwhile
        self._engine.load()
        with self._guard:
            if self._playing is not None or (self._warm and self._warm.is_for(film_id, taste)):
                return
        self.forget_prepared()
        warm = self._made_ready(film_id, None, taste)
        with self._guard:
            if leavings != self._leavings:
                self._drop(warm)
                raise Stopped
            # the page that asks for it may have been loaded twice at once
            other, self._warm = self._warm, warm
        if other is not None:
            other.cancel()
            self._drop(other)
        warm.forget_later(self.forget_prepared)

    def forget_prepared(self) -> None:
        with self._guard:
            warm, self._warm = self._warm, None
        if warm is not None:
            warm.cancel()
            self._drop(warm)

    def open(
        self,
        film_id: str,
        from_ms: int | None,
        taste: Taste,
        listener: Callable[[PlaybackState], None],
        wishes: Wishes,
    ) -> Playback:
        """Begin to play, at `from_ms` or where the film was left; blocks until the session stands.

        Closing while it blocks raises `Stopped` here.
        """
        self._engine.load()
        self.close()
        with self._guard:
            self._wishes += 1
            wish = self._wishes
            warm, self._warm = self._warm, None
        if warm is not None:
            warm.cancel()
        if warm is None or from_ms is not None or not self._serves(warm, film_id, taste):
            if warm is not None:
                self._drop(warm)
            warm = self._made_ready(film_id, from_ms, taste)
        with self._guard:
            if wish != self._wishes:
                self._drop(warm)
                raise Stopped
            departures, watch_session = self._departures, secrets.token_urlsafe(12)
            self._playing = playback = Playback(
                film=warm.film,
                permission=warm.permission,
                session=warm.session,
                steps_down=taste.quality == "auto",
                means=self._means,
                keep=lambda here: self._keep(departures, film_id, watch_session, here),
                goes_on=self._goes_on(warm.permission.permit),
                listener=listener,
                wishes=wishes,
            )
        playback.begin(warm.start_ms)
        return playback

    def close(self) -> None:
        """Stop what plays or is about to; returns at once."""
        with self._guard:
            self._wishes += 1
            playback, self._playing = self._playing, None
            self._closing = playback or self._closing
            preparing, self._preparing = self._preparing, None
        if preparing is not None:
            preparing.abort()
        if playback is not None:
            playback.close()

    def leave(self) -> None:
        """End what plays, is about to or is warm: the viewer it was permitted to is leaving.

        Returns when the place is kept, or soon after that was asked for; it is not kept later.
        """
        self.shut_down(PLACE_KEPT_WITHIN_S)
        with self._placing:
            self._departures += 1

    def shut_down(self, wait_s: float) -> bool:
        """Close for good; whether the last playback ended within `wait_s`."""
        with self._guard:
            self._leavings += 1
        self.forget_prepared()
        self.close()
        return self._closing is None or self._closing.join(wait_s)

    def _hear(self, event: EngineEvent) -> None:
        for playback in (self._playing, self._closing):
            if playback is not None:
                playback.hear(event)

    def _keep(self, departures: int, film_id: str, watch_session: str, here: Here) -> None:
        with self._placing:
            if departures == self._departures:
                self._positions.keep(
                    film_id,
                    here.position_ms,
                    finished=here.finished,
                    watch_session=watch_session,
                    rests=here.rests,
                )

    def _made_ready(self, film_id: str, from_ms: int | None, taste: Taste) -> _Warm:
        film = self._film(film_id)
        permit, listed = self._listed(film_id, taste)
        if not listed.videos():
            raise NotAvailable(409, "not-available", "a film without a picture")
        permission = Permission(
            permit=permit,
            video=self._chosen(listed.videos(), taste),
            audio=preferred_audio(listed.audios(), taste),
            renew=lambda: self._permits.fresh(film_id),
            may_go_out=lambda: self._may_go_out(permit),
            origins=self._media_origins(),
        )
        start_ms = self._start_ms(film_id, from_ms, listed)
        session = self._gateway.session(permission)
        with self._abortable(session, permit):
            session.prepare(start_ms)
        return _Warm(film, permission, session, start_ms, taste)

    def _serves(self, warm: _Warm, film_id: str, taste: Taste) -> bool:
        """Not where the film's place has moved since: it was watched on another device."""
        listed = warm.permission.permit.segment_list
        moved = listed is None or self._start_ms(film_id, None, listed) != warm.start_ms
        return warm.is_for(film_id, taste) and not moved

    def _start_ms(self, film_id: str, from_ms: int | None, listed: SegmentList) -> int:
        kept = self._positions.of(film_id)
        left_ms = None if kept is None or kept.finished else kept.position_ms
        return start_of(from_ms, left_ms, listed.length_ms)

    def _listed(self, film_id: str, taste: Taste) -> tuple[Permit, SegmentList]:
        """A permit with the service's list, or with one made of the film's playlists."""
        permit = self._permits.permit(film_id)
        if permit.segment_list is not None:
            return permit, permit.segment_list
        lister = self._gateway.lister(
            permit, lambda: self._permits.fresh(film_id), self._media_origins()
        )
        with self._abortable(lister, permit):
            listed = lister.segment_list(
                lambda videos: self._chosen(permit.shown(videos) or videos, taste)
            )
        permit = replace(permit, segment_list=listed).narrowed()
        return permit, permit.segment_list or listed

    def _chosen(self, videos: tuple[Rendition, ...], taste: Taste) -> Rendition:
        return chosen(videos, taste.quality, self._gateway.link.rate_bps)

    @contextlib.contextmanager
    def _abortable(self, preparing: Session | Lister, permit: Permit) -> Iterator[None]:
        """What `close` can end meanwhile; ended too where it fails."""
        with self._guard:
            self._preparing = preparing
        stands = False
        try:
            yield
            stands = True
        finally:
            if not stands:
                preparing.abort()
                self._unplayed(permit)
            with self._guard:
                if self._preparing is preparing:
                    self._preparing = None

    def _drop(self, warm: _Warm) -> None:
        self._gateway.abort(warm.session)
        self._gateway.forget(warm.session)
        self._unplayed(warm.permission.permit)

    def _next_number(self) -> int:
        with self._guard:
            self._openings += 1
            return self._openings


class _Warm:
    """A session made ready, and the timer that drops it."""

    def __init__(
        self, film: Film, permission: Permission, session: Session, start_ms: int, taste: Taste
    ) -> None:
        self.film = film
        self.permission = permission
        self.session = session
        self.start_ms = start_ms
        self._taste = taste
        self._timer: threading.Timer | None = None

    def is_for(self, film_id: str, taste: Taste) -> bool:
        return (self.film.id, self._taste) == (film_id, taste) and not self.session.is_over

    def forget_later(self, forget: Callable[[], None]) -> None:
        self._timer = threading.Timer(WARM_FOR_S, forget)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
