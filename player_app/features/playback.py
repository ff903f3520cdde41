"""One film on the screen: the engine and the session led together, its state folded and told."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from player_app.core import playback as law
from player_app.core.captions import Cue
from player_app.core.catalogue import Film
from player_app.core.errors import VeriteError
from player_app.core.playback import (
    Closed,
    EngineEvent,
    Phase,
    PlaybackState,
    Supply,
    Tick,
)
from player_app.core.stream import CaptionFile, Rendition, SegmentList
from player_app.media.engine import Engine, Opening, PictureShape
from player_app.media.gateway.gateway import Gateway, one_step_down
from player_app.media.gateway.sessions import Permission, Session
from player_app.media.webvtt import read_captions

TICK_S = 0.1
KEEP_EVERY_S = 5.0
STEP_DOWN_AFTER_S = 2.0
SAVED_FROM_MS = 5_000
DONE_WITHIN_MS = 10_000
LAST_SEEK_MS = 500
LET_GO_WITHIN_S = 3.0
SMALL_FILE_PATIENCE_S = 20.0


def start_of(from_ms: int | None, left_ms: int | None, length_ms: int) -> int:
    """Where to begin: as asked, else where it was left, unless that is the beginning or the end."""
    if from_ms is not None:
        return max(0, min(from_ms, length_ms - 1000))
    if left_ms is None or left_ms < SAVED_FROM_MS or left_ms > length_ms - DONE_WITHIN_MS:
        return 0
    return left_ms


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the viewer wants any film to play; the volume is from 0 to 100."""

    volume: int = 100
    muted: bool = False
    rate: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """A session being made ready to go on with: at `seek_ms`, or else where the picture is."""

    permission: Permission
    session: Session
    seek_ms: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A preview picture: the file it lies in, and where on it in pixels (x, y, width, height)."""

    sha256: str
    data: bytes
    place: tuple[int, int, int, int]


class Playback:
    """Its methods may be called from the Qt thread: only `cues` and `preview` wait.

    One thread of its own does the rest, and tells `listener` every new state.
    """

    def __init__(
        self,
        *,
        film: Film,
        permission: Permission,
        session: Session,
        steps_down: bool,
        engine: Engine,
        gateway: Gateway,
        keep: Callable[[int, bool], None],
        picture_at: Callable[[], float],
        next_number: Callable[[], int],
        listener: Callable[[PlaybackState], None],
        wishes: Wishes,
    ) -> None:
        self.film = film
        self._permission = permission
        self._listed = listed_of(permission)
        self._session = session
        self._address = gateway.serve(session)
        self._steps_down = steps_down
        self._engine = engine
        self._gateway = gateway
        self._keep = keep
        self._picture_at = picture_at
        self._next_number = next_number
        self._listener = listener
        self._wishes = wishes
        self._number = 0
        self._state = PlaybackState(self._listed.length_ms, rate=wishes.rate)
        self._told: PlaybackState | None = None
        self._kept_at = time.monotonic()
        self._stalled_at: float | None = None
        self._is_open = True
        self._change: _Change | None = None
        self._guard = threading.Lock()
        self._let_go = threading.Event()
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="playback", daemon=True)

    @property
    def state(self) -> PlaybackState:
        return self._state

    @property
    def video(self) -> Rendition:
        """The rendition that plays now."""
        return self._permission.video

    @property
    def videos(self) -> tuple[Rendition, ...]:
        return self._listed.videos()

    @property
    def audio(self) -> Rendition | None:
        """The sound that plays now, or is about to."""
        change = self._change
        return (self._permission if change is None else change.permission).audio

    @property
    def audios(self) -> tuple[Rendition, ...]:
        return self._listed.audios()

    @property
    def captions(self) -> tuple[CaptionFile, ...]:
        return self._listed.captions

    @property
    def has_previews(self) -> bool:
        return self._listed.preview is not None

    def begin(self, position_ms: int) -> None:
        self._thread.start()
        self._inbox.put(lambda: self._open(position_ms))

    def hear(self, event: EngineEvent) -> None:
        """An event of the engine, from the engine's threads."""
        if isinstance(event, Closed) and event.number == self._number:
            self._let_go.set()
        self._inbox.put(lambda: self._hear(event))

    def play(self) -> None:
        self._inbox.put(lambda: self._pause(paused=False))

    def pause(self) -> None:
        self._inbox.put(lambda: self._pause(paused=True))

    def seek(self, position_ms: int) -> None:
        self._inbox.put(lambda: self._seek(position_ms))

    def step(self, frames: int) -> None:
        """Pause, and show the next picture or the one before."""
        self._inbox.put(lambda: self._step(frames))

    def set_rate(self, rate: float) -> None:
        self._inbox.put(lambda: self._set_rate(rate))

    def set_volume(self, volume: int) -> None:
        self._wishes = replace(self._wishes, volume=volume)
        self._engine.set_volume(volume)

    def set_muted(self, *, muted: bool) -> None:
        self._wishes = replace(self._wishes, muted=muted)
        self._engine.set_muted(muted)

    def choose_audio(self, rendition: Rendition) -> None:
        """Go on with another sound, where the picture is."""
        self._inbox.put(lambda: self._change_to(audio=rendition))

    def choose_video(self, rendition: Rendition) -> None:
        """Go on in another quality, where the picture is."""
        self._steps_down = False
        self._inbox.put(lambda: self._change_to(video=rendition))

    def retry_now(self) -> None:
        self._session.retry_now()
        change = self._change
        if change is not None:
            change.session.retry_now()

    def cues(self, captions: CaptionFile) -> tuple[Cue, ...]:
        """Blocks until the captions are here; raises what keeps them."""
        return read_captions(self._session.file(captions.file, SMALL_FILE_PATIENCE_S))

    def preview(self, position_ms: int) -> Sheet | None:
        """The small picture for a position. Blocks until its sheet is here."""
        found = self._listed.preview
        if found is None or not found.sheets:
            return None
        number = max(0, position_ms) // found.interval_ms
        sheet, place = divmod(number, found.columns * found.rows)
        if sheet >= len(found.sheets):
            return None
        row, column = divmod(place, found.columns)
        data = self._session.file(found.sheets[sheet], SMALL_FILE_PATIENCE_S)
        width, height = found.tile_width, found.tile_height
        return Sheet(
            found.sheets[sheet].sha256, data, (column * width, row * height, width, height)
        )

    def close(self) -> None:
        """End it: the session first, so that the engine can let go; returns at once."""
        self._is_open = False
        self._drop_change()
        self._gateway.abort(self._session)
        self._engine.stop()
        self._inbox.put(self._keep_place)

    def join(self, wait_s: float) -> bool:
        """Whether its thread has ended within `wait_s`."""
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        due = time.monotonic()
        while self._is_open or not self._inbox.empty():
            with contextlib.suppress(queue.Empty):
                self._inbox.get(timeout=max(0.0, due - time.monotonic()))()
            if time.monotonic() >= due:
                due = time.monotonic() + TICK_S
                self._look()
            self._tell()
        self._let_go.wait(LET_GO_WITHIN_S)
        self._gateway.forget(self._session)

    def _open(self, position_ms: int, *, paused: bool = False) -> None:
        now = time.monotonic()
        self._number = self._next_number()
        self._let_go.clear()
        self._state = law.opened(self._state, position_ms, now)
        video = self._permission.video
        shape = PictureShape(video.width, video.height) if video.width and video.height else None
        self._engine.open(
            Opening(
                number=self._number,
                address=self._address,
                start_ms=position_ms,
                shape=shape,
                rate=self._state.rate,
                volume=self._wishes.volume,
                muted=self._wishes.muted,
                paused=paused,
            )
        )

    def _hear(self, event: EngineEvent) -> None:
        if event.number != self._number or not self._is_open:
            return
        before = self._state
        # An end is judged by what the session gave out until now.
        supply = self._supply()
        self._state = law.fold(replace(before, supply=supply), event)
        if self._state.phase is not before.phase and self._state.phase is Phase.PAUSED:
            self._keep_place()
        self._follow(before)

    def _look(self) -> None:
        if not self._is_open:
            return
        now, before = time.monotonic(), self._state
        self._state = law.fold(before, Tick(now, self._picture_at(), self._supply()))
        if now - self._kept_at > KEEP_EVERY_S and self._state.phase is Phase.PLAYING:
            self._keep_place()
        self._follow(before)
        self._judge_the_link(now)

    def _follow(self, before: PlaybackState) -> None:
        if self._state.reopen:
            self._open(self._state.anchor_ms)
        if self._state.is_over and not before.is_over:
            self._keep_place()
            if self._state.phase is Phase.FAILED:
                self._drop_change()
                self._gateway.abort(self._session)
                self._engine.stop()

    def _judge_the_link(self, now: float) -> None:
        """A stall without any fault means: the link is too slow for this rendition."""
        slow = self._state.phase is Phase.STALLED and self._state.supply.trouble_since is None
        self._stalled_at = (self._stalled_at or now) if slow else None
        if not self._steps_down or self._stalled_at is None or self._change is not None:
            return
        lower = one_step_down(self.videos, self._permission.video)
        if lower is not None and now - self._stalled_at > STEP_DOWN_AFTER_S:
            self._stalled_at = None
            self._change_to(video=lower)

    def _supply(self) -> Supply:
        """The session's; while a seek waits for its new one, with the troubles of that."""
        supply, change = self._session.supply(), self._change
        if change is None or change.seek_ms is None:
            return supply
        coming = change.session.supply()
        return replace(
            supply,
            trouble_since=coming.trouble_since,
            trouble=coming.trouble,
            cause=None,
            waited_for=True,
        )

    def _change_to(
        self,
        *,
        video: Rendition | None = None,
        audio: Rendition | None = None,
        seek_ms: int | None = None,
    ) -> None:
        """Make another session ready, however long that takes, while this one plays on.

        It takes over what an earlier change, not done yet, was to bring.
        """
        wanted = self._permission if self._change is None else self._change.permission
        self._drop_change()
        now = time.monotonic()
        position_ms = self._state.position_ms(now) if seek_ms is None else seek_ms
        permission = replace(wanted, video=video or wanted.video, audio=audio or wanted.audio)
        change = _Change(permission, self._gateway.session(permission), seek_ms)
        self._state = replace(self._state, refused=None)
        with self._guard:
            if not self._is_open:
                return
            self._change = change

        def ready() -> None:
            cause: VeriteError | None = None
            try:
                change.session.prepare(position_ms, patience_s=None)
            except VeriteError as error:
                cause = error
            self._inbox.put(lambda: self._changed(change, cause))

        threading.Thread(target=ready, name="media-change", daemon=True).start()

    def _changed(self, change: _Change, cause: VeriteError | None) -> None:
        """Go on with the new session, unless the viewer wanted something else meanwhile."""
        with self._guard:
            wanted = self._change is change and self._is_open
            if wanted:
                self._change = None
        if not wanted or cause is not None:
            change.session.abort()
        if not wanted:
            return
        now = time.monotonic()
        if cause is None:
            position_ms = self._state.position_ms(now) if change.seek_ms is None else change.seek_ms
            self._go_on_with(change, position_ms)
        elif change.seek_ms is None:
            self._state = replace(self._state, refused=cause, refused_at=now)
        else:
            before = self._state
            self._state = replace(before, phase=Phase.FAILED, cause=cause)
            self._follow(before)

    def _go_on_with(self, change: _Change, position_ms: int) -> None:
        was_paused = self._state.phase is Phase.PAUSED
        with self._guard:
            old, self._session = self._session, change.session
            self._permission = change.permission
        self._address = self._gateway.serve(self._session)
        if not self._is_open:
            self._gateway.abort(self._session)
        if change.seek_ms is None:
            self._session.go_to(position_ms)
        self._gateway.abort(old)
        self._open(position_ms, paused=was_paused)
        self._gateway.forget(old)

    def _drop_change(self) -> None:
        with self._guard:
            change, self._change = self._change, None
        if change is not None:
            change.session.abort()

    def _pause(self, *, paused: bool) -> None:
        if self._state.phase is Phase.ENDED and not paused:
            self._state = replace(self._state, phase=Phase.OPENING, finished=False)
            self._open(0)
        elif paused:
            self._engine.pause()
        else:
            self._engine.play()

    def _seek(self, position_ms: int) -> None:
        now = time.monotonic()
        inside = max(0, min(position_ms, self._state.length_ms - LAST_SEEK_MS))
        if self._state.phase is Phase.FAILED:
            return
        change = self._change
        if self._session.supply().waited_for:
            # libVLC seeks only when the request under way has ended: leave it to an old session.
            self._change_to(seek_ms=inside)
            self._state = law.sought(self._state, inside, now)
            self._keep_place()
            return
        if change is not None and change.seek_ms is not None:
            self._drop_change()
        self._session.go_to(inside)
        if self._state.phase is Phase.ENDED:
            self._state = replace(self._state, phase=Phase.OPENING, finished=False)
            self._open(inside)
        else:
            self._state = law.sought(self._state, inside, now)
            self._engine.seek(inside)
        self._keep_place()

    def _step(self, frames: int) -> None:
        now = time.monotonic()
        position_ms = self._state.position_ms(now)
        step_ms = round(1000 / (self._permission.video.frame_rate or 25))
        if frames > 0 and self._state.phase is Phase.PAUSED:
            self._engine.next_frame()
            self._state = replace(self._state, anchor_ms=position_ms + step_ms, anchor_at=now)
        else:
            self._engine.pause()
            self._seek(position_ms + frames * step_ms)

    def _set_rate(self, rate: float) -> None:
        self._state = law.at_rate(self._state, rate, time.monotonic())
        self._engine.set_rate(rate)

    def _keep_place(self) -> None:
        self._kept_at = time.monotonic()
        if self._state.phase is not Phase.OPENING or self._state.picture_at > 0:
            self._keep(self._state.position_ms(self._kept_at), self._state.finished)

    def _tell(self) -> None:
        told = replace(self._state, picture_at=0.0)
        if told != self._told and self._is_open:
            self._told = told
            self._listener(self._state)


def listed_of(permission: Permission) -> SegmentList:
    """The list that every permission of `Watch` has."""
    listed = permission.permit.segment_list
    if listed is None:
        raise ValueError("a permission without a segment list")
    return listed
