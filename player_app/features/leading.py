"""A film led through engine and session: every event and wish folded into one state."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from player_app.core import playback as law
from player_app.core import stall
from player_app.core.errors import VeriteError
from player_app.core.playback import Phase, PlaybackState
from player_app.core.playback_events import Closed, EngineEvent, Tick
from player_app.core.playback_fold import fold
from player_app.core.stall import Way
from player_app.core.stream import Rendition
from player_app.features.changes import Change, Done
from player_app.features.entrance import Entrance, Wishes
from player_app.features.going_on import GoesOn
from player_app.features.sleep import Sleep
from player_app.features.slow_link import SlowLink
from player_app.features.source import Source
from player_app.media.engine import Engine, Opening, PictureShape, PictureView
from player_app.media.gateway.gateway import Gateway, one_step_down
from player_app.media.gateway.sessions import Permission, Session

TICK_S = 0.1
LANDING_TICK_S = 0.02
WAITING_TICK_S = 0.03
ENTRY_IS_NEAR_MS = 150
"""So far behind the beginning of a segment a film may as well begin there."""

INSIDE_MS = 1
"""So little behind the beginning of a segment a film begins unheard, as anywhere inside of it."""

KEEP_EVERY_S = 5.0
LAST_SEEK_MS = 500
USUAL_FRAME_RATE = 25


@dataclass(frozen=True, slots=True)
class Means:
    """What every film is led with.

    `next_number` counts openings of the engine, `running_s` the seconds, those of sleep too.
    """

    engine: Engine
    gateway: Gateway
    pictures: PictureView
    next_number: Callable[[], int]
    running_s: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a film is; it `rests` there where it is paused, over or left."""

    position_ms: int
    finished: bool
    rests: bool


