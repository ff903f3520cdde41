"""Signing in and out, registering, and this computer's place among the account's devices."""

from __future__ import annotations

import base64
import contextlib
import os
import platform
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from player_app.core.account import Account, Captcha, Device, RegistrationForm
from player_app.core.errors import BrowserNeeded, KeyringError, SignedOut
from player_app.features.connection import Connection
from player_app.features.farewells import Farewells
from player_app.features.sign_in_keeper import SIGN_IN
from player_app.sealing import DeviceKey, device_key
from player_app.service import signin
from player_app.service.client import Client, device_address
from player_app.service.wire.tokens import KeptTokens, TokenReply
from player_app.storage.secrets import Secrets

SECRET_BYTES = 32
LEAVING = "leaving"
"""Kept while a sign-in is being taken out of the store of secrets."""


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

    def who(self) -> Account | None:
        """Who is signed in; asks the system's store of secrets, so that `passing` is known.

        A store without the sign-in, or one that fails, is no sign-out: what is the account's stays.
        """
        kept = self._secrets.get(SIGN_IN)
        with self._turning:
            if kept is not None and self._connection.kept.get(LEAVING, bool):
                self._leave()
            elif kept is None and self._connection.account is not None:
                if self._connection.kept.get("passing_sign_in", bool):
                    self._connection.signed_out()
                else:
                    self._connection.rest()
        return self._connection.account

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
        client = self._connection.client()
        self._secrets.try_again(SIGN_IN)

        def show(address: str) -> None:
            opened(address)
            # some openers last as long as the browser; the viewer may come back before that
            threading.Thread(
                target=self._browser.open, args=(address,), name="browser", daemon=True
            ).start()

        reply = signin.in_browser(self._connection.transport, client.service, show, stop)
        return self._arrived(client, reply)

    def sign_in(self, email: str, password: str, captcha: tuple[str, str] | None) -> Account:
        """By the form in the window, where the service allows that."""
        if not self.offers_form():
            raise BrowserNeeded
        client = self._connection.client()
        self._secrets.try_again(SIGN_IN)
        reply = signin.by_challenge(
            self._connection.transport, client.service, email, password, captcha
        )
        return self._arrived(client, reply)

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
        taken out when the store is back at a start.
        """
        if self._connection.service is None:
            return None
        with self._turning:
            was_stored = not self._connection.kept.get("passing_sign_in", bool)
            self._connection.kept.put(LEAVING, value=True)
            self._leave()
        return self._secrets.reason if was_stored else None

    def say_farewell(self) -> None:
        """Tell the services of sign-ins that ended here; what is out of reach hears it later."""
        self._farewells.send()

    def secret(self) -> bytes:
        """The one secret of this computer, made at the first call."""
        with self._making:
            kept = self._secrets.get("device")
            if kept is not None:
                with contextlib.suppress(ValueError):
                    secret = base64.b64decode(kept, validate=True)
                    if len(secret) == SECRET_BYTES:
                        return secret
            secret = os.urandom(SECRET_BYTES)
            self._secrets.put("device", base64.b64encode(secret).decode())
            return secret

    def device_key(self) -> DeviceKey:
        return device_key(self.secret())

    def device(self) -> Device:
        """This computer as the account knows it; registered when it isn't yet."""
        with self._registering:
            whose, key = self._connection.account, self.device_key()
            kept = self._connection.kept.get("device", tuple[str, Device])
            if kept is not None and kept[0] == key.thumbprint:
                return kept[1]
            device = self._connection.client().register_device(
                platform.node()[:60] or "Computer", _platform(), key.public, passing=self.passing()
            )
            self._connection.keep_own("device", (key.thumbprint, device), whose)
            return device

    def forget_device(self) -> None:
        """The service no longer knows it: the next licence registers anew."""
        self._connection.kept.forget("device")

    def _arrived(self, client: Client, reply: TokenReply) -> Account:
        """Signed in, in the place of whoever was; raises `SignedOut` where that ends meanwhile."""
        with self._turning:
            client.tokens.leave(self._wait_with_farewell)
            turn = client.tokens.accept(reply)
            self._connection.kept.forget(LEAVING)
        account = client.account()
        with self._turning:
            if client.tokens.turn != turn:
                raise SignedOut("signed out meanwhile")
            self._connection.signed_in_as(account)
            self._connection.kept.put("passing_sign_in", self.passing())
        self._connection.refresh_rights()
        return account

    def _leave(self) -> None:
        """End it here; `LEAVING` stays until the sign-in is known to be out of the store."""
        device = self._connection.kept.get("device", tuple[str, Device])
        self._connection.signed_out()
        passing = device[1].id if device is not None and device[1].passing else None
        self._connection.client().tokens.leave(
            lambda tokens: self._wait_with_farewell(tokens, passing)
        )
        if not self.passing():
            self._connection.kept.forget(LEAVING)

    def _wait_with_farewell(self, tokens: KeptTokens, device_id: str | None = None) -> None:
        service = self._connection.client().service
        self._farewells.wait(
            tokens,
            revoke=service.endpoints.revoke,
            client_id=service.client_id,
            device=device_address(service, device_id) if device_id else None,
        )


def _platform() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
