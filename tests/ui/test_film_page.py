"""The film page: the one right action, buying, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player_app.core.checkout import CheckoutState
from player_app.core.errors import Unreachable
from player_app.core.rental import ClockDoubt
from player_app.core.rights import Right
from player_app.ui.navigation import Place
from player_app.ui.tasks import Done, Failed
from player_app.ui.viewmodels.film_face import purchase
from tests.ui import samples
from tests.ui.stage import NOW, Answers, Stage, ended

FILM = Place("film", "film-02")


def at_film(answers: Answers | None = None, *, signed_in: bool = True) -> Stage:
    stage = Stage(answers)
    if signed_in:
        stage.viewer.is_now(samples.ACCOUNT)
    stage.navigation.go(FILM)
    return stage


def end(stage: Stage, state: CheckoutState, reason: str | None = None) -> None:
    assert stage.checkout.pending is not None
    _, then = stage.wait.works[-1]
    then(Done(ended(stage.checkout.pending, state, reason)))


def test_a_film_without_a_right_is_for_rent() -> None:
    stage = at_film()

    assert stage.film.actionLabel == "Rent £1"
    assert "48 h to finish" in stage.film.purchaseLines
    assert stage.film.subscribeLabel == "Subscribe · £7.99 a month"


def test_a_started_film_resumes_where_it_was_left() -> None:
    stage = at_film(Answers(right=samples.started(NOW), position_ms=30_000))

    assert stage.film.actionLabel == "Resume at 0:30"
    assert stage.film.standing.startswith("41 h left")

    stage.film.act()

    assert stage.navigation.here == Place("player", FILM.film_id)


@pytest.mark.parametrize("right", [samples.started(NOW), samples.SUBSCRIBED])
def test_by_a_clock_that_is_not_believed_the_service_is_asked_by_playing(right: Right) -> None:
    stage = at_film(Answers(right=replace(right, standing=ClockDoubt("used-up"))))

    assert stage.film.actionLabel == "Play"
    assert stage.film.standing == "This computer's clock looks wrong; connect once to check it"


def test_a_film_without_streams_has_nothing_to_buy_and_says_from_when() -> None:
    stage = at_film()
    stage.navigation.go(Place("film", "film-07"))

    assert stage.film.actionLabel == ""
    assert stage.film.subscribeLabel == ""
    assert "4 February 2027" in stage.film.purchaseLines


def test_renting_waits_for_the_browser_and_then_says_play() -> None:
    stage = at_film()
    fronts: list[None] = []
    stage.shell.frontWanted.connect(lambda: fronts.append(None))

    stage.film.act()
    assert stage.checkout.phase == "waiting"

    end(stage, CheckoutState.PAID)
    assert stage.checkout.phase == "idle"
    assert stage.film.actionLabel == "Play"
    assert fronts


def test_renting_signed_out_signs_in_first_and_goes_on_by_itself() -> None:
    stage = at_film(signed_in=False)

    stage.film.act()
    assert stage.navigation.here.screen == "sign-in"

    stage.sign_in.signIn("rosa@example.org", "correct horse", "")
    assert stage.navigation.here == FILM
    assert stage.checkout.phase == "waiting"


def test_turning_away_from_the_sign_in_buys_nothing_later() -> None:
    stage = at_film(signed_in=False)
    stage.film.act()
    stage.navigation.go(Place("home"))

    stage.viewer.is_now(samples.ACCOUNT)

    assert stage.checkout.phase == "idle"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (CheckoutState.DECLINED, "Your bank declined it. Nothing was taken."),
        (CheckoutState.CANCELLED, "The payment was cancelled, and nothing was taken."),
        (CheckoutState.EXPIRED, "The payment page ran out of time, and nothing was taken."),
    ],
)
def test_a_checkout_that_came_to_nothing_says_so_and_can_be_tried_again(
    state: CheckoutState, said: str
) -> None:
    stage = at_film()
    stage.film.act()

    end(stage, state, "Your bank declined it." if state is CheckoutState.DECLINED else None)
    assert (stage.checkout.phase, stage.checkout.text) == ("over", said)

    stage.film.act()
    assert stage.checkout.phase == "waiting"


def test_a_pending_checkout_can_be_opened_again_copied_and_cancelled() -> None:
    stage = at_film()
    stage.film.act()

    stage.checkout.openAgain()
    stage.checkout.copyLink()
    assert stage.answers.opened == ["chk-1"]
    assert stage.answers.copied == ["https://films.example.org/c"]

    stage.checkout.cancel()
    assert stage.answers.cancelled == ["chk-1"]
    assert stage.checkout.text == "The payment was cancelled, and nothing was taken."


def test_a_checkout_is_not_shown_on_another_film() -> None:
    stage = at_film()
    stage.film.act()

    stage.navigation.go(Place("film", "film-03"))

    assert stage.checkout.phase == "idle"


def test_losing_the_line_while_waiting_keeps_the_way_to_pay() -> None:
    stage = at_film()
    stage.film.act()
    _, then = stage.wait.works[-1]

    then(Failed(Unreachable("films.example.org", "offline")))

    assert stage.checkout.phase == "waiting"
    assert stage.checkout.canOpen


def test_renting_offline_says_why_it_did_not_begin() -> None:
    stage = at_film(Answers(begin_error=Unreachable("films.example.org", "offline")))

    stage.film.act()

    assert stage.checkout.text == "This computer seems to have no internet connection."


def test_a_comment_is_written_first_and_posted_after_the_sign_in() -> None:
    stage = at_film(signed_in=False)
    stage.comments.write("I counted the sheets.")

    stage.comments.post()
    assert stage.navigation.here.screen == "sign-in"
    assert stage.answers.drafts == ["I counted the sheets."]

    stage.sign_in.signIn("rosa@example.org", "correct horse", "")
    assert stage.answers.posted == ["I counted the sheets."]
    assert stage.comments.draft == ""
    assert stage.comments.rows.rows[0].text == "I counted the sheets."


def test_comments_that_cannot_be_had_say_so() -> None:
    stage = at_film(Answers(comments_error=Unreachable("films.example.org", "offline")))

    assert stage.comments.phase == "failed"
    assert stage.comments.said


def test_a_film_that_could_not_be_read_is_read_again() -> None:
    stage = at_film(Answers(film_error=Unreachable("films.example.org", "timed-out")))
    assert stage.film.phase == "failed"
    assert "took too long" in stage.film.failure.text
    stage.answers.film_error = None

    stage.film.failure.act()

    assert stage.film.phase == "ready"


def test_a_film_that_is_not_shown_any_more_has_nothing_to_buy_and_says_why() -> None:
    facts = samples.FilmFacts(samples.films()[1], samples.NO_RIGHT, None, (), None, listed=False)
    shown = purchase(facts, NOW, signed_in=True, needs_contact=False)  # type: ignore[arg-type]

    assert (shown.heading, shown.action, shown.way_on) == ("No longer shown", "", "films")
