"""What the viewer prefers, kept on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from player_app.core.stream import Taste
from player_app.storage.kept import Kept


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """`scale` of the text; `background` is its opacity, 0 to 1."""

    scale: float = 1.0
    background: float = 0.6


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
