"""Offline follows real requests, can be chosen, and ends when the service answers again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.errors import Unreachable
from player_app.core.reach import LONGEST_PAUSE_S, Reach, heard, pause_before_look_s
from player_app.features.offline import Offline
from player_app.reference_service.server import loopback_socket, running
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.service.site import say, serving_site
from tests.service_settings import quick_settings


class Traveller:
    """A player of a service that comes and goes on one port, and what was heard of it."""

    def __init__(self, folder: Path) -> None:
        self.settings = quick_settings(folder / "service")
        self.settings.folder.mkdir(exist_ok=True)
        self.player = Player(folder / "profile", RecordingBrowser())
        self.heard: list[Reach] = []
        self.port = 0
        self.begin()

    def begin(self) -> None:
        """As a start of the player does."""
        player = self.player
        kept = player.connection.kept
        self.offline = Offline(player.transport, player.connection, kept, player.clock)
        self.offline.listen(self.heard.append)

    def choose(self, address: str) -> None:
        self.port = int(address.rpartition(":")[2])
        self.player.services.choose(self.player.services.look_up(address))


@pytest.fixture
def traveller(tmp_path: Path) -> Iterator[Traveller]:
    made = Traveller(tmp_path)
    yield made
    made.player.close()
    made.player.browser.close()


def test_nobody_answering_makes_it_offline_and_the_first_answer_ends_that(
    traveller: Traveller,
) -> None:
    with running(traveller.settings) as service:
        traveller.choose(service.address)
        traveller.player.browse.refresh()
        assert traveller.heard == []
    for _ in range(2):
        with pytest.raises(Unreachable):
            traveller.player.browse.refresh()
    assert [each.is_offline for each in traveller.heard] == [True]
    assert traveller.offline.look() is False
    with running(traveller.settings, bound=loopback_socket(traveller.port)):
        assert traveller.offline.look() is True
    assert [each.is_offline for each in traveller.heard] == [True, False]


def test_offline_by_choice_asks_nobody_and_lasts_over_a_restart(traveller: Traveller) -> None:
    with running(traveller.settings) as service:
        traveller.choose(service.address)
        traveller.offline.choose(True)
        traveller.begin()
        assert traveller.offline.reach.by_choice
        with pytest.raises(Unreachable) as refused:
            traveller.player.browse.refresh()
        assert refused.value.why == "by-choice"
        with pytest.raises(Unreachable):
            traveller.player.transport.open(f"{service.address}/media/x")
        assert traveller.offline.look() is False

        traveller.offline.choose(False)
        traveller.player.browse.refresh()
        traveller.begin()
        assert not traveller.offline.reach.is_offline


def test_a_portal_in_place_of_the_service_is_not_the_service(traveller: Traveller) -> None:
    with running(traveller.settings) as service:
        traveller.choose(service.address)
    with serving_site() as portal:
        portal.answers["/.well-known/verite"] = say(200, b"<html>Sign in to the train</html>")
        chosen = traveller.player.connection.service
        assert chosen is not None
        traveller.player.connection.choose(replace(chosen, address=portal.address))
        assert traveller.offline.look() is False
        assert portal.asked == ["/.well-known/verite"]
    assert traveller.heard[-1].says_more


def test_what_somebody_else_answers_says_nothing_of_the_service(traveller: Traveller) -> None:
    with running(traveller.settings) as service:
        traveller.choose(service.address)
    with pytest.raises(Unreachable):
        traveller.player.browse.refresh()
    with serving_site() as other:
        other.answers["/x"] = say(200, b"hello")
        traveller.player.transport.send("GET", f"{other.address}/x")
    assert traveller.offline.reach.is_offline


def test_it_is_offline_since_the_first_request_that_found_nobody() -> None:
    lost = heard(Reach(), Unreachable("h", "refused"), 100)
    assert heard(lost, Unreachable("h", "cut"), 200).lost_at == 100
    assert heard(lost, None, 300) == Reach()


def test_looks_grow_rarer_but_coming_back_is_noticed_within_seconds() -> None:
    pauses = [pause_before_look_s(looks) for looks in range(1000)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 5
    assert pauses[-1] == LONGEST_PAUSE_S
