"""Which of two places in a film is the viewer's, and how an entry is dated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.position import (
    LAST_SECOND,
    LONGEST_MS,
    MOST,
    Position,
    RemotePosition,
    WaitingPosition,
    dated,
    is_overtaken,
    merged,
    stands_still,
)

NOON = 1_763_900_000
LOCAL = Position("film-01", 60_000, finished=False, kept_at=NOON)
WAITING = WaitingPosition("film-01", 60_000, False, NOON, "here", sequence=4, after=7)
REMOTE = RemotePosition("film-01", 900_000, finished=False, at=NOON, number=8)
SAID = replace(WAITING, watch_session="again", sequence=5, after=0)


@pytest.mark.parametrize(
    ("number", "at", "overtaken"),
    [
        (8, NOON + 1, True),
        (8, NOON, False),
        (8, NOON - 1, False),
        (7, NOON + 1, False),
        (7, NOON - 1, False),
        (6, NOON + 1, False),
    ],
)
def test_who_knew_of_a_place_was_there_later_else_the_clock_tells(
    number: int, at: int, *, overtaken: bool
) -> None:
    remote = replace(REMOTE, number=number, at=at)
    assert is_overtaken(WAITING, remote) is overtaken
    place = remote.place() if overtaken else WAITING.place()
    assert merged(LOCAL, remote, WAITING) == place


def test_a_place_that_the_service_has_heard_of_is_as_the_service_has_it() -> None:
    finished = replace(REMOTE, finished=True, at=NOON - 1_000, number=1)
    assert merged(LOCAL, finished, None) == finished.place()
    assert merged(None, REMOTE, None) == REMOTE.place()


def test_a_place_that_no_service_has_stays() -> None:
    assert merged(LOCAL, None, None) == LOCAL
    assert merged(None, None, WAITING) == WAITING.place()
    assert merged(None, None, None) is None


def test_finished_is_undone_by_who_knew_of_it_or_watched_later_and_by_no_other() -> None:
    finished = replace(REMOTE, finished=True)
    before, later, knowing = (
        replace(WAITING, at=NOON - 1),
        replace(WAITING, at=NOON + 1),
        replace(WAITING, at=NOON - 1, after=8),
    )
    places = [merged(LOCAL, finished, each) for each in (before, later, knowing)]
    assert [place.finished for place in places if place] == [True, False, False]


def test_an_entry_names_the_place_that_was_known() -> None:
    assert dated(SAID, before=None, local=None, remote=REMOTE).after == REMOTE.number
    assert dated(SAID, before=None, local=None, remote=None) == SAID


def test_an_entry_is_later_than_what_was_known_by_whichever_clock() -> None:
    said = replace(SAID, at=NOON - 3 * 86_400)
    assert dated(said, before=None, local=LOCAL, remote=None).at == NOON + 1
    remote = replace(REMOTE, at=NOON + 50)
    assert dated(said, before=None, local=LOCAL, remote=remote).at == NOON + 51
    late = replace(SAID, at=NOON + 99)
    assert dated(late, before=None, local=LOCAL, remote=remote) == replace(late, after=8)


def test_within_one_playback_a_clock_that_is_turned_back_stands_still() -> None:
    said = replace(SAID, position_ms=70_000, at=NOON - 60)
    before = replace(SAID, position_ms=60_000, at=NOON)
    assert dated(said, before=before, local=before.place(), remote=None).at == NOON


@pytest.mark.parametrize(
    ("changes", "still"),
    [
        ({}, True),
        ({"position_ms": 60_999, "at": NOON + 7_200}, True),
        ({"position_ms": 59_001}, True),
        ({"position_ms": 61_000}, False),
        ({"finished": True}, False),
        ({"watch_session": "another"}, False),
    ],
)
def test_a_film_that_rested_is_there_still_until_it_moves(
    changes: dict[str, Any], *, still: bool
) -> None:
    assert stands_still(SAID, replace(SAID, **changes)) is still


def test_no_clock_and_no_service_makes_an_entry_that_can_not_be_written_down() -> None:
    far = replace(REMOTE, at=LAST_SECOND + 86_400)
    assert dated(SAID, before=None, local=None, remote=far).at == LAST_SECOND
    wrong: tuple[dict[str, Any], ...] = (
        {"at": LAST_SECOND + 1},
        {"at": -1},
        {"position_ms": -1},
        {"position_ms": LONGEST_MS + 1},
        {"sequence": MOST + 1},
    )
    for each in wrong:
        with pytest.raises(ValueError, match="no place"):
            replace(SAID, **each)
    with pytest.raises(ValueError, match="no place"):
        replace(REMOTE, at=2**63)


times = st.integers(NOON - 100, NOON + 100)


@given(times, times, st.integers(0, 9), st.integers(1, 9))
def test_what_was_dated_with_a_place_in_sight_is_never_overtaken_by_it(
    now: int, at: int, after: int, number: int
) -> None:
    remote = replace(REMOTE, at=at, number=number)
    said = replace(SAID, at=now, after=after)
    found = dated(said, before=None, local=remote.place(), remote=remote)
    assert merged(remote.place(), remote, found) == found.place()
    assert found.at > remote.at
