"""Until when a film that plays may go on, in every state that a playback can be in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from player_app.core.errors import VeriteError
from player_app.core.high_water import DOUBT_ALLOWANCE_S, Doubt
from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.playback import Phase
from player_app.core.rental import (
    MidFilm,
    Rental,
    RentalState,
    SecondClock,
    Subscription,
)
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.core.storage_errors import DatabaseDamaged
from player_app.core.stream import SegmentList
from player_app.core.stream_errors import KeptLicenceUnusable, RentalOver
from player_app.features import going_on
from player_app.features.going_on import GoingOn
from player_app.features.rental_clock import RentalClock
from tests.core.borders import DAY, HOUR, LENGTH_S, MINUTE, TERMS
from tests.features.machine import NOON, Machine, a_machine
from tests.features.test_rental_clock import RIGHT, a_licence

ENDS = NOON + 2 * DAY
UNTIL = ENDS - HOUR + LENGTH_S + 30 * MINUTE
STATES = {
    "playing": Phase.PLAYING,
    "paused": Phase.PAUSED,
    "stalled": Phase.STALLED,
    "opened anew to seek": Phase.OPENING,
}
STOPS = replace(TERMS, mid_film=MidFilm.STOP)


@dataclass
class Showing:
    """A film that was opened, and what is known of its right meanwhile."""

    machine: Machine
    clock: RentalClock
    rights: Rights = NO_RIGHTS
    kept: Licence | VeriteError | None = None
    ended: list[str] = field(default_factory=list)

    def opened(self, licence: Licence) -> GoingOn:
        permit = Permit(licence, "", 0, SegmentList(LENGTH_S * 1000 - 1, (), (), None))
        return GoingOn(
            permit,
            self.clock,
            rights=self.known,
            kept=self.of_kept,
            ended=self.ended.append,
        )

    def known(self) -> Rights:
        return self.rights

    def of_kept(self, _film_id: str) -> Licence | None:
        if isinstance(self.kept, VeriteError):
            raise self.kept
        return self.kept

    def monotonic(self) -> float:
        """For `going_on`: it goes as the true time does."""
        return self.machine.true


@pytest.fixture
def showing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Showing]:
    with a_machine(tmp_path / "profile") as machine:
        machine.starts[RIGHT] = NOON
        clock = machine.started()
        clock.tick()
        made = Showing(machine, clock)
        monkeypatch.setattr(going_on, "time", made)
        yield made


def why(ending: VeriteError | None) -> str | None:
    assert ending is None or isinstance(ending, RentalOver)
    return None if ending is None else ending.why


@pytest.mark.promise(10)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("off_s", [-1, 0, 1])
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_rental_that_stops_ends_the_film_in_any_state(
    showing: Showing, state: str, off_s: int, purpose: Purpose
) -> None:
    showing.machine.true = ENDS - HOUR + 0.25
    film = showing.opened(a_licence(terms=STOPS, purpose=purpose))
    assert film.look(STATES[state]) is None

    showing.machine.true = ENDS + off_s + 0.25
    assert why(film.look(STATES[state])) == (None if off_s < 0 else "finished")


@pytest.mark.promise(10)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_a_rental_that_may_be_finished_ends_the_film_only_when_it_had_time_for_that(
    showing: Showing, state: str, off_s: int
) -> None:
    showing.machine.true = ENDS - HOUR + 0.25
    film = showing.opened(a_licence())
    film.look(Phase.PLAYING)
    for at in (ENDS - 1, ENDS, ENDS + 1, UNTIL - 2):
        showing.machine.true = at + 0.25
        assert film.look(STATES[state]) is None

    showing.machine.true = UNTIL + off_s + 0.25
    assert why(film.look(STATES[state])) == (None if off_s < 0 else "finished")


def test_a_film_that_has_ended_is_not_played_again_when_the_rental_is_over(
    showing: Showing,
) -> None:
    showing.machine.true = ENDS - HOUR + 0.25
    film = showing.opened(a_licence())
    film.look(Phase.PLAYING)
    showing.machine.true = ENDS + 60
    assert film.look(Phase.PLAYING) is None
    assert film.look(Phase.ENDED) is None

    assert why(film.look(Phase.OPENING)) == "finished"


def test_a_film_that_has_ended_is_played_again_while_the_rental_runs(showing: Showing) -> None:
    film = showing.opened(a_licence())
    showing.machine.true = ENDS - HOUR + 0.25
    film.look(Phase.ENDED)
    assert film.look(Phase.OPENING) is None
    showing.machine.true = UNTIL - 1
    assert film.look(Phase.PLAYING) is None


def test_a_film_made_ready_before_the_end_is_not_begun_after_it(showing: Showing) -> None:
    showing.machine.true = ENDS + 0.25
    film = showing.opened(a_licence())

    assert why(film.look(Phase.OPENING)) == "finished"


@pytest.mark.promise(10)
@pytest.mark.parametrize("state", [RentalState.REVOKED, RentalState.REFUNDED])
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_rental_that_is_taken_back_ends_the_film_with_its_word(
    showing: Showing, state: RentalState, purpose: Purpose
) -> None:
    film = showing.opened(a_licence(purpose=purpose))
    assert film.look(Phase.PLAYING) is None
    other = Rental("r", "film-1", "o", TERMS, NOON - 9, NOON, None, state)
    showing.rights = Rights((other,), None, NOON)
    showing.machine.true += 2
    assert film.look(Phase.PLAYING) is None

    showing.rights = Rights((replace(other, purchased_at=NOON),), None, NOON)
    showing.machine.true += 2
    assert why(film.look(Phase.PLAYING)) == state


@pytest.mark.promise(10)
@pytest.mark.parametrize("off_s", [-1, 0, 1])
def test_a_subscription_that_could_not_be_renewed_plays_on_until_it_must_be(
    showing: Showing, off_s: int
) -> None:
    renew_by = NOON + 7 * DAY
    licence = a_licence(
        subscription=True, terms=STOPS, expires_at=renew_by, not_after=NOON + 30 * DAY
    )
    showing.machine.true = renew_by - HOUR + 0.25
    film = showing.opened(licence)
    film.look(Phase.PLAYING)
    showing.kept = licence

    showing.machine.true = renew_by + off_s + 0.25
    assert why(film.look(Phase.PLAYING)) == (None if off_s < 0 else "renewal-needed")


def test_a_licence_that_is_renewed_while_its_film_plays_lets_it_go_on(showing: Showing) -> None:
    renew_by = NOON + 7 * DAY
    licence = a_licence(subscription=True, terms=STOPS, expires_at=renew_by)
    film = showing.opened(licence)
    film.look(Phase.PLAYING)
    showing.kept = replace(licence, id="lic-2", expires_at=renew_by + DAY)
    showing.machine.true = renew_by + 1
    assert film.look(Phase.PLAYING) is None

    showing.machine.true = renew_by + DAY + 1
    showing.kept = KeptLicenceUnusable("damaged")
    assert why(film.look(Phase.PLAYING)) == "renewal-needed"


def test_a_subscription_that_streams_is_over_when_the_service_has_said_so(
    showing: Showing,
) -> None:
    until = NOON + DAY
    licence = a_licence(subscription=True, terms=STOPS, purpose=Purpose.STREAM, not_after=until)
    bought = Subscription("s", active=True, since=NOON - DAY, until=until, terms=STOPS)
    showing.rights = Rights((), bought, NOON)
    film = showing.opened(licence)
    showing.machine.true = until + 60
    assert film.look(Phase.PLAYING) is None

    showing.rights = Rights((), replace(bought, until=until + 30 * DAY), until + 61)
    showing.machine.true = until + 70
    assert film.look(Phase.PLAYING) is None

    showing.rights = Rights((), None, until + 99)
    showing.machine.true = until + 100
    assert why(film.look(Phase.PLAYING)) == "subscription-ended"


def test_only_what_is_played_counts_in_doubt_and_no_sleep_does(showing: Showing) -> None:
    machine = showing.machine
    machine.ahead_s = -DAY
    film = showing.opened(a_licence())
    film.look(Phase.PLAYING)
    for _ in range(10):
        machine.true += 1
        assert film.look(Phase.PLAYING) is None
    machine.true += 3_600  # asleep
    film.look(Phase.PAUSED)
    machine.true += 3_600
    film.look(Phase.PAUSED)

    left_s = DOUBT_ALLOWANCE_S - 10 - int(going_on.LONGEST_LOOK_S)
    assert showing.clock.doubt() == Doubt(left_s)


@pytest.mark.promise(10)
def test_in_doubt_a_kept_film_ends_when_the_six_hours_are_used_up(showing: Showing) -> None:
    machine = showing.machine
    machine.ahead_s = -DAY
    film = showing.opened(a_licence())
    showing.clock.played(DOUBT_ALLOWANCE_S - 2)
    film.look(Phase.PLAYING)
    machine.true += 1
    assert film.look(Phase.PLAYING) is None
    machine.true += 1
    assert why(film.look(Phase.PLAYING)) == "clock-doubt"

    streamed = showing.opened(a_licence(purpose=Purpose.STREAM))
    assert streamed.look(Phase.PLAYING) is None
    showing.clock.contact(int(machine.true), 0.1)
    machine.true += 1
    assert film.look(Phase.PLAYING) is None


def kept_now(showing: Showing) -> int:
    """What a player that is killed now finds again."""
    showing.machine.ahead_s, before = -30 * DAY, showing.machine.ahead_s
    killed = showing.machine.started()
    killed.at_least(0)
    found = killed.now()
    showing.machine.ahead_s = before
    return found


def test_the_clock_is_kept_every_30_s_of_playing_at_a_pause_and_at_the_end(
    showing: Showing,
) -> None:
    machine = showing.machine
    film = showing.opened(a_licence())
    film.look(Phase.PLAYING)
    for _ in range(29):
        machine.true += 1
        film.look(Phase.PLAYING)
    assert kept_now(showing) == NOON
    machine.true += 1
    film.look(Phase.PLAYING)
    assert kept_now(showing) == NOON + 30
    machine.true += 5
    film.look(Phase.PAUSED)
    assert kept_now(showing) == NOON + 35
    machine.true += 100
    film.look(Phase.PAUSED)
    assert kept_now(showing) == NOON + 35
    film.end()
    assert kept_now(showing) == NOON + 135


def test_a_database_that_can_not_be_read_ends_no_film(showing: Showing) -> None:
    film = showing.opened(a_licence(terms=replace(STOPS, second_clock=SecondClock.DOWNLOAD)))
    film.look(Phase.PLAYING)

    def broken() -> Rights:
        raise DatabaseDamaged(None)

    film._rights = broken
    showing.machine.true = ENDS + 5
    assert film.look(Phase.PLAYING) is None
