"""Places in films: as they are told to the service, and as it tells them to every device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from player_app.core.position import RemotePosition, WaitingPosition
from player_app.service.wire.codec import Count, Id, Time

MOST_IN_A_POST = 500
_Cursor = Annotated[str, Meta(max_length=40, pattern=r"^[A-Za-z0-9._~-]*\Z")]
_Position = Annotated[int, Meta(ge=0, le=10**9)]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Changed places; while `more`, the next page begins at `cursor`."""

    entries: tuple[RemotePosition, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, slots=True)
class TakenProgress:
    """The places of the told films as they are now; `unknown` are films that the service has not.

    An entry that was told is settled either way: the place may be another device's.
    """

    entries: tuple[RemotePosition, ...]
    unknown: tuple[str, ...]


class _Known(Struct):
    film: Id
    position_ms: _Position
    finished: bool
    at: Time
    number: Count

    def value(self) -> RemotePosition:
        at = int(self.at.timestamp())
        return RemotePosition(self.film, self.position_ms, self.finished, at, self.number)


class ProgressReply(Struct):
    entries: Annotated[list[_Known], Meta(max_length=2_000)]
    cursor: _Cursor
    more: bool = False

    def page(self) -> ProgressPage:
        return ProgressPage(tuple(each.value() for each in self.entries), self.cursor, self.more)


class TakenReply(Struct):
    entries: Annotated[list[_Known], Meta(max_length=MOST_IN_A_POST)]
    unknown: Annotated[list[Id], Meta(max_length=MOST_IN_A_POST)] = []

    def taken(self) -> TakenProgress:
        return TakenProgress(tuple(each.value() for each in self.entries), tuple(self.unknown))


def sent(entries: Iterable[WaitingPosition]) -> dict[str, Any]:
    """The body of a post; at most `MOST_IN_A_POST` entries are taken."""
    return {
        "entries": [
            {
                "film": each.film_id,
                "position_ms": each.position_ms,
                "finished": each.finished,
                "watch_session": each.watch_session,
                "sequence": each.sequence,
                "at": datetime.fromtimestamp(each.at, UTC).isoformat().replace("+00:00", "Z"),
                "after": each.after,
            }
            for each in entries
        ]
    }
