"""Signing out ends it: here at once, at the service as soon as that can be reached, for good."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from player_app.core.errors import KeyringMissing, KeyringSilent, Refused, SignedOut, VeriteError
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService, loopback_socket, running
from player_app.reference_service.settings import Settings
from player_app.reference_service.tables import AccessToken, RefreshToken
from player_app.resources import resource
from player_app.storage.secrets import SecretStore
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring, MemoryKeyring
from tests.features.conftest import NewPlayer
from tests.features.player import Player
from tests.features.test_main_job import account as new_account
from tests.waiting import until

TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"


@dataclass(frozen=True)
class SignIn:
    access: str
    refresh: str

    def opens(self, player: Player) -> list[str]:
        """What the service still accepts of it."""
        service = player.connection.client().service
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh,
            "client_id": service.client_id,
        }
        tries: dict[str, Callable[[], object]] = {
            "access": lambda: player.transport.send(
                "GET",
                f"{service.api}/account",
                headers={"Authorization": f"Bearer {self.access}"},
            ),
            "refresh": lambda: player.transport.send("POST", service.endpoints.token, form=form),
        }
        return [name for name, each in tries.items() if not refused(each)]


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except (Refused, SignedOut):
        return True
    return False


def sign_in_of(player: Player) -> SignIn:
    kept = json.loads(player.secrets.get("sign-in") or "")
    return SignIn(kept["access"], kept["refresh"])


def alive(service: RunningService) -> tuple[int, int]:
    """How many refresh and access tokens the service takes."""
    good = RefreshToken.revoked.is_(False) & RefreshToken.successor.is_(None)
    with service.service.reading() as session:
        refreshes = session.scalar(select(func.count()).select_from(RefreshToken).where(good))
        accesses = session.scalar(select(func.count()).select_from(AccessToken))
    return refreshes or 0, accesses or 0


@contextmanager
def player_over(folder: Path, service_address: str, keyring: SecretStore) -> Iterator[Player]:
    player = Player(folder, RecordingBrowser(), keyring)
    try:
        if player.services.current() is None:
            player.services.choose(player.services.look_up(service_address))
        yield player
    finally:
        player.close()


def shown_in(folder: Path, *secrets: str) -> list[str]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [
        f"{file.name}: {secret[:6]}…"
        for file in files
        for secret in secrets
        if secret.encode() in file.read_bytes()
    ]


def test_after_signing_out_its_tokens_open_nothing_and_lie_nowhere(
    tmp_path: Path, service: RunningService
) -> None:
    keyring, before = MemoryKeyring(), alive(service)
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended = sign_in_of(player)
        assert player.connection.client().account().email == EMAIL

        assert player.desk.sign_out() is None
        assert player.desk.who() is None
        assert "sign-in" not in keyring.values
        player.desk.say_farewell()

        assert ended.opens(player) == []
        assert alive(service) == before
        assert set(keyring.values) <= {"device"}
        assert player.farewells.waiting() == ()
        with pytest.raises(SignedOut):
            player.connection.client().account()
    assert shown_in(tmp_path, ended.access, ended.refresh) == []


def test_signing_in_anew_ends_the_sign_in_before(new_player: NewPlayer) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    first = sign_in_of(player)
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.desk.say_farewell()
    assert first.opens(player) == []
    assert player.connection.client().account().email == EMAIL


def test_a_passing_device_gives_its_place_back_and_a_lasting_one_keeps_its_own(
    tmp_path: Path, new_player: NewPlayer, service: RunningService
) -> None:
    watching = new_player("watching")
    watching.desk.sign_in(EMAIL, PASSWORD, None)

    def devices() -> set[str]:
        client = watching.connection.client()
        access = client.tokens.access()
        reply = watching.transport.send(
            "GET",
            f"{client.service.api}/devices",
            headers={"Authorization": f"Bearer {access}"},
        )
        return {each["id"] for each in json.loads(reply.body)["devices"]}

    for keyring, stays in (
        (MemoryKeyring(KeyringMissing("none")), False),
        (MemoryKeyring(), True),
    ):
        with player_over(tmp_path / f"{stays}", service.address, keyring) as player:
            player.desk.sign_in(EMAIL, PASSWORD, None)
            device = player.desk.device()
            assert device.passing is not stays
            assert device.id in devices()
            player.desk.sign_out()
            player.desk.say_farewell()
            assert (device.id in devices()) is stays


def test_what_was_the_accounts_goes_and_what_it_wrote_waits_for_it_alone(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    films = [card.film.id for card in player.browse.home().rows[-1].cards]
    player.connection.client().put_on_watchlist(films[0])
    player.browse.refresh()
    player.comments.keep_draft(films[1], "Half a thought")
    hooks.fail_next(f"/v1/films/{films[2]}/comments", 503)
    with pytest.raises(VeriteError):
        player.comments.post(films[2], "Written on a train.")
    player.positions.keep(films[3], 60_000)
    kept = player.connection.kept

    def seen() -> tuple[object, ...]:
        return (
            kept.get("watchlist", tuple[str, ...]) or (),
            player.comments.draft(films[1]),
            [each.text for each in player.comments.page(films[2]).waiting],
            player.positions.of(films[3]) is not None,
        )

    assert seen() == ((films[0],), "Half a thought", ["Written on a train."], True)
    for _ in range(2):
        player.desk.sign_out()
        assert seen() == ((), "", [], False)
    player.comments.keep_draft(films[4], "Nobody's yet")

    new_account(player, hooks, "another_one")
    player.browse.refresh()
    assert seen() == ((), "", [], False)
    assert player.comments.draft(films[4]) == "Nobody's yet"
    assert player.comments.post_waiting() == 0
    player.desk.sign_out()

    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    assert seen() == ((films[0],), "Half a thought", ["Written on a train."], True)
    assert player.comments.draft(films[4]) == ""
    player.connection.client().take_off_watchlist(films[0])


def test_a_reply_that_comes_after_the_sign_out_is_not_kept(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    hooks.delay_next("/v1/rights", 0.5)
    caught: list[Exception] = []

    def refresh() -> None:
        try:
            player.connection.refresh_rights()
        except SignedOut as error:
            caught.append(error)

    arrived = hooks.arrived.count("/v1/rights")
    asking = threading.Thread(target=refresh, name="asking")
    asking.start()
    until(lambda: hooks.arrived.count("/v1/rights") > arrived, "the question to arrive")
    player.desk.sign_out()
    asking.join(10)
    assert caught
    assert player.connection.rights().rentals == ()
    assert player.connection.kept.get("rights", dict) is None


@pytest.mark.promise(13)
@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "in another process"])
def test_a_renewal_under_way_does_not_bring_the_sign_in_back(
    tmp_path: Path,
    service: RunningService,
    hooks: TestHooks,
    elsewhere: bool,  # noqa: FBT001
) -> None:
    before, keyring = alive(service), FileKeyring(tmp_path / "keyring")
    with (
        player_over(tmp_path / "p", service.address, keyring) as player,
        player_over(tmp_path / "p", service.address, keyring) as other,
    ):
        player.desk.sign_in(EMAIL, PASSWORD, None)
        renewing = other if elsewhere else player
        renewing.connection.account = player.connection.account
        renewing.clock.ahead_s = 700
        outcome: list[Exception] = []

        def renew() -> None:
            try:
                renewing.connection.client().account()
            except SignedOut as error:
                outcome.append(error)

        arrived = hooks.arrived.count(TOKEN)
        hooks.delay_next(TOKEN, 1.0)
        asking = threading.Thread(target=renew, name="renewing")
        asking.start()
        until(lambda: hooks.arrived.count(TOKEN) > arrived, "the renewal to be asked for")
        begun = time.monotonic()
        player.desk.sign_out()
        took_s = time.monotonic() - begun
        asking.join(10)
        assert took_s < 0.7
        assert outcome
        player.desk.say_farewell()

        assert keyring.get("sign-in") is None
        assert alive(service) == before
        for each in (player, other):
            with pytest.raises(SignedOut):
                each.connection.client().account()


def test_signing_out_while_signing_in_leaves_nobody_signed_in(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player, outcome = new_player(), list[Exception]()

    def sign_in() -> None:
        try:
            player.desk.sign_in(EMAIL, PASSWORD, None)
        except SignedOut as error:
            outcome.append(error)

    arrived = hooks.arrived.count("/v1/account")
    hooks.delay_next("/v1/account", 0.5)
    signing_in = threading.Thread(target=sign_in, name="signing-in")
    signing_in.start()
    until(lambda: hooks.arrived.count("/v1/account") > arrived, "the account to be asked for")
    player.desk.sign_out()
    signing_in.join(10)
    assert outcome
    assert player.desk.who() is None
    assert player.secrets.get("sign-in") is None


@pytest.mark.promise(13)
def test_a_sign_out_offline_is_at_once_and_reaches_the_service_after_a_restart(
    tmp_path: Path, hooks: TestHooks
) -> None:
    settings = Settings(
        origin="",
        folder=tmp_path / "service",
        resources=resource("demo"),
        argon2_time_cost=1,
        argon2_memory_kib=1024,
    )
    settings.folder.mkdir()
    keyring = FileKeyring(tmp_path / "keyring")
    with (
        running(settings, hooks=hooks) as service,
        player_over(tmp_path / "p", service.address, keyring) as player,
    ):
        address, port = service.address, int(service.address.rpartition(":")[2])
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended = sign_in_of(player)
    with player_over(tmp_path / "p", address, keyring) as player:
        begun = time.monotonic()
        player.desk.sign_out()
        assert time.monotonic() - begun < 1
        assert player.desk.who() is None
        player.desk.say_farewell()
        assert len(player.farewells.waiting()) == 1
        assert shown_in(tmp_path / "p", ended.access, ended.refresh) == []
    with (
        running(settings, hooks=hooks, bound=loopback_socket(port)) as service,
        player_over(tmp_path / "p", address, keyring) as player,
    ):
        assert alive(service) == (1, 1)
        hooks.fail_next(REVOKE, 503)
        player.desk.say_farewell()
        assert len(player.farewells.waiting()) == 1
        player.desk.say_farewell()
        assert player.farewells.waiting() == ()
        assert ended.opens(player) == []
        assert alive(service) == (0, 0)
        assert [name for name in ("sign-in", "farewell-0") if keyring.get(name)] == []


def test_two_sign_outs_offline_are_both_told(new_player: NewPlayer, hooks: TestHooks) -> None:
    player, ended = new_player(), list[SignIn]()
    hooks.fail_next(REVOKE, 503, times=2)
    for _ in range(2):
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended.append(sign_in_of(player))
        player.desk.sign_out()
        player.desk.say_farewell()
    assert len(player.farewells.waiting()) == 2
    player.desk.say_farewell()
    assert [each.opens(player) for each in ended] == [[], []]


def test_a_store_that_fails_at_the_sign_out_is_told_and_cleared_at_a_later_start(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        ended = sign_in_of(player)
        keyring.failing = KeyringSilent("hung")
        assert isinstance(player.desk.sign_out(), KeyringSilent)
        assert player.desk.who() is None
        player.desk.say_farewell()
        assert ended.opens(player) == []
    assert "sign-in" in keyring.values
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
    keyring.failing = None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert "sign-in" not in keyring.values
        player.desk.say_farewell()
        assert player.farewells.waiting() == ()


def test_a_store_that_fails_at_a_start_ends_no_sign_in(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        player.comments.keep_draft("film-01", "Half a thought")
    keyring.failing = KeyringSilent("hung")
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert player.desk.is_resting()
        assert isinstance(player.desk.passing_reason(), KeyringSilent)
    keyring.failing = None
    with player_over(tmp_path / "p", service.address, keyring) as player:
        who = player.desk.who()
        assert who is not None
        assert player.connection.client().account() == who
        assert player.comments.draft("film-01") == "Half a thought"


def test_a_store_that_fails_in_the_middle_loses_no_sign_in(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        keyring.failing = KeyringSilent("hung")
        for turn in (1, 2):
            player.clock.ahead_s = turn * 700
            assert player.connection.client().account().email == EMAIL
        assert player.desk.passing()
