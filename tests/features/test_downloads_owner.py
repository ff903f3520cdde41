"""Whose a download is: others neither see nor touch it, and it is there when its viewer is back."""

from __future__ import annotations

from player_app.core.download import DownloadEvent, DownloadState, Tidying
from player_app.core.rental import Expired, Running
from tests.features.gate import Gate
from tests.features.offline_rig import MAX, ROSA, Rig
from tests.waiting import until

S = DownloadState
LATER = 4_000_000_000


def test_another_viewer_sees_none_of_it_and_removes_none_of_it(rig: Rig) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    before = rig.until("film-1", S.COMPLETE)
    rig.around.owner = MAX
    assert rig.downloads.all() == ()
    rig.downloads.remove("film-1")
    rig.downloads.parts_lost("film-1")

    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)
    rig.downloads.remove("film-1")
    rig.until("film-1", None)
    assert rig.held("film-1", owner=MAX) == frozenset()
    assert rig.missing("film-1") == set()
    rig.around.owner = ROSA
    assert rig.downloads.all() == (before,)
    assert rig.store.all(ROSA) == (before,)
    assert rig.held("film-1") == rig.keys("film-1").keys()


def test_a_film_under_way_rests_when_its_viewer_leaves_and_goes_on_when_they_are_back(
    rig: Rig, gate: Gate
) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.RUNNING)
    rig.around.owner = None
    rig.downloads.leave()
    until(lambda: rig.store.all(ROSA)[0].state is S.QUEUED, "it to rest")
    rig.around.owner = MAX
    assert rig.downloads.all() == ()
    gate.open()
    rig.start("film-2")
    rig.until("film-2", S.COMPLETE)
    assert rig.store.all(ROSA)[0].state is S.QUEUED

    rig.around.owner = ROSA
    rig.until("film-1", S.COMPLETE)
    assert [each.film_id for each in rig.downloads.all()] == ["film-1"]


def test_the_end_of_a_film_is_not_told_to_another_viewer(rig: Rig, gate: Gate) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.RUNNING)
    rig.around.owner = None
    gate.open()
    until(lambda: rig.store.all(ROSA)[0].state is S.COMPLETE, "it to come nevertheless")
    assert rig.heard.finished == []


def test_a_removal_waits_for_its_own_viewer_whose_licence_it_gives_back(
    rig: Rig, gate: Gate
) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.RUNNING)
    rig.downloads._step("film-1", DownloadEvent.REMOVE)
    rig.around.owner = MAX
    gate.open()
    until(lambda: not rig.downloads._taking.is_taking("film-1", rig.downloads._queues[ROSA]), "it")
    rig.downloads._clear_away(rig.downloads._queues[ROSA])
    assert rig.given_back == []

    rig.around.owner = ROSA
    rig.until("film-1", None)
    assert rig.given_back == ["film-1"]


def test_what_is_over_goes_when_the_viewer_wants_that_but_not_what_is_just_watched(
    rig: Rig,
) -> None:
    rig.downloads.begin()
    for each in ("film-1", "film-2"):
        rig.start(each)
        rig.until(each, S.COMPLETE)
    rig.around.standings = {"film-1": Expired("finished", 1), "film-2": Running(9)}
    rig.around.finished_at = {"film-2": LATER}
    assert rig.downloads.tidy() == ()

    rig.around.tidying = Tidying(when_watched=True, when_expired=True)
    rig.around.playing = {"film-2"}
    rig.around.is_told = False
    assert rig.downloads.tidy() == ()
    rig.around.is_told = True
    assert rig.downloads.tidy() == ("film-1",)
    assert [each.film_id for each in rig.downloads.all()] == ["film-2"]
    rig.around.playing = set()
    assert rig.downloads.tidy() == ("film-2",)
    assert rig.downloads.all() == ()
    assert rig.given_back == ["film-1", "film-2"]


def test_a_film_that_is_taken_to_be_seen_again_stays_until_it_was_seen_again(rig: Rig) -> None:
    """By whichever clock the end was dated before."""
    rig.around.tidying = Tidying(when_watched=True)
    rig.around.finished_at = {"film-1": LATER}
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)
    assert rig.downloads.tidy() == ()

    rig.around.finished_at = {"film-1": LATER + 1}
    assert rig.downloads.tidy() == ("film-1",)


def test_what_everybody_took_goes_also_what_is_just_coming_for_who_has_left(
    rig: Rig, gate: Gate
) -> None:
    gate.open(but_for="v360/00003.m4s")
    rig.downloads.begin()
    rig.start("film-1")
    until(lambda: len(rig.missing("film-1")) == 1, "all but one to be here")
    rig.around.owner = MAX
    rig.start("film-2")
    rig.around.owner = None

    rig.downloads.remove_all()

    until(lambda: rig.store.everybody() == (), "all of them to go")
    assert rig.held("film-1") == rig.held("film-2", owner=MAX) == frozenset()
    assert sorted(rig.given_back) == ["film-1", "film-2"]
