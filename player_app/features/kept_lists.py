"""The service's segment lists that kept licences need: they lie, and move, with the segments."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Protocol

from player_app.core.errors import BadReply
from player_app.core.storage_errors import StorageError
from player_app.core.stream import SegmentList
from player_app.service.wire.licence import segment_list_of
from player_app.storage.licences import KeptLicence


class Segments(Protocol):
    """Where each lies under its SHA-256 (hex)."""

    def get(self, key: str) -> bytes | None:
        """Checked by that."""

    def put(self, key: str, data: bytes) -> None: ...

    def has(self, key: str) -> bool: ...

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Raises `FolderGone` where that can't be told."""

    def hold(self, holder: str, keys: Iterable[str]) -> None:
        """These stay, whether they are here yet or not, until the holder lets go."""

    def let_go(self, holder: str) -> int: ...


class KeptLists:
    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._last: tuple[str, SegmentList] | None = None

    def listed(self, sha256: str) -> SegmentList | None:
        """None where it is gone; raises `FolderGone` where the disk with it is.

        The last one stays read: a long film's takes a while.
        """
        last = self._last
        if last is not None and last[0] == sha256 and self.has(sha256):
            return last[1]
        text = self._segments.get(sha256)
        if text is None:
            self._segments.missing((sha256,))
            return None
        try:
            self._last = last = (sha256, segment_list_of(text))
        except BadReply:
            return None
        return last[1]

    def has(self, sha256: str) -> bool:
        """Of a segment, too."""
        return self._segments.has(sha256)

    def has_all_of(self, kept: KeptLicence) -> bool:
        return kept.list_sha256 is None or self.has(kept.list_sha256)

    def hold(self, owner: str, kept: KeptLicence) -> None:
        """What the licence needs, and what is coming with it, stays from now on."""
        both = (kept, kept.coming)
        wanted = {each.list_sha256 for each in both if each is not None and each.list_sha256}
        self._segments.hold(_holder(owner, kept.film_id), wanted)

    def keep(self, sha256: str, text: str) -> None:
        """On disk when it returns."""
        self._segments.put(sha256, text.encode())

    def let_go(self, owner: str, film_id: str) -> None:
        """At once, unless the disk with them is not here."""
        with contextlib.suppress(StorageError):
            self._segments.let_go(_holder(owner, film_id))


def _holder(owner: str, film_id: str) -> str:
    """No download is called so."""
    return f"{owner} {film_id} list"
