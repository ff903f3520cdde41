"""Whose turn it is, how a queue is put in another order, and when what waits goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_app.core.download import Download, DownloadState, Quality, new_download
from player_app.core.download_queue import (
    goes_on,
    in_order,
    last_order,
    moved,
    next_of,
    pause_s,
)
from player_app.core.download_reasons import METERED, NO_NETWORK, NO_ROOM, SIGNED_OUT, Fact

LOW = Quality("v360", 360, (), 1_000)
S = DownloadState
OVER = (S.COMPLETE, S.REMOVING)
REASONED = (S.WAITING, S.FAILED)


def download(number: int, order: int, state: DownloadState = S.QUEUED) -> Download:
    made = new_download(f"film-{number}", LOW, 1_700_000_000, order)
    return replace(made, state=state, reason=METERED if state in REASONED else "")


@st.composite
def queues(draw: st.DrawFn) -> list[Download]:
    """Also with several in one place, as a damaged row may have it."""
    number = draw(st.integers(1, 8))
    return [
        download(each, draw(st.integers(-3, 6)), draw(st.sampled_from(S))) for each in range(number)
    ]


def names(downloads: tuple[Download, ...]) -> list[str]:
    return [each.film_id for each in downloads if each.state not in OVER]


@given(queue=queues())
def test_the_next_is_the_first_that_waits_for_nothing_but_its_turn(queue: list[Download]) -> None:
    queued = [each for each in in_order(queue) if each.state is S.QUEUED]

    assert next_of(queue) == (queued[0] if queued else None)


@given(queue=queues(), by=st.sampled_from([-1, 1]), data=st.data())
def test_one_step_in_the_queue_changes_places_with_the_neighbour_alone(
    queue: list[Download], by: int, data: st.DataObject
) -> None:
    film_id = data.draw(st.sampled_from([each.film_id for each in queue]))
    before = names(in_order(queue))

    changed = {each.film_id: each for each in moved(queue, film_id, by)}
    after = in_order(changed.get(each.film_id, each) for each in queue)

    expected = list(before)
    if film_id in before:
        here = before.index(film_id)
        there = min(max(0, here + by), len(before) - 1)
        expected[here], expected[there] = expected[there], expected[here]
    assert names(after) == expected
    assert [each for each in after if each.state in OVER] == [
        each for each in in_order(queue) if each.state in OVER
    ]


@given(queue=queues())
def test_a_new_download_comes_last(queue: list[Download]) -> None:
    new = download(99, last_order(queue) + 1)

    assert in_order([new, *queue])[-1] == new


@pytest.mark.parametrize(
    ("reason", "facts", "free_bytes", "may_use_way", "expected"),
    [
        (NO_ROOM, (100, 3), 100, True, True),
        (NO_ROOM, (100, 3), 99, True, False),
        (NO_ROOM, (), 0, True, True),
        (METERED, (), 0, False, False),
        (METERED, (), 0, True, True),
        (SIGNED_OUT, (), 0, True, False),
        (NO_NETWORK, ("films.example.org", "offline"), 0, True, True),
        ("folder", ("/mnt/films", "gone"), 0, True, True),
    ],
)
def test_what_waits_goes_on_when_its_reason_is_over_but_not_too_soon(
    reason: str,
    facts: tuple[Fact, ...],
    free_bytes: int,
    may_use_way: bool,  # noqa: FBT001 - a column
    expected: bool,  # noqa: FBT001 - the same
) -> None:
    waiting = replace(download(1, 1), state=S.WAITING, reason=reason, facts=facts)

    def is_over(*, is_due: bool) -> bool:
        return goes_on(waiting, free_bytes=free_bytes, may_use_way=may_use_way, is_due=is_due)

    assert is_over(is_due=True) is expected
    assert is_over(is_due=False) is False


@pytest.mark.parametrize("state", [each for each in S if each is not S.WAITING])
def test_what_does_not_wait_does_not_go_on_by_itself(state: DownloadState) -> None:
    assert not goes_on(download(1, 1, state), free_bytes=9**9, may_use_way=True, is_due=True)


def test_pauses_grow_twofold_up_to_half_a_minute_of_two_seconds() -> None:
    assert [pause_s(times, 2.0) for times in (1, 2, 3, 4, 5, 6, 10_000)] == [
        2.0,
        4.0,
        8.0,
        16.0,
        32.0,
        32.0,
        32.0,
    ]
