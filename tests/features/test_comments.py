"""Comments: written first, posted once, kept while they can't be."""

from __future__ import annotations

import pytest

from player_app.core.errors import Unreachable, VeriteError
from player_app.core.refusals import FormRejected, NotFound, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.features.catching_up import CatchingUp
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from tests.features.conftest import NewPlayer
from tests.features.player import Player
from tests.plugins.logs import Expect

CUT = "uvicorn.error: Exception in ASGI application"


@pytest.fixture
def writer(player: Player) -> Player:
    player.browse.refresh()
    return player


def film_of(player: Player) -> str:
    return player.browse.home().rows[-1].cards[0].film.id


def texts(player: Player, film_id: str) -> list[str]:
    return [each.text for each in player.comments.page(film_id).comments]


def test_a_comment_written_signed_out_waits_and_is_posted_after_the_sign_in(
    writer: Player,
) -> None:
    film_id, text = film_of(writer), "Written before signing in."
    writer.comments.keep_draft(film_id, text)
    with pytest.raises(SignedOut):
        writer.comments.post(film_id, text, position_ms=12_000)
    assert writer.comments.draft(film_id) == text
    assert [each.text for each in writer.comments.page(film_id).waiting] == [text]

    writer.desk.sign_in(EMAIL, PASSWORD, None)
    assert writer.comments.post_waiting() == 1

    newest = writer.comments.page(film_id).comments[0]
    assert (newest.text, newest.position_ms, newest.mine) == (text, 12_000, True)
    assert writer.comments.page(film_id).waiting == ()
    assert writer.comments.draft(film_id) == ""
    assert writer.comments.post_waiting() == 0


def test_a_comment_whose_answer_got_lost_is_posted_once(
    writer: Player, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    writer.desk.sign_in(EMAIL, PASSWORD, None)
    film_id, text = film_of(writer), "Said once."
    hooks.cut_next(f"/v1/films/{film_id}/comments", bytes_sent=10)
    with pytest.raises(Unreachable):
        writer.comments.post(film_id, text)

    writer.comments.post(film_id, text)

    assert texts(writer, film_id).count(text) == 1
    assert writer.comments.post_waiting() == 0


def test_what_waits_outlives_a_restart_and_an_outage_in_its_order(
    new_player: NewPlayer, hooks: TestHooks
) -> None:
    first = new_player()
    first.browse.refresh()
    film_id = film_of(first)
    for text in ("One.", "Two.", "Three."):
        with pytest.raises(SignedOut):
            first.comments.post(film_id, text)

    again = new_player()
    again.desk.sign_in(EMAIL, PASSWORD, None)
    hooks.fail_next(f"/v1/films/{film_id}/comments", 503)
    with pytest.raises(VeriteError):
        again.comments.post_waiting()
    assert again.comments.post_waiting() == 3
    assert texts(again, film_id)[:3] == ["Three.", "Two.", "One."]


def test_what_waits_is_posted_when_the_service_is_asked_again(
    writer: Player, hooks: TestHooks
) -> None:
    film_id, text = film_of(writer), "Written on a train."
    writer.desk.sign_in(EMAIL, PASSWORD, None)
    hooks.fail_next(f"/v1/films/{film_id}/comments", 503, times=2)
    with pytest.raises(VeriteError):
        writer.comments.post(film_id, text)
    online = CatchingUp(writer.browse, writer.comments, writer.progress)

    online.catch_up()
    assert [each.text for each in writer.comments.page(film_id).waiting] == [text]

    online.catch_up()
    assert texts(writer, film_id)[0] == text
    assert writer.comments.page(film_id).waiting == ()


def test_a_refused_comment_goes_back_to_the_draft(writer: Player, hooks: TestHooks) -> None:
    film_id = film_of(writer)
    with pytest.raises(SignedOut):
        writer.comments.post(film_id, "Refused later.")
    writer.desk.sign_in(EMAIL, PASSWORD, None)
    hooks.fail_next(f"/v1/films/{film_id}/comments", 403)
    assert writer.comments.post_waiting() == 0
    assert writer.comments.draft(film_id) == "Refused later."
    assert writer.comments.page(film_id).waiting == ()


@pytest.mark.parametrize("text", ["", "x" * 4_001])
def test_a_comment_of_no_or_too_many_characters_is_not_sent(writer: Player, text: str) -> None:
    with pytest.raises(FormRejected):
        writer.comments.post(film_of(writer), text)


def test_own_comments_can_be_removed_and_others_reported(writer: Player) -> None:
    writer.desk.sign_in(EMAIL, PASSWORD, None)
    film_id = film_of(writer)
    mine = writer.comments.post(film_id, "To be removed.")
    writer.comments.remove(mine.id)
    assert "To be removed." not in texts(writer, film_id)
    with pytest.raises((NotFound, Refused)):
        writer.comments.remove(mine.id)


def test_another_service_finds_nothing_of_the_one_before(writer: Player) -> None:
    film_id = film_of(writer)
    writer.positions.keep(film_id, 5_000)
    writer.comments.keep_draft(film_id, "Half a thought")
    with pytest.raises(SignedOut):
        writer.comments.post(film_id, "Waits.")
    here = writer.services.current()
    assert here is not None
    elsewhere = writer.services.look_up(here.address.replace("127.0.0.1", "localhost"))
    writer.services.choose(elsewhere)
    assert writer.positions.of(film_id) is None
    assert writer.comments.draft(film_id) == ""
    assert writer.comments.post_waiting() == 0
    assert writer.browse.home().empty
