"""What the frame around every screen says, as pure functions of what happened."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.errors import NotSecure, Unreachable
from player_app.core.storage_errors import DatabaseDamaged
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.navigation import Place


@dataclass(frozen=True, slots=True)
class ShellFace:
    place: Place
    can_go_back: bool = False
    account_name: str = ""
    signed_in: bool = False
    offline: str = ""
    offline_action: str = ""
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


def is_plainly_offline(error: Exception | None) -> bool:
    """Whether the viewer need not be told more than since when the service is out of reach."""
    tells_more = isinstance(error, NotSecure) or getattr(error, "why", "") in ("portal", "proxy")
    return isinstance(error, Unreachable) and not tells_more


def stale_text(error: Exception | None, offline_since_s: int | None, now_s: int) -> str:
    """Why what is shown may be old; "" where the service answered."""
    if error is None:
        return ""
    message = message_for(error)
    why = f"{message.title}. {message.text}"
    if offline_since_s is not None:
        why = f"Offline since {formatting.moment(offline_since_s, now_s)}."
    return f"{why} Showing what is kept on this computer."
