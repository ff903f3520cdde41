"""What a contact with the service does for the licences kept here: quietly, and not too often."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from player_app.core.errors import ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.licence import Licence
from player_app.core.refusals import NoRight
from player_app.core.renewal import ListChanged, Note, Renew, Renewed, follows
from player_app.core.rental import earliest
from player_app.core.rights import Rights
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import KeyringError
from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.features.offline_licences import OfflineLicences
from player_app.features.returned_licences import ReturnedLicences

log = logging.getLogger(__name__)

ROUND_EVERY_S = 60.0
"""Contacts that follow each other sooner are one, unless something waits to be told."""

ENDS_A_ROUND = (Unreachable, ServiceFailing, SlowDown, SignedOut, KeyringError)

Outcome = Renewed | ListChanged | None
"""None: the licence is over, and the service has said why."""


class Renewals:
    """`at_contact` from any thread; one round at a time, on a thread of its own."""

    def __init__(
        self,
        connection: Connection,
        desk: AccountDesk,
        offline: OfflineLicences,
        returned: ReturnedLicences,
    ) -> None:
        self._connection = connection
        self._desk = desk
        self._offline = offline
        self._returned = returned
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._round: threading.Thread | None = None
        self._is_wanted_again = False
        self._done: tuple[str, float] | None = None
        self._listener: Callable[[str, Outcome], None] = lambda _film_id, _outcome: None

    def listen(self, listener: Callable[[str, Outcome], None]) -> None:
        """Who hears, on the thread of the round, what became of a film's licence."""
        self._listener = listener

    def at_contact(self) -> None:
        """The service can be asked: begin a round, if it is time; returns at once."""
        with self._guard:
            if self._stop.is_set() or not self._is_time():
                return
            if self._round is not None and self._round.is_alive():
                self._is_wanted_again = True
                return
            self._round = threading.Thread(target=self._work, name="licences", daemon=True)
            self._round.start()

    def renew_due(self) -> None:
        """One round; blocks, and raises what ends it early."""
        device = self._desk.known_device()
        self._returned.tell()
        if device is not None:
            self._returned.give_up_lost(device, self._offline.is_held)
        films = self._offline.films()
        if not films:
            return
        rights = self._connection.refresh_rights()
        self._tend_all(films, lambda each: self._by_rights(each, rights))
        self._tend_all(films, lambda _: None)  # registering anew has made others useless

    def close(self) -> None:
        """No further steps; one under way ends with the transport."""
        self._stop.set()

    def _is_time(self) -> bool:
        owner, now = self._connection.owner(), time.monotonic()
        if owner is None:
            return False
        if self._done is None or self._done[0] != owner or self._returned.waits():
            return True
        return now - self._done[1] >= ROUND_EVERY_S

    def _work(self) -> None:
        while True:
            self._is_wanted_again = False
            owner = self._connection.owner()
            try:
                self.renew_due()
            except VeriteError as error:
                log.info("licences are looked after later, after: %s", type(error).__name__)
            else:
                self._done = None if owner is None else (owner, time.monotonic())
            with self._guard:
                if not (self._is_wanted_again and self._is_time()) or self._stop.is_set():
                    self._round = None
                    return

    def _tend_all(self, films: tuple[str, ...], look: Callable[[Licence], None]) -> None:
        for film_id in films:
            if not self._stop.is_set():
                self._tend(film_id, look)

    def _tend(self, film_id: str, look: Callable[[Licence], None]) -> None:
        """What goes wrong with one keeps none of the others; one that won't open is renewed."""
        try:
            try:
                licence = self._offline.licence(film_id)
            except KeptLicenceUnusable:
                self._listener(film_id, self._offline.renew(film_id))
            else:
                if licence is not None:
                    look(licence)
        except ENDS_A_ROUND:
            raise
        except VeriteError as error:
            log.info("a kept licence stays as it is, after: %s", type(error).__name__)

    def _by_rights(self, licence: Licence, rights: Rights) -> None:
        match follows(licence, rights):
            case Note() as note:
                self._note(licence, note)
            case Renew():
                self._renew(licence, rights)
            case None:
                if self._offline.lacks(licence.film_id):
                    self._renew(licence, rights)

    def _renew(self, licence: Licence, rights: Rights) -> None:
        try:
            outcome = self._offline.renew(licence.film_id)
        except NoRight:
            if licence.subscription:
                self._note(licence, Note(None, "subscription-ended"))
            elif licence.right_id not in {each.right_id for each in rights.rentals}:
                self._note(licence, Note(None, "revoked"))
            return
        self._listener(licence.film_id, outcome)

    def _note(self, licence: Licence, note: Note) -> None:
        started_at = earliest(licence.started_at, note.started_at)
        if (started_at, note.revoked) != (licence.started_at, licence.revoked):
            self._offline.note(licence.film_id, started_at, note.revoked)
            self._listener(licence.film_id, None)
