"""The account's page names its devices and what they hold, and gives a place back from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey

from player_app.reference_service import devices, licences
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.tables import Account, Licence
from player_app.reference_service.visitor import PageBrowser, pay, sign_in
from tests.reference_service.page_stage import FILM, Stage, register, stage

HOSTILE = '<img src=x onerror="y">'


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "service") as running:
        yield running


@pytest.fixture
def browser(service: Stage) -> PageBrowser:
    made = PageBrowser()
    sign_in(made, service.address, EMAIL, PASSWORD)
    page = made.open(f"{service.address}/films/{FILM}")
    pay(made.submit(page.form(f"/films/{FILM}/rent")).address, browser=made)
    return made


def holding(service: Stage, name: str, purpose: str = "offline") -> tuple[str, str]:
    """The ids of a new device of the demo's account, and of a licence that it holds."""
    key = OKPKey.generate_key("X25519").as_dict(private=False)
    with service.service.transaction() as session:
        account = session.query(Account).filter_by(email=EMAIL).one()
        device = devices.add(
            service.service,
            session,
            account.id,
            name=name,
            platform="linux",
            public_key=key,
            passing=False,
        )
        session.flush()
        licences.issue(
            service.service,
            session,
            account,
            film_id="film-01",
            device_id=device.id,
            purpose=purpose,
        )
        session.flush()
        return device.id, session.query(Licence).filter_by(device_id=device.id).one().id


def test_a_place_is_given_back_on_the_page(service: Stage, browser: PageBrowser) -> None:
    assert "No devices yet" in browser.open(f"{service.address}/account").text
    _, kept = holding(service, "Loft", "stream")
    device, licence = holding(service, HOSTILE)
    page = browser.open(f"{service.address}/account")
    assert HOSTILE in page.text
    assert "<img src=x" not in page.html
    assert "Picture Start offline, until" in page.text
    assert "Picture Start streaming, until" in page.text
    page = browser.submit(page.form(f"/account/licences/{licence}/give-back"))
    assert "That place is free again." in page.text
    assert "offline, until" not in page.text
    assert page.form(f"/account/licences/{kept}/give-back")
    assert page.form(f"/account/devices/{device}/remove")
    with service.service.reading() as session:
        assert session.get_one(Licence, licence).returned


def test_a_device_is_removed_on_the_page(service: Stage, browser: PageBrowser) -> None:
    device, licence = holding(service, "Kitchen laptop")
    page = browser.open(f"{service.address}/account")
    assert "Kitchen laptop Linux, since" in page.text
    page = browser.submit(page.form(f"/account/devices/{device}/remove"))
    assert "That device is removed" in page.text
    assert "Kitchen laptop" not in page.text
    with service.service.reading() as session:
        assert session.get_one(Licence, licence).returned


def test_nobody_elses_place_is_given_back_nor_without_the_pages_token(
    service: Stage, browser: PageBrowser
) -> None:
    device, licence = holding(service, "Kitchen laptop")
    page = browser.open(f"{service.address}/account")
    forms = [
        page.form(f"/account/licences/{licence}/give-back"),
        page.form(f"/account/devices/{device}/remove"),
    ]
    for form in forms:
        assert browser.submit(form, {"csrf": "0" * 64}).status == 403
    other = PageBrowser()
    page = register(other, other.open(f"{service.address}/register"), service, "mallory")
    own = other.open(f"{service.address}/account").form("/sign-out").fields
    for form in forms:
        assert other.submit(form, own).status == 404
    assert "Kitchen laptop" in browser.open(f"{service.address}/account").text
    stranger = PageBrowser()
    own = stranger.open(f"{service.address}/sign-in").form("/sign-in").fields
    for form in forms:
        assert stranger.submit(form, own).address.startswith(f"{service.address}/sign-in")


def test_help_says_where_a_place_is_given_back(service: Stage, browser: PageBrowser) -> None:
    page = browser.open(f"{service.address}/help")
    assert "under Devices" in page.text
    assert page.link("your account page") == f"{service.address}/account"


def test_a_film_page_says_what_excludes_what(service: Stage, browser: PageBrowser) -> None:
    page = browser.open(f"{service.address}/films/starling-arithmetic")
    assert "take offline on one device: not both at once" in page.text
    assert "7 days to start watching" in page.text
    other = browser.open(f"{service.address}/films/the-brass-sea")
    assert "to stream, or to take offline on 2 devices" in other.text
