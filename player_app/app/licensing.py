"""What a film may be played by: licences of streams and of films taken along, and their renewal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.renewal import ListChanged
from player_app.core.stream_errors import NotForOffline
from player_app.features.kept_lists import KeptLists
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.features.offline_licences import OfflineLicences
from player_app.features.permits import Permits
from player_app.features.played_by import PlayedBy
from player_app.features.renewals import Outcome, Renewals
from player_app.features.returned_licences import ReturnedLicences
from player_app.features.starts import Starts
from player_app.features.stream_places import StreamPlaces
from player_app.storage.licences import LicenceStore


class Licensing:
    """`is_whole` says whether all that a licence is for is on this computer."""

    def __init__(
        self,
        foundation: Foundation,
        library: Library,
        lists: KeptLists,
        is_whole: Callable[[Permit], bool],
    ) -> None:
        connection, desk, clock = foundation.connection, library.desk, library.rental_clock
        self._rental_clock = clock
        self._changed: Callable[[], None] = lambda: None
        self._list_changed: Callable[[str], None] = lambda _film_id: None
        self.starts = Starts(connection, clock, library.starts)
        connection.at_contact(self.starts.contact)
        self.streams = Licences(connection, desk, LicenceKeys(connection, desk), clock.now)
        store = LicenceStore(foundation.database, desk.secret)
        self.kept = OfflineLicences(
            connection=connection,
            desk=desk,
            licences=self.streams,
            store=store,
            lists=lists,
            clock=clock,
            judge=clock.standing,
            is_whole=is_whole,
        )
        self.permits = Permits(self.streams, self.kept, self._renewed)
        returned = ReturnedLicences(connection, store)
        self.renewals = Renewals(connection, desk, self.kept, returned)
        connection.at_contact(lambda _server_time, _age_s: self.renewals.at_contact())
        self.renewals.listen(self._has_changed)
        self.stream_places = StreamPlaces(
            permits=self.permits,
            rights=connection.rights,
            is_kept=self.kept.has,
            give_back=returned.give_back,
            tell=self.renewals.at_contact,
        )
        self.played_by = PlayedBy(
            facts=library.browse.film,
            rights=library.starts.rights,
            licence=self.kept.licence,
            started_at=library.starts.started_at,
            clock=clock,
        )

    def listen(self, changed: Callable[[], None]) -> None:
        """Who hears, on any thread, that a licence which is kept is not as it was."""
        self._changed = changed

    def listen_to_lists(self, changed: Callable[[str], None]) -> None:
        """Who hears, on any thread, that the service has packaged a film that is here anew."""
        self._list_changed = changed

    def permit_of(self, film_id: str) -> Permit:
        """By which it plays without the service; raises `NotForOffline`, or a `StorageError`."""
        permit = self.kept.kept(film_id)
        if permit is None:
            raise NotForOffline(film_id)
        return permit

    def give_back(self, film_id: str, owner: str) -> None:
        """The service hears of it now, if it can be reached: somebody may wait for the place."""
        self.kept.give_back(film_id, owner)
        self.renewals.at_contact()

    def is_told(self, film_id: str) -> bool:
        """Whether the service itself told the time, or took the licence back."""
        if self._rental_clock.is_told():
            return True
        with contextlib.suppress(VeriteError):
            licence = self.kept.licence(film_id)
            return licence is not None and licence.revoked is not None
        return False

    def close(self) -> None:
        self.renewals.close()
        self.starts.close()
        self._rental_clock.close()

    def _renewed(self) -> None:
        self._changed()

    def _has_changed(self, film_id: str, outcome: Outcome) -> None:
        if isinstance(outcome, ListChanged):
            self._list_changed(film_id)
        self._changed()
