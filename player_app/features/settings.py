"""What the viewer prefers, kept on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from player_app.core.download import Tidying
from player_app.core.stream import Taste
from player_app.storage.kept import Kept


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """`scale` of the text; `background` is its opacity, 0 to 1."""

    scale: float = 1.0
    background: float = 0.6


@dataclass(frozen=True, slots=True)
class DownloadWishes:
    """How films are taken offline: segments at once, bytes a second at most (None: no bound).

    `on_metered` is whether a network that is paid for by its use may be used; `quality` what is
    chosen beforehand among a film's.
    """

    quality: Literal["best", "good", "least"] = "good"
    parallel: int = 3
    most_bytes_per_s: int | None = None
    on_metered: bool = False
    tidying: Tidying = Tidying()  # noqa: RUF009 - it is frozen


@dataclass(frozen=True, slots=True)
class Preferences:
    """`reduced_motion` None follows the system; `audio_role` is main or description."""

    theme: Literal["system", "dark", "light"] = "system"
    text_scale: float = 1.0
    reduced_motion: bool | None = None
    captions: CaptionStyle = CaptionStyle()
    captions_on: bool = False
    captions_language: str = ""
    audio_language: str = ""
    audio_role: Literal["main", "description"] = "main"
    quality: Literal["auto", "best", "least"] = "auto"
    volume: int = 80
    muted: bool = False
    rate: float = 1.0
    downloads: DownloadWishes = DownloadWishes()

    @property
    def taste(self) -> Taste:
        return Taste(self.quality, self.audio_role, self.audio_language)


class Settings:
    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def read(self) -> Preferences:
        return self._kept.get("settings", Preferences) or Preferences()

    def write(self, preferences: Preferences) -> None:
        self._kept.put("settings", preferences)
