"""How a reference service is set up for a test: with the demo's films, and quick passwords."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from player_app.reference_service.settings import Settings
from player_app.resources import resource


def quick_settings(folder: Path, **changes: Any) -> Settings:
    """As a demo's, but for what is changed and for passwords, which are hashed cheaply."""
    quick: dict[str, Any] = {
        "origin": "",
        "resources": resource("demo"),
        "argon2_time_cost": 1,
        "argon2_memory_kib": 1024,
    }
    return Settings(folder=folder, **(quick | changes))
