"""A method per request of the contract; JSON names are wire's, failures transport's."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from player_app.core.account import Account, Captcha, Device, RegistrationForm
from player_app.core.catalogue import Collection
from player_app.core.checkout import Checkout
from player_app.core.comments import Comment, WaitingComment
from player_app.core.discovery import Service
from player_app.core.errors import BadReply
from player_app.core.licence import Purpose
from player_app.core.position import WaitingPosition
from player_app.core.rights import Rights
from player_app.core.sign_in_errors import SignedOut
from player_app.service.origins import origin_of
from player_app.service.replies import Reply
from player_app.service.tokens import Tokens
from player_app.service.transport import Transport
from player_app.service.wire.account import (
    AccountReply,
    CaptchaReply,
    DeviceReply,
    RegisteredReply,
    RegistrationReply,
)
from player_app.service.wire.codec import decode
from player_app.service.wire.comments import CommentReply, CommentsPage, CommentsReply
from player_app.service.wire.films import CollectionsReply, FilmsPage, FilmsReply, WatchlistReply
from player_app.service.wire.licence import LicenceReply
from player_app.service.wire.places import (
    Devices,
    DevicesReply,
    HeldLicence,
    LicencesReply,
    StartReply,
)
from player_app.service.wire.progress import (
    ProgressPage,
    ProgressReply,
    TakenProgress,
    TakenReply,
    sent,
)
from player_app.service.wire.rights import CheckoutReply, RightsReply

NOT_MODIFIED = 304
MOST_ETAG_CHARACTERS = 200


class Client:
    def __init__(self, transport: Transport, service: Service, tokens: Tokens) -> None:
        self._transport = transport
        self.service = service
        self.tokens = tokens

    def films(self, cursor: str | None, etag: str = "") -> tuple[FilmsPage, str] | None:
        """What changed since the cursor, with its ETag; None when that is still `etag`."""
        reply = self._ask(
            "GET",
            "/films",
            params={"cursor": cursor} if cursor else None,
            headers={"If-None-Match": etag} if etag else None,
        )
        if reply.status == NOT_MODIFIED:
            return None
        page = decode("films", reply.body, FilmsReply).page()
        return page, reply.headers.get("etag", "")[:MOST_ETAG_CHARACTERS]

    def collections(self) -> tuple[Collection, ...]:
        reply = self._ask("GET", "/collections")
        return decode("collections", reply.body, CollectionsReply).values()

    def watchlist(self) -> tuple[str, ...]:
        reply = self._signed("GET", "/watchlist")
        return decode("watchlist", reply.body, WatchlistReply).films

    def put_on_watchlist(self, film_id: str) -> None:
        self._signed("PUT", f"/watchlist/{_part(film_id)}")

    def take_off_watchlist(self, film_id: str) -> None:
        self._signed("DELETE", f"/watchlist/{_part(film_id)}")

    def registration_form(self) -> RegistrationForm:
        reply = self._ask("GET", "/registration")
        return decode("registration", reply.body, RegistrationReply).form()

    def captcha(self) -> Captcha:
        reply = self._ask("GET", "/captcha")
        return decode("captcha", reply.body, CaptchaReply).captcha()

    def register(self, values: Mapping[str, str], captcha_id: str) -> Account:
        """A ticked box has the value "true"."""
        boxes = {name: value == "true" for name, value in values.items() if name == "terms"}
        sent = {**values, **boxes, "captcha_id": captcha_id}
        reply = self._ask("POST", "/accounts", json=sent)
        return decode("account", reply.body, RegisteredReply).account.account()

    def account(self) -> Account:
        reply = self._signed("GET", "/account")
        return decode("account", reply.body, AccountReply).account()

    def account_of(self, access: str) -> Account:
        """Whose an access token is that nobody keeps yet."""
        reply = self._ask("GET", "/account", headers={"Authorization": f"Bearer {access}"})
        return decode("account", reply.body, AccountReply).account()

    def register_device(
        self, name: str, platform: str, public_key: Mapping[str, str], *, passing: bool
    ) -> Device:
        reply = self._signed(
            "POST",
            "/devices",
            json={
                "name": name,
                "platform": platform,
                "public_key": dict(public_key),
                "passing": passing,
            },
            headers={"Idempotency-Key": secrets.token_urlsafe(24)},
        )
        return decode("device", reply.body, DeviceReply).device()

    def comments(self, film_id: str, cursor: str | None) -> CommentsPage:
        path = f"/films/{_part(film_id)}/comments"
        params = {"cursor": cursor} if cursor else None
        try:
            reply = self._signed("GET", path, params=params)
        except SignedOut:
            reply = self._ask("GET", path, params=params)
        return decode("comments", reply.body, CommentsReply).page()

    def post_comment(self, comment: WaitingComment, whose: str = "") -> Comment:
        """Where `whose` names an account, in the name of no other one."""
        reply = self._signed(
            "POST",
            f"/films/{_part(comment.film_id)}/comments",
            json={"text": comment.text, "position_ms": comment.position_ms},
            headers={"Idempotency-Key": comment.key},
            whose=whose,
        )
        return decode("comment", reply.body, CommentReply).comment()

    def remove_comment(self, comment_id: str) -> None:
        self._signed("DELETE", f"/comments/{_part(comment_id)}")

    def report_comment(self, comment_id: str, reason: str) -> None:
        self._signed("POST", f"/comments/{_part(comment_id)}/report", json={"reason": reason})

    def begin_checkout(
        self,
        *,
        film_id: str | None,
        offer_id: str,
        return_to: str | None,
        state: str,
        idempotency_key: str,
    ) -> Checkout:
        reply = self._signed(
            "POST",
            "/checkouts",
            json={"film": film_id, "offer": offer_id, "return_to": return_to, "state": state},
            headers={"Idempotency-Key": idempotency_key},
        )
        checkout = _checkout(reply)
        homes = {origin_of(self.service.api), origin_of(self.service.endpoints.issuer)}
        if checkout.address is not None and origin_of(checkout.address) not in homes:
            raise BadReply("checkout", "a page of somebody else's")
        return checkout

    def checkout(self, checkout_id: str, wait_s: int, stop: threading.Event) -> Checkout:
        """Answers when the checkout is over, or after `wait_s`; `stop` breaks it off."""
        reply = self._signed(
            "GET",
            f"/checkouts/{_part(checkout_id)}",
            params={"wait": str(wait_s)},
            longer_by_s=wait_s,
            stop=stop,
        )
        return _checkout(reply)

    def cancel_checkout(self, checkout_id: str) -> Checkout:
        return _checkout(self._signed("POST", f"/checkouts/{_part(checkout_id)}/cancel"))

    def rights(self) -> Rights:
        reply = self._signed("GET", "/rights")
        return decode("rights", reply.body, RightsReply).rights()

    def licence(self, film_id: str, device_id: str, purpose: Purpose) -> LicenceReply:
        """To stream a film now, or to play it without the service."""
        reply = self._signed(
            "POST",
            f"/films/{_part(film_id)}/licence",
            json={"device": device_id, "purpose": purpose, "started_at": None},
        )
        licence = decode("licence", reply.body, LicenceReply)
        homes = {origin_of(each) for each in self.service.media_origins}
        if origin_of(licence.media_address) not in homes:
            raise BadReply("licence", "media on a host that the service does not name")
        return licence

    def start(
        self, licence_id: str, started_at: int, device_id: str | None = None, whose: str = ""
    ) -> int:
        """Its film began to play at `started_at` on its own device; the earliest start known.

        Both are whole seconds since 1970.
        """
        reply = self._signed(
            "POST",
            f"/licences/{_part(licence_id)}/start",
            json={"started_at": _time(started_at), "device": device_id},
            whose=whose,
        )
        return decode("start", reply.body, StartReply).seconds()

    def licences(self) -> tuple[HeldLicence, ...]:
        """What takes a place at present, on every device of the account; newest first."""
        reply = self._signed("GET", "/licences")
        return decode("licences", reply.body, LicencesReply).values()

    def give_back_licence(self, licence_id: str, whose: str = "") -> None:
        """End the place that a licence takes; one that is given back already is no failure."""
        self._signed("DELETE", f"/licences/{_part(licence_id)}", whose=whose)

    def devices(self) -> Devices:
        reply = self._signed("GET", "/devices")
        return decode("devices", reply.body, DevicesReply).value()

    def send_progress(self, entries: Iterable[WaitingPosition], whose: str = "") -> TakenProgress:
        """At most `MOST_IN_A_POST` at once, which may be sent again; every one is settled by it."""
        reply = self._signed("POST", "/progress", json=sent(entries), whose=whose)
        return decode("progress", reply.body, TakenReply).taken()

    def progress(self, cursor: str | None, whose: str = "") -> ProgressPage:
        """The places that changed since the cursor, oldest change first; without one, all."""
        params = {"cursor": cursor} if cursor else None
        reply = self._signed("GET", "/progress", params=params, whose=whose)
        return decode("progress", reply.body, ProgressReply).page()

    def picture(self, address: str, most_bytes: int) -> bytes:
        """From the service's own hosts only."""
        named = (self.service.api, self.service.endpoints.issuer, *self.service.media_origins)
        if origin_of(address) not in {origin_of(each) for each in named}:
            raise BadReply("picture", "on a host that the service does not name")
        return self._transport.send("GET", address, most_bytes=most_bytes).body

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        longer_by_s: float = 0.0,
        stop: threading.Event | None = None,
    ) -> Reply:
        return self._transport.send(
            method,
            self.service.api + path,
            params=params,
            json=json,
            headers=headers,
            longer_by_s=longer_by_s,
            stop=stop,
        )

    def _signed(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        longer_by_s: float = 0.0,
        stop: threading.Event | None = None,
        whose: str = "",
    ) -> Reply:
        """With a sign-in; a refused access token is renewed once."""
        refused = ""
        while True:
            access = self.tokens.access(instead_of=refused, whose=whose)
            authority = {**(headers or {}), "Authorization": f"Bearer {access}"}
            try:
                return self._ask(
                    method,
                    path,
                    params=params,
                    json=json,
                    headers=authority,
                    longer_by_s=longer_by_s,
                    stop=stop,
                )
            except SignedOut:
                if refused:
                    raise
                refused = access


def device_address(service: Service, device_id: str) -> str:
    return f"{service.api}/devices/{_part(device_id)}"


def give_back_device(transport: Transport, address: str, access: str) -> None:
    """End a device's place with a token that is no longer kept."""
    transport.send("DELETE", address, headers={"Authorization": f"Bearer {access}"})


def _checkout(reply: Reply) -> Checkout:
    return decode("checkout", reply.body, CheckoutReply).checkout()


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _part(text: str) -> str:
    return quote(text, safe="")
