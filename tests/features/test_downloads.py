"""Taking films offline: everything comes along, once, in the order of a queue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.download import DownloadState, Progress, holder, meanwhile
from player_app.core.sign_in_errors import SignedOut
from player_app.features import bringing
from tests.features.gate import Gate
from tests.features.offline_rig import ROSA, Rig
from tests.features.small_film import FILMS, SmallFilm
from tests.media.host import Host
from tests.waiting import until

S = DownloadState


def film_paths(film: SmallFilm, video_id: str = "v360") -> set[str]:
    others = {"v360", "v720"} - {video_id}
    return {each for each in film.files if each.split("/")[0] not in others}


def test_the_choice_tells_what_each_quality_needs_before_anything_begins(rig: Rig) -> None:
    rig.around.free_bytes = 200_000
    small, large = rig.downloads.choices("film-1")

    keys = rig.keys("film-1")
    sound_and_words = sum(
        len(data)
        for path, data in FILMS[0].files.items()
        if path.split("/")[0] not in ("v360", "v720")
    )
    assert (small.height, large.height) == (360, 720)
    assert small.audio_ids == ("a-main", "a-description")
    assert small.bytes > sound_and_words - 2_000
    assert large.bytes - small.bytes == 4 * 20_000
    assert small.missing_bytes == small.bytes
    assert small.needed_bytes == small.bytes + 1_000
    assert (small.fits, large.fits) == (True, False)
    assert len(rig.segments.missing(keys)) == len(keys)
    assert rig.downloads.all() == ()
    assert rig.host.asked == []


def test_of_sizes_that_nobody_tells_there_is_an_estimate_by_bandwidth(rig: Rig) -> None:
    film = FILMS[0]
    untold = [
        replace(each, segments=tuple(replace(one, bytes=None) for one in each.segments))
        for each in film.listed.renditions
    ]
    told = rig.choice("film-1")
    rig.films["film-1"] = replace(film, listed=replace(film.listed, renditions=tuple(untold)))
    guessed = rig.choice("film-1")

    assert (told.is_estimate, guessed.is_estimate) == (False, True)
    assert abs(guessed.bytes - told.bytes) < told.bytes / 20
    assert guessed.missing_bytes == guessed.bytes


def test_a_film_comes_with_every_sound_all_words_its_pictures_and_its_comments(rig: Rig) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    complete = rig.until("film-1", S.COMPLETE)

    assert rig.missing("film-1") == set()
    asked = {path.removeprefix("film-1/") for path, _ in rig.host.asked}
    assert asked == film_paths(FILMS[0])
    assert rig.comments == {"film-1"}
    for name, data in FILMS[0].pictures.items():
        assert rig.segments.get(name) == data
    until(lambda: rig.heard.finished == ["film-1"], "the end to be told")
    assert complete is not None
    assert complete.done_bytes == complete.total_bytes
    assert rig.downloads.progress("film-1") == Progress(complete.total_bytes, complete.total_bytes)


def test_everything_is_held_before_the_first_byte_is_asked_for(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_at_first: list[frozenset[str]] = []
    opened = rig.transport.open

    def watched(*arguments: Any, **more: Any) -> Any:
        held_at_first.append(rig.held("film-1"))
        return opened(*arguments, **more)

    monkeypatch.setattr(rig.transport, "open", watched)
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)

    assert held_at_first[0] == rig.keys("film-1").keys()


def test_what_streaming_stored_is_not_fetched_again(rig: Rig) -> None:
    segments = FILMS[0].listed.videos()[0].segments
    for each in segments[1:3]:
        rig.segments.put(each.sha256 or "", FILMS[0].files[each.path])

    choice = rig.choice("film-1")
    assert choice.bytes - choice.missing_bytes == 2 * 20_000
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.COMPLETE)

    asked = {path.removeprefix("film-1/") for path, _ in rig.host.asked}
    assert asked == film_paths(FILMS[0]) - {each.path for each in segments[1:3]}


def test_films_come_one_after_the_other_in_the_order_of_the_queue(rig: Rig, gate: Gate) -> None:
    for each in ("film-1", "film-2", "film-3"):
        rig.start(each)
    rig.downloads.up("film-3")
    rig.downloads.up("film-3")
    rig.downloads.down("film-1")
    assert [each.film_id for each in rig.downloads.all()] == ["film-3", "film-2", "film-1"]

    rig.downloads.begin()
    rig.until("film-3", S.RUNNING)
    assert (rig.state("film-2"), rig.state("film-1")) == (S.QUEUED, S.QUEUED)
    gate.open()
    until(lambda: rig.heard.finished == ["film-3", "film-2", "film-1"], "their order")


def test_the_same_film_twice_is_one_download(rig: Rig, gate: Gate) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.until("film-1", S.RUNNING)
    rig.start("film-1")
    assert [each.film_id for each in rig.downloads.all()] == ["film-1"]
    assert rig.state("film-1") is S.RUNNING

    gate.open()
    until(lambda: rig.heard.finished == ["film-1"], "the end to be told")
    rig.start("film-1")
    assert rig.state("film-1") is S.COMPLETE
    assert rig.heard.finished == ["film-1"]


def test_a_pause_keeps_what_is_here_and_a_resume_fetches_the_rest(rig: Rig, gate: Gate) -> None:
    gate.open(but_for="v360/00003.m4s")
    rig.downloads.begin()
    rig.start("film-1")
    until(lambda: rig.missing("film-1") == {"v360/00003.m4s"}, "all but one to be here")
    rig.downloads.pause("film-1")
    paused = rig.downloads.of("film-1")
    assert paused is not None
    assert paused.state is S.PAUSED
    until(lambda: not rig.downloads._taking.is_taking("film-1", rig.queue()), "it to stop")

    rig.host.asked.clear()
    gate.open()
    rig.downloads.resume("film-1")
    rig.until("film-1", S.COMPLETE)
    assert [path for path, _ in rig.host.asked] == ["film-1/v360/00003.m4s"]


def test_a_paused_film_lets_the_next_one_go(rig: Rig, gate: Gate) -> None:
    rig.downloads.begin()
    rig.start("film-1")
    rig.start("film-2")
    rig.until("film-1", S.RUNNING)
    rig.downloads.pause("film-1")
    rig.until("film-2", S.RUNNING)
    gate.open()
    rig.until("film-2", S.COMPLETE)
    assert rig.state("film-1") is S.PAUSED


def test_progress_and_rate_are_told_while_it_comes(rig: Rig, gate: Gate) -> None:
    gate.open(but_for="v360/00003.m4s")
    rig.downloads.begin()
    rig.start("film-1")
    total = rig.choice("film-1").bytes

    def told() -> Progress:
        return rig.downloads.progress("film-1")

    until(lambda: told().done_bytes >= total - 20_000, "all but a segment to be told")
    assert told().done_bytes < told().total_bytes
    assert told().rate_bps > 0
    assert (told().seconds_left or 0) > 0
    gate.open()
    rig.until("film-1", S.COMPLETE)


def test_nobody_who_is_not_signed_in_takes_a_film_offline(rig: Rig) -> None:
    quality = rig.choice("film-1").quality
    rig.around.owner = None

    with pytest.raises(SignedOut):
        rig.downloads.start("film-1", quality)
    assert rig.downloads.all() == ()
    assert rig.downloads.progress("film-1") == Progress(0, 0)


def test_a_mistake_of_the_player_ends_one_film_and_not_the_queue(
    tmp_path: Path, media_host: Host, expect_log: Any
) -> None:
    expect_log("a film could not be taken offline in a way nobody foresaw")
    made: list[Rig] = []

    def take(film_id: str, *others: Any) -> None:
        if film_id == "film-1":
            raise RuntimeError("a bug")
        made[0].take(film_id, *others)

    rig = Rig(tmp_path / "profile", FILMS, media_host, take=take)
    made.append(rig)
    try:
        rig.start("film-1")
        rig.start("film-2")
        rig.downloads.begin()
        rig.until("film-2", S.COMPLETE)
        assert rig.state("film-1") is S.FAILED
        assert [(film, reason.word) for film, reason in rig.heard.failed] == [
            ("film-1", "unforeseen")
        ]
    finally:
        rig.close()


def test_a_film_of_which_something_never_stays_is_called_damaged(
    tmp_path: Path, media_host: Host
) -> None:
    def take(*_: Any) -> None:
        """Says that it is done, each time."""

    rig = Rig(tmp_path / "profile", FILMS, media_host, take=take)
    try:
        rig.start("film-1")
        rig.downloads.begin()
        failed = rig.until("film-1", S.FAILED)
        assert failed is not None
        assert failed.reason == "damaged-stream"
        assert failed.facts[1] == bringing.MOST_ROUNDS
    finally:
        rig.close()


def test_holders_of_a_download_are_named_for_their_viewer_and_quality(rig: Rig) -> None:
    rig.start("film-1")
    download = rig.downloads.of("film-1")
    assert download is not None
    name = holder(ROSA, "film-1", "v360")
    assert download.holders(ROSA) == (name, meanwhile(name))
