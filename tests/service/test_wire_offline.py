"""What the offline part asks of a service, by the client against the reference service itself."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from player_app.core.errors import BadReply
from player_app.core.licence import Purpose
from player_app.core.position import WaitingPosition
from player_app.core.refusals import HeldElsewhere, NotFound, PlacesTaken, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.service.client import Client
from player_app.service.discovery import discover
from player_app.service.tokens import Tokens
from player_app.service.transport import Transport
from player_app.service.wire.codec import decode
from player_app.service.wire.places import DevicesReply, LicencesReply
from player_app.service.wire.progress import ProgressReply, TakenReply
from player_app.service.wire.tokens import KeptTokens
from tests.reference_service.caller import Caller, demo_service
from tests.reference_service.household import NOW, Household

EVER = 2**40
KNOWN = {
    "film": "film-01",
    "position_ms": 1,
    "finished": False,
    "at": "2027-01-15T08:00:00Z",
    "number": 1,
}
HELD = {
    "id": "lic-1",
    "film": "film-01",
    "device": "dev-1",
    "device_name": "Kitchen",
    "purpose": "offline",
    "source": "rental",
    "issued_at": "2027-01-15T08:00:00Z",
    "expires_at": "2027-02-15T08:00:00Z",
}


class Pocket:
    """Keeps the sign-in in memory, for one process."""

    def __init__(self) -> None:
        self._kept: str | None = None

    def get(self) -> str | None:
        return self._kept

    def fresh(self) -> str | None:
        return self._kept

    def try_again(self) -> None:
        """Nothing was missed."""

    def put(self, value: str) -> None:
        self._kept = value

    def swap(self, before: str | None, value: str) -> bool:
        same = self._kept == before
        self._kept = value if same else self._kept
        return same

    def take(self) -> str | None:
        taken, self._kept = self._kept, None
        return taken

    def alone(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


class Clock:
    def now(self) -> int:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with demo_service(tmp_path_factory.mktemp("offline") / "service") as (service, hooks):
        made = Caller(service, hooks)
        yield made
        made.close()


@pytest.fixture
def household(running: Caller) -> Household:
    return Household(running)


@pytest.fixture
def client(household: Household) -> Iterator[Client]:
    transport = Transport({}, "127.0.0.1", "0.1.0")
    service = discover(transport, household.caller.address)
    tokens = Tokens(transport, service, Pocket(), Clock())
    access: str = household.caller.tokens["access_token"]
    tokens.accept(KeptTokens(service.address, "r", access, EVER, household.account_id))
    yield Client(transport, service, tokens)
    transport.close()


def test_licences_and_devices_are_listed_and_a_place_given_back(
    household: Household, client: Client
) -> None:
    household.rent()
    kitchen = household.device("Kitchen")
    rented = household.take(kitchen)
    household.subscribe()
    household.hooks.go_ahead(1)
    loft = household.device("Loft")
    household.take(loft, "stream", film="film-02")
    streamed, offline = client.licences()
    assert (offline.id, offline.film_id, offline.device_id) == (rented["jti"], "film-01", kitchen)
    assert (offline.device_name, offline.purpose) == ("Kitchen", Purpose.OFFLINE)
    assert (offline.issued_at, offline.expires_at) == (NOW, rented["exp"])
    assert (streamed.purpose, streamed.subscription) == (Purpose.STREAM, True)
    assert not offline.subscription
    found = client.devices()
    assert (found.limit, [each.id for each in found.devices]) == (5, [kitchen, loft])
    for _ in range(2):
        client.give_back_licence(offline.id)
    assert client.licences() == (streamed,)
    with pytest.raises(NotFound):
        client.give_back_licence("lic-none")


def test_a_start_is_answered_with_the_earliest_known(household: Household, client: Client) -> None:
    household.rent()
    device = household.device()
    licence = household.take(device)["jti"]
    household.hooks.go_ahead(60)
    assert client.start(licence, NOW + 30, device) == NOW + 30
    assert client.start(licence, NOW + 50) == NOW + 30
    with pytest.raises(Refused) as refused:
        client.start(licence, NOW, "dev-other")
    assert refused.value.problem == "forbidden"


def test_a_place_that_is_not_to_be_had_says_which_kind(
    household: Household, client: Client
) -> None:
    household.rent(devices=1, exclusive=True)
    kitchen, loft = household.device("Kitchen"), household.device("Loft")
    client.licence("film-01", kitchen, Purpose.OFFLINE)
    with pytest.raises(PlacesTaken) as taken:
        client.licence("film-01", loft, Purpose.OFFLINE)
    assert "Kitchen" in taken.value.detail
    with pytest.raises(HeldElsewhere):
        client.licence("film-01", loft, Purpose.STREAM)


def test_places_in_films_are_sent_and_read_in_pages(client: Client) -> None:
    said = WaitingPosition("film-01", 5_000, False, NOW - 5, "w-1", 1)
    other = WaitingPosition("film-none", 5_000, False, NOW - 5, "w-2", 1)
    taken = client.send_progress([said, other])
    assert taken == client.send_progress([said, other])
    (entry,) = taken.entries
    assert (entry.film_id, entry.position_ms, entry.at) == ("film-01", 5_000, NOW - 5)
    assert taken.unknown == ("film-none",)
    page = client.progress(None)
    assert (page.entries, page.more) == (taken.entries, False)
    assert client.progress(page.cursor).entries == ()


def test_nothing_is_told_in_the_name_of_another_account(
    household: Household, client: Client
) -> None:
    household.rent()
    licence = household.take(household.device())["jti"]
    for ask in (
        lambda: client.give_back_licence(licence, whose="acc-other"),
        lambda: client.start(licence, NOW, whose="acc-other"),
        lambda: client.send_progress([], whose="acc-other"),
        lambda: client.progress(None, whose="acc-other"),
    ):
        with pytest.raises(SignedOut):
            ask()
    assert len(client.licences()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"film": "../x"},
        {"position_ms": -1},
        {"position_ms": 10**10},
        {"position_ms": "1"},
        {"finished": 1},
        {"at": "2027-01-15T08:00:00"},
        {"at": None},
        {"number": -1},
        {"number": 2**60},
    ],
    ids=str,
)
def test_a_place_in_a_film_that_can_not_be_is_a_bad_reply(changes: dict[str, Any]) -> None:
    entries = [{**KNOWN, **changes}]
    for kind, whole in ((ProgressReply, {"cursor": "1"}), (TakenReply, {})):
        sound = json.dumps({"entries": [KNOWN], **whole})
        decode("progress", sound, kind)
        with pytest.raises(BadReply):
            decode("progress", json.dumps({"entries": entries, **whole}), kind)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "a/b"},
        {"film": ""},
        {"device": None},
        {"device_name": "x" * 501},
        {"purpose": "keep"},
        {"source": "gift"},
        {"issued_at": "soon"},
        {"expires_at": 5},
    ],
    ids=str,
)
def test_a_held_licence_that_can_not_be_is_a_bad_reply(changes: dict[str, Any]) -> None:
    decode("licences", json.dumps({"licences": [HELD]}), LicencesReply)
    with pytest.raises(BadReply):
        decode("licences", json.dumps({"licences": [{**HELD, **changes}]}), LicencesReply)


def test_lists_are_bounded() -> None:
    many = json.dumps({"entries": [KNOWN] * 2_001, "cursor": "1"})
    with pytest.raises(BadReply):
        decode("progress", many, ProgressReply)
    device = {"id": "dev-1", "name": "x", "platform": "linux"}
    with pytest.raises(BadReply):
        decode("devices", json.dumps({"limit": 5, "devices": [device] * 201}), DevicesReply)
