"""Buying: a checkout begun here, paid in the browser, waited for until it is over."""

from __future__ import annotations

import logging
import secrets
import threading

from player_app.core.checkout import Checkout, CheckoutState, PendingCheckout
from player_app.core.errors import (
    NotFound,
    Refused,
    ServiceError,
    ServiceFailing,
    SlowDown,
    Stopped,
    Unreachable,
)
from player_app.features.account import OpensPages
from player_app.features.connection import Connection
from player_app.service.loopback import ReturnListener
from player_app.storage.checkouts import CheckoutStore, Intent

log = logging.getLogger(__name__)

POLL_S = 20
PAUSES_S = (1.0, 2.0, 4.0, 8.0)
LOST_AFTER_S = 24 * 3600
"""How long a service keeps an idempotency key."""


class Checkouts:
    """One return listener at a time; the poll is the truth, the return only wakes it."""

    def __init__(self, connection: Connection, store: CheckoutStore, browser: OpensPages) -> None:
        self._connection = connection
        self._store = store
        self._browser = browser
        self._listener: ReturnListener | None = None
        self._lock = threading.Lock()

    def begin(self, film_id: str | None, offer_id: str) -> PendingCheckout:
        """Ask for a checkout and show its page; the same film's open one is taken up again."""
        now = self._connection.clock.now()
        # one whose answer got lost comes first: it may exist already
        for intent in self._store.unanswered():
            if (intent.film_id, intent.offer_id) == (film_id, offer_id):
                self._recover(intent)
        for pending in self.pending():
            same = (pending.film_id, pending.offer_id) == (film_id, offer_id)
            if same and pending.address is not None and pending.expires_at > now:
                self.open_again(pending)
                return pending
        nonce = secrets.token_urlsafe(24)
        intent = Intent(
            idempotency_key=secrets.token_urlsafe(24),
            film_id=film_id,
            offer_id=offer_id,
            return_to=self._listen(nonce),
            nonce=nonce,
            begun_at=now,
        )
        self._store.intend(intent)
        pending = self._ask(intent)
        self.open_again(pending)
        return pending

    def open_again(self, pending: PendingCheckout) -> None:
        """Show its page; where no browser opens, the address can be copied."""
        if pending.address is not None and not self._browser.open(pending.address):
            log.info("no browser opened for a checkout")

    def wait(self, pending: PendingCheckout, stop: threading.Event) -> Checkout:
        """Until it is over, through any outage; rights are fresh when a paid one returns."""
        failures = 0
        while True:
            if stop.is_set():
                raise Stopped
            try:
                checkout = self._connection.client().checkout(pending.id, POLL_S, stop)
                if checkout.is_over:
                    return self._over(pending, checkout)
                failures = 0
                pause_s = 0.2
            except NotFound:
                self._store.forget(pending.idempotency_key)
                raise
            except (Unreachable, ServiceFailing, SlowDown) as error:
                pause_s = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
                failures += 1
                log.info("waiting for a checkout goes on after: %s", type(error).__name__)
            if stop.wait(pause_s):
                raise Stopped

    def cancel(self, pending: PendingCheckout) -> Checkout:
        checkout = self._connection.client().cancel_checkout(pending.id)
        return self._over(pending, checkout) if checkout.is_over else checkout

    def pending(self) -> tuple[PendingCheckout, ...]:
        return self._store.pending()

    def recover(self) -> None:
        """Ask again, by the same key, for what was asked for when the answer got lost."""
        for intent in self._store.unanswered():
            try:
                self._recover(intent)
            except ServiceError as error:
                log.info("a checkout can't be asked for again yet: %s", type(error).__name__)

    def close(self) -> None:
        with self._lock:
            if self._listener is not None:
                self._listener.close()
                self._listener = None

    def _recover(self, intent: Intent) -> None:
        if self._connection.clock.now() - intent.begun_at > LOST_AFTER_S:
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
        if checkout.state is CheckoutState.PAID:
            self._connection.refresh_rights()
        self._store.forget(pending.idempotency_key)
        self.close()
        return checkout

    def _listen(self, nonce: str) -> str | None:
        """The address to come back to; None where no loopback port is to be had."""
        self.close()
        try:
            listener = ReturnListener("/checkout")
        except OSError:
            return None
        with self._lock:
            self._listener = listener
        listener.answer_in_background(lambda found: found.get("state") == nonce)
        return listener.address
