"""What the film page says of a checkout: how it ended, whose it was, and what is still open."""

from __future__ import annotations

from player_app.core.checkout import CheckoutState
from player_app.core.refusals import AlreadyHeld, NotFound
from player_app.ui.tasks import Done, Failed
from player_app.ui.viewmodels.checkout import CheckoutViewModel
from tests.ui import samples
from tests.ui.stage import Answers, Stage, ended
from tests.ui.test_film_page import FILM, at_film


def bought(stage: Stage) -> CheckoutViewModel:
    stage.film.act()
    assert stage.checkout.phase == "waiting"
    checkout: CheckoutViewModel = stage.checkout
    return checkout


def test_what_was_bought_on_another_device_is_said_with_its_reason() -> None:
    stage, told = at_film(), list[None]()
    checkout = bought(stage)
    checkout.ended.connect(lambda: told.append(None))
    assert checkout.pending is not None
    _, then = stage.wait.works[-1]
    reason = "You have rented this film already."
    then(Done(ended(checkout.pending, CheckoutState.CANCELLED, reason)))
    assert checkout.property("text") == f"{reason} Nothing was taken."
    assert told


def test_what_one_has_already_is_not_begun_and_the_rights_are_asked_for() -> None:
    held = AlreadyHeld(409, "already-held", "You have rented this film already.")
    stage, asked = at_film(Answers(begin_error=held)), list[None]()
    stage.checkout.refused.connect(lambda: asked.append(None))
    stage.film.act()
    assert stage.checkout.phase == "over"
    assert stage.checkout.text == "You have rented this film already. Nothing was taken."
    assert asked


def test_a_late_word_on_an_earlier_checkout_does_not_end_the_present_one() -> None:
    stage = at_film()
    checkout = bought(stage)
    _, late = stage.wait.works[-1]
    assert checkout.pending is not None
    earlier = ended(checkout.pending, CheckoutState.CANCELLED)
    late(Done(earlier))
    assert bought(stage).pending is not None
    late(Done(earlier))
    assert checkout.property("phase") == "waiting"
    assert checkout.pending is not None


def test_a_checkout_that_the_service_does_not_know_is_not_waited_for() -> None:
    stage = at_film()
    checkout = bought(stage)
    _, then = stage.wait.works[-1]
    then(Failed(NotFound(404, "not-found")))
    assert checkout.property("phase") == "over"
    assert checkout.pending is None


def test_who_signs_out_leaves_no_checkout_on_the_screen() -> None:
    stage = at_film()
    checkout = bought(stage)
    checkout.rest()
    assert checkout.property("phase") == "idle"
    assert checkout.pending is None
    assert stage.film.filmId == FILM.film_id
    assert samples.ACCOUNT is stage.viewer.account
