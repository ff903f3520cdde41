"""Signing in and registering: what is wrong stands beside its field, and what is typed stays."""

from __future__ import annotations

import pytest

from player_app.core.errors import NotOurService
from player_app.core.refusals import FormRejected
from player_app.core.sign_in_errors import CaptchaNeeded, WrongPassword
from player_app.ui.navigation import Place
from tests.ui import samples
from tests.ui.stage import Answers, Stage

pytestmark = pytest.mark.usefixtures("qapp")
GOOD = {
    "username": "rosa_l",
    "display_name": "Rosa L",
    "email": "rosa@example.org",
    "email_again": "rosa@example.org",
    "password": "ten and more letters",
    "captcha": "K7M4Q",
    "terms": "true",
}


def filled(answers: Answers | None = None, **changed: str) -> Stage:
    stage = Stage(answers)
    stage.navigation.go(Place("register"))
    for name, value in {**GOOD, **changed}.items():
        stage.registration.type(name, value)
    return stage


def wrong_of(stage: Stage) -> dict[str, str]:
    return {row.id: row.wrong for row in stage.registration.fields.rows if row.wrong}


def test_a_good_form_registers_and_signs_in() -> None:
    stage = filled()

    stage.registration.send()

    assert stage.answers.registered == [GOOD]
    assert stage.viewer.account == samples.ACCOUNT
    assert stage.navigation.here.screen == "home"


def test_each_wrong_field_says_so_beside_itself_and_focus_goes_to_the_first() -> None:
    stage = filled(username="rosa l!", email_again="rosa@example.com")
    firsts: list[int] = []
    stage.registration.firstWrong.connect(firsts.append)

    stage.registration.send()

    assert wrong_of(stage) == {
        "username": "Use letters, numbers and underscore only.",
        "email_again": "The two addresses differ.",
    }
    assert firsts == [0]
    assert stage.answers.registered == []


def test_what_was_typed_stays_and_a_mended_field_is_right_at_once() -> None:
    stage = filled(username="rosa l!")
    stage.registration.send()

    stage.registration.type("username", "rosa_l")

    assert wrong_of(stage) == {}
    assert stage.registration.typed("display_name") == "Rosa L"


def test_the_service_has_the_last_word_and_the_captcha_is_new() -> None:
    stage = filled(Answers(register_error=FormRejected({"username": "It is taken."})))

    stage.registration.send()

    assert wrong_of(stage) == {"username": "It is taken."}
    assert stage.registration.typed("captcha") == ""
    assert stage.registration.typed("email") == "rosa@example.org"


def test_a_password_is_forgotten_when_the_form_is_left() -> None:
    stage = filled()

    stage.navigation.go(Place("home"))

    assert stage.registration.typed("password") == ""
    assert stage.registration.typed("email") == "rosa@example.org"


def test_a_wrong_password_says_so_and_stays_at_the_form() -> None:
    stage = Stage(Answers(sign_in_error=WrongPassword()))
    stage.navigation.go(Place("sign-in"))
    stage.sign_in.inForm()

    stage.sign_in.signIn("rosa@example.org", "nope", "")

    assert "do not belong together" in stage.sign_in.wrong
    assert stage.sign_in.phase == "form"


def test_a_captcha_is_asked_for_when_the_service_wants_one() -> None:
    stage = Stage(Answers(sign_in_error=CaptchaNeeded()))
    stage.navigation.go(Place("sign-in"))
    stage.sign_in.inForm()

    stage.sign_in.signIn("rosa@example.org", "nope", "")

    assert stage.sign_in.captchaWanted
    assert stage.captcha.captchaId == "cap-1"


def test_the_browser_can_be_waited_for_copied_and_given_up() -> None:
    stage = Stage()
    stage.navigation.go(Place("sign-in"))
    stage.sign_in.inBrowser()
    work, then = stage.sign_in_wait.works[-1]
    del then
    work(None)

    stage.sign_in.copyLink()
    assert stage.answers.copied == ["https://films.example.org/oauth/authorize"]

    stage.sign_in.stopWaiting()
    assert stage.sign_in.phase == "choosing"


def test_a_service_is_shown_before_it_is_used() -> None:
    stage = Stage(service=None)

    stage.service.lookUp("films.example.org")
    assert (stage.service.name, stage.service.address) == (
        "Verité Demo",
        "https://films.example.org",
    )
    assert not stage.service.hasCurrent

    stage.service.choose()
    assert stage.service.currentName == "Verité Demo"


def test_an_address_without_a_service_says_so() -> None:
    wrong = NotOurService("https://example.org", "no discovery")
    stage = Stage(Answers(look_up_error=wrong), service=None)

    stage.service.lookUp("example.org")

    assert "not as a documentary service" in stage.service.wrong


def test_a_link_to_another_service_is_looked_at_and_not_followed() -> None:
    stage = Stage()

    stage.shell.follow("verite://other.example.net/films/the-brass-sea")

    assert stage.navigation.here.screen == "service"
    assert stage.asked_about == ["verite://other.example.net/films/the-brass-sea"]


def test_a_link_to_a_film_of_this_service_opens_it() -> None:
    stage = Stage()

    stage.shell.follow("verite://films.example.org/films/the-brass-sea")

    assert stage.navigation.here.screen == "film"
    assert stage.film.title == "The Brass Sea"


def test_a_setting_is_kept_and_stays_within_its_bounds() -> None:
    stage = Stage()

    stage.settings.scaleText(9.0)
    stage.settings.chooseTheme("light")
    stage.settings.chooseTheme("purple")

    assert stage.settings.textScale == 2.0
    assert stage.settings.theme == "light"
