"""The stages of the offline self-test: what a viewer does from a start of the player to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys import main_job, offline_job
from tests.journeys.hooked_service import Hooks
from tests.journeys.steps import Steps
from tests.journeys.visit import Visit

RENTED, RENTED_ID = "Picture Start", "film-01"
SUBSCRIBED, SUBSCRIBED_ID = "Starling Arithmetic", "film-04"
ONE_PLAYS, NONE_PLAYS = "1 film is ready to watch", "Showing what is kept on this computer"


@dataclass(frozen=True)
class Stage:
    """`visit` is the player; `service` is None where it is out of reach, `address` its own."""

    visit: Visit
    who: str
    address: str
    service: Hooks | None
    steps: Steps


def rent(stage: Stage) -> None:
    visit, steps = stage.visit, stage.steps
    _register(stage)
    main_job.open_film(visit, RENTED, steps)
    main_job.rent(visit, steps)
    offline_job.take_offline(visit, steps)
    main_job.play(visit, steps, marked=True)
    main_job.leave(visit, steps)
    offline_job.see_place(visit, steps)
    main_job.see_the_clock(visit, steps)


def subscribe(stage: Stage) -> None:
    visit, steps = stage.visit, stage.steps
    _register(stage)
    main_job.open_film(visit, SUBSCRIBED, steps)
    main_job.subscribe(visit, steps)
    offline_job.take_offline(visit, steps)


def travel(stage: Stage) -> None:
    visit, steps = stage.visit, stage.steps
    _be_home_without_network(stage, ONE_PLAYS)
    main_job.open_film(visit, RENTED, steps)
    offline_job.resume(visit, steps)
    main_job.seek(visit, 0.5, steps)
    main_job.leave(visit, steps)
    offline_job.check_travel(visit, RENTED_ID, steps)


def expired(stage: Stage) -> None:
    _be_home_without_network(stage, NONE_PLAYS)
    main_job.open_film(stage.visit, RENTED, stage.steps)
    offline_job.see_over(stage.visit, RENTED_ID, "The time is over", stage.steps)
    offline_job.see_shelf(stage.visit, "Rental ended", stage.steps)


def lapsed(stage: Stage) -> None:
    _be_home_without_network(stage, NONE_PLAYS)
    main_job.open_film(stage.visit, SUBSCRIBED, stage.steps)
    why_not = "One contact with the service is needed"
    offline_job.see_over(stage.visit, SUBSCRIBED_ID, why_not, stage.steps)
    offline_job.see_shelf(stage.visit, "Its licence needs one connection", stage.steps)


def rent_again(stage: Stage) -> None:
    visit, steps = stage.visit, stage.steps
    offline_job.be_home(visit, stage.who, steps)
    main_job.open_film(visit, RENTED, steps)
    main_job.rent(visit, steps)
    offline_job.see_ready(visit, steps)


def renew(stage: Stage) -> None:
    visit, steps = stage.visit, stage.steps
    offline_job.be_home(visit, stage.who, steps)
    offline_job.see_shelf(visit, "Ready offline", steps)
    main_job.open_film(visit, SUBSCRIBED, steps)
    visit.screen.until(lambda: main_job.may_play(visit), "the film's page to say Play")
    steps.done(f"the film's page says “{visit.screen.text('filmAction')}”")


def watch_again(stage: Stage) -> None:
    """On today's clock, since libVLC plays nothing on a faked one: one that was turned back.

    Such a clock leaves six hours of playing without a contact.
    """
    _be_home_without_network(stage, ONE_PLAYS)
    main_job.open_film(stage.visit, RENTED, stage.steps)
    main_job.play(stage.visit, stage.steps, marked=True)
    main_job.leave(stage.visit, stage.steps)


STAGES: dict[str, Callable[[Stage], None]] = {
    "rent": rent,
    "subscribe": subscribe,
    "travel": travel,
    "expired": expired,
    "lapsed": lapsed,
    "rent-again": rent_again,
    "renew": renew,
    "watch-again": watch_again,
}


def _register(stage: Stage) -> None:
    screen = stage.visit.screen
    if stage.service is None:
        raise AssertionError("nobody registers without a service")
    screen.until(lambda: screen.shows("posterCard"), "home with films", 30.0)
    main_job.register(stage.visit, stage.service, stage.who, stage.steps)


def _be_home_without_network(stage: Stage, bar: str) -> None:
    offline_job.see_no_network(stage.address, stage.steps)
    offline_job.be_home(stage.visit, stage.who, stage.steps, bar=bar)
