"""Calls the reference service over real HTTP, as a player would."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from joserfc.jwk import OKPKey

from player_app.reference_service import checkouts
from player_app.reference_service.captchas import LIFETIME_S
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, running
from player_app.reference_service.tables import Captcha, Checkout
from player_app.reference_service.tokens import new_id
from tests.service_settings import quick_settings

PASSWORD = "correct film stock"
CLIENT = "verite-player"
KNOWN_ANSWER = "23456"


@contextmanager
def demo_service(folder: Path, **changes: Any) -> Iterator[tuple[RunningService, TestHooks]]:
    """The demo's service with hooks, and passwords that are hashed cheaply."""
    hooks = TestHooks()
    with running(quick_settings(folder, **changes), hooks=hooks) as service:
        yield service, hooks


def pkce() -> tuple[str, str]:
    """A verifier and its S256 challenge (RFC 7636 §4)."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Caller:
    """One viewer's player: keeps tokens and a device key."""

    def __init__(self, running_service: RunningService, hooks: TestHooks) -> None:
        self.service = running_service.service
        self.address = running_service.address
        self.hooks = hooks
        self.http = requests.Session()
        self.http.trust_env = False
        self.tokens: dict[str, Any] = {}
        self.device_key = OKPKey.generate_key("X25519")

    def close(self) -> None:
        self.http.close()

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._call("GET", path, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return self._call("POST", path, **options)

    def delete(self, path: str) -> requests.Response:
        return self._call("DELETE", path)

    def registration(self, name: str, **changes: Any) -> dict[str, Any]:
        return {
            "username": name,
            "display_name": name.title(),
            "email": f"{name}@example.org",
            "email_again": f"{name}@example.org",
            "password": PASSWORD,
            "captcha_id": self._known_captcha(),
            "captcha": KNOWN_ANSWER,
            "terms": True,
            **changes,
        }

    def register(self, name: str) -> dict[str, Any]:
        reply = self.post("/v1/accounts", json=self.registration(name))
        assert reply.status_code == 201, reply.text
        account: dict[str, Any] = reply.json()["account"]
        return account

    def challenge(self, email: str, password: str, **more: str) -> tuple[requests.Response, str]:
        verifier, challenge = pkce()
        form = {
            "client_id": CLIENT,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "username": email,
            "password": password,
            **more,
        }
        return self.post("/oauth/authorize-challenge", data=form), verifier

    def token(self, **form: str) -> requests.Response:
        return self.post("/oauth/token", data={"client_id": CLIENT, **form})

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        reply, verifier = self.challenge(email, password)
        code = reply.json()["authorization_code"]
        self.tokens = self.token(
            grant_type="authorization_code", code=code, code_verifier=verifier
        ).json()

    def add_device(self, **changes: Any) -> requests.Response:
        public = {"kty": "OKP", "crv": "X25519", "x": self.device_key.as_dict(private=False)["x"]}
        body = {"name": "test", "platform": "linux", "public_key": public, **changes}
        return self.post("/v1/devices", json=body)

    def check_out(
        self, film: str | None = "film-01", offer: str = "offer-01-rental", **more: Any
    ) -> Any:
        body = {"film": film, "offer": offer, "return_to": None, "state": "n", **more}
        return self.post("/v1/checkouts", json=body)

    def pay(self, checkout_id: str) -> None:
        """As the payment page does it, without the page."""
        with self.service.transaction() as session:
            checkouts.pay(session, session.get_one(Checkout, checkout_id), self.service.now())

    def _known_captcha(self) -> str:
        """One that need not be drawn and spoken first."""
        row = Captcha(
            id=new_id("cap"), answer=KNOWN_ANSWER, expires_at=self.service.now() + LIFETIME_S
        )
        with self.service.transaction() as session:
            session.add(row)
        return row.id

    def _call(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = options.pop("headers", {})
        if self.tokens:
            headers = {"Authorization": f"Bearer {self.tokens['access_token']}", **headers}
        address = path if path.startswith("http") else self.address + path
        return self.http.request(
            method, address, headers=headers, timeout=30, allow_redirects=False, **options
        )
