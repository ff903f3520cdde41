"""How a film comes in: unseen and unheard until the place is reached that it is to begin at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from player_app.media.engine import Engine, PictureView


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the viewer wants any film to play; the volume is from 0 to 100."""

    volume: int = 100
    muted: bool = False
    rate: float = 1.0


class Entrance:
    """What of a film is seen and heard.

    `is_lost` when libVLC lost its place, and was not sent back to it yet.
    """

    def __init__(self, engine: Engine, pictures: PictureView, wishes: Wishes) -> None:
        self.is_lost = False
        self._engine = engine
        self._pictures = pictures
        self._wishes = wishes
        self._is_hidden = False

    @property
    def volume(self) -> int:
        return self._wishes.volume

    @property
    def is_muted(self) -> bool:
        """By the viewer, or because it is not in yet."""
        return self._is_hidden or self._wishes.muted

    def set_volume(self, volume: int) -> None:
        """From any thread."""
        self._wishes = replace(self._wishes, volume=volume)
        self._engine.set_volume(volume)

    def set_muted(self, *, muted: bool) -> None:
        """From any thread."""
        self._wishes = replace(self._wishes, muted=muted)
        if not self._is_hidden:
            self._engine.set_muted(muted)

    def begin(self, *, hidden: bool) -> None:
        """An opening begins; it is `hidden` if the film is to pause, or go on, at another place."""
        self.is_lost, self._is_hidden = False, hidden
        if self._is_hidden:
            self._pictures.hold()

    def lose(self) -> None:
        """Nothing more is seen or heard of the film until libVLC is back at its place."""
        self.is_lost = self._is_hidden = True
        self._pictures.hold()
        self._engine.set_muted(True)

    def end(self) -> None:
        """The place is reached, or never will be: then what came of another is not shown."""
        if self.is_lost:
            self._pictures.hold()
        self.is_lost = False
        self._pictures.release()
        self._is_hidden = False
        self._engine.set_muted(self._wishes.muted)
