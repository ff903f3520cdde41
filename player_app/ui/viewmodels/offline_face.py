"""What the bar says while the service is out of reach, as pure functions of what happened."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.errors import NotSecure, Unreachable
from player_app.core.reach import Reach
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for

WORKS_OFFLINE = "Working offline, as you chose."
KEPT_HERE = "Showing what is kept on this computer."


@dataclass(frozen=True, slots=True)
class OfflineFace:
    """The bar: `way_out` leads to what plays all the same."""

    text: str = ""
    symbol: str = "warning"
    action: str = ""
    way_out: str = ""


def is_plainly_offline(error: Exception | None) -> bool:
    """Whether the viewer need not be told more than since when the service is out of reach."""
    tells_more = isinstance(error, NotSecure) or getattr(error, "why", "") in ("portal", "proxy")
    return isinstance(error, Unreachable) and not tells_more


def offline_face(error: Exception | None, reach: Reach, now_s: int, ready: int) -> OfflineFace:
    """Why what is shown may be old, and what can still be done; nothing where the service answers.

    `error` is what the last refresh met; `ready` how many films play without the service.
    """
    way_out = "library" if ready else ""
    if reach.by_choice:
        return OfflineFace(f"{WORKS_OFFLINE} {possible(ready)}", "offline", "go-online", way_out)
    if reach.lost_at is not None and not reach.says_more:
        since = formatting.moment(reach.lost_at, now_s)
        return OfflineFace(f"Offline since {since}. {possible(ready)}", "offline", "retry", way_out)
    if error is None or is_plainly_offline(error):
        return OfflineFace()
    message = message_for(error)
    return OfflineFace(f"{message.title}. {message.text} {KEPT_HERE}", "warning", message.action)


def possible(ready: int) -> str:
    """What the viewer can still do."""
    if ready == 0:
        return KEPT_HERE
    films = "1 film is" if ready == 1 else f"{ready} films are"
    return f"{films} ready to watch; what you write is sent later."
