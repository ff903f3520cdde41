"""When the link is too slow for what plays."""

from __future__ import annotations

from player_app.core.playback import Phase, PlaybackState

LASTS_S = 2.0


class SlowLink:
    """A stall that lasts, without any fault."""

    def __init__(self) -> None:
        self._stalled_at: float | None = None

    def shows(self, state: PlaybackState, now: float) -> bool:
        """Look at the state at `now`, in monotonic seconds."""
        if state.phase is not Phase.STALLED or state.supply.trouble_since is not None:
            self._stalled_at = None
            return False
        if self._stalled_at is None:
            self._stalled_at = now
        return now - self._stalled_at > LASTS_S

    def forget(self) -> None:
        """Something was done about it."""
        self._stalled_at = None
