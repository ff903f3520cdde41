"""libVLC behind the engine's Protocol."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from player_app.core.playback_events import (
    Begun,
    Closed,
    EndReached,
    EngineEvent,
    Failed,
    Paused,
    Playing,
    Sought,
    TimeChanged,
)
from player_app.core.stream_errors import EngineFailed, EngineMissing
from player_app.media.engine import Listener, Opening, PictureTarget
from player_app.media.vlc_library import LEAST_VERSION, is_new_enough, libvlc, options
from player_app.media.vlc_pictures import Pictures
from player_app.media.vlc_plugins import load_ahead

INSIDE_MS = 10
"""Beginning so much behind the beginning of a segment is sure to begin with that segment."""


class VlcEngine:
    """One libVLC and one player for the life of the process, owned by one thread.

    libVLC is loaded by that thread at the first opening. Calls of libVLC block while a response
    stalls, and none may happen inside its callbacks: so every call goes through the thread.
    """

    def __init__(self, target: PictureTarget, options: tuple[str, ...] = ()) -> None:
        self._options = options
        self._pictures = Pictures(target, self._on_first_picture)
        self._listener: Listener = lambda _event: None
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._version: str | None = None
        self._vlc: Any = None
        self._instance: Any = None
        self._player: Any = None
        self._opening: Opening | None = None
        self._volume, self._muted = 100, False
        self._has_picture = self._is_to_pause = False
        self._wanted_ms: int | None = None
        self._seeks = 0
        self._thread = threading.Thread(target=self._work, name="libvlc", daemon=True)
        self._thread.start()

    @property
    def version(self) -> str | None:
        return self._version

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    def load(self) -> None:
        self._calls.put(self._load_quietly)

    def open(self, opening: Opening) -> None:
        self._is_to_pause = False
        self._calls.put(lambda: self._open(opening))

    def play(self) -> None:
        self._is_to_pause = False
        self._call(lambda player: player.set_pause(0))

    def pause(self) -> None:
        self._is_to_pause = True
        self._call(lambda player: player.set_pause(1))

    def seek(self, position_ms: int) -> None:
        """In its turn, since an opening that is still to come knows nothing of it yet."""
        self._seeks += 1
        number = self._seeks

        def now(player: Any) -> None:
            self._wanted_ms = position_ms
            if number == self._seeks:  # else another one follows at once
                self._seek(player)

        self._call(now)

    def set_rate(self, rate: float) -> None:
        self._call(lambda player: player.set_rate(rate))

    def set_volume(self, volume: int) -> None:
        def now(player: Any) -> None:
            self._volume = volume
            player.audio_set_volume(volume)

        self._call(now)

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the value is the point
        def now(player: Any) -> None:
            self._muted = muted
            player.audio_set_mute(muted)

        self._call(now)

    def next_frame(self) -> None:
        self._call(lambda player: player.next_frame())

    def stop(self) -> None:
        self._calls.put(self._stop)

    def close(self, wait_s: float) -> bool:
        self._calls.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _call(self, work: Callable[[Any], object]) -> None:
        def now() -> None:
            if self._opening is not None:
                work(self._player)

        self._calls.put(now)

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
        self._stop()
        if self._player is not None:
            self._player.release()
            self._instance.release()
            self._player = self._instance = None

    def _open(self, opening: Opening) -> None:
        self._stop()
        try:
            self._load()
        except EngineFailed as failure:
            self._listener(Failed(opening.number, time.monotonic(), failure))
            return
        self._opening, self._has_picture, self._wanted_ms = opening, False, None
        if opening.start_ms != opening.entry_ms:
            self._wanted_ms = opening.start_ms
        self._volume, self._muted = opening.volume, opening.muted
        self._pictures.expect(opening.shape)
        media = self._instance.media_new(opening.address)
        if opening.entry_ms > 0:
            media.add_option(f":start-time={(opening.entry_ms + INSIDE_MS) / 1000:.3f}")
        self._player.set_media(media)
        media.release()
        self._player.set_rate(opening.rate)
        if self._wanted_ms is None:
            self._listener(Begun(opening.number, time.monotonic()))
        if self._player.play() != 0:
            self._listener(self._failed(opening.number))

    def _on_first_picture(self) -> None:
        opening = self._opening
        self._calls.put(lambda: self._aim(opening))

    def _aim(self, opening: Opening | None) -> None:
        """The first picture of this opening came: libVLC seeks exactly only from now on."""
        if opening is not None and opening is self._opening:
            self._has_picture = True
            self._seek(self._player)

    def _seek(self, player: Any) -> None:
        if not self._has_picture:
            return
        wanted_ms, self._wanted_ms = self._wanted_ms, None
        if wanted_ms is not None:
            player.set_time(wanted_ms)
            if self._opening is not None:
                self._listener(Sought(self._opening.number, time.monotonic(), wanted_ms))

    def _stop(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            self._player.stop()
            self._listener(Closed(opening.number, time.monotonic()))

    def _load_quietly(self) -> None:
        with contextlib.suppress(EngineFailed):
            self._load()

    def _load(self) -> None:
        if self._player is not None:
            return
        self._vlc = vlc = libvlc()
        self._version = vlc.libvlc_get_version().decode(errors="replace")
        if not is_new_enough(self._version):
            raise EngineMissing(LEAST_VERSION, self._version)
        self._instance = vlc.Instance(options(self._options))
        if self._instance is None:
            raise EngineFailed("libVLC refused its options, or found no plugins")
        self._player = self._instance.media_player_new()
        self._pictures.attach(vlc, self._player)
        self._attach(vlc.EventType)
        load_ahead()

    def _attach(self, kinds: Any) -> None:
        """To be done once: libVLC keeps every registration, python-vlc only the last callback."""
        events = self._player.event_manager()
        events.event_attach(kinds.MediaPlayerPlaying, self._on_playing)
        events.event_attach(kinds.MediaPlayerPaused, self._on_paused)
        events.event_attach(kinds.MediaPlayerTimeChanged, self._on_time)
        events.event_attach(kinds.MediaPlayerEndReached, lambda _event: self._say(EndReached))
        events.event_attach(kinds.MediaPlayerEncounteredError, self._on_error)

    def _say(self, kind: type[EngineEvent]) -> None:
        opening = self._opening
        if opening is not None:
            self._listener(kind(opening.number, time.monotonic()))

    def _on_paused(self, _event: Any) -> None:
        self._came_to(Paused, paused=True)

    def _on_playing(self, _event: Any) -> None:
        self._call(self._apply_sound)
        self._came_to(Playing, paused=False)

    def _came_to(self, kind: type[EngineEvent], *, paused: bool) -> None:
        """Say so, unless the last word was another: libVLC hears none before it heeds the first."""
        if self._is_to_pause is paused:
            self._say(kind)
            return
        opening = self._opening

        def now(player: Any) -> None:
            if opening is not self._opening:
                return
            if self._is_to_pause is paused:  # wanted once more meanwhile, which libVLC does not say
                self._say(kind)
            else:
                player.set_pause(int(self._is_to_pause))

        self._call(now)

    def _on_time(self, event: Any) -> None:
        opening = self._opening
        if opening is not None:
            position_ms = int(event.u.new_time)
            self._listener(TimeChanged(opening.number, time.monotonic(), position_ms))

    def _on_error(self, _event: Any) -> None:
        opening = self._opening
        if opening is not None:
            self._listener(self._failed(opening.number))

    def _failed(self, number: int) -> Failed:
        return Failed(number, time.monotonic(), EngineFailed("libVLC could not play this"))

    def _apply_sound(self, player: Any) -> None:
        """The volume takes hold only when the sound has been opened."""
        player.audio_set_volume(self._volume)
        player.audio_set_mute(self._muted)
