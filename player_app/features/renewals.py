"""What a contact with the service does for the licences kept here: quietly, and not too often."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from player_app.core.errors import ServiceFailing, SlowDown, Stopped, Unreachable, VeriteError
from player_app.core.licence import Licence
from player_app.core.refusals import NoRight
from player_app.core.renewal import ListChanged, Note, Renew, Renewed, follows
from player_app.core.rental import earliest, needs_renewal
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
"""Contacts that follow each other sooner are one, unless there is something new to tell or hear."""

AGAIN_S, LONGEST_PAUSE_S = 2.0, 300.0
"""How long after a round that left something undone the next begins: at first, and at most.

A contact makes it the first again: so soon after a round, but no sooner, it begins another.
"""

WAITS_FOR_A_CONTACT = (SignedOut, KeyringError, Stopped)
"""What no other try makes good; it is the viewer who does."""

ENDS_A_ROUND = (Unreachable, ServiceFailing, SlowDown, SignedOut, KeyringError)

Outcome = Renewed | ListChanged | None
"""None: the licence is over, and the service has said why."""


class Renewals:
    """`at_contact` from any thread; one round at a time, on a thread of its own.

    The thread lasts until all is done that can be.
    """

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
        self._wanted = threading.Event()
        self._done: tuple[str, float] | None = None
        self._bought: frozenset[object] = frozenset()
        self._listener: Callable[[str, Outcome], None] = lambda _film_id, _outcome: None

    def listen(self, listener: Callable[[str, Outcome], None]) -> None:
        """Who hears, on the thread of the round, what became of a film's licence."""
        self._listener = listener

    def at_contact(self) -> None:
        """The service can be asked: begin a round, if it is time; returns at once."""
        with self._guard:
            if self._stop.is_set() or threading.current_thread() is self._round:
                return
            if self._round is not None and self._round.is_alive():
                self._wanted.set()
                return
            if not self._is_time():
                return
            self._round = threading.Thread(target=self._work, name="licences", daemon=True)
            self._round.start()

    def renew_due(self) -> bool:
        """One round; blocks, and raises what ends it early.

        False where a film does not play still that one contact should let play.
        """
        device = self._desk.known_device()
        self._returned.tell()
        if device is not None:
            self._returned.give_up_lost(device, self._offline.is_held)
        films = self._offline.films()
        if not films:
            self._bought = _bought(self._connection.rights())
            return True
        rights = self._connection.refresh_rights()
        self._bought = _bought(rights)
        self._tend_all(films, lambda each: self._by_rights(each, rights))
        self._tend_all(films, lambda _: None)  # registering anew has made others useless
        return not any(needs_renewal(self._offline.standing(each)) for each in films)

    def close(self) -> None:
        """No further steps; one under way ends with the transport."""
        self._stop.set()
        self._wanted.set()

    def _is_time(self) -> bool:
        owner, now = self._connection.owner(), time.monotonic()
        if owner is None:
            return False
        if self._done is None or self._done[0] != owner or self._returned.waits():
            return True
        if _bought(self._connection.rights()) != self._bought:
            return True
        return now - self._done[1] >= ROUND_EVERY_S

    def _work(self) -> None:
        pause_s = AGAIN_S
        while True:
            self._wanted.clear()
            least_s = self._tried()
            if least_s is not None:
                pause_s = self._rested(least_s, pause_s)
            if self._is_over(is_left=least_s is not None):
                return

    def _tried(self) -> float | None:
        """One round; how many seconds to wait at least before another, None where none helps."""
        owner, self._done = self._connection.owner(), None
        try:
            is_all_done = self.renew_due()
        except WAITS_FOR_A_CONTACT as error:
            log.info("licences are looked after at a contact, after: %s", type(error).__name__)
            return None
        except VeriteError as error:
            log.info("licences are looked after later, after: %s", type(error).__name__)
            asked = error.retry_after_s if isinstance(error, ServiceFailing | SlowDown) else None
            return min(max(asked or 0.0, AGAIN_S), LONGEST_PAUSE_S)
        if not is_all_done:
            return AGAIN_S
        self._done = None if owner is None else (owner, time.monotonic())
        return None

    def _rested(self, least_s: float, pause_s: float) -> float:
        """Wait, less long where the service is seen to be there; the pause after this one."""
        if self._stop.wait(least_s) or self._wanted.wait(max(0.0, pause_s - least_s)):
            return AGAIN_S
        return min(2 * pause_s, LONGEST_PAUSE_S)

    def _is_over(self, *, is_left: bool) -> bool:
        with self._guard:
            is_new = self._done is not None or self._wanted.is_set()
            if not self._stop.is_set() and (is_left or (is_new and self._is_time())):
                return False
            self._round = None
            return True

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


def _bought(rights: Rights) -> frozenset[object]:
    """What of it, once it is otherwise, lets kept licences be renewed or ends them."""
    subscription = rights.subscription
    told = (subscription.id, subscription.active, subscription.until) if subscription else None
    return frozenset({told, *((each.id, each.state) for each in rights.rentals)})
