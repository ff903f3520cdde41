"""Everything that a whole visit logs, searched for everything that it must not tell."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator

import pytest

from player_app.core.errors import VeriteError, WrongPassword
from player_app.log import RedactingFormatter, redacted
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.visitor import pay
from tests.fakes.browser import RecordingBrowser
from tests.features.conftest import NewPlayer
from tests.features.test_browser_sign_in import come_back, consent
from tests.plugins.logs import Expect

pytestmark = pytest.mark.promise(23)
WRONG = "not that quiet a cinema"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as the player writes it, of every level; without the service's own."""
    text, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    handler.setFormatter(RedactingFormatter("%(name)s %(message)s"))
    handler.addFilter(lambda record: not record.name.startswith("uvicorn"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.setLevel(level)
    root.removeHandler(handler)


def test_a_visit_with_mishaps_leaves_no_secret_in_the_log(
    new_player: NewPlayer, hooks: TestHooks, written: io.StringIO, expect_log: Expect
) -> None:
    expect_log("uvicorn.error: Exception in ASGI application")
    expect_log("^ERROR test: ")
    returns: list[str] = []

    def visit(address: str) -> None:
        if "/checkout/" in address:
            pay(address)
        else:
            returns.append(consent(address))
            come_back(returns[0])

    player = new_player(browser=RecordingBrowser(visit))
    log = logging.getLogger("test")
    try:
        player.desk.sign_in(EMAIL, WRONG, None)
    except WrongPassword:
        log.exception("said")
    player.desk.sign_in_in_browser(threading.Event(), lambda address: log.info("%s", address))
    player.browse.refresh()
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    offer = next(offer.id for offer in film.offers if offer.kind == "rental")
    pending = player.checkouts.begin(film.id, offer)
    player.checkouts.wait(pending, threading.Event())
    permit = player.licences.permit(film.id)
    first = json.loads(player.secrets.get("sign-in") or "")
    for path, status in (("/media/", 500), ("/oauth/token", 503)):
        hooks.fail_next(path, status)
    player.clock.ahead_s = 700
    for act in (
        lambda: player.transport.open(permit.media_address),
        lambda: player.transport.open(permit.media_address.replace("127.0.0.1", "127.0.0.2")),
        lambda: player.connection.client().account(),
        lambda: player.transport.send("GET", pending.address or ""),
    ):
        try:
            act()
        except VeriteError:
            log.exception("failed")
    log.error("%r %r %r", permit.licence, pending, player.desk.device_key())
    hooks.cut_next("/oauth/token", bytes_sent=20)
    player.connection.client().account()
    second = json.loads(player.secrets.get("sign-in") or "")
    player.desk.sign_out()
    player.browser.close()

    device = player.desk.device_key()
    code = returns[0].partition("code=")[2].partition("&")[0]
    must_not_tell = {
        "password": PASSWORD,
        "wrong password": WRONG,
        "code": code,
        "state": returns[0].partition("state=")[2].partition("&")[0],
        "device key": device.private["d"],
        "grant": permit.media_address.split("/media/")[1].split("/")[0].split(".")[-1],
        "checkout": (pending.address or "").rpartition("/")[2],
        **{f"{name} {n}": kept[name] for n, kept in enumerate((first, second))
           for name in ("access", "refresh")},
        **{f"content key {name}": key.hex() for name, key in permit.licence.keys.items()},
    }  # fmt: skip
    text = written.getvalue()
    assert "failed" in text
    assert all(must_not_tell.values())
    assert [name for name, secret in must_not_tell.items() if secret in text] == []


@pytest.mark.parametrize(
    "line",
    [
        "GET http://h/media/99.k.HIDDEN-ONE/film/a.m4s",
        "Authorization: Bearer HIDDEN-ONE",
        "Authorization: Basic HIDDEN-ONE",
        "Cookie: session=HIDDEN-ONE",
        "Set-Cookie: session=HIDDEN-ONE; HttpOnly",
        "http://h/checkout/HIDDEN-ONE-OF-A-CHECKOUT-LINK",
        "http://127.0.0.1:1/signed-in?code=HIDDEN-ONE&state=HIDDEN-ONE",
        '{"access_token": "HIDDEN-ONE", "refresh_token": "HIDDEN-ONE"}',
        "{'refresh': 'HIDDEN-ONE', 'access': 'HIDDEN-ONE'}",
        "code_verifier=HIDDEN-ONE code_challenge=shown",
        "password: 'HIDDEN-ONE'",
        "PASSWORD=HIDDEN-ONE",
        "eyJhbGciOiJFZDI1NTE5In0.HIDDEN-ONE.HIDDEN-ONE",
        "https://viewer:HIDDEN-ONE@proxy.example:8080/",
        "captcha=HIDDEN-ONE&captcha_id=1",
        "Idempotency-Key: HIDDEN-ONE",
        "idempotency_key='HIDDEN-ONE' nonce='HIDDEN-ONE'",
    ],
)
def test_a_line_is_redacted(line: str) -> None:
    assert "HIDDEN-ONE" not in redacted(line)
