"""One film on the screen: a thread that leads it, and what the viewer may ask of it."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from player_app.core.captions import Cue
from player_app.core.catalogue import Film
from player_app.core.playback import PlaybackState
from player_app.core.playback_events import EngineEvent
from player_app.core.stream import CaptionFile, Rendition
from player_app.features.entrance import Wishes
from player_app.features.extras import Extras, Sheet
from player_app.features.going_on import GoesOn
from player_app.features.leading import Here, Leading, Means
from player_app.media.gateway.sessions import Permission, Session

SAVED_FROM_MS = 5_000
DONE_WITHIN_MS = 10_000
LET_GO_WITHIN_S = 3.0
SMALL_FILE_PATIENCE_S = 20.0


def start_of(from_ms: int | None, left_ms: int | None, length_ms: int) -> int:
    """Where to begin: as asked, else where it was left, unless that is the beginning or the end."""
    if from_ms is not None:
        return max(0, min(from_ms, length_ms - 1000))
    if left_ms is None or left_ms < SAVED_FROM_MS or left_ms > length_ms - DONE_WITHIN_MS:
        return 0
    return left_ms


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
        means: Means,
        keep: Callable[[Here], None],
        goes_on: GoesOn,
        listener: Callable[[PlaybackState], None],
        wishes: Wishes,
    ) -> None:
        self.film = film
        self._listener = listener
        self._told: PlaybackState | None = None
        # not SimpleQueue: CPython 3.11's waits for ever where its time-out is over as it begins
        self._inbox: queue.Queue[Callable[[], None]] = queue.Queue()
        self._leading = leading = Leading(
            means,
            permission,
            session,
            steps_down=steps_down,
            wishes=wishes,
            keep=keep,
            goes_on=goes_on,
            changed=lambda change, cause: self._inbox.put(lambda: leading.changed(change, cause)),
        )
        self._extras = Extras(
            leading.source.listed.captions,
            leading.source.listed.preview,
            lambda file: leading.source.session.file(file, SMALL_FILE_PATIENCE_S),
        )
        self._thread = threading.Thread(target=self._work, name="playback", daemon=True)

    @property
    def state(self) -> PlaybackState:
        return self._leading.state

    @property
    def waits(self) -> bool:
        """Whether the engine waits for film that has yet to come."""
        return self._leading.source.session.supply().waited_for

    @property
    def video(self) -> Rendition:
        """The rendition that plays now."""
        return self._leading.source.playing.video

    @property
    def videos(self) -> tuple[Rendition, ...]:
        return self._leading.source.listed.videos()

    @property
    def audio(self) -> Rendition | None:
        """The sound that plays now, or is about to."""
        return self._leading.source.wanted.audio

    @property
    def audios(self) -> tuple[Rendition, ...]:
        return self._leading.source.listed.audios()

    @property
    def captions(self) -> tuple[CaptionFile, ...]:
        return self._extras.captions

    @property
    def has_previews(self) -> bool:
        return self._extras.has_previews

    def begin(self, position_ms: int) -> None:
        self._thread.start()
        self._inbox.put(lambda: self._leading.open(position_ms))

    def hear(self, event: EngineEvent) -> None:
        """An event of the engine, from the engine's threads."""
        self._leading.heed(event)
        self._inbox.put(lambda: self._leading.hear(event))

    def play(self) -> None:
        self._inbox.put(lambda: self._leading.pause(paused=False))

    def pause(self) -> None:
        self._inbox.put(lambda: self._leading.pause(paused=True))

    def seek(self, position_ms: int) -> None:
        self._inbox.put(lambda: self._leading.seek(position_ms))

    def step(self, frames: int) -> None:
        """Pause, and show the next picture or the one before."""
        self._inbox.put(lambda: self._leading.step(frames))

    def set_rate(self, rate: float) -> None:
        self._inbox.put(lambda: self._leading.set_rate(rate))

    def set_volume(self, volume: int) -> None:
        self._leading.set_volume(volume)

    def set_muted(self, *, muted: bool) -> None:
        self._leading.set_muted(muted=muted)

    def choose_audio(self, rendition: Rendition) -> None:
        """Go on with another sound, where the picture is."""
        self._inbox.put(lambda: self._leading.change_to(audio=rendition))

    def choose_video(self, rendition: Rendition) -> None:
        """Go on in another quality, where the picture is."""
        self._leading.steps_down = False
        self._inbox.put(lambda: self._leading.change_to(video=rendition))

    def retry_now(self) -> None:
        self._leading.source.retry_now()

    def cues(self, captions: CaptionFile) -> tuple[Cue, ...]:
        """Blocks until the captions are here; raises what keeps them."""
        return self._extras.cues(captions)

    def preview(self, position_ms: int) -> Sheet | None:
        """The small picture for a position. Blocks until its sheet is here."""
        return self._extras.preview(position_ms)

    def close(self) -> None:
        """End it; returns at once."""
        self._leading.end()
        self._inbox.put(lambda: None)

    def join(self, wait_s: float) -> bool:
        """Whether its thread has ended within `wait_s`."""
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        leading, due = self._leading, time.monotonic()
        while leading.is_open or not self._inbox.empty():
            with contextlib.suppress(queue.Empty):
                self._inbox.get(timeout=max(0.0, due - time.monotonic()))()
            if time.monotonic() >= due:
                leading.look()
                due = time.monotonic() + leading.tick_s()
            self._tell()
        leading.keep_place()
        leading.goes_on.end()
        leading.let_go.wait(LET_GO_WITHIN_S)
        leading.forget()

    def _tell(self) -> None:
        state = self._leading.state
        told = replace(state, picture_at=0.0)
        if told != self._told and self._leading.is_open:
            self._told = told
            self._listener(state)
