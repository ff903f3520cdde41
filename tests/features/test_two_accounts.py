"""Two viewers, one after the other: what is one's is never said or shown as the other's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from player_app.core.account import Account
from player_app.core.errors import ServiceFailing, VeriteError
from player_app.core.sign_in_errors import SignedOut
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.fakes.keyring import MemoryKeyring
from tests.features.conftest import NewPlayer
from tests.features.player import Player, refusing
from tests.features.sign_ins import alive, in_thread, player_over, sign_in_of, signed_in, under_way
from tests.features.test_main_job import account as new_account
from tests.plugins.logs import Expect

ANOTHER = ("another_one@example.org", "a quiet evening")
WRITTEN = ("Written on a train.", "And on the way back.")


@pytest.fixture(scope="module", autouse=True)
def another(
    service: RunningService, hooks: TestHooks, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("another")
    with player_over(folder / "p", service.address, MemoryKeyring()) as player:
        new_account(player, hooks, "another_one")
        player.desk.sign_out()
        player.desk.say_farewell()


@contextmanager
def writing(folder: Path, service: RunningService, keyring: MemoryKeyring) -> Iterator[Player]:
    """The demo's viewer, whose comments wait."""
    with player_over(folder, service.address, keyring) as player:
        player.browse.refresh()
        for text in WRITTEN:
            with pytest.raises(SignedOut):
                player.comments.post(film_of(player), text)
        player.desk.sign_in(EMAIL, PASSWORD, None)
        yield player


def film_of(player: Player) -> str:
    return player.browse.home().rows[-1].cards[0].film.id


def of_whom(player: Player, *texts: str) -> list[tuple[str, str]]:
    page = player.comments.page(film_of(player))
    return sorted((each.text, each.display_name) for each in page.comments if each.text in texts)


def test_a_sign_in_whose_account_can_not_be_asked_for_leaves_the_one_before(
    tmp_path: Path, service: RunningService, hooks: TestHooks
) -> None:
    keyring, before = MemoryKeyring(), alive(service)
    with writing(tmp_path / "p", service, keyring) as player:
        hooks.fail_next("/v1/account", 503)
        with pytest.raises(ServiceFailing):
            player.desk.sign_in(*ANOTHER, None)
        who = player.desk.who()
        assert who is not None
        assert (who.email, player.connection.client().account().email) == (EMAIL, EMAIL)
        player.desk.say_farewell()
        assert alive(service) == (before[0] + 1, before[1] + 1)
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() == who
        assert player.connection.client().account() == who
        assert player.comments.post_waiting() == 2
        assert of_whom(player, *WRITTEN) == sorted((text, who.display_name) for text in WRITTEN)
        for comment in player.comments.page(film_of(player)).comments:
            if comment.text in WRITTEN:
                player.comments.remove(comment.id)


