"""How a reference service is set up: everything that differs between a demo, a test and a host."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Lifetimes are in seconds.

    `origin` is the public address without a final slash; `resources` holds catalogue, pictures
    and streams; `folder` the database and the keys.
    """

    origin: str
    folder: Path
    resources: Path
    name: str = "Verité Demo"
    database_url: str | None = None
    access_token_s: int = 600
    media_grant_s: int = 6 * 3600
    checkout_s: int = 600
    slow_payment_s: float = 5.0
    device_limit: int = 5
    argon2_time_cost: int = 3
    argon2_memory_kib: int = 64 * 1024
    shows_demo_help: bool = False
    player_client_id: str = "verite-player"
    least_player_version: str = "0.1.0"
    features: tuple[str, ...] = field(
        default=("comments", "watchlist", "subscription", "registration")
    )

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database; SQLite in the folder unless told otherwise."""
        return self.database_url or f"sqlite:///{self.folder / 'service.sqlite3'}"

    @property
    def is_on_loopback(self) -> bool:
        return self.origin.startswith(("http://127.0.0.1:", "http://[::1]:", "http://localhost:"))
