"""What a media engine does and says: the player knows libVLC only by this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from player_app.core.playback_events import EngineEvent


@dataclass(frozen=True, slots=True)
class PictureShape:
    """The visible size of the film's pictures in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plane:
    """Memory of one colour plane: where it begins, bytes in a row, rows."""

    address: int
    pitch: int
    lines: int


class PictureTarget(Protocol):
    """Where decoded I420 pictures go. All its methods are called from libVLC's own threads."""

    def begin(self, shape: PictureShape) -> tuple[Plane, Plane, Plane]:
        """Pictures of this shape follow; how planes of it will lie in memory."""

    def lock(self) -> tuple[int, int, int]:
        """The addresses of the planes for the next picture."""

    def display(self) -> None:
        """The planes locked last hold a picture that is due now."""


class PictureView(Protocol):
    """What came of the pictures, for whoever leads the film; times are monotonic seconds."""

    @property
    def newest_at(self) -> float:
        """When the last picture came that differed from the one before."""

    @property
    def displayed(self) -> tuple[float, ...]:
        """When the last few pictures came, equal ones too."""

    def hold(self) -> None:
        """Go on showing the picture shown now, whatever comes, until `release`."""

    def release(self) -> None:
        """Show the newest picture, and those to come; nothing where none is held."""

    def trust(self, looked_at: float) -> None:
        """Show also what came after a gap, as from a sleep, if that was before `looked_at`.

        Until then it is held: what libVLC decodes as it wakes may be damaged.
        """


@dataclass(frozen=True, slots=True)
class Opening:
    """One film to open. `number` comes back in every event; `shape` is the rendition's, if known.

    The engine begins at `entry_ms`, the beginning of a segment, where libVLC does so cleanly. Where
    the film is to go on from another place, `start_ms`, it seeks there at the first picture.
    """

    number: int
    address: str
    entry_ms: int
    start_ms: int
    shape: PictureShape | None
    rate: float = 1.0
    volume: int = 100
    muted: bool = False


Listener = Callable[[EngineEvent], None]


class Engine(Protocol):
    """A media engine. Every method returns at once; what came of it is an event.

    Events come from a thread of the engine's own.
    """

    @property
    def version(self) -> str | None:
        """The engine's own version, once it is loaded."""

    def listen(self, listener: Listener) -> None:
        """Who hears the events; to be said once, before anything else."""

    def load(self) -> None:
        """Load the engine's library ahead of the first opening."""

    def open(self, opening: Opening) -> None: ...

    def play(self) -> None: ...

    def pause(self) -> None: ...

    def seek(self, position_ms: int) -> None: ...

    def set_rate(self, rate: float) -> None: ...

    def set_volume(self, volume: int) -> None:
        """From 0 to 100."""

    def set_muted(self, muted: bool) -> None: ...  # noqa: FBT001 - the value is the point

    def next_frame(self) -> None: ...

    def stop(self) -> None:
        """Let go of the film. A session that stalls must be aborted before."""

    def close(self, wait_s: float) -> bool:
        """End the engine for good; whether it ended within `wait_s`."""
