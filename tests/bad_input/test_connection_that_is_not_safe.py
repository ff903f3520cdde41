"""A certificate that proves nothing: nothing is sent, it is said, and nothing is lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from player_app.reference_service.server import RunningService
from player_app.storage.kept import Kept
from tests.bad_input.screened import StartIt
from tests.bad_input.secure_site import (
    Certify,
    expired,
    for_another_name,
    secure_site,
    self_signed,
)
from tests.bad_input.test_address_of_a_service import (
    look_up,
    then_another_address_is_looked_up,
)

SENTENCE = (
    "127.0.0.1 could not prove who it is, so nothing was sent. "
    "Check this computer's date, or try another network."
)


@pytest.mark.parametrize(
    "certify", [self_signed, expired, for_another_name], ids=lambda each: each.__name__
)
def test_a_certificate_that_proves_nothing_is_told_and_nothing_was_sent(
    start: StartIt, service: RunningService, tmp_path: Path, certify: Certify
) -> None:
    with secure_site(tmp_path, certify()) as site:
        screen = start()
        look_up(screen, site.address)
        screen.reads(SENTENCE)
        assert screen.text("serviceAddress") == site.address
        tried = site.shaken
        screen.click("serviceLookUp")
        screen.until(lambda: site.shaken > tried, "the same address to be tried again")
        screen.reads(SENTENCE)
        assert site.asked == []
    then_another_address_is_looked_up(screen, service)


def test_a_service_that_no_longer_proves_who_it_is_is_told_over_what_is_kept(
    start: StartIt, service: RunningService, tmp_path: Path
) -> None:
    screen = start(service.address)
    place = screen.left_at("film-01", 61_000)
    chosen = screen.app.connection.service
    assert chosen is not None
    with secure_site(tmp_path, expired()) as site:
        there = dataclasses.replace(chosen, address=site.address, api=f"{site.address}/v1")
        Kept(screen.database).put("service", there)
        screen.stop()
        again = start()
        again.reads(f"The connection is not safe. {SENTENCE} Showing what is kept")
        again.until(lambda: again.shows("filmRow"), "the films")
        tried = site.shaken
        again.press_in("offlineBar", "messageAction", "Try again")
        again.until(lambda: site.shaken > tried, "the service to be asked again")
        again.until(lambda: not again.app.shell._refreshing, "its answer")
        assert site.asked == []
    assert again.place_in("film-01") == place

    again.go("settings")
    again.click("changeService")
    then_another_address_is_looked_up(again, service)
    again.until(lambda: not again.shows("offlineBar"), "the notice to go")
