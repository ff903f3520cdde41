"""Buying: a checkout begun here, paid in the browser, waited for until it is over."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from player_app.core.checkout import Checkout, CheckoutState, PendingCheckout
from player_app.core.errors import (
    BadReply,
    ServiceError,
    ServiceFailing,
    SlowDown,
    Stopped,
    Unreachable,
)
from player_app.core.refusals import AlreadyHeld, NotFound, Refused
from player_app.core.rights import right_to
from player_app.features.account import OpensPages
from player_app.features.connection import Connection
from player_app.service.loopback import ReturnListener
from player_app.storage.checkouts import CheckoutStore, Intent

log = logging.getLogger(__name__)

POLL_S = 20
PAUSES_S = (1.0, 2.0, 4.0, 8.0)
LOST_AFTER_S = 24 * 3600
"""How long a service keeps an idempotency key."""

_TRANSIENT = (Unreachable, ServiceFailing, SlowDown, BadReply)
_CHANGES_RIGHTS = (CheckoutState.PAID, CheckoutState.REFUNDED, CheckoutState.CANCELLED)
"""A service cancels by itself what was bought on another device meanwhile."""


class Checkouts:
    """The poll is the truth: the browser's return proves nothing, and only makes it ask at once.

    `now` is the time by which rentals are judged, in seconds since 1970.
    """

    def __init__(
        self,
        connection: Connection,
        store: CheckoutStore,
        browser: OpensPages,
        now: Callable[[], int],
    ) -> None:
        self._connection = connection
        self._store = store
        self._browser = browser
        self._now = now
        self._beginning = threading.Lock()
        self._listening = threading.Lock()
        self._listener: ReturnListener | None = None
        self._nonces: set[str] = set()
        self._returned = threading.Event()
        self._over_beside: Callable[[], None] = lambda: None

    def listen(self, call: Callable[[], None]) -> None:
        """`call` is made by a wait when another checkout than the one waited for is over."""
        self._over_beside = call

    def begin(self, film_id: str | None, offer_id: str) -> PendingCheckout:
        """Ask for a checkout and show its page; the same film's open one is taken up again.

        Pressed twice at once it is one checkout. `AlreadyHeld` when it turns out to be paid.
        """
        with self._beginning:
            # one whose answer got lost comes first: it may exist already
            for intent in self._store.unanswered():
                if (intent.film_id, intent.offer_id) == (film_id, offer_id):
                    self._recover(intent)
            pending = self._under_way(film_id, offer_id)
            if pending is None:
                pending = self._ask(self._intent(film_id, offer_id))
        self.open_again(pending)
        return pending

    def open_again(self, pending: PendingCheckout) -> None:
        """Show its page; where no browser opens, the address can be copied."""
        if pending.address is not None and not self._browser.open(pending.address):
            log.info("no browser opened for a checkout")

    def wait(self, pending: PendingCheckout, stop: threading.Event) -> Checkout:
        """Until it is over, through any outage; rights are fresh when a paid one returns.

        Others that are not over yet are looked after between its polls.
        """
        failures = 0
        while True:
            if stop.is_set():
                raise Stopped
            self._returned.clear()
            try:
                self._look_after_others(pending, stop)
                checkout = self._connection.client().checkout(pending.id, POLL_S, stop)
                if checkout.is_over:
                    return self._over(pending, checkout)
                failures = 0
                pause_s = 0.2
            except NotFound:
                self._store.forget(pending.idempotency_key)
                raise
            except _TRANSIENT as error:
                pause_s = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
                failures += 1
                log.info("waiting for a checkout goes on after: %s", type(error).__name__)
            self._pause(pause_s, stop)

    def cancel(self, pending: PendingCheckout) -> Checkout:
        checkout = self._connection.client().cancel_checkout(pending.id)
        return self._over(pending, checkout) if checkout.is_over else checkout

    def pending(self) -> tuple[PendingCheckout, ...]:
        return self._store.pending()

    def recover(self) -> None:
        """Ask again, by the same key, for what was asked for when the answer got lost."""
        with self._beginning:
            for intent in self._store.unanswered():
                try:
                    self._recover(intent)
                except ServiceError as error:
                    log.info("a checkout can't be asked for again yet: %s", type(error).__name__)

    def close(self) -> None:
        with self._listening:
            if self._listener is not None:
                self._listener.close()
                self._listener = None

    def _under_way(self, film_id: str | None, offer_id: str) -> PendingCheckout | None:
        """The one that can still be paid; whether it can is the service's to say."""
        for pending in self._store.pending():
            if (pending.film_id, pending.offer_id) != (film_id, offer_id):
                continue
            client = self._connection.client()
            try:
                checkout = client.checkout(pending.id, 0, threading.Event())
                if not checkout.is_over and checkout.address is None:
                    # its link was used, in a browser that may be gone; nothing else opens it
                    checkout = client.cancel_checkout(pending.id)
            except NotFound:
                self._store.forget(pending.idempotency_key)
                continue
            if not checkout.is_over:
                return pending
            self._over(pending, checkout)
            if checkout.state is CheckoutState.PAID and self._still_serves(checkout):
                raise AlreadyHeld(409, "already-held", "You have paid for it already.")
        return None

    def _still_serves(self, paid: Checkout) -> bool:
        """Whether what was bought with it runs: it may have been paid long ago, unheard of here."""
        rights = self._connection.rights()
        bought = tuple(
            each
            for each in rights.rentals
            if (each.film_id, each.offer_id) == (paid.film_id, paid.offer_id)
        )
        by_it = replace(
            rights, rentals=bought, subscription=None if bought else rights.subscription
        )
        return right_to(paid.film_id or "", by_it, self._now()).may_play

    def _look_after_others(self, awaited: PendingCheckout, stop: threading.Event) -> None:
        for other in self._store.pending():
            if other.id == awaited.id:
                continue
            try:
                checkout = self._connection.client().checkout(other.id, 0, stop)
                if not checkout.is_over:
                    continue
                self._over(other, checkout)
            except NotFound:
                self._store.forget(other.idempotency_key)
            self._over_beside()

    def _intent(self, film_id: str | None, offer_id: str) -> Intent:
        """What is about to be asked for, kept before it is."""
        nonce = secrets.token_urlsafe(24)
        intent = Intent(
            idempotency_key=secrets.token_urlsafe(24),
            film_id=film_id,
            offer_id=offer_id,
            return_to=self._listen(nonce),
            nonce=nonce,
            begun_at=self._now(),
        )
        self._store.intend(intent)
        return intent

    def _recover(self, intent: Intent) -> None:
        if self._now() - intent.begun_at > LOST_AFTER_S:
            self._store.forget(intent.idempotency_key)
        else:
            self._ask(intent)

    def _ask(self, intent: Intent) -> PendingCheckout:
        try:
            checkout = self._connection.client().begin_checkout(
                film_id=intent.film_id,
                offer_id=intent.offer_id,
                return_to=intent.return_to,
                state=intent.nonce,
                idempotency_key=intent.idempotency_key,
            )
        except Refused:
            self._store.forget(intent.idempotency_key)
            raise
        pending = PendingCheckout(
            id=checkout.id,
            film_id=checkout.film_id,
            offer_id=checkout.offer_id,
            address=checkout.address,
            expires_at=checkout.expires_at,
            nonce=intent.nonce,
            idempotency_key=intent.idempotency_key,
        )
        self._store.answered(pending)
        return pending

    def _over(self, pending: PendingCheckout, checkout: Checkout) -> Checkout:
        """Forgotten only once what it changed is known here."""
        if checkout.state in _CHANGES_RIGHTS:
            self._connection.refresh_rights()
        self._store.forget(pending.idempotency_key)
        return checkout

    def _pause(self, pause_s: float, stop: threading.Event) -> None:
        until = time.monotonic() + pause_s
        while time.monotonic() < until and not self._returned.is_set():
            if stop.wait(0.1):
                raise Stopped

    def _listen(self, nonce: str) -> str | None:
        """The address to come back to; None where no loopback port is to be had.

        One listener serves every checkout of this run, those that are over among them: who pays
        presses the button that leads back here after the poll has told already.
        """
        with self._listening:
            self._nonces.add(nonce)
            if self._listener is None:
                try:
                    self._listener = ReturnListener("/checkout")
                except OSError:
                    return None
                self._listener.answer_in_background(self._came_back)
            return self._listener.address

    def _came_back(self, found: dict[str, str]) -> bool:
        ours = found.get("state") in self._nonces
        if ours:
            self._returned.set()
        return ours
