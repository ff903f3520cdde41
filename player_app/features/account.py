"""Signing in and out, registering, and this computer's place among the account's devices."""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import platform
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from player_app.core.account import Account, Captcha, Device, RegistrationForm
from player_app.core.errors import ServiceError, VeriteError
from player_app.core.sign_in_errors import BrowserNeeded, SignedOut
from player_app.core.storage_errors import KeyringError, StorageError
from player_app.features.connection import Connection
from player_app.features.farewells import Farewells
from player_app.features.sign_in_keeper import SIGN_IN
from player_app.sealing import DeviceKey, device_key
from player_app.service import signin
from player_app.service.client import Client, device_address
from player_app.service.wire.tokens import KeptTokens, TokenReply
from player_app.storage.secrets import Secrets

log = logging.getLogger(__name__)

SECRET_BYTES = 32
DEVICE = "device"
LEAVING = "leaving"
"""Kept while a sign-in is being taken out of the store of secrets, or put there."""


class OpensPages(Protocol):
    """The system's browser."""

    def open(self, address: str) -> bool: ...


class AccountDesk:
    def __init__(
        self,
        connection: Connection,
        secrets: Secrets,
        farewells: Farewells,
        browser: OpensPages,
    ) -> None:
        self._connection = connection
        self._secrets = secrets
        self._farewells = farewells
        self._browser = browser
        self._registering = threading.Lock()
        self._making = threading.Lock()
        self._turning = threading.RLock()
        self._sign_outs = 0
        secrets.when_found(self._found)

    def who(self) -> Account | None:
        """Who is signed in; asks the system's store of secrets, so that `passing` is known.

        A store without the sign-in, or one that fails, is no sign-out: what is the account's stays.
        """
        connection = self._connection
        self._secrets.get(SIGN_IN)  # may take its time, and is known from then on
        if connection.service is None:
            return connection.account
        with self._turning:
            kept = self._secrets.get(SIGN_IN)
            if connection.kept.get(LEAVING, bool) and not self.passing():
                self._leave()
            elif kept is not None:
                connection.wake()
                if self._is_somebody_elses(connection.account):
                    self._leave()
            elif connection.account is not None:
                if connection.kept.get("passing_sign_in", bool):
                    connection.signed_out()
                else:
                    connection.rest()
            self._note_passing()
        return connection.account

    def try_store_again(self) -> Account | None:
        """Ask a store of secrets that failed once more, as the viewer wants; who is signed in."""
        self._secrets.try_again(SIGN_IN)
        return self.who()

    def passing(self) -> bool:
        """Whether this computer keeps nothing secret: then it only streams. `who` finds out."""
        return self._secrets.passing

    def passing_reason(self) -> KeyringError | None:
        return self._secrets.reason

    def is_resting(self) -> bool:
        """Whether somebody's things are here whose sign-in can't be had at present."""
        connection = self._connection
        return connection.account is None and connection.kept.get("account", Account) is not None

    def offers_form(self) -> bool:
        service = self._connection.service
        return service is not None and service.endpoints.challenge is not None

    def sign_in_in_browser(self, stop: threading.Event, opened: Callable[[str], None]) -> Account:
        """Until the browser comes back; `opened` gets the address for whom no browser opened."""
        client, sign_outs = self._connection.client(), self._sign_outs
        self._secrets.try_again(SIGN_IN)

        def show(address: str) -> None:
            opened(address)
            # some openers last as long as the browser; the viewer may come back before that
            threading.Thread(
                target=self._browser.open, args=(address,), name="browser", daemon=True
            ).start()

        reply = signin.in_browser(self._connection.transport, client.service, show, stop)
        return self._arrived(client, reply, sign_outs)

    def sign_in(self, email: str, password: str, captcha: tuple[str, str] | None) -> Account:
        """By the form in the window, where the service allows that."""
        if not self.offers_form():
            raise BrowserNeeded
        client, sign_outs = self._connection.client(), self._sign_outs
        self._secrets.try_again(SIGN_IN)
        reply = signin.by_challenge(
            self._connection.transport, client.service, email, password, captcha
        )
        return self._arrived(client, reply, sign_outs)

    def registration_form(self) -> RegistrationForm:
        return self._connection.client().registration_form()

    def captcha(self) -> Captcha:
        return self._connection.client().captcha()

    def register(self, values: Mapping[str, str], captcha_id: str) -> Account:
        """A new account, signed in with it where the form may be used; else only registered."""
        account = self._connection.client().register(values, captcha_id)
        if self.offers_form():
            return self.sign_in(values.get("email", ""), values.get("password", ""), None)
        return account

    def sign_out(self) -> KeyringError | None:
        """Here at once; `say_farewell` then ends it at the service.

        The answer is why the sign-in may still lie in this computer's store of secrets. It is
        taken out when the store is back. A database that refuses raises when all else is done.
        """
        if self._connection.service is None:
            return None
        with self._turning:
            self._sign_outs += 1
            was_stored = not self._connection.kept.get("passing_sign_in", bool)
            try:
                self._connection.kept.put(LEAVING, value=True)
            finally:
                self._leave()
        return self._secrets.reason if was_stored else None

    def say_farewell(self) -> None:
        """Tell the services of sign-ins that ended here; what is out of reach hears it later.

        What a store that failed has missed is written first, where that asks the viewer nothing.
        """
        self._secrets.try_again(SIGN_IN, unasked=True)
        with self._turning:
            self._note_passing()
        self._farewells.send()

    def secret(self) -> bytes:
        """The one secret of this computer, made at the first call."""
        with self._making:
            kept = self._secrets.get(DEVICE)
            if kept is not None:
                with contextlib.suppress(ValueError):
                    secret = base64.b64decode(kept, validate=True)
                    if len(secret) == SECRET_BYTES:
                        return secret
            secret = os.urandom(SECRET_BYTES)
            self._secrets.put(DEVICE, base64.b64encode(secret).decode())
            return secret

    def device_key(self) -> DeviceKey:
        return device_key(self.secret())

    def device(self) -> Device:
        """This computer as the account knows it; registered when it isn't yet."""
        with self._registering:
            whose, key = self._connection.account, self.device_key()
            if (known := self.known_device()) is not None:
                return known
            device = self._connection.client().register_device(
                platform.node()[:60] or "Computer", _platform(), key.public, passing=self.passing()
            )
            self._connection.keep_own("device", (key.thumbprint, device), whose)
            return device

    def known_device(self) -> Device | None:
        """The same, without asking the service; None where it has yet to be registered."""
        kept = self._connection.kept.get("device", tuple[str, Device])
        return kept[1] if kept and kept[0] == self.device_key().thumbprint else None

    def forget_device(self) -> None:
        """The service no longer knows it: the next licence registers anew."""
        self._connection.kept.forget("device")

    def _arrived(self, client: Client, reply: TokenReply, sign_outs: int) -> Account:
        """Signed in, in the place of whoever was; raises `SignedOut` where that ends meanwhile.

        Nothing changes here before it is known whose the sign-in is; one not kept is ended.
        """
        try:
            account = client.account_of(reply.access_token)
            with self._turning:
                if self._sign_outs != sign_outs:
                    raise SignedOut("signed out meanwhile")
                self._take_in(client, client.tokens.made_of(reply, account.id), account)
        except VeriteError:
            self._wait_with_farewell(client, client.tokens.made_of(reply))
            raise
        try:
            self._connection.refresh_rights()
        except SignedOut:
            raise
        except ServiceError as error:
            log.info("rights come with the next refresh: %s", type(error).__name__)
        return account

    def _take_in(self, client: Client, tokens: KeptTokens, account: Account) -> None:
        """From the first step to the last `LEAVING` is kept: half a sign-in is none."""
        connection = self._connection
        before = connection.kept.get("account", Account)
        place = self._place() if before is not None and before.id != account.id else None
        connection.kept.put(LEAVING, value=True)
        try:
            connection.make_room_for(account)
        except StorageError:
            with contextlib.suppress(StorageError):
                connection.kept.forget(LEAVING)
            raise
        try:
            client.tokens.leave(lambda tokens: self._wait_with_farewell(client, tokens, place))
            client.tokens.accept(tokens)
            connection.signed_in_as(account)
            connection.kept.put("passing_sign_in", self.passing())
            connection.kept.forget(LEAVING)
        except VeriteError:
            self._leave()
            raise

    def _leave(self) -> None:
        """End it here; `LEAVING` stays until the sign-in is known to be out of the store."""
        client = self._connection.client()
        place = self._place()
        try:
            self._connection.signed_out()
        except StorageError:
            self._connection.rest()
            raise
        finally:
            client.tokens.leave(lambda tokens: self._wait_with_farewell(client, tokens, place))
        if not self.passing():
            self._connection.kept.forget(LEAVING)

    def _place(self) -> str | None:
        """This computer's id among the devices of who was signed in here last."""
        kept = self._connection.kept.get("device", tuple[str, Device])
        return None if kept is None else kept[1].id

    def _is_somebody_elses(self, account: Account | None) -> bool:
        """Whether what the store keeps is of another than who was signed in here last."""
        whose = self._connection.client().tokens.whose()
        return account is not None and whose not in ("", account.id)

    def _note_passing(self) -> None:
        """A sign-in that a store missed is written when that is back: then it lasts."""
        kept = self._connection.kept
        if not self.passing() and kept.get("passing_sign_in", bool):
            kept.put("passing_sign_in", value=False)

    def _found(self, name: str, value: str) -> bool:
        """Of what a store that is back keeps the device's secret counts, an older sign-in ends."""
        if name == SIGN_IN:
            with contextlib.suppress(SignedOut):
                client = self._connection.client()
                self._wait_with_farewell(client, client.tokens.read(value))
        return name == DEVICE

    def _wait_with_farewell(
        self, client: Client, tokens: KeptTokens, device_id: str | None = None
    ) -> None:
        service = client.service
        self._farewells.wait(
            tokens,
            revoke=service.endpoints.revoke,
            client_id=service.client_id,
            device=device_address(service, device_id) if device_id else None,
        )


def _platform() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
