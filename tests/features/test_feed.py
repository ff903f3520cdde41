"""The catalogue's feed: what did not change costs a tag, what never ends is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app.core.errors import BadReply
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import LoggedRequest, TestHooks
from player_app.service.wire.films import FilmsPage
from tests.features.conftest import NewPlayer
from tests.features.player import Player


def asked(hooks: TestHooks) -> list[LoggedRequest]:
    return [each for each in hooks.requests if each.path == "/v1/films"]


def test_an_unchanged_feed_is_answered_by_its_tag(player: Player, hooks: TestHooks) -> None:
    player.browse.refresh()
    player.browse.refresh()
    before = len(asked(hooks))
    assert not player.browse.refresh()
    latest = asked(hooks)[before:]
    assert [each.status for each in latest] == [304]
    assert "if-none-match" in latest[0].headers


def test_the_tag_outlives_a_restart_but_not_the_service(new_player: NewPlayer) -> None:
    player = new_player()
    player.browse.refresh()
    player.browse.refresh()
    again = new_player()
    assert again.connection.kept.get("films_etag", tuple[str, str]) is not None
    other = again.services.look_up(again.connection.client().service.address)
    again.connection.kept.put("service", other)
    assert not again.browse.refresh()


@pytest.mark.parametrize(
    "cursors", [["a", "a"], ["a", "b", "a"], ["", ""]], ids=["still", "in a circle", "empty"]
)
def test_a_feed_that_never_ends_is_refused(
    player: Player, monkeypatch: pytest.MonkeyPatch, cursors: list[str]
) -> None:
    feed: Iterator[str] = iter(cursors * 10)

    def films(cursor: str | None, etag: str = "") -> tuple[FilmsPage, str]:
        assert not etag or cursor
        return FilmsPage((), (), next(feed), more=True), ""

    monkeypatch.setattr(player.connection.client(), "films", films)
    with pytest.raises(BadReply):
        player.browse.refresh()


def test_posts_that_create_carry_a_key(player: Player, hooks: TestHooks) -> None:
    player.browse.refresh()
    player.desk.sign_in(EMAIL, PASSWORD, None)
    film = player.browse.home().rows[-1].cards[0].film
    player.desk.device()
    player.comments.post(film.id, "Seen it.")
    created = {
        each.path: each.headers.get("idempotency-key", "")
        for each in hooks.requests
        if each.method == "POST" and each.path.startswith("/v1/")
    }
    assert len(created) == 2
    assert all(created.values())
