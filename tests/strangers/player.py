"""A player without a window whose permits name a stranger's stream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from player_app.core.licence import Permit
from player_app.core.stream import SegmentList
from tests.media.permits import permit
from tests.media.player import TestPlayer
from tests.strangers.packagings import KEY, KEY_ID, SECONDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stranger's film lies."""

    origin: str
    address: str

    @property
    def origins(self) -> tuple[str, ...]:
        return (self.origin,)


class StrangersPlayer(TestPlayer):
    """`listed` is the service's list, if it makes one; `ask` gets permits from a real service."""

    __test__ = False

    def __init__(
        self,
        place: Place,
        listed: SegmentList | None = None,
        ask: Callable[[], Permit] | None = None,
        **options: Any,
    ) -> None:
        package = {"length_ms": SECONDS * 1000, "renditions": [], "captions": [], "preview": None}
        package |= {"content_keys": {KEY_ID: KEY.hex()}}
        super().__init__(package, place, **options)
        named = permit(package, place.address)
        licence = replace(named.licence, segments_sha256="00" * 32 if listed else None)
        made = replace(named, licence=licence, segment_list=listed)
        self._ask = ask or (lambda: made)

    def permit(self, _film_id: str) -> Permit:
        self.permits_asked += 1
        return self._ask()


MakeStrangersPlayer = Callable[..., StrangersPlayer]
