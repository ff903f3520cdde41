"""What is known of the films that a viewer rented or took offline, for as long as they have them.

The list of films is the service's, and can be sent again: what the service shows no more goes from
it, and all of it goes with its file. Somebody who paid for a film may watch it all the same.
"""

from __future__ import annotations

import contextlib
import logging

from player_app.core.catalogue import Film
from player_app.core.rental import RentalState
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import StorageError
from player_app.core.withdrawn import stand_in, withdrawn
from player_app.features.connection import Connection
from player_app.storage.catalogue import Catalogue
from player_app.storage.own_films import OwnFilmStore

log = logging.getLogger(__name__)


class OwnFilms:
    """From any thread; all of it is about the films of who is signed in."""

    def __init__(self, connection: Connection, catalogue: Catalogue, store: OwnFilmStore) -> None:
        self._connection = connection
        self._catalogue = catalogue
        self._store = store

    def film(self, film_id: str) -> Film | None:
        """One that is not in the list of films; None for one that isn't the viewer's, either."""
        owner = self._connection.owner()
        if owner is None:
            return None
        kept = self._store.film(owner, film_id)
        if kept is not None:
            return withdrawn(kept)
        own = _rented(self._connection.rights()) | self._store.taken(owner)
        return stand_in(film_id) if film_id in own else None

    def settle(self) -> None:
        """Keep what the list says of each, and nothing of those that are not the viewer's any more.

        Durable when it returns; raises `StorageError`.
        """
        owner = self._connection.owner()
        if owner is None:
            return
        with contextlib.suppress(SignedOut), self._connection.staying(owner):
            rights, kept = self._connection.rights(), self._store.all(owner)
            own = _rented(rights) | self._store.taken(owner)
            listed = self._catalogue.films(own)
            fresh = [film for film in listed.values() if film != kept.get(film.id)]
            # of who has just signed in it is not known yet what they rented
            gone = kept.keys() - own if rights != NO_RIGHTS else frozenset[str]()
            if fresh or gone:
                self._store.change(owner, put=fresh, drop=gone)

    def contact(self, _server_time: int, _age_s: float) -> None:
        """The service has just said what the viewer may watch."""
        try:
            self.settle()
        except StorageError as error:
            log.info("what is known of a viewer's films is kept later: %s", type(error).__name__)


def _rented(rights: Rights) -> frozenset[str]:
    """Of which the service does not say that it is over."""
    return frozenset(each.film_id for each in rights.rentals if each.state is RentalState.ACTIVE)
