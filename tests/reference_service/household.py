"""One account on a service whose clock stands where a test puts it, with devices of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import requests
from joserfc import jws
from joserfc.jwk import OKPKey

from player_app.reference_service.accounts import moment
from player_app.reference_service.tables import AccessToken, Account
from player_app.reference_service.tokens import hashed, new_id, new_token
from tests.reference_service.caller import Caller

NOW = 1_800_000_000
DAY = 86_400
_EVER = 2**40


class Household:
    """Its sign-in outlasts every turn of the clock. Times are whole seconds since 1970."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.hooks = caller.hooks
        self.hooks.set_now(NOW)
        self.account_id = new_id("acc")
        name, token = self.account_id[:20], new_token()
        self.email = f"{name}@example.org"
        with caller.service.transaction() as session:
            session.add(
                Account(
                    id=self.account_id,
                    username=name,
                    username_folded=name,
                    display_name=name,
                    email=self.email,
                    email_folded=self.email,
                    password_hash="none",
                    created_at=NOW,
                )
            )
            session.flush()
            session.add(
                AccessToken(
                    hash=hashed(token), family=name, account_id=self.account_id, expires_at=_EVER
                )
            )
        caller.tokens = {"access_token": token}

    def rent(self, number: int = 1, **terms: Any) -> str:
        """The id of a new rental of film-0N, under other terms where some are given."""
        checkout = self.caller.check_out(f"film-0{number}", f"offer-0{number}-rental").json()["id"]
        self.caller.pay(checkout)
        rental: str = self.caller.get(f"/v1/checkouts/{checkout}").json()["rental"]
        if terms:
            self.hooks.set_terms(rental, **terms)
        return rental

    def subscribe(self, **terms: Any) -> None:
        checkout = self.caller.check_out(None, "offer-subscription").json()["id"]
        self.caller.pay(checkout)
        bought: str = self.caller.get(f"/v1/checkouts/{checkout}").json()["subscription"]
        if terms:
            self.hooks.set_terms(bought, **terms)

    def device(self, name: str = "Kitchen", *, passing: bool = False) -> str:
        key = OKPKey.generate_key("X25519").as_dict(private=False)
        public = {name: key[name] for name in ("kty", "crv", "x")}
        body = {"name": name, "platform": "linux", "public_key": public, "passing": passing}
        added: str = self.caller.post("/v1/devices", json=body).json()["id"]
        return added

    def ask(
        self,
        device: str,
        purpose: str = "offline",
        *,
        film: str = "film-01",
        started_at: int | None = None,
    ) -> requests.Response:
        began = None if started_at is None else moment(started_at)
        body = {"device": device, "purpose": purpose, "started_at": began}
        return self.caller.post(f"/v1/films/{film}/licence", json=body)

    def take(
        self,
        device: str,
        purpose: str = "offline",
        *,
        film: str = "film-01",
        started_at: int | None = None,
    ) -> dict[str, Any]:
        """The claims of a licence that is given."""
        reply = self.ask(device, purpose, film=film, started_at=started_at)
        assert reply.status_code == 200, reply.text
        token = reply.json()["licence"].encode()
        claims: dict[str, Any] = json.loads(jws.extract_compact(token).payload)
        return claims

    def tell_start(
        self, licence: str, at: int, device: str | None = None
    ) -> dict[str, int | None] | str:
        """What the service answers, in seconds; the problem's name where it refuses."""
        body = {"started_at": moment(at), **({"device": device} if device else {})}
        reply = self.caller.post(f"/v1/licences/{licence}/start", json=body)
        if reply.status_code != 200:
            return problem(reply)
        return {name: said and seconds(said) for name, said in reply.json().items()}

    def give_back(self, licence: str) -> int:
        return self.caller.delete(f"/v1/licences/{licence}").status_code

    def held(self) -> list[tuple[str, str, str]]:
        """Device name, film and purpose of what takes a place, newest first."""
        listed = self.caller.get("/v1/licences").json()["licences"]
        return [(each["device_name"], each["film"], each["purpose"]) for each in listed]

    def rental(self, rental: str) -> dict[str, Any]:
        listed = self.caller.get("/v1/rights").json()["rentals"]
        return next(each for each in listed if each["id"] == rental)


def problem(reply: requests.Response) -> str:
    """The name of a refusal."""
    assert reply.headers["Content-Type"] == "application/problem+json", reply.text
    named: str = reply.json()["type"]
    return named.removeprefix("urn:verite:problem:")


def seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).astimezone(UTC).timestamp())
