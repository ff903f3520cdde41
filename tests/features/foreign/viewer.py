"""A viewer of a film service whose sign-in is another house's."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from player_app.core.account import Account
from player_app.core.errors import VeriteError
from player_app.reference_service.visitor import PageBrowser
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.coming_back import come_back
from tests.features.foreign.service import VIEWER
from tests.features.player import Player
from tests.service.site import Site
from tests.waiting import until

LATER_S = 700
"""By then an access token has ended."""


@dataclass(slots=True)
class SignIn:
    """One that goes on beside the test: the page it opened, and what became of it."""

    browser: RecordingBrowser
    outcome: list[Account | VeriteError] = field(default_factory=list)

    def page(self) -> str:
        until(lambda: self.browser.opened, "the browser to be opened")
        return self.browser.opened[-1]

    def ended(self) -> Account | VeriteError:
        until(lambda: self.outcome, "the sign-in to end")
        return self.outcome[0]


@contextmanager
def signing_in(player: Player) -> Iterator[SignIn]:
    going_on, stop = SignIn(player.browser), threading.Event()

    def work() -> None:
        try:
            going_on.outcome.append(player.desk.sign_in_in_browser(stop, lambda _: None))
        except VeriteError as error:
            going_on.outcome.append(error)

    thread = threading.Thread(target=work, name="sign-in")
    thread.start()
    try:
        yield going_on
    finally:
        stop.set()
        thread.join(20)


@contextmanager
def player_of(site: Site, folder: Path) -> Iterator[Player]:
    player = Player(folder / "profile", RecordingBrowser(), MemoryKeyring())
    try:
        player.services.choose(player.services.look_up(site.address))
        yield player
    finally:
        player.close()


def consent(address: str) -> str:
    """Sign in and agree on the server's pages; where they lead."""
    browser = PageBrowser()
    sign_in = browser.open(address)
    agree = browser.submit(sign_in.forms[0], {"login": VIEWER, "password": "of no matter"})
    browser.submit(agree.forms[0])
    assert browser.left_for is not None, agree.text
    return browser.left_for


def sign_in(player: Player) -> Account:
    with signing_in(player) as going_on:
        assert come_back(consent(going_on.page()))[0] == 200
        account = going_on.ended()
    assert isinstance(account, Account), account
    return account


def kept(player: Player) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(player.secrets.get("sign-in") or "{}")
    return read
