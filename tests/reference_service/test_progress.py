"""Progress at the service: one place of a film, however often and in whatever order it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player_app.reference_service import progress
from player_app.reference_service.accounts import moment
from player_app.reference_service.progress_tables import ProgressNumber, WatchSession
from tests.plugins.promises import Promise
from tests.reference_service.caller import Caller
from tests.reference_service.household import NOW, Household, problem

FILM = "film-01"


@dataclass(frozen=True)
class Said:
    position_ms: int = 60_000
    session: str = "w-1"
    sequence: int = 1
    finished: bool = False
    at: int | None = None
    after: int = 0
    film: str = FILM


def body(*said: Said) -> dict[str, Any]:
    return {
        "entries": [
            {
                "film": each.film,
                "position_ms": each.position_ms,
                "watch_session": each.session,
                "sequence": each.sequence,
                "finished": each.finished,
                "at": None if each.at is None else moment(each.at),
                "after": each.after,
            }
            for each in said
        ]
    }


def tell(household: Household, *said: Said) -> dict[str, Any]:
    reply = household.caller.post("/v1/progress", json=body(*said))
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def place(household: Household) -> tuple[int, bool, int]:
    """Position, whether finished, and the number."""
    (found,) = household.caller.get("/v1/progress").json()["entries"]
    return found["position_ms"], found["finished"], found["number"]


def test_a_place_is_told_and_read_with_its_number(household: Household) -> None:
    told = tell(household, Said(at=NOW - 5))
    (entry,) = told["entries"]
    assert entry["film"] == FILM
    assert (entry["position_ms"], entry["finished"]) == (60_000, False)
    assert (entry["at"], entry["updated_at"]) == (moment(NOW - 5), moment(NOW))
    read = household.caller.get("/v1/progress").json()
    assert read == {"entries": [entry], "cursor": str(entry["number"]), "more": False}


def test_a_post_that_is_repeated_changes_nothing(household: Household) -> None:
    said = (Said(), Said(90_000, sequence=2), Said(5_000, session="w-2", at=NOW + 500))
    first = tell(household, *said)
    household.hooks.go_ahead(60)
    assert tell(household, *said) == first
    assert tell(household, *reversed(said)) == first


@pytest.mark.promise(14)
def test_of_one_session_the_highest_sequence_counts_though_another_came_between(
    household: Household,
) -> None:
    tell(household, Said(60_000, sequence=7, at=NOW - 50))
    tell(household, Said(10_000, session="w-2", at=NOW - 40))
    tell(household, Said(50_000, sequence=6, at=NOW - 60), Said(1_000, sequence=7, at=NOW))
    assert place(household)[0] == 10_000
    tell(household, Said(70_000, sequence=8, at=NOW - 30))
    assert place(household)[0] == 70_000


@pytest.mark.promise(14)
def test_an_edit_older_than_what_it_did_not_know_of_is_history(household: Household) -> None:
    tell(household, Said(60_000, at=NOW - 100))
    known = place(household)
    tell(household, Said(10_000, session="w-2", at=NOW - 101))
    assert place(household) == known
    tell(household, Said(20_000, session="w-3", at=NOW - 99))
    assert place(household)[0] == 20_000


@pytest.mark.promise(14)
def test_who_knew_the_place_goes_on_from_it_whatever_the_clocks_say(household: Household) -> None:
    tell(household, Said(60_000, at=NOW - 10))
    number = place(household)[2]
    tell(household, Said(70_000, session="w-2", at=NOW - 5_000, after=number))
    assert place(household)[0] == 70_000
    tell(household, Said(30_000, session="w-3", at=NOW - 11, after=number - 1))
    assert place(household)[0] == 70_000


@pytest.mark.promise(14)
def test_finished_is_undone_by_who_watched_later_and_by_nobody_else(household: Household) -> None:
    tell(household, Said(61_000, session="w-2", finished=True, at=NOW - 100))
    finished = place(household)
    for older in (
        Said(30_000, session="w-1", at=NOW - 101),
        Said(30_000, session="w-3", at=NOW - 100),
        Said(30_000, session="w-2", sequence=0, at=NOW - 10),
    ):
        tell(household, older)
        assert place(household) == finished
    tell(household, Said(2_000, session="w-4", at=NOW - 500, after=finished[2]))
    assert place(household)[:2] == (2_000, False)


def test_an_entry_from_the_future_is_of_now(household: Household) -> None:
    tell(household, Said(60_000, at=NOW + 9_000))
    household.hooks.go_ahead(10)
    tell(household, Said(10_000, session="w-2", at=NOW + 5))
    assert place(household)[0] == 10_000
    assert household.caller.get("/v1/progress").json()["entries"][0]["at"] == moment(NOW + 5)


def test_places_are_read_in_pages_each_change_once(household: Household) -> None:
    for number in range(1, 6):
        tell(household, Said(film=f"film-0{number}"))
    tell(household, Said(sequence=2, film="film-02"))
    read, cursor, more = [], "", True
    while more:
        page = household.caller.get(f"/v1/progress?limit=2&cursor={cursor}").json()
        assert len(page["entries"]) <= 2
        read += [each["film"] for each in page["entries"]]
        cursor, more = page["cursor"], page["more"]
    assert read == ["film-01", "film-03", "film-04", "film-05", "film-02"]
    nothing = household.caller.get(f"/v1/progress?cursor={cursor}").json()
    assert nothing == {"entries": [], "cursor": cursor, "more": False}


def test_a_film_that_is_not_known_holds_up_no_other(household: Household) -> None:
    told = tell(household, Said(film="film-none"), Said(film="film-02"), Said(film="film-none"))
    assert told["unknown"] == ["film-none"]
    assert [each["film"] for each in told["entries"]] == ["film-02"]


def test_places_are_the_accounts_own(household: Household) -> None:
    tell(household, Said())
    other = Household(household.caller)
    assert other.caller.get("/v1/progress").json()["entries"] == []
    other.caller.tokens = {}
    assert problem(other.caller.get("/v1/progress")) == "unauthorized"
    assert problem(other.caller.post("/v1/progress", json=body(Said()))) == "unauthorized"


@pytest.mark.parametrize(
    "changes",
    [
        {"film": ""},
        {"film": "a/b"},
        {"film": "f" * 129},
        {"film": None},
        {"position_ms": -1},
        {"position_ms": 10**9 + 1},
        {"position_ms": 1.5},
        {"position_ms": "60000"},
        {"position_ms": True},
        {"watch_session": ""},
        {"watch_session": "w 1"},
        {"watch_session": "w\n"},
        {"watch_session": "\x00"},
        {"watch_session": 7},
        {"sequence": -1},
        {"sequence": 2**53 + 1},
        {"sequence": None},
        {"finished": "yes"},
        {"finished": 1},
        {"at": "yesterday"},
        {"at": "2027-01-15T08:00:00"},
        {"after": -1},
        {"after": 2**53 + 1},
        {"after": "7"},
    ],
    ids=str,
)
def test_every_field_is_checked(household: Household, changes: dict[str, Any]) -> None:
    entry = {**body(Said())["entries"][0], **changes}
    assert problem(sent(household, [entry])) == "invalid"
    assert household.caller.get("/v1/progress").json()["entries"] == []


@pytest.mark.parametrize("missing", ["film", "position_ms", "watch_session", "sequence"])
def test_what_an_entry_must_say(household: Household, missing: str) -> None:
    entry = body(Said())["entries"][0]
    entry.pop(missing)
    assert problem(sent(household, [entry])) == "invalid"


def test_what_an_entry_need_not_say(household: Household) -> None:
    entry = body(Said())["entries"][0]
    for needless in ("at", "after", "finished"):
        entry.pop(needless)
    assert sent(household, [entry]).status_code == 200
    assert household.caller.get("/v1/progress").json()["entries"][0]["at"] == moment(NOW)


def test_a_post_and_a_page_have_their_bounds(household: Household) -> None:
    entries = body(*(Said(sequence=number) for number in range(501)))["entries"]
    assert problem(sent(household, entries)) == "invalid"
    assert sent(household, entries[:500]).status_code == 200
    for query in ("limit=0", "limit=1001", "cursor=-1", "cursor=x", "cursor=" + "9" * 19):
        assert problem(household.caller.get(f"/v1/progress?{query}")) == "invalid"


def test_what_is_kept_of_a_film_is_bounded(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "KEPT_SESSIONS", 4)
    monkeypatch.setattr(progress, "KEPT_NUMBERS", 6)
    said = [Said(number, session=f"w-{number}", at=NOW - 100 + number) for number in range(40)]
    tell(household, *said)
    last = place(household)
    assert last[0] == 39
    tell(household, *said)
    assert place(household) == last
    with household.caller.service.reading() as session:
        its = {"account_id": household.account_id}
        assert session.query(WatchSession).filter_by(**its).count() == 4
        assert session.query(ProgressNumber).filter_by(**its).count() == 6


def sent(household: Household, entries: list[dict[str, Any]]) -> requests.Response:
    return household.caller.post("/v1/progress", json={"entries": entries})


@dataclass(frozen=True)
class History:
    """`settled` are told one by one; `flying` in two orders, some of them again and again.

    An `after` is the index of a settled place here: 0 for none.
    """

    settled: tuple[Said, ...]
    flying: tuple[Said, ...]
    orders: tuple[tuple[Said, ...], tuple[Said, ...]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Of three sessions, none of which forgets what it knew, turns its clock back or runs ahead."""
    last = {name: Said(0, name, 0, at=NOW - 300, after=0) for name in ("w-1", "w-2", "w-3")}

    def next_said(position_ms: int, most_known: int) -> Said:
        before = last[draw(st.sampled_from(sorted(last)))]
        assert before.at is not None
        said = Said(
            position_ms,
            before.session,
            before.sequence + draw(st.integers(1, 2)),
            finished=draw(st.booleans()),
            at=before.at + draw(st.integers(0, 3)) * 10,
            after=draw(st.integers(before.after, max(before.after, most_known))),
        )
        last[said.session] = said
        return said

    many = draw(st.integers(0, 4))
    settled = tuple(next_said(number, number) for number in range(many))
    flying = tuple(next_said(100 + number, many) for number in range(draw(st.integers(1, 5))))
    again = draw(st.lists(st.sampled_from(flying), max_size=3))
    orders = [tuple(draw(st.permutations([*flying, *again]))) for _ in range(2)]
    return History(settled, flying, (orders[0], orders[1]))


@pytest.mark.promise(14)
def test_repeated_and_reordered_posts_converge(onlooker: Caller, promise: Promise) -> None:
    @settings(
        max_examples=promise.count(smoke=12, full=150),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def converges(history: History) -> None:
        ends = [_told(Household(onlooker), history, order) for order in history.orders]
        assert ends[0] == ends[1]
        promise.tried()

    converges()
    onlooker.hooks.let_run()


def _told(household: Household, history: History, order: tuple[Said, ...]) -> tuple[int, bool]:
    numbers = [0]
    for said in history.settled:
        numbers.append(tell(household, _numbered(said, numbers))["entries"][0]["number"])
    for said in order:
        household.hooks.go_ahead(1)
        tell(household, _numbered(said, numbers))
    return place(household)[:2]


def _numbered(said: Said, numbers: list[int]) -> Said:
    return replace(said, after=numbers[said.after])
