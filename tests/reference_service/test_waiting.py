"""Who waits for whom: readers for no writer, and nobody for a long poll or a slow bank."""

from __future__ import annotations

import concurrent.futures
import time

import pytest
from requests.adapters import HTTPAdapter
from sqlalchemy import update

from player_app.reference_service import media
from player_app.reference_service.tables import Account
from player_app.reference_service.visitor import PageBrowser, open_checkout, type_card
from tests.reference_service.caller import Caller

PROMPT_S = 3.0
MORE_THAN_ALL_THREADS = 48


def test_readers_wait_for_no_writer(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]
    grant = media.sign(viewer.service.keys, "film-01", viewer.service.now() + 600)
    reads = (
        "/v1/films",
        "/v1/collections",
        "/v1/account",
        "/v1/rights",
        "/v1/watchlist",
        "/v1/progress",
        "/v1/films/film-01/comments",
        f"/v1/checkouts/{checkout}",
        f"/media/{grant}/film-01/master.m3u8",
        "/",
        "/films/the-brass-sea",
    )
    with viewer.service.transaction() as writer:
        writer.execute(update(Account).values(display_name="Written"))
        began = time.monotonic()
        assert {path: viewer.get(path).status_code for path in reads} == dict.fromkeys(reads, 200)
        assert time.monotonic() - began < PROMPT_S
        assert viewer.get("/v1/account").json()["display_name"] == "Rosa"
    assert viewer.get("/v1/account").json()["display_name"] == "Written"


def test_what_is_changed_while_reading_is_not_kept(viewer: Caller) -> None:
    with viewer.service.reading() as session:
        for account in session.query(Account):
            account.display_name = "Changed"
        session.query(Account).count()
    assert viewer.get("/v1/account").json()["display_name"] == "Rosa"


@pytest.mark.promise(12)
def test_many_long_polls_keep_nobody_waiting_and_end_when_paid(viewer: Caller) -> None:
    checkout = viewer.check_out().json()["id"]

    viewer.http.mount("http://", HTTPAdapter(pool_maxsize=MORE_THAN_ALL_THREADS + 1))

    def wait(_: int) -> str:
        return str(viewer.get(f"/v1/checkouts/{checkout}?wait=20").json()["state"])

    with concurrent.futures.ThreadPoolExecutor(MORE_THAN_ALL_THREADS) as threads:
        waiting = [threads.submit(wait, place) for place in range(MORE_THAN_ALL_THREADS)]
        time.sleep(1.0)
        began = time.monotonic()
        assert viewer.get("/v1/films?limit=1").status_code == 200
        assert time.monotonic() - began < PROMPT_S
        viewer.pay(checkout)
        assert {each.result() for each in waiting} == {"paid"}


def test_a_slow_bank_is_waited_for_and_then_pays(viewer: Caller) -> None:
    checkout = viewer.check_out().json()
    browser = PageBrowser()
    form = open_checkout(browser, checkout["address"])
    began = time.monotonic()
    page = type_card(browser, form, "4000 0000 0000 0077")
    assert time.monotonic() - began >= 5
    assert "is yours to watch" in page.text
    assert viewer.get(f"/v1/checkouts/{checkout['id']}").json()["state"] == "paid"
