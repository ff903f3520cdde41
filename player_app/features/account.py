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
from player_app.core.errors import BrowserNeeded, KeyringError, ServiceError
from player_app.features.connection import Connection
from player_app.features.sign_in_keeper import SIGN_IN
from player_app.sealing import DeviceKey, device_key
from player_app.service import signin
from player_app.storage.secrets import Secrets

log = logging.getLogger(__name__)

SECRET_BYTES = 32


class OpensPages(Protocol):
    """The system's browser."""

    def open(self, address: str) -> bool: ...


class AccountDesk:
    def __init__(self, connection: Connection, secrets: Secrets, browser: OpensPages) -> None:
        self._connection = connection
        self._secrets = secrets
        self._browser = browser
        self._registering = threading.Lock()
        self._making = threading.Lock()

    def who(self) -> Account | None:
        """Who is signed in; asks the system's store of secrets, so that `passing` is known."""
        kept = self._secrets.get(SIGN_IN)
        if kept is None and self.passing() and self._connection.account is not None:
            # a passing device's sign-in ended with the last run of the player
            self._connection.signed_out()
        return self._connection.account

    def passing(self) -> bool:
        """Whether this computer keeps nothing secret: then it only streams. `who` finds out."""
        return self._secrets.passing

    def passing_reason(self) -> KeyringError | None:
        return self._secrets.reason

    def offers_form(self) -> bool:
        service = self._connection.service
        return service is not None and service.endpoints.challenge is not None

    def sign_in_in_browser(self, stop: threading.Event, opened: Callable[[str], None]) -> Account:
        """Until the browser comes back; `opened` gets the address for whom no browser opened."""
        client = self._connection.client()

        def show(address: str) -> None:
            opened(address)
            # some openers last as long as the browser; the viewer may come back before that
            threading.Thread(
                target=self._browser.open, args=(address,), name="browser", daemon=True
            ).start()

        client.tokens.accept(
            signin.in_browser(self._connection.transport, client.service, show, stop)
        )
        return self._arrived()

    def sign_in(self, email: str, password: str, captcha: tuple[str, str] | None) -> Account:
        """By the form in the window, where the service allows that."""
        if not self.offers_form():
            raise BrowserNeeded
        client = self._connection.client()
        client.tokens.accept(
            signin.by_challenge(
                self._connection.transport, client.service, email, password, captcha
            )
        )
        return self._arrived()

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

    def sign_out(self) -> None:
        """Here at once, whatever the service says."""
        if self._connection.service is None:
            return
        client = self._connection.client()
        self._connection.signed_out()
        try:
            client.tokens.revoke()
        except ServiceError as error:
            log.info("the sign-in could not be revoked at the service: %s", error)

    def secret(self) -> bytes:
        """The one secret of this computer, made at the first call."""
        with self._making:
            kept = self._secrets.get("device")
            if kept is not None:
                with contextlib.suppress(ValueError):
                    return base64.b64decode(kept, validate=True)
            secret = os.urandom(SECRET_BYTES)
            self._secrets.put("device", base64.b64encode(secret).decode())
            return secret

    def device_key(self) -> DeviceKey:
        return device_key(self.secret())

    def device(self) -> Device:
        """This computer as the account knows it; registered when it isn't yet."""
        with self._registering:
            key = self.device_key()
            kept = self._connection.kept.get("device", tuple[str, Device])
            if kept is not None and kept[0] == key.thumbprint:
                return kept[1]
            device = self._connection.client().register_device(
                platform.node()[:60] or "Computer", _platform(), key.public, passing=self.passing()
            )
            self._connection.kept.put("device", (key.thumbprint, device))
            return device

    def forget_device(self) -> None:
        """The service no longer knows it: the next licence registers anew."""
        self._connection.kept.forget("device")

    def _arrived(self) -> Account:
        account = self._connection.client().account()
        self._connection.signed_in_as(account)
        self._connection.refresh_rights()
        return account


def _platform() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
