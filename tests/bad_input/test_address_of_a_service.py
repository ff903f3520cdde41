"""An address that leads to no documentary service: said in a sentence, and typed again at once."""

from __future__ import annotations

from collections import defaultdict

import pytest

from player_app.reference_service.server import RunningService
from tests.bad_input.screened import Screened, StartIt
from tests.service.site import Answer, Site, say
from tests.service.test_discovery import answer, described, metadata


def look_up(screen: Screened, address: str) -> None:
    screen.type("serviceAddress", address)
    screen.click("serviceLookUp")


def then_another_address_is_looked_up(screen: Screened, service: RunningService) -> None:
    """The action: the same field and button, which now find a service."""
    assert screen.offers("servicePage", "serviceLookUp") == "Look it up"
    look_up(screen, service.address)
    screen.until(lambda: screen.text("serviceName") == "Verité Demo", "the service to be found")
    screen.click("serviceChoose")
    screen.until(lambda: screen.shows("homePage"), "home")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("no address at all", "“no address at all” is no web address."),
        ("http://films.example.org", "would send your sign-in in the open."),
        ("films.invalid", "This computer seems to have no internet connection."),
        ("127.0.0.1:9", "127.0.0.1 is not taking connections just now."),
    ],
    ids=["no address", "unsafe address", "unknown name", "nobody there"],
)
def test_a_wrong_address_of_a_service_is_told_and_stays_to_be_corrected(
    start: StartIt, service: RunningService, typed: str, sentence: str
) -> None:
    screen = start()
    look_up(screen, typed)
    screen.reads(sentence)
    assert screen.text("serviceAddress") == typed
    then_another_address_is_looked_up(screen, service)


@pytest.mark.parametrize(
    "kind",
    [
        say(200, b"<html><title>Films</title>", Content_Type="text/html"),
        say(200, b'{"version": "3.1", "paths": {}}', Content_Type="application/json"),
        say(404),
        say(403, b"{}"),
    ],
    ids=["web page", "other interface", "not found", "forbidden"],
)
def test_what_is_not_our_service_is_told_and_another_address_is_typed(
    start: StartIt, service: RunningService, site: Site, kind: Answer
) -> None:
    site.answers = defaultdict(lambda: kind)
    screen = start()
    look_up(screen, site.address)
    screen.reads(f"{site.address} answers, but not as a documentary service.")
    assert screen.text("serviceAddress") == site.address
    then_another_address_is_looked_up(screen, service)


def test_a_service_that_wants_a_newer_player_is_told_and_another_address_is_typed(
    start: StartIt, service: RunningService, site: Site
) -> None:
    answer(site, described(site, least_player_version="9.1"), metadata(site))
    screen = start()
    look_up(screen, site.address)
    screen.reads("The service needs version 9.1 or newer")
    assert screen.text("serviceAddress") == site.address
    then_another_address_is_looked_up(screen, service)


def test_a_wrong_address_leaves_the_service_that_is_used_and_its_sign_in_as_they_are(
    start: StartIt, service: RunningService, site: Site
) -> None:
    site.answers = defaultdict(lambda: say(404))
    screen = start(service.address)
    screen.sign_in()
    screen.go("settings")
    screen.click("changeService")
    look_up(screen, site.address)
    screen.reads(f"{site.address} answers, but not as a documentary service.")

    screen.go("home")
    screen.until(lambda: screen.shows("filmRow"), "the films")
    assert screen.app.shell.property("signedIn")
    used = screen.app.connection.service
    assert used is not None
    assert used.address == service.address
