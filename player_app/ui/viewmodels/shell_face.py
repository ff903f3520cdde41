"""What the frame around every screen says, as pure functions of what happened."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.storage_errors import DatabaseDamaged
from player_app.ui.messages.errors import message_for
from player_app.ui.navigation import Place


@dataclass(frozen=True, slots=True)
class ShellFace:
    place: Place
    can_go_back: bool = False
    account_name: str = ""
    signed_in: bool = False
    damaged: str = ""
    damaged_action: str = ""
    passing: str = ""
    passing_action: str = ""


def damaged_text(damaged: DatabaseDamaged | None) -> str:
    """What the viewer is told at the start when the library had to be begun anew."""
    if damaged is None:
        return ""
    message = message_for(damaged)
    return f"{message.title}. {message.text}"
