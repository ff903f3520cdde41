"""A film that streams to one device at a time keeps its place no longer than it plays."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Protocol

from player_app.core.licence import Licence, Permit
from player_app.core.rights import Rights, may_be_exclusive
from player_app.core.storage_errors import StorageError


class Permits(Protocol):
    def look(self, film_id: str) -> tuple[Permit, Licence | None]: ...

    def unplayed(self, permit: Permit) -> Licence | None: ...

    def let_go(self, film_id: str) -> Licence | None: ...


class StreamPlaces:
    """`is_kept` says whether a film plays by a licence that is kept with it.

    `give_back` writes down which licence is given back, and `tell` has the service hear of it.
    """

    def __init__(
        self,
        *,
        permits: Permits,
        rights: Callable[[], Rights],
        is_kept: Callable[[str], bool],
        give_back: Callable[[str], None],
        tell: Callable[[], None],
    ) -> None:
        self._permits = permits
        self._rights = rights
        self._is_kept = is_kept
        self._give_back = give_back
        self._tell = tell

    def would_be_taken(self, film_id: str) -> bool:
        """Whether asking for the film's licence may keep the film from other devices."""
        return may_be_exclusive(film_id, self._rights()) and not self._is_kept(film_id)

    def look(self, film_id: str) -> Permit:
        """A permit that is not for playing: other devices don't wait for it."""
        permit, unneeded = self._permits.look(film_id)
        self._free(unneeded)
        return permit

    def unplayed(self, permit: Permit) -> None:
        """The film was not played by it after all."""
        self._free(self._permits.unplayed(permit))

    def ended(self, film_id: str) -> None:
        """The film does not play any more."""
        self._free(self._permits.let_go(film_id))

    def _free(self, licence: Licence | None) -> None:
        if licence is not None:
            with contextlib.suppress(StorageError):
                self._give_back(licence.id)
            self._tell()
