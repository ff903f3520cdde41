"""The player, built by hand: what it stands on, what it can do, how it plays, what it shows."""

from player_app.app.app import App, Wanted, leave

__all__ = ["App", "Wanted", "leave"]
