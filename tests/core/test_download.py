"""The states of a download: one table, and what every step leaves behind."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.download import (
    Download,
    DownloadEvent,
    DownloadState,
    ImpossibleStep,
    Progress,
    Quality,
    Tidying,
    after,
    brought_in,
    cleared,
    holder,
    in_quality,
    is_possible,
    is_to_go,
    new_download,
    reopened,
    started,
    stepped,
    stopped_by,
)
from player_app.core.download_reasons import METERED, NO_ROOM, Reason
from player_app.core.rental import Expired, NotStarted, Running, Standing
from player_app.core.storage_errors import DiskFull

LOW = Quality("v360", 360, ("a-main", "a-description"), 1_000)
HIGH = Quality("v720", 720, ("a-main", "a-description"), 3_000)
QUEUED = new_download("film-1", LOW, 1_700_000_000, 1)
S, E = DownloadState, DownloadEvent


def in_state(state: DownloadState) -> Download:
    has_reason = state in (S.WAITING, S.FAILED)
    return replace(QUEUED, state=state, reason=METERED if has_reason else "")


@pytest.mark.parametrize(("state", "event"), list(product(S, E)))
def test_every_step_leads_to_a_state_or_is_called_a_bug(
    state: DownloadState, event: DownloadEvent
) -> None:
    if is_possible(state, event):
        assert after(state, event) in DownloadState
    else:
        with pytest.raises(ImpossibleStep, match=f"{event} while {state}"):
            after(state, event)


@pytest.mark.parametrize("state", S)
def test_whatever_a_download_does_it_can_be_removed(state: DownloadState) -> None:
    assert after(state, E.REMOVE) is S.REMOVING


@pytest.mark.parametrize("state", [each for each in S if each is not S.REMOVING])
def test_whatever_a_download_does_a_start_brings_it_on(state: DownloadState) -> None:
    again = started(in_state(state), "film-1", LOW, 0, 9)

    assert again.state in (S.QUEUED, S.RUNNING, S.COMPLETE)
    assert (again.order, again.added_at) == (QUEUED.order, QUEUED.added_at)


@pytest.mark.parametrize("state", [each for each in S if each is not S.REMOVING])
def test_a_start_in_another_quality_keeps_what_both_share_until_the_new_one_is_held(
    state: DownloadState,
) -> None:
    changed = started(in_state(state), "film-1", HIGH, 0, 9)

    assert (changed.state, changed.rendition_id, changed.total_bytes) == (S.QUEUED, "v720", 3_000)
    assert set(changed.holders("rosa")) > {
        holder("rosa", "film-1", "v720"),
        holder("rosa", "film-1", "v360"),
    }


def test_a_change_of_mind_back_and_forth_forgets_no_holder_and_names_none_twice() -> None:
    there_and_back = in_quality(in_quality(QUEUED, HIGH), LOW)

    assert there_and_back.rendition_id == "v360"
    assert there_and_back.former == ("v720",)


def test_a_start_while_it_is_removed_is_for_afterwards() -> None:
    removing = stepped(QUEUED, E.REMOVE)
    again = started(removing, "film-1", HIGH, 0, 9)
    assert (again.state, again.again) == (S.REMOVING, HIGH)

    left = cleared(again, 1_700_000_100, 7)
    assert left == new_download("film-1", HIGH, 1_700_000_100, 7)
    assert cleared(removing, 1_700_000_100, 7) is None


def test_a_removal_after_such_a_start_has_the_last_word() -> None:
    again = started(stepped(QUEUED, E.REMOVE), "film-1", HIGH, 0, 9)

    assert stepped(again, E.REMOVE).again is None


def test_only_what_is_being_removed_can_be_cleared() -> None:
    with pytest.raises(ImpossibleStep):
        cleared(QUEUED, 0, 0)


def test_a_reason_that_ends_by_itself_is_waited_for_and_any_other_has_ended_it() -> None:
    running = stepped(QUEUED, E.BEGIN)

    assert stopped_by(running, Reason(METERED)).state is S.WAITING
    assert stopped_by(running, Reason("no-right", (403, "no-right", ""))).state is S.FAILED


def test_a_reason_goes_when_the_download_goes_on() -> None:
    waiting = stopped_by(stepped(QUEUED, E.BEGIN), Reason(NO_ROOM, (7, 3)))
    error = waiting.error
    assert isinstance(error, DiskFull)
    assert (error.needed_bytes, error.free_bytes) == (7, 3)

    going_on = stepped(waiting, E.RESUME)
    assert (going_on.reason, going_on.facts, going_on.error) == ("", (), None)


def test_what_was_running_when_the_player_ended_is_in_the_queue_again() -> None:
    assert reopened(stepped(QUEUED, E.BEGIN)).state is S.QUEUED
    for state in (each for each in S if each is not S.RUNNING):
        assert reopened(in_state(state)) == in_state(state)


def test_a_film_that_the_service_packaged_anew_forgets_no_holder() -> None:
    renamed = brought_in(replace(QUEUED, former=("v720",)), "v361", 361, 1_100, "ab")

    assert (renamed.rendition_id, renamed.height, renamed.total_bytes) == ("v361", 361, 1_100)
    assert renamed.former == ("v360", "v720")
    assert brought_in(QUEUED, "v360", 360, 1_000, "") == QUEUED


@pytest.mark.parametrize(
    "wrong",
    [
        {"film_id": ""},
        {"rendition_id": ""},
        {"total_bytes": -1},
        {"done_bytes": -1},
        {"reason": METERED},
        {"state": S.WAITING},
        {"state": S.FAILED},
        {"again": HIGH},
    ],
    ids=str,
)
def test_a_download_that_makes_no_sense_can_not_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"download|removed"):
        replace(QUEUED, **wrong)  # type: ignore[arg-type]


def test_viewers_and_qualities_hold_for_themselves() -> None:
    holders = {
        holder(owner, film, rendition)
        for owner, film, rendition in product(("rosa s", "max s"), ("f-1", "f-2"), ("v1", "v2"))
    }
    assert len(holders) == 8


@given(done=st.integers(0, 10**12), total=st.integers(0, 10**12), rate=st.floats(-1e3, 1e12))
def test_what_is_left_takes_no_less_than_no_time(done: int, total: int, rate: float) -> None:
    left_s = Progress(done, total, rate).seconds_left

    assert left_s is None if rate <= 0 else left_s is not None and left_s >= 0


def test_half_a_film_at_a_known_rate_takes_so_long_still() -> None:
    assert Progress(500, 1_000, rate_bps=800.0).seconds_left == 5.0


GONE = Expired("finished", 1)
LASTS = (NotStarted(9), Running(9), Expired("renewal-needed", 1), None)
CASES: list[tuple[DownloadState, Tidying, Standing | None, bool, bool]] = [
    *((state, Tidying(), GONE, True, False) for state in S),
    *((state, Tidying(when_watched=True), None, True, state is S.COMPLETE) for state in S),
    *((state, Tidying(when_watched=True), None, False, False) for state in S),
    *((state, Tidying(when_expired=True), GONE, False, state is not S.REMOVING) for state in S),
    *((S.COMPLETE, Tidying(when_expired=True), lasts, True, False) for lasts in LASTS),
]
ADDED = QUEUED.added_at


@pytest.mark.parametrize(("state", "setting", "standing", "watched", "goes"), CASES)
def test_a_download_goes_by_itself_only_when_the_viewer_wants_that(
    state: DownloadState,
    setting: Tidying,
    standing: Standing | None,
    watched: bool,  # noqa: FBT001 - a column
    goes: bool,  # noqa: FBT001 - the same
) -> None:
    finished_at = ADDED + 1 if watched else None
    found = in_state(state)
    assert is_to_go(found, setting, standing, finished_at=finished_at, is_told=True) is goes


def test_an_end_by_this_computers_clock_alone_removes_no_film() -> None:
    setting = Tidying(when_expired=True)
    for is_told in (True, False):
        found = is_to_go(in_state(S.COMPLETE), setting, GONE, finished_at=None, is_told=is_told)
        assert found is is_told


@pytest.mark.parametrize("seen_at", [ADDED - 1, ADDED])
def test_a_film_that_was_seen_before_it_was_wanted_stays(seen_at: int) -> None:
    setting = Tidying(when_watched=True)
    assert not is_to_go(in_state(S.COMPLETE), setting, None, finished_at=seen_at, is_told=True)


def test_another_quality_is_wanted_when_it_is_chosen() -> None:
    changed = started(in_state(S.COMPLETE), "film-1", HIGH, ADDED + 9, 2)
    assert changed.added_at == ADDED + 9
