"""Every screen in every state: a name, what the features answer, and the way there."""

from __future__ import annotations

from player_app.core.checkout import CheckoutState
from player_app.core.errors import NotOurService, ServiceFailing, Unreachable
from player_app.core.sign_in_errors import CaptchaNeeded, WrongPassword
from player_app.core.storage_errors import DatabaseDamaged
from player_app.ui.navigation import Place
from player_app.ui.tasks import Done
from tests.screenshots.offline_scenes import OFFLINE_SCENES
from tests.screenshots.player_scenes import PLAYER_SCENES
from tests.screenshots.scene import Scene, Way
from tests.ui import samples
from tests.ui.stage import NOW, Answers, Never, Stage, ended

OFFLINE = Unreachable("films.example.org", "offline")
DAMAGED = DatabaseDamaged("/profiles/rosa/verite.sqlite3.damaged-1766", "some")
LEADER = "film-02"
UNSEEN = "film-07"
ALL_THE_WAY = float("inf")
HALF_FILLED = {
    "username": "rosa l!",
    "display_name": "Rosa L",
    "email": "rosa@example.org",
    "email_again": "rosa@example.com",
}


def start(stage: Stage) -> None:
    stage.home.begin()
    stage.shell.start()


def at(place: Place) -> Way:
    def way(stage: Stage) -> None:
        start(stage)
        stage.navigation.go(place)

    return way


def signed_in(then: Way) -> Way:
    def way(stage: Stage) -> None:
        start(stage)
        stage.viewer.is_now(samples.ACCOUNT)
        then(stage)

    return way


def film(stage: Stage) -> None:
    start(stage)
    stage.navigation.go(Place("film", LEADER))


def renting(stage: Stage) -> None:
    stage.navigation.go(Place("film", LEADER))
    stage.film.act()


def over(state: CheckoutState, reason: str | None = None) -> Way:
    def way(stage: Stage) -> None:
        renting(stage)
        _, then = stage.wait.works[-1]
        pending = stage.checkout.pending
        assert pending is not None
        then(Done(ended(pending, state, reason)))

    return way


def searched(query: str) -> Way:
    def way(stage: Stage) -> None:
        start(stage)
        stage.navigation.go(Place("search"))
        stage.search.find(query)

    return way


def in_form(stage: Stage) -> None:
    start(stage)
    stage.navigation.go(Place("sign-in"))
    stage.sign_in.inForm()
    if stage.answers.sign_in_error is not None:
        stage.sign_in.signIn("rosa@example.org", "not the password", "")


def in_browser(stage: Stage) -> None:
    start(stage)
    stage.navigation.go(Place("sign-in"))
    stage.sign_in.inBrowser()


def half_filled(stage: Stage) -> None:
    start(stage)
    for name, value in HALF_FILLED.items():
        stage.registration.type(name, value)
    stage.navigation.go(Place("register"))
    stage.registration.send()


def look_up(stage: Stage) -> None:
    start(stage)
    stage.navigation.go(Place("service"))
    stage.service.lookUp("films.example.org")


def first_start(stage: Stage) -> None:
    stage.navigation.start_over(Place("service"))


def wrong_comment(stage: Stage) -> None:
    film(stage)
    stage.comments.post()


def rented() -> Answers:
    return Answers(right=samples.rented(NOW), comments=samples.COMMENTS)


def resumed() -> Answers:
    return Answers(right=samples.started(NOW), position_ms=760_000, comments=samples.COMMENTS)


def commented() -> Answers:
    return Answers(comments=samples.COMMENTS)


SCENES = (
    Scene("home", start, main=True),
    Scene("home-rows", start, scroll=520, variant=True),
    Scene("home-rented", signed_in(start), rented),
    Scene("home-loading", start, executor=Never),
    Scene("home-empty", start, lambda: Answers(empty=True)),
    Scene("home-empty-offline", start, lambda: Answers(empty=True, refresh_error=OFFLINE)),
    Scene("home-offline", start, lambda: Answers(refresh_error=OFFLINE), variant=True),
    Scene(
        "home-failed", start, lambda: Answers(home_error=ServiceFailing("films.example.org", 502))
    ),
    Scene("home-passing", signed_in(lambda _: None), lambda: Answers(passing=True)),
    Scene(
        "home-damaged-and-passing",
        signed_in(lambda _: None),
        lambda: Answers(damaged=DAMAGED, passing=True),
    ),
    Scene("film", film, commented, main=True),
    Scene("film-comments", film, commented, scroll=ALL_THE_WAY, variant=True),
    Scene("film-no-comments", film, scroll=ALL_THE_WAY),
    Scene(
        "film-comments-failed", film, lambda: Answers(comments_error=OFFLINE), scroll=ALL_THE_WAY
    ),
    Scene("film-comment-empty", wrong_comment, commented, scroll=ALL_THE_WAY),
    Scene("film-loading", at(Place("film", LEADER)), executor=Never),
    Scene("film-failed", film, lambda: Answers(film_error=OFFLINE)),
    Scene("film-rented", signed_in(film), rented),
    Scene("film-started", signed_in(film), resumed),
    Scene("film-subscribed", signed_in(film), lambda: Answers(right=samples.SUBSCRIBED)),
    Scene("film-not-yet", at(Place("film", UNSEEN)), variant=True),
    Scene("film-pending", signed_in(renting)),
    Scene(
        "film-declined",
        signed_in(over(CheckoutState.DECLINED, "Your bank declined the card.")),
    ),
    Scene("film-cancelled", signed_in(over(CheckoutState.CANCELLED)), variant=True),
    Scene("film-expired", signed_in(over(CheckoutState.EXPIRED)), variant=True),
    Scene("film-offline-renting", signed_in(renting), lambda: Answers(begin_error=OFFLINE)),
    Scene("search-all", at(Place("search"))),
    Scene("search-found", searched("paper"), main=True),
    Scene("search-nothing", searched("zeppelin raid on")),
    Scene("sign-in", at(Place("sign-in"))),
    Scene("sign-in-browser", in_browser),
    Scene("sign-in-form", in_form),
    Scene("sign-in-wrong", in_form, lambda: Answers(sign_in_error=WrongPassword())),
    Scene("sign-in-captcha", in_form, lambda: Answers(sign_in_error=CaptchaNeeded())),
    Scene("register", at(Place("register")), main=True),
    Scene("register-wrong", half_filled),
    Scene("register-end", half_filled, scroll=900, variant=True),
    Scene("register-loading", at(Place("register")), executor=Never),
    Scene("account", signed_in(lambda s: s.navigation.go(Place("account")))),
    Scene("service-first", first_start, service=None),
    Scene("service-damaged", first_start, lambda: Answers(damaged=DAMAGED), service=None),
    Scene("service-found", look_up),
    Scene(
        "service-wrong",
        look_up,
        lambda: Answers(look_up_error=NotOurService("https://films.example.org", "no discovery")),
    ),
    Scene("settings", at(Place("settings")), main=True),
    *OFFLINE_SCENES,
    *PLAYER_SCENES,
)