class Leading:
    """One film from its first opening to its last; one thread calls it, but for what says so.

    `keep` stores the place; `goes_on` says for how long; `changed` must come back to `changed` on
    that thread.
    """

    def __init__(
        self,
        means: Means,
        permission: Permission,
        session: Session,
        *,
        steps_down: bool,
        wishes: Wishes,
        keep: Callable[[Here], None],
        goes_on: GoesOn,
        changed: Done,
    ) -> None:
        self.goes_on = goes_on
        self.steps_down = steps_down
        self.let_go = threading.Event()
        self.source = Source(means.gateway, permission, session, changed)
        self._engine, self._pictures = means.engine, means.pictures
        self._next_number = means.next_number
        self._keep = keep
        self._entrance = Entrance(means.engine, means.pictures, wishes)
        self._slow_link = SlowLink()
        self._sleep = Sleep(means.running_s)
        self._looked_at = time.monotonic()
        self._number = 0
        self._has_slept = False
        self._was_sent = False
        self._state = PlaybackState(self.source.listed.length_ms, rate=wishes.rate)
        self._kept_at = time.monotonic()
        self._owes_place = False
        self._is_open = True

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def state(self) -> PlaybackState:
        return self._state

    def set_volume(self, volume: int) -> None:
        """From any thread."""
        self._entrance.set_volume(volume)

    def set_muted(self, *, muted: bool) -> None:
        """From any thread."""
        self._entrance.set_muted(muted=muted)

    def heed(self, event: EngineEvent) -> None:
        """Notice, on the engine's thread, that it let go."""
        if isinstance(event, Closed) and event.number == self._number:
            self.let_go.set()

    def end(self) -> None:
        """From any thread: the session ends first, so that the engine can let go."""
        self._is_open = False
        self.source.end()
        self._pictures.release()
        self.source.abort()
        self._engine.stop()

    def forget(self) -> None:
        """After the end."""
        self.source.forget(self.source.session)

    def tick_s(self) -> float:
        """How soon to look again."""
        waits = self._state.supply.waited_for
        if self._state.landing is not None and not waits:
            return LANDING_TICK_S
        return WAITING_TICK_S if waits else TICK_S

    def open(self, position_ms: int, *, paused: bool = False) -> None:
        """Begin at a segment; going on inside of it, unseen and unheard until it is reached."""
        now = time.monotonic()
        entry_ms = self.source.session.entry_ms(position_ms)
        if position_ms - entry_ms < ENTRY_IS_NEAR_MS:
            is_early = self.source.session.has_early_sound(entry_ms)
            position_ms = entry_ms + INSIDE_MS if is_early else entry_ms
        self._entrance.begin(hidden=paused or position_ms != entry_ms)
        self._number, self._was_sent = self._next_number(), False
        self._has_slept = False
        self.let_go.clear()
        video = self.source.playing.video
        picture_s = 1 / (video.frame_rate or USUAL_FRAME_RATE)
        before = replace(self._state, picture_s=picture_s)
        self._state = law.opened(before, position_ms, now, pauses=paused)
        shape = PictureShape(video.width, video.height) if video.width and video.height else None
        self._engine.open(
            Opening(
                number=self._number,
                address=self.source.address,
                entry_ms=entry_ms,
                start_ms=position_ms,
                shape=shape,
                rate=self._state.rate,
                volume=self._entrance.volume,
                muted=self._entrance.is_muted,
            )
        )

    def hear(self, event: EngineEvent) -> None:
        """An event of the engine."""
        if event.number != self._number or not self._is_open:
            return
        before = self._state
        # An end is judged by what the session gave out until now.
        supply = self.source.supply()
        self._state = fold(replace(before, supply=supply), event)
        if self._state.phase is not before.phase and self._state.phase is Phase.PAUSED:
            self.keep_place()
        self._follow(before)

    def look(self) -> None:
        """What the pictures and the session have come to."""
        if not self._is_open:
            return
        now = time.monotonic()
        if self._sleep.is_over():
            self._wake()
        self._looked_at, before = now, self._state
        self._state = fold(before, self._tick(now))
        ending = self.goes_on.look(self._state.phase)
        if ending is not None:
            self._state = law.stopped(self._state, ending, now)
        is_due = now - self._kept_at > KEEP_EVERY_S and self._state.phase is Phase.PLAYING
        if is_due or (self._owes_place and self._state.picture_at > 0):
            self.keep_place()
        self._follow(before)
        if not self._state.is_over and not self.source.is_changing:
            self._find_back(now)
        self._judge_the_link(now)
        self._pictures.trust(now)

    def _wake(self) -> None:
        """Nothing was read and nothing shown for a while: what libVLC held is of no use."""
        self.source.session.wake()
        if self._state.landing is not None and not self._state.is_over:
            self._begin_anew()
        elif self._state.phase is Phase.PLAYING:
            self._state = law.slept(self._state, self._looked_at)
            self._entrance.lose()
            self._has_slept = True

    def _begin_anew(self) -> None:
        """Of what comes now libVLC would throw away the beginning, and show the rest damaged."""
        if not self.source.is_seeking:
            self._entrance.lose()
            self._seek_anew(self._state.anchor_ms)

    def _find_back(self, now: float) -> None:
        """Send libVLC where the film is, if it isn't there and can be sent."""
        is_lost, was_sent = self._entrance.is_lost, self._was_sent
        match stall.way_back(self._state, now, is_lost=is_lost, was_sent=was_sent):
            case Way.ANEW:
                self._seek_anew(self._state.position_ms(now))
            case Way.ANEW_AT_SEGMENT:
                self._seek_anew(self.source.session.entry_ms(self._state.anchor_ms))

    def _tick(self, now: float) -> Tick:
        return Tick(now, self._pictures.newest_at, self.source.supply(), self._pictures.displayed)

    def _follow(self, before: PlaybackState) -> None:
        is_over = self._state.is_over and not before.is_over
        if self._state.phase is Phase.STALLED and before.phase is not Phase.STALLED:
            self._entrance.lose()
        if is_over or (before.landing is not None and self._state.landing is None):
            self._enter()
        if self._state.reopen:
            self.open(self._state.anchor_ms, paused=self._state.pauses)
        if is_over:
            self.keep_place()
            if self._state.phase is Phase.FAILED:
                self.source.drop_change()
                self.source.abort()
                self._engine.stop()

    def _enter(self) -> None:
        """The place is reached: pause there if wanted, since libVLC can't begin paused."""
        self._entrance.end()
        if self._state.pauses:
            self._engine.pause()

    def _judge_the_link(self, now: float) -> None:
        slow = self._slow_link.shows(self._state, now)
        if not slow or not self.steps_down or self.source.is_changing:
            return
        lower = one_step_down(self.source.listed.videos(), self.source.playing.video)
        if lower is not None:
            self._slow_link.forget()
            self.change_to(video=lower)

    def change_to(self, *, video: Rendition | None = None, audio: Rendition | None = None) -> None:
        """Go on with another picture or sound, as soon as that is ready."""
        self._state = replace(self._state, refused=None)
        self.source.change_to(self._state.position_ms(time.monotonic()), video, audio)

    def _seek_anew(self, position_ms: int) -> None:
        """Leave what libVLC is held by to this session, and go on in another."""
        self.source.seek_anew(position_ms)
        self._state = law.sought(self._state, position_ms, time.monotonic())

    def changed(self, change: Change, cause: VeriteError | None) -> None:
        """Go on with the new session, unless the viewer wanted something else meanwhile."""
        if not self.source.take(change):
            return
        if cause is not None:
            change.session.abort()
        now = time.monotonic()
        if cause is None:
            position_ms = self._state.position_ms(now) if change.seek_ms is None else change.seek_ms
            self._go_on_with(change, position_ms)
            if self.source.owes:
                self.change_to()
        elif change.seek_ms is None:
            self._state = replace(self._state, refused=cause, refused_at=now)
        else:
            before = self._state
            self._state = replace(before, phase=Phase.FAILED, cause=cause)
            self._follow(before)

    def _go_on_with(self, change: Change, position_ms: int) -> None:
        was_paused = self._state.phase is Phase.PAUSED or self._state.pauses
        old = self.source.go_on_with(change, position_ms)
        self.open(position_ms, paused=was_paused)
        self.source.forget(old)

    def pause(self, *, paused: bool) -> None:
        if self._state.phase is Phase.ENDED and not paused:
            self._state = replace(self._state, phase=Phase.OPENING, finished=False)
            self.open(0)
        elif self._state.is_opening and self._state.landing is not None:
            self._state = replace(self._state, phase=Phase.OPENING, pauses=paused)
        elif paused:
            self._pause()
        else:
            self._go_on()

    def _pause(self) -> None:
        """At once, though libVLC may go on, unseen, until a question for film is answered."""
        if self._state.phase is not Phase.PAUSED and self.source.session.supply().waited_for:
            self._entrance.lose()
            self._state = law.paused(self._state, time.monotonic())
            self.keep_place()
        self._engine.pause()

    def _go_on(self) -> None:
        # opened to be paused, and there, it runs: libVLC has not come to its pause yet
        phase = Phase.PLAYING if self._state.is_opening else self._state.phase
        self._state = replace(self._state, phase=phase, pauses=False)
        self._engine.play()
        if self._state.phase is Phase.PAUSED and self._entrance.is_lost:
            self._state = replace(self._state, phase=Phase.STALLED)
            self.seek(self._state.anchor_ms)

    def seek(self, position_ms: int) -> None:
        now = time.monotonic()
        inside = max(0, min(position_ms, self._state.length_ms - LAST_SEEK_MS))
        if self._state.phase is Phase.FAILED:
            return
        inside = self.source.reached_at(inside, self._state.picture_s)
        if self._has_slept or self.source.session.supply().waited_for:
            # libVLC seeks only once the question under way is answered, and after a sleep shows
            # some of where it was as if it were there: leave it to an old session
            self._seek_anew(inside)
            self.keep_place()
            return
        if self.source.is_seeking:
            self.source.drop_change()
        self._entrance.is_lost = False
        self.source.session.go_to(inside)
        if self._state.phase is Phase.ENDED:
            self._state = replace(self._state, phase=Phase.OPENING, finished=False)
            self.open(inside)
        else:
            if self._state.phase is Phase.OPENING:
                self._pictures.hold()
            self._state, self._was_sent = law.sought(self._state, inside, now), True
            self._engine.seek(inside)
        self.keep_place()

    def step(self, frames: int) -> None:
        now = time.monotonic()
        position_ms = self._state.position_ms(now)
        step_ms = round(self._state.picture_s * 1000)
        is_paused = self._state.phase is Phase.PAUSED and not self._state.pauses
        is_there = is_paused and not self._entrance.is_lost
        if frames > 0 and is_there:
            self._engine.next_frame()
            self._state = replace(self._state, anchor_ms=position_ms + step_ms, anchor_at=now)
        else:
            self._engine.pause()
            self.seek(position_ms + frames * step_ms)

    def set_rate(self, rate: float) -> None:
        self._state = law.at_rate(self._state, rate, time.monotonic())
        self._engine.set_rate(rate)

    def keep_place(self) -> None:
        """Before the first picture the viewer was nowhere yet: the place is kept with that."""
        self._kept_at, state = time.monotonic(), self._state
        self._owes_place = state.picture_at <= 0
        if not self._owes_place:
            rests = state.phase is Phase.PAUSED or state.is_over or not self._is_open
            self._keep(Here(state.position_ms(self._kept_at), state.finished, rests))
