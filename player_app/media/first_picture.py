"""Whether a film can be seen from what is on this computer alone: its first picture, decoded."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable

from player_app.core.errors import Stopped
from player_app.core.licence import Permit
from player_app.core.playback_events import EndReached, EngineEvent, Failed
from player_app.core.refusals import NotAvailable, NotFound
from player_app.core.stream import Taste, preferred_audio
from player_app.core.stream_errors import EngineFailed
from player_app.media.engine import Opening, PictureShape, Plane
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.gateway.upstream import Body, Store
from player_app.media.vlc_engine import VlcEngine

LONGEST_WAIT_S = 15.0
LOOK_S = 0.05
CLOSE_S = 2.0
ROW_ALIGNMENT = 64
WITHOUT_SOUND = ("--aout=dummy",)


class FirstPicture:
    """Films are opened one after the other, by an engine that has no way to the network.

    Nothing is shown or heard, and so no right's second clock begins. One for the life of the
    process: libVLC is loaded at the first film.
    """

    def __init__(self, store: Store) -> None:
        self._gateway = Gateway(_NoWay(), store, ahead_ms=1_000)
        self._pictures = _Counted()
        self._engine = VlcEngine(self._pictures, WITHOUT_SOUND)
        self._engine.listen(self._hear)
        self._one_at_a_time = threading.Lock()
        self._number = 0
        self._failure: EngineFailed | None = None

    def decode(self, permit: Permit, origins: tuple[str, ...], stop: threading.Event) -> None:
        """Until the first picture was decoded; raises why it never will be."""
        listed = permit.segment_list
        if listed is None or not listed.videos():
            raise NotAvailable(409, "not-available", "nothing to decode")
        permission = Permission(
            permit=permit,
            video=listed.videos()[0],
            audio=preferred_audio(listed.audios(), Taste()),
            renew=_not_here,
            may_go_out=lambda: None,
            origins=origins,
        )
        with self._one_at_a_time:
            session = self._gateway.session(permission)
            try:
                session.prepare(0)
                self._open(session, permission)
                self._wait(session, stop)
            finally:
                self._gateway.abort(session)
                self._engine.stop()
                self._gateway.forget(session)

    def close(self) -> None:
        self._engine.close(CLOSE_S)
        self._gateway.close(CLOSE_S)

    def _open(self, session: Session, permission: Permission) -> None:
        self._number += 1
        self._failure = None
        self._pictures.begin_anew()
        video = permission.video
        shape = PictureShape(video.width, video.height) if video.width and video.height else None
        address = self._gateway.serve(session)
        self._engine.open(Opening(self._number, address, 0, 0, shape, volume=0, muted=True))

    def _wait(self, session: Session, stop: threading.Event) -> None:
        until = time.monotonic() + LONGEST_WAIT_S
        while not self._pictures.came.wait(LOOK_S):
            cause = session.supply().cause or self._failure
            if cause is not None:
                raise cause
            if stop.is_set():
                raise Stopped
            if time.monotonic() > until:
                raise EngineFailed("no picture came")

    def _hear(self, event: EngineEvent) -> None:
        if event.number != self._number:
            return
        if isinstance(event, Failed):
            self._failure = event.cause
        elif isinstance(event, EndReached) and not self._pictures.came.is_set():
            self._failure = EngineFailed("it ended without a picture")


def _not_here() -> Permit:
    raise NotFound(404, "not-found", "not on this computer")


class _NoWay:
    """The way to nowhere: whatever is not stored can't be had."""

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        del start, breaks
        raise NotFound(404, "not-found", address.rpartition("/")[2])


class _Counted:
    """Memory for decoded pictures that nobody shows; `came` once there was one."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self._memory: list[ctypes.Array[ctypes.c_char]] = []

    def begin_anew(self) -> None:
        self.came.clear()

    def begin(self, shape: PictureShape) -> tuple[Plane, Plane, Plane]:
        rows = (shape.height, (shape.height + 1) // 2, (shape.height + 1) // 2)
        pitch = -(-shape.width // ROW_ALIGNMENT) * ROW_ALIGNMENT
        # the former memory stays until the next film: a thread of libVLC may still write to it
        self._memory = self._memory[-3:] + [
            ctypes.create_string_buffer(pitch * (lines + 1)) for lines in rows
        ]
        luma, blue, red = (
            Plane(ctypes.addressof(each), pitch, lines)
            for each, lines in zip(self._memory[-3:], rows, strict=True)
        )
        return luma, blue, red

    def lock(self) -> tuple[int, int, int]:
        luma, blue, red = (ctypes.addressof(each) for each in self._memory[-3:])
        return luma, blue, red

    def display(self) -> None:
        self.came.set()
