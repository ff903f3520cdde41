"""When rights' second clocks began to run on this computer, durable when `keep` returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from player_app.storage.database import Database
from player_app.storage.packing import blob


@dataclass(frozen=True, slots=True)
class StartRow:
    """`sealed` is behind this computer's MAC; `told` once the service knows."""

    right_id: str
    sealed: bytes = field(repr=False)
    told: bool


class StartStore:
    """`owner` names an account of a service."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str) -> tuple[StartRow, ...]:
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT right_id, sealed, told FROM starts WHERE owner = ? ORDER BY right_id",
                (owner,),
            ).fetchall()
        return tuple(
            StartRow(right_id, blob(sealed), bool(told)) for right_id, sealed, told in rows
        )

    def keep(self, owner: str, row: StartRow) -> None:
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO starts VALUES (?,?,?,?)",
                (owner, row.right_id, row.sealed, row.told),
            )

    def put_right(self, owner: str, right_id: str, sealed: bytes) -> None:
        """Another start of the same right; whether it was told stays."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE starts SET sealed = ? WHERE owner = ? AND right_id = ?",
                (sealed, owner, right_id),
            )

    def told(self, owner: str, right_id: str) -> None:
        """The service has heard of it, or will not."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE starts SET told = 1 WHERE owner = ? AND right_id = ?", (owner, right_id)
            )
