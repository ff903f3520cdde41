"""What is removed is gone, but for what others hold; what is changed keeps what it shares."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from player_app.core.download import DownloadState
from player_app.core.storage_errors import DiskFull
from tests.features.gate import Gate, gated
from tests.features.offline_rig import ROSA, Rig
from tests.features.small_film import FILMS, small_film
from tests.media.host import serving
from tests.waiting import until

S = DownloadState


def test_a_removal_gives_the_licence_back_and_leaves_nothing_but_what_others_hold(rig: Rig) -> None:
    rig.downloads.begin()
    for each in ("film-1", "film-2"):
        rig.start(each)
        rig.until(each, S.COMPLETE)
    shared = rig.keys("film-1").keys() & rig.keys("film-2").keys()
    theirs = FILMS[0].listed.videos()[0].segments[0].sha256 or ""
    rig.segments.hold("somebody else", [theirs])

    rig.downloads.remove("film-1")
    assert rig.state("film-1") is None
    assert rig.given_back == ["film-1"]
    assert rig.held("film-1") == frozenset()
    left = rig.keys("film-1").keys() - set(rig.segments.missing(rig.keys("film-1")))
    assert left == shared | {theirs}
    assert rig.missing("film-2") == set()
    assert rig.comments == {"film-2"}


def test_a_removal_while_it_comes_ends_that_first(rig: Rig, gate: Gate) -> None:
    gate.open(but_for="v360/00003.m4s")
    rig.downloads.begin()
    rig.start("film-1")
    until(lambda: len(rig.missing("film-1")) == 1, "all but one to be here")
    rig.downloads.remove("film-1")
    rig.until("film-1", None)

    assert len(rig.missing("film-1")) == len(rig.keys("film-1"))
    assert rig.held("film-1") == frozenset()
    assert rig.given_back == ["film-1"]


def test_a_start_while_it_is_removed_comes_afterwards(rig: Rig, gate: Gate) -> None:
    let_go = threading.Event()
    released = rig.segments.let_go

    def slowly(holder: str) -> int:
        let_go.wait(5)
        return released(holder)

    rig.segments.let_go = slowly  # type: ignore[method-assign]
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.RUNNING)
    removing = threading.Thread(target=rig.downloads.remove, args=("film-1",))
    removing.start()
    rig.until("film-1", S.REMOVING)
    rig.start("film-1", "v720")
    assert rig.state("film-1") is S.REMOVING
    gate.open()
    let_go.set()
    removing.join(5)

    rig.until("film-1", S.COMPLETE)
    assert rig.missing("film-1", "v720") == set()
    assert rig.held("film-1", "v360") == frozenset()
    assert rig.given_back == ["film-1"]


def test_another_quality_keeps_what_both_share(rig: Rig) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)
    rig.host.asked.clear()

    choice = rig.choice("film-1", "v720")
    assert choice.missing_bytes == 4 * 40_000 + 700
    rig.start("film-1", "v720")
    until(lambda: rig.heard.finished == ["film-1", "film-1"], "the other quality")
    asked = {path.removeprefix("film-1/") for path, _ in rig.host.asked}
    assert asked == {each for each in FILMS[0].files if each.startswith("v720/")}
    gone = rig.missing("film-1", "v360")
    assert gone == {each for each in FILMS[0].files if each.startswith("v360/")}
    assert rig.held("film-1", "v360") == frozenset()
    assert rig.given_back == []


def test_parts_that_got_lost_are_fetched_again_and_nothing_else(
    rig: Rig, expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone, and is forgotten")
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)
    lost = FILMS[0].listed.videos()[0].segments[2]
    rig.spoil(lost.sha256 or "")
    rig.host.asked.clear()

    rig.downloads.parts_lost("film-1")
    until(lambda: len(rig.heard.finished) == 2, "it to be whole again")
    assert [path for path, _ in rig.host.asked] == [f"film-1/{lost.path}"]
    assert rig.missing("film-1") == set()


def test_a_film_that_is_packaged_anew_stays_whole_until_all_of_the_new_one_is_here(
    tmp_path: Path,
) -> None:
    before, after = FILMS[0], replace(small_film("film-9"), film_id="film-1")
    before.put_into(tmp_path / "media" / "film-1")
    with serving(tmp_path / "media") as host:
        rig = Rig(tmp_path / "profile", [before], host)
        try:
            rig.downloads.begin()
            rig.start("film-1")
            rig.until("film-1", S.COMPLETE)
            old = rig.keys("film-1").keys()
            after.put_into(tmp_path / "media" / "film-1")
            list_sha256 = "9" * 64
            rig.films["film-1"] = replace(after, list_sha256=list_sha256)
            new = rig.keys("film-1").keys()
            with gated(host) as gate:
                gate.open(but_for="v360/00003.m4s")
                rig.downloads.parts_lost("film-1")
                until(lambda: rig.missing("film-1") == {"v360/00003.m4s"}, "nearly all of it")
                assert not rig.segments.missing(old)
                rig.segments.trim(0)
                assert not rig.segments.missing(old)
            until(lambda: rig.heard.finished == ["film-1", "film-1"], "the new one")
            assert rig.held("film-1") == new
            assert set(rig.segments.missing(old)) == old - new
            download = rig.downloads.of("film-1")
            assert download is not None
            assert download.list_sha256 == list_sha256
        finally:
            rig.close()


def test_a_removal_that_the_disk_refuses_is_done_later(rig: Rig) -> None:
    rig.start("film-1")
    rig.downloads.begin()
    rig.until("film-1", S.COMPLETE)
    dropped = rig.queue().drop
    refuses = [True]

    def drop(film_id: str) -> None:
        if refuses[0]:
            raise DiskFull(1, 0)
        dropped(film_id)

    rig.queue().drop = drop  # type: ignore[method-assign]
    rig.downloads.remove("film-1")
    assert rig.state("film-1") is S.REMOVING
    refuses[0] = False
    rig.until("film-1", None)
    assert rig.store.all(ROSA) == ()
