"""Posters, backdrops and stills of the demo's films: drawn per film, printed, and listed."""

from __future__ import annotations

from player_app.reference_service.studio.pictures.press import make, write_index

__all__ = ["make", "write_index"]
