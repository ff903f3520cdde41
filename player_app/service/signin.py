"""Signing in: authorization code with PKCE through the browser, or the service's challenge."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit

from player_app.core.discovery import Service
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import BrowserNeeded, SignInAbandoned, WrongPassword
from player_app.service.discovery import OFFLINE_ACCESS
from player_app.service.loopback import ReturnListener, nonce
from player_app.service.tokens import redeem
from player_app.service.transport import Transport
from player_app.service.wire.codec import decode
from player_app.service.wire.tokens import ChallengeReply, TokenReply

LONGEST_SIGN_IN_S = 15 * 60.0


def in_browser(
    transport: Transport, service: Service, show: Callable[[str], None], stop: threading.Event
) -> TokenReply:
    """`show` gets the page's address; raises `SignInAbandoned` when the viewer gives up there."""
    verifier, state = new_verifier(), nonce()
    listener = ReturnListener("/signed-in")
    try:
        question = {
            "response_type": "code",
            "client_id": service.client_id,
            "redirect_uri": listener.address,
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        if service.scope:
            question["scope"] = service.scope
        if OFFLINE_ACCESS in service.scope.split():
            question["prompt"] = "consent"  # without it the scope is passed over
        show(_with_query(service.endpoints.authorize, question))
        came = listener.wait(lambda query: query.get("state") == state, stop, LONGEST_SIGN_IN_S)
    finally:
        listener.close()
    # RFC 9207: the answer of another authorization server is not redeemed at this one
    if came.get("iss") != service.endpoints.issuer:
        raise SignInAbandoned("another service answered")
    if "code" not in came:
        raise SignInAbandoned(came.get("error", "no code")[:100])
    return redeem(
        transport,
        service,
        {
            "grant_type": "authorization_code",
            "code": came["code"],
            "redirect_uri": listener.address,
            "client_id": service.client_id,
            "code_verifier": verifier,
        },
    )


def by_challenge(
    transport: Transport,
    service: Service,
    email: str,
    password: str,
    captcha: tuple[str, str] | None,
) -> TokenReply:
    """The form inside the player; raises `WrongPassword`, `CaptchaNeeded` or `BrowserNeeded`."""
    endpoint = service.endpoints.challenge
    if endpoint is None:
        raise BrowserNeeded
    verifier = new_verifier()
    form = {
        "client_id": service.client_id,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "username": email,
        "password": password,
    }
    if captcha is not None:
        form["captcha_id"], form["captcha"] = captcha
    try:
        body = transport.send("POST", endpoint, form=form).body
    except Refused as error:
        if error.problem == "invalid_grant":
            raise WrongPassword(error.detail) from None
        raise
    code = decode("challenge", body, ChallengeReply).authorization_code
    return redeem(
        transport,
        service,
        {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": service.client_id,
            "code_verifier": verifier,
        },
    )


def _with_query(address: str, question: Mapping[str, str]) -> str:
    """Behind a query that the address may have already (RFC 6749 §3.1)."""
    parts = urlsplit(address)
    query = "&".join(each for each in (parts.query, urlencode(question)) if each)
    return parts._replace(query=query).geturl()


def new_verifier() -> str:
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