def test_a_sign_in_whose_rights_can_not_be_had_yet_is_one(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    player = new_player()
    hooks.fail_next("/v1/rights", 503)
    assert player.desk.sign_in(*ANOTHER, None) == player.desk.who()
    player.browse.refresh()
    assert player.connection.rights().server_time


class Killed(BaseException):
    """In place of a process that ends there."""


class DyingKeyring(MemoryKeyring):
    """Ends the process with the next sign-in it has kept."""

    dies = False

    def put(self, name: str, value: str) -> None:
        super().put(name, value)
        if name == "sign-in" and self.dies:
            self.dies = False
            raise Killed


def test_a_player_that_is_killed_while_another_signs_in_shows_neither(
    tmp_path: Path, service: RunningService
) -> None:
    keyring, before = DyingKeyring(), alive(service)
    with writing(tmp_path / "p", service, keyring) as player:
        keyring.dies = True
        with pytest.raises(Killed):
            player.desk.sign_in(*ANOTHER, None)
    assert "sign-in" in keyring.values
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        assert "sign-in" not in keyring.values
        assert player.comments.post_waiting() == 0
        player.desk.say_farewell()
        assert alive(service) == before


def test_comments_stop_when_another_viewer_comes_while_they_are_posted(
    tmp_path: Path, service: RunningService, hooks: TestHooks
) -> None:
    with writing(tmp_path / "p", service, MemoryKeyring()) as player:
        path = f"/v1/films/{film_of(player)}/comments"
        with under_way(hooks, path, player.comments.post_waiting) as posted:
            player.desk.sign_in(*ANOTHER, None)
        assert posted == [1]
        assert player.comments.post_waiting() == 0
        assert len(of_whom(player, *WRITTEN)) == 1

        player.desk.sign_in(EMAIL, PASSWORD, None)
        player.comments.post_waiting()
        assert [text for text, _ in of_whom(player, *WRITTEN)] == sorted(WRITTEN)
        assert len({author for _, author in of_whom(player, *WRITTEN)}) == 1


def test_a_comment_is_never_posted_with_the_sign_in_of_another(
    tmp_path: Path, service: RunningService
) -> None:
    with writing(tmp_path / "p", service, MemoryKeyring()) as player:
        waiting, whose = player.comments.page(film_of(player)).waiting[0], player.desk.who()
        assert whose is not None
        player.desk.sign_in(*ANOTHER, None)
        with pytest.raises(SignedOut):
            player.connection.client().post_comment(waiting, whose.id)


def test_the_last_one_s_store_of_secrets_never_speaks_for_who_came_while_it_failed(
    tmp_path: Path, service: RunningService
) -> None:
    keyring = MemoryKeyring()
    with signed_in(tmp_path / "p", service.address, keyring) as player:
        ended = sign_in_of(player)
    lasting, keyring.values = keyring.values, {}
    with player_over(tmp_path / "p", service.address, keyring) as player:
        player.desk.sign_in(*ANOTHER, None)
    keyring.values = lasting
    with player_over(tmp_path / "p", service.address, keyring) as player:
        assert player.desk.who() is None
        with pytest.raises(SignedOut):
            player.connection.client().account()
        player.desk.say_farewell()
        assert ended.opens(player) == []


def test_a_place_that_could_not_be_kept_is_not_the_next_viewer_s(
    new_player: NewPlayer, expect_log: Expect
) -> None:
    expect_log("a place in a film is not kept")
    player = new_player()
    for email, password in ((EMAIL, PASSWORD), ANOTHER):
        player.desk.sign_in(email, password, None)
        assert player.positions.of("film-01") is None
        with refusing(player):
            player.positions.keep("film-01", 60_000)
        assert player.positions.of("film-01") is not None
    player.desk.sign_out()
    assert player.positions.of("film-01") is None
    player.desk.sign_in(EMAIL, PASSWORD, None)
    assert player.positions.of("film-01") is not None


def test_a_place_that_can_not_even_be_kept_at_the_sign_out_is_nobody_s(
    new_player: NewPlayer, expect_log: Expect
) -> None:
    expect_log("a place in a film is not kept")
    player = new_player()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    with refusing(player):
        player.positions.keep("film-01", 60_000)
    with ExitStack() as until_it_is_lost:
        refused = refusing(player)
        player.connection.at_sign_out(lambda: until_it_is_lost.enter_context(refused))
        player.positions.listen(lambda why_not: None if why_not else until_it_is_lost.close())
        player.desk.sign_out()
    player.desk.sign_in(*ANOTHER, None)
    assert player.positions.of("film-01") is None
    player.positions.keep("film-02", 1_000)
    assert player.positions.of("film-01") is None


def test_what_ends_with_a_sign_out_may_wait_for_who_has_something_to_keep(
    new_player: NewPlayer,
) -> None:
    player, ended, kept = new_player(), list[bool](), list[Exception]()

    def keep(whose: Account) -> None:
        try:
            player.connection.keep_own("watchlist", ("film-01",), whose)
        except VeriteError as error:
            kept.append(error)

    whose = player.desk.sign_in(EMAIL, PASSWORD, None)

    def leave() -> None:
        keeping = in_thread(lambda: keep(whose))
        keeping.join(5)
        ended.append(not keeping.is_alive())

    player.connection.at_sign_out(leave)
    player.desk.sign_out()
    assert ended == [True]
    assert [type(each) for each in kept] == [SignedOut]
    assert player.connection.kept.get("watchlist", tuple[str, ...]) is None


def test_who_was_asked_for_before_a_sign_in_changes_nothing_of_it(
    new_player: NewPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store of secrets may be long in answering; what it said is old by then."""
    player = new_player()
    asked = player.secrets.get

    def slowly(name: str) -> str | None:
        answer = asked(name)
        monkeypatch.setattr(player.secrets, "get", asked)
        player.desk.sign_in(EMAIL, PASSWORD, None)
        return answer

    monkeypatch.setattr(player.secrets, "get", slowly)
    who = player.desk.who()
    assert who is not None
    assert who == player.connection.account
