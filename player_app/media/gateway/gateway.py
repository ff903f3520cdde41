"""The gateway as the rest of the player sees it: sessions opened, served and dropped."""

from __future__ import annotations

from collections.abc import Callable

from player_app.core.licence import Permit
from player_app.core.stream import Rendition
from player_app.media.gateway.link import Link
from player_app.media.gateway.lister import Lister
from player_app.media.gateway.server import Server
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.upstream import Store, Upstream

HIGHEST = 1080
"""Decoding is in software: higher pictures are chosen by the viewer only."""

UNMEASURED_BPS = 3_000_000
ROOM = 1.4
"""How much quicker than the rendition the link has to be."""


class Gateway:
    """`ahead_ms` is how much film its sessions read ahead."""

    def __init__(self, upstream: Upstream, store: Store, *, ahead_ms: int = 90_000) -> None:
        self._upstream = upstream
        self._store = store
        self._ahead_ms = ahead_ms
        self._server = Server()
        self._doubted: set[str] = set()
        self.link = Link()

    def session(self, permission: Permission) -> Session:
        """A session that serves nothing yet: `prepare` it, then `serve` it."""
        return Session(
            permission,
            self._upstream,
            self._store,
            self.link,
            doubted=self._doubted,
            ahead_ms=self._ahead_ms,
        )

    def lister(
        self, permit: Permit, renew: Callable[[], Permit], origins: tuple[str, ...]
    ) -> Lister:
        """Finds out what the film consists of, for a permit without a list."""
        return Lister(
            permit, renew, origins, upstream=self._upstream, store=self._store, link=self.link
        )

    def serve(self, session: Session) -> str:
        """The address for the engine."""
        return self._server.add(session)

    def abort(self, session: Session) -> None:
        """End it and cut its connections; the engine can then stop at once."""
        self._server.remove(session)

    def forget(self, session: Session) -> None:
        self._server.forget(session)

    def close(self, wait_s: float) -> bool:
        return self._server.close(wait_s)


def chosen(videos: tuple[Rendition, ...], quality: str, rate_bps: float | None) -> Rendition:
    """The rendition for a quality: `auto`, `best`, `least` or an id; `videos` least first."""
    by_id = next((each for each in videos if each.id == quality), None)
    if by_id is not None:
        return by_id
    if quality == "least":
        return videos[0]
    fitting = [each for each in videos if (each.height or 0) <= HIGHEST] or [videos[0]]
    if quality == "best":
        return fitting[-1]
    room_bps = (rate_bps or UNMEASURED_BPS) / ROOM
    return next((each for each in reversed(fitting) if each.bandwidth <= room_bps), fitting[0])


def one_step_down(videos: tuple[Rendition, ...], now: Rendition) -> Rendition | None:
    """The next smaller rendition, if there is one."""
    lower = [each for each in videos if each.bandwidth < now.bandwidth]
    return lower[-1] if lower else None
