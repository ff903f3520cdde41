"""One device of a viewer's: a player without a window, and the browser beside it."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

from player_app.core.checkout import Checkout, PendingCheckout
from player_app.core.refusals import AlreadyHeld
from player_app.reference_service.visitor import Page, PageBrowser, open_checkout
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import MemoryKeyring
from tests.features.coming_back import come_back
from tests.features.player import Player
from tests.money.books import PASSWORD
from tests.money.house import House
from tests.waiting import until

T = TypeVar("T")
GOOD, DECLINED, ASKS, SLOW = (
    "4242 4242 4242 4242",
    "4000 0000 0000 0002",
    "4000 0025 0000 3155",
    "4000 0000 0000 0077",
)


class Shopper:
    def __init__(self, house: House, folder: Path, email: str) -> None:
        self._house = house
        self._folder = folder
        self._email = email
        self._keyring = MemoryKeyring()
        self._left: list[Player] = []
        shutil.copytree(profile_for(house), folder)
        self.player = self._started()
        self.sign_in()
        self.browser = PageBrowser()
        self.opened: set[str] = set()
        """The checkouts whose cookie this browser has."""

    def sign_in(self) -> None:
        self.player.desk.sign_in(self._email, PASSWORD, None)

    def follow_clock(self) -> None:
        self.player.clock.ahead_s = self._house.ahead_s

    def killed(self) -> None:
        """The player is gone without a word; another one is started on what it left."""
        self._left.append(self.player)
        self.player = self._started()
        self.player.checkouts.recover()

    def close(self) -> None:
        for player in (*self._left, self.player):
            player.close()

    def close_browser(self) -> None:
        self.browser = PageBrowser()
        self.opened.clear()

    def press(self, film: str, offer: str) -> PendingCheckout | AlreadyHeld:
        """Rent, or Subscribe, on the film's page."""
        try:
            return self.player.checkouts.begin(film, offer)
        except AlreadyHeld as held:
            return held

    @contextlib.contextmanager
    def impatient(self, after_s: float) -> Iterator[None]:
        """Its requests time out soon, whether the service is done with them or not."""
        before, self.player.transport._read_timeout_s = (
            self.player.transport._read_timeout_s,
            after_s,
        )
        try:
            yield
        finally:
            self.player.transport._read_timeout_s = before

    def waits_for(self, pending: PendingCheckout) -> Checkout:
        return self.player.checkouts.wait(pending, threading.Event())

    def open(self, checkout_id: str, link: str) -> Page:
        """From the link to the card form, where the link still serves."""
        with contextlib.suppress(LookupError):
            page = open_checkout(self.browser, link)
            if page.address.endswith(f"/pay/{checkout_id}"):
                self.opened.add(checkout_id)
            return page
        return self.browser.open(link)

    def pay_page(self, checkout_id: str) -> Page:
        return self.browser.open(f"{self._house.address}/pay/{checkout_id}")

    def submit_card(self, checkout_id: str, number: str, page: Page | None = None) -> Page | None:
        """Type a card and send it; None where there is no form for one any more."""
        page = page or self.pay_page(checkout_id)
        try:
            form = page.form(f"/pay/{checkout_id}")
        except LookupError:
            return None
        return PageBrowser(self.browser.cookies).submit(form, _card(number))

    def send_card_and_leave(
        self, checkout_id: str, number: str, is_taken: Callable[[], bool]
    ) -> bool:
        """Send it and leave, once the money is taken; whether there was a form."""
        try:
            form = self.pay_page(checkout_id).form(f"/pay/{checkout_id}")
        except LookupError:
            return False
        request = Request(form.action)  # noqa: S310 - on loopback
        # those of this address only: another checkout in this browser has a cookie of its own
        self.browser.cookies.add_cookie_header(request)
        headers = dict(request.header_items())
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**form.fields, **_card(number)})
        connection = http.client.HTTPConnection(request.host, timeout=10)
        with contextlib.closing(connection):
            connection.request("POST", request.selector, body, headers)
            until(is_taken, "the provider to take the money")
        return True

    def answer_bank(self, page: Page, answer: str) -> Page | None:
        path = urlsplit(page.address).path
        try:
            return self.browser.submit(page.form(path), button=("answer", answer))
        except LookupError:
            return None

    def call_off(self, checkout_id: str) -> None:
        """Cancel on the page."""
        with contextlib.suppress(LookupError):
            page = self.pay_page(checkout_id)
            self.browser.submit(page.form(f"/pay/{checkout_id}/cancel"))

    def comes_back(self, address: str, state: str | None) -> int | None:
        """The status of the player's own page; None where nobody listens any more."""
        query = "" if state is None else f"?{urlencode({'state': state})}"
        try:
            return come_back(address + query)[0]
        except OSError:
            return None

    def shown_link(self) -> str:
        """The page that was handed to the browser last."""
        return self.player.browser.opened[-1]

    def _started(self) -> Player:
        player = Player(self._folder, RecordingBrowser(), self._keyring)
        player.clock.ahead_s = self._house.ahead_s
        if player.connection.service is not None:
            player.desk.who()
        return player


def profile_for(house: House) -> Path:
    """Of a player that knows the service and its films, and nobody: made once, for copies."""
    folder = house.folder.with_name("profile")
    if not folder.exists():
        player = Player(folder, RecordingBrowser())
        player.services.choose(player.services.look_up(house.address))
        player.browse.refresh()
        player.close()
    return folder


def at_once(*works: Callable[[], T]) -> list[T]:
    """Each on a thread of its own, as close together as can be."""
    made: list[T] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> None:
        start.wait(10)
        made.append(work())

    threads = [threading.Thread(target=run, args=(work,), name="at-once") for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == len(works), "one of them failed"
    return made


def _card(number: str) -> dict[str, str]:
    return {"number": number, "expiry": "12/39", "cvc": "123", "name": "A Viewer"}
